"""Reminders before an agreement ends."""

from matchmaker.actions import agreements
from matchmaker.i18n import local_day
from matchmaker.jobs.queue import Work, job
from models import now


@job
async def remind_of_end(work: Work, *, agreement_id: int, ends_on: str, days: int) -> None:
    async with work.database.transaction() as session:
        await agreements.remind_of_end(session, agreement_id, ends_on, days, local_day(now()))
