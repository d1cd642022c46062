"""Tells every process's matching index what to read again."""

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.database import begin_logging
from models import IndexChange

# Any number, the same in every process: the name of PostgreSQL's lock on this log.
_LOG_LOCK = 53_11


async def note_change(session: AsyncSession, kind: str, object_id: int) -> None:
    """Logs in the present transaction that an initiative or a card begins, changes or ceases to be matched."""
    await begin_logging(session, _LOG_LOCK)
    session.add(IndexChange(kind=kind, object_id=object_id))
    await session.flush()
