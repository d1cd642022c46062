"""How long an organisation takes to answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import literal, select, union_all
from sqlmodel import col, func
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Interest, Message, now
from models.vocabulary import InterestState, MessageKind

#: Fewer answers than this say nothing of an organisation.
ENOUGH = 3
#: What is longer ago is not how it is now.
LOOKED_AT = timedelta(days=365)


@dataclass(frozen=True)
class AnsweringTime:
    """Medians in hours; None where there are not enough answers yet. An interest that nobody answered counts with the
    six weeks after which it ended.
    """

    interests: float | None
    turns: float | None


async def answering_time(session: AsyncSession, organisation_id: int) -> AnsweringTime:
    """Of the interests that it got and of the turns that it had in talks, within a year: one query."""
    since = now() - LOOKED_AT
    answered = select(literal("interest"), col(Interest.created_at), col(Interest.answered_at)).where(
        col(Interest.to_organisation_id) == organisation_id,
        col(Interest.answered_at).is_not(None),
        col(Interest.state) != InterestState.withdrawn,
        col(Interest.created_at) > since,
    )
    talk, order = col(Message.conversation_id), col(Message.id)
    said = (
        select(
            col(Message.organisation_id).label("side"),
            col(Message.sent_at).label("at"),
            func.lag(col(Message.organisation_id)).over(partition_by=talk, order_by=order).label("side_before"),
            func.lag(col(Message.sent_at)).over(partition_by=talk, order_by=order).label("before"),
        )
        .where(
            col(Message.kind) == MessageKind.message,
            col(Message.sent_at) > since,
            col(Message.conversation_id).in_(
                select(col(Message.conversation_id)).where(col(Message.organisation_id) == organisation_id)
            ),
        )
        .subquery()
    )
    turns = select(literal("turn"), said.c.before, said.c.at).where(
        said.c.side == organisation_id, said.c.side_before != organisation_id
    )
    connection = await session.connection()
    rows = (await connection.execute(union_all(answered, turns))).all()
    return AnsweringTime(_median(rows, "interest"), _median(rows, "turn"))


def _median(rows: object, kind: str) -> float | None:
    hours = [_hours(begun, ended) for name, begun, ended in rows if name == kind]  # type: ignore[attr-defined]
    return round(median(hours), 1) if len(hours) >= ENOUGH else None


def _hours(begun: datetime, ended: datetime) -> float:
    return (ended - begun).total_seconds() / 3600
