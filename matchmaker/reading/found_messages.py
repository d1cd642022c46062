"""What is found in one's conversations: the messages that hold the words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer
from matchmaker.reading.conversations import says
from models import Account, Message

#: Shown of one conversation: the latest. How many there are is told.
MOST = 3


@dataclass(frozen=True)
class FoundMessage:
    """``count``: how many messages of its conversation hold the words."""

    id: int
    conversation_id: int
    kind: str
    body: str
    sent_at: datetime
    author_name: str
    count: int


async def found_messages(
    session: AsyncSession, viewer: Viewer, search: str, conversation_ids: Collection[int]
) -> dict[int, list[FoundMessage]]:
    """By conversation, the latest first. ``conversation_ids`` are the viewer's own."""
    window: dict[str, Any] = {"partition_by": Message.conversation_id}
    columns: tuple[Any, ...] = (
        Message.id,
        Message.conversation_id,
        Message.kind,
        Message.body,
        Message.sent_at,
        Account.name,
        func.count().over(**window).label("count"),
        func.row_number().over(**window, order_by=col(Message.id).desc()).label("place"),
    )
    holding: Any = (
        select(*columns)
        .join(Account, col(Account.id) == Message.author_id)
        .where(col(Message.conversation_id).in_(conversation_ids), *says(viewer, search))
        .subquery()
    )
    query: Any = select(holding).where(holding.c.place <= MOST).order_by(holding.c.id.desc())
    answer: dict[int, list[FoundMessage]] = {}
    for *row, _place in (await (await session.connection()).execute(query)).all():
        message = FoundMessage(*row)
        answer.setdefault(message.conversation_id, []).append(message)
    return answer
