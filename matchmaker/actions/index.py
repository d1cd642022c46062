"""Tells every process's matching index what to read again."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from models import IndexChange

# Any number, the same in every process: the name of PostgreSQL's lock on this log.
_LOG_LOCK = 53_11


async def note_change(session: AsyncSession, kind: str, object_id: int) -> None:
    """Logs in the present transaction that an initiative or a card begins, changes or ceases to be matched.

    Readers follow the log by 'id greater than the last I saw', so ids must become visible in order. SQLite has one
    writer at a time; on PostgreSQL the lock makes it one between taking the id and the commit.
    """
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOG_LOCK})
    session.add(IndexChange(kind=kind, object_id=object_id))
    await session.flush()
