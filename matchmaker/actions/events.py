"""Tells the open pages of an organisation's members that something has happened."""

from collections.abc import Iterable

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.database import begin_logging
from models import Event
from models.vocabulary import EventKind

# Any number, the same in every process, and not that of another log (see actions.index).
_LOG_LOCK = 53_12


async def begin_events(session: AsyncSession) -> None:
    """From here to the commit, nobody else writes into this log."""
    await begin_logging(session, _LOG_LOCK)


async def note_event(
    session: AsyncSession,
    kind: EventKind,
    organisation_ids: Iterable[int],
    row_id: int,
    conversation_id: int | None = None,
) -> None:
    """Logs it in the present transaction, for each organisation apart: what is rolled back was never told."""
    await begin_events(session)
    for organisation_id in organisation_ids:
        session.add(Event(organisation_id=organisation_id, kind=kind, conversation_id=conversation_id, row_id=row_id))
    await session.flush()
