"""The life of a process that carries out jobs: it beats, takes over from those that died, and minds the clock."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import update
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.i18n import western_time
from matchmaker.jobs import queue
from matchmaker.jobs.queue import JobFunction, Work
from models import JobProcess, now

log = structlog.get_logger()
#: Seconds between two signs of life, and after which one that gave none is dead.
BEAT_EVERY, DEAD_AFTER = 3.0, 15.0


@dataclass(frozen=True)
class _Daily:
    hour: int | None
    minute: int

    def next_after(self, moment: datetime) -> datetime:
        local = western_time(moment).replace(minute=self.minute, second=0, microsecond=0)
        if self.hour is not None:
            local = local.replace(hour=self.hour)
        step = timedelta(hours=1) if self.hour is None else timedelta(days=1)
        return local if local > moment else local + step


SCHEDULES: dict[str, _Daily] = {}


def schedule(*, hour: int | None = None, minute: int = 0) -> Callable[[JobFunction], JobFunction]:
    """Has a job (written above ``@job``) carried out every day at that time of western Indonesia, or every hour.

    A time at which no process lives is made up for once, as soon as one does.
    """

    def register(run: JobFunction) -> JobFunction:
        SCHEDULES[run.__name__] = _Daily(hour, minute)
        return run

    return register


@asynccontextmanager
async def carrying_out_jobs(work: Work, *, look_every: float = 1.0) -> AsyncIterator[str]:
    """Within it this process carries out jobs. Answers the id that it has from this start to its end."""
    process_id = uuid.uuid4().hex
    # First a transaction of ours: it is what sets a SQLite file to the journal that the engine finds.
    async with work.database.transaction() as session:
        session.add(JobProcess(id=process_id))
    await queue.begin(work, process_id, look_every=look_every)
    beating = asyncio.create_task(_beat(work, process_id))
    try:
        yield process_id
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        await queue.end()
        await _leave(work, process_id)


async def carry_out_jobs(work: Work, over: asyncio.Event) -> None:
    """Until it is ``over``; begins anew when the database was away at first."""
    while not over.is_set():
        try:
            async with carrying_out_jobs(work):
                await over.wait()
        except Exception:
            log.exception("jobs are not carried out")
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), BEAT_EVERY)


async def _leave(work: Work, process_id: str) -> None:
    """Long dead, as far as the others know: whoever comes next takes over at once what was not finished."""
    async with work.database.transaction() as session:
        aged = now() - timedelta(seconds=DEAD_AFTER + 1)
        await session.exec(update(JobProcess).where(col(JobProcess.id) == process_id).values(beat_at=aged))


async def _beat(work: Work, process_id: str) -> None:
    planned: dict[str, datetime] = {}
    while True:
        try:
            await _show_life(work, process_id)
            await take_over(work)
            await _keep_lost(work)
            await _plan(work, planned)
        except Exception:
            # The database is away, or the engine's part of it. Jobs wait, and so does this.
            log.exception("no sign of life given")
        await asyncio.sleep(BEAT_EVERY)


async def _show_life(work: Work, process_id: str) -> None:
    async with work.database.transaction() as session:
        beat = update(JobProcess).where(col(JobProcess.id) == process_id).values(beat_at=now())
        if (await session.exec(beat)).rowcount == 0:
            # Taken for dead while the machine slept. What it had begun may be done twice.
            session.add(JobProcess(id=process_id))


async def alive(session: AsyncSession) -> int:
    """How many processes carry out jobs at the moment."""
    beats = col(JobProcess.beat_at) >= now() - timedelta(seconds=DEAD_AFTER)
    return (await session.exec(select(func.count(col(JobProcess.id))).where(beats))).one()


async def take_over(work: Work) -> None:
    """Has the unfinished jobs of dead processes done by whoever is free."""
    async with work.database.transaction(write=False) as session:
        silent = col(JobProcess.beat_at) < now() - timedelta(seconds=DEAD_AFTER)
        dead = (await session.exec(select(JobProcess.id).where(silent))).all()
    for process_id in dead:
        # Outside a transaction of ours: the engine writes by itself, and SQLite lets one write at a time.
        await queue.resume_jobs_of(process_id)
        async with work.database.transaction() as session:
            await session.exec(delete(JobProcess).where(col(JobProcess.id) == process_id, silent))


async def _keep_lost(work: Work) -> None:
    """Jobs that processes died of are shown to the programme office like others that failed."""
    lost = await queue.lost_jobs()
    if not lost:
        return
    async with work.database.transaction() as session:
        for job in lost:
            error = "the process died of it, again and again"
            await queue.keep_failure(session, job.job_id, job.name, job.ids, queue.MOST_DEATHS, error)
    await queue.forget_jobs(job.job_id for job in lost)


async def _plan(work: Work, planned: dict[str, datetime]) -> None:
    """Each scheduled job waits for its next time. All processes plan, and a time is planned once."""
    moment = now()
    due = {name: daily.next_after(moment) for name, daily in SCHEDULES.items()}
    unplanned = {name: at for name, at in due.items() if planned.get(name) != at}
    if not unplanned:
        return
    async with work.database.transaction() as session:
        for name, at in unplanned.items():
            delay = (at - moment).total_seconds()
            await queue.enqueue(session, name, delay=delay, once=f"{name}:{at:%Y-%m-%dT%H:%M}")
    planned.update(unplanned)
