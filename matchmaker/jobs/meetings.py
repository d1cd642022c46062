"""Reminds both sides of a meeting the day before."""

from matchmaker.actions.meetings import remind_of
from matchmaker.jobs.queue import Work, job
from models import now


@job
async def remind_of_meeting(work: Work, *, meeting_id: int, sequence: int) -> None:
    async with work.database.transaction() as session:
        await remind_of(session, meeting_id, sequence, now())
