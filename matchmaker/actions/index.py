"""Tells every process's matching index what to read again."""

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.database import begin_logging
from models import IndexChange

# Any number, the same in every process: the name of PostgreSQL's lock on this log.
_LOG_LOCK = 53_11
#: How many of the latest changes are kept. A process that is further behind reads all rows anew, which costs no more.
KEPT = 10_000


async def note_change(session: AsyncSession, kind: str, object_id: int) -> None:
    """Logs in the present transaction that an initiative or a card begins, changes or ceases to be matched."""
    await begin_logging(session, _LOG_LOCK)
    session.add(IndexChange(kind=kind, object_id=object_id))
    await session.flush()


async def forget_changes(session: AsyncSession, kept: int = KEPT) -> None:
    """Cuts the log from its beginning. The newest change always stays: its number must not be given again."""
    newest = (await session.exec(select(func.max(col(IndexChange.id))))).one() or 0
    await session.exec(delete(IndexChange).where(col(IndexChange.id) <= newest - max(kept, 1)))
