"""How long what is over is kept."""

from datetime import timedelta

from sqlmodel import col, delete

from matchmaker.actions.index import forget_changes
from matchmaker.jobs import queue
from matchmaker.jobs.processes import schedule
from matchmaker.jobs.queue import Work, job
from models import Mail, now
from models.vocabulary import MailState

#: Days that jobs are remembered after their end. A job that is made once may come again after that.
JOBS_KEPT = 60
#: Days that a mail is kept after it was sent: it holds addresses.
MAILS_KEPT = 30


@schedule(hour=2, minute=40)
@job
async def forget_old_jobs(_work: Work) -> None:
    moment = (now() - timedelta(days=JOBS_KEPT)).isoformat()
    while over := await queue.done_before(moment):
        await queue.forget_jobs(over)


@schedule(hour=2, minute=50)
@job
async def forget_old_mails(work: Work) -> None:
    over = col(Mail.state).in_((MailState.sent, MailState.dropped))
    async with work.database.transaction() as session:
        await session.exec(delete(Mail).where(over, col(Mail.created_at) < now() - timedelta(days=MAILS_KEPT)))


@schedule(hour=2, minute=55)
@job
async def forget_old_changes(work: Work) -> None:
    async with work.database.transaction() as session:
        await forget_changes(session)
