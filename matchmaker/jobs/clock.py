"""Reminders and what runs out."""

from datetime import timedelta

import structlog
from sqlmodel import col, or_, select

from matchmaker import access
from matchmaker.actions.clock import BETWEEN, Reminder, remind
from matchmaker.actions.initiatives import expire_initiatives
from matchmaker.errors import NotFound
from matchmaker.jobs.processes import schedule
from matchmaker.jobs.queue import Work, job
from matchmaker.states import OPEN
from models import Conversation, Interest, now
from models.vocabulary import InterestState

log = structlog.get_logger()
#: Reminders that are later than this were missed: no process was there, or nobody had asked for them.
MISSED_AFTER = timedelta(hours=1)
_AT_ONCE = 500


@job
async def remind_of_talk(work: Work, *, pair_id: int) -> None:
    await _remind(work, Conversation, pair_id)


@job
async def remind_of_interest(work: Work, *, pair_id: int) -> None:
    await _remind(work, Interest, pair_id)


async def _remind(work: Work, table: type[Conversation] | type[Interest], pair_id: int) -> None:
    async with work.database.transaction() as session:
        try:
            pair: Conversation | Interest = await access.by_id(session, table, pair_id, lock=True)
        except NotFound:
            return
        given = await remind(session, pair)
        log.info("reminder", kind=table.__name__.lower(), id=pair_id, given=given.name if given else None)


@schedule(minute=20)
@job
async def mind_silence(work: Work) -> None:
    """Gives the reminders that were missed."""
    talks = (col(Conversation.next_actor_id).is_not(None), col(Conversation.state).in_(OPEN))
    for table, waiting in ((Conversation, talks), (Interest, (col(Interest.state) == InterestState.sent,))):
        missed = now() - MISSED_AFTER
        late = or_(
            (col(table.reminded) == Reminder.none) & (col(table.due_at) < missed),
            (col(table.reminded) > Reminder.none) & (col(table.reminded_at) < missed - BETWEEN),
        )
        async with work.database.transaction(write=False) as session:
            query = select(table.id).where(*waiting, col(table.reminded) < Reminder.stale, late)
            found = (await session.exec(query.order_by(col(table.due_at)).limit(_AT_ONCE))).all()
        for pair_id in found:
            await _remind(work, table, pair_id or 0)


@schedule(minute=5)
@job
async def expire(work: Work) -> None:
    """Initiatives whose time has run out."""
    async with work.database.transaction() as session:
        expired = await expire_initiatives(session)
    if expired:
        log.info("initiatives expired", count=expired)
