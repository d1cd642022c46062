"""The way in to an agreement, beside those of ``access``."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import LARGEST_ID, Viewer, by_id, side_of, signed_in
from matchmaker.errors import NotFound
from models import Agreement, Conversation


async def agreement_to_read(
    session: AsyncSession, viewer: Viewer | None, agreement_id: int, *, lock: bool = False
) -> tuple[Agreement, Conversation]:
    """For every member of both organisations. ``lock`` holds the talk first, as steps do."""
    viewer = signed_in(viewer)
    query = (
        select(Agreement, Conversation)
        .join(Conversation, col(Conversation.id) == Agreement.conversation_id)
        .where(Agreement.id == agreement_id)
    )
    found = (await session.exec(query)).one_or_none() if 1 <= agreement_id <= LARGEST_ID else None
    if found is None:
        raise NotFound
    agreement, conversation = found
    side_of(viewer, conversation)
    if lock:
        conversation = await by_id(session, Conversation, agreement.conversation_id, lock=True)
        agreement = await by_id(session, Agreement, agreement_id, lock=True)
    return agreement, conversation
