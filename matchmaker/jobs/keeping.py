"""How long what is over is kept."""

from datetime import timedelta

from matchmaker.jobs import queue
from matchmaker.jobs.processes import schedule
from matchmaker.jobs.queue import Work, job
from models import now

#: Days that jobs are remembered after their end. A job that is made once may come again after that.
JOBS_KEPT = 60


@schedule(hour=2, minute=40)
@job
async def forget_old_jobs(_work: Work) -> None:
    moment = (now() - timedelta(days=JOBS_KEPT)).isoformat()
    while over := await queue.done_before(moment):
        await queue.forget_jobs(over)
