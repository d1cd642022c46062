"""The queue of background work, as actions and jobs use it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy
from sqlmodel import select

from matchmaker.database import Database
from matchmaker.jobs import processes, queue
from matchmaker.jobs.processes import SCHEDULES
from matchmaker.jobs.queue import JOBS, Work, enqueue
from models import FailedJob, JobProcess, metadata, now
from models.job import ENGINE_TABLES
from tests.databases import settings_for
from tests.jobs.engine import FreshUrl, carried_out
from tests.jobs.waiting import Waiting, waiting_jobs


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int | str]:
    """What the jobs of these tests have done; they are known only here."""
    seen: list[int | str] = []

    async def note(work: Work, *, number: int) -> None:
        async with work.database.transaction():
            seen.append(number)

    async def stumble(_work: Work, *, number: int, times: int) -> None:
        seen.append(number)
        if seen.count(number) <= times:
            raise ConnectionError("nobody answers")

    for run in (note, stumble):
        monkeypatch.setitem(JOBS, run.__name__, queue._Job(run, (0.01, 0.01)))
    return seen


@pytest.fixture
async def working(fresh_url: FreshUrl) -> AsyncIterator[Database]:
    """A database whose jobs are carried out."""
    settings = settings_for(await fresh_url("facts"))
    database = Database(settings)
    async with carried_out(Work(settings, database)):
        yield database
    await database.close()


async def until(true: Callable[[], bool], patience: float = 20) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "it does not come true"
        await asyncio.sleep(0.02)


async def test_a_commit_makes_one_job_and_a_rollback_none(database: Database) -> None:
    async with database.transaction() as session:
        await enqueue(session, "note", number=1)
    with suppress(ZeroDivisionError):
        async with database.transaction() as session:
            await enqueue(session, "note", number=2)
            raise ZeroDivisionError
    assert await waiting_jobs(database) == [Waiting("note", {"number": 1}, 0)]


async def test_a_refused_act_leaves_no_job_behind(database: Database) -> None:
    """A savepoint that is given up, as of a form that is refused, takes its jobs with it."""
    async with database.transaction() as session:
        await enqueue(session, "note", number=1)
        with suppress(ZeroDivisionError):
            async with session.begin_nested():
                await enqueue(session, "note", number=2)
                raise ZeroDivisionError
    assert [job.ids["number"] for job in await waiting_jobs(database)] == [1]


async def test_once_is_once_and_a_key_is_one_at_a_time(database: Database) -> None:
    for _time in range(2):
        async with database.transaction() as session:
            await enqueue(session, "note", once="remind:1:14", number=1)
            await enqueue(session, "note", key="match:1:1", number=2)
            await enqueue(session, "note", key="match:1:1", number=3)
            await enqueue(session, "note", key="match:1:2", number=4)
            await enqueue(session, "note", once="remind:1:14", number=5)
    assert sorted(job.ids["number"] for job in await waiting_jobs(database)) == [1, 2, 4]


async def test_a_delay_is_in_the_queue_itself(database: Database) -> None:
    async with database.transaction() as session:
        await enqueue(session, "note", delay=14 * 86_400, number=1)
    (waits,) = await waiting_jobs(database)
    assert waits.delay == pytest.approx(14 * 86_400, abs=60)


async def test_jobs_are_carried_out_and_failures_tried_again_until_they_are_kept(
    working: Database, done: list[int | str]
) -> None:
    async with working.transaction() as session:
        await enqueue(session, "note", number=1)
        await enqueue(session, "stumble", number=2, times=1)
        await enqueue(session, "stumble", number=3, times=9)
        await enqueue(session, "nobody_knows_it")
    await until(lambda: done.count(1) == 1 and done.count(2) == 2 and done.count(3) == 3)
    deadline = time.monotonic() + 20
    while len(failed := await _failed(working)) < 2:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
    assert failed == {
        "stumble": (3, "ConnectionError: nobody answers"),
        "nobody_knows_it": (1, "KeyError: 'nobody_knows_it'"),
    }
    assert done.count(1) == 1
    assert done.count(2) == 2


async def _failed(database: Database) -> dict[str, tuple[int, str]]:
    async with database.transaction(write=False) as session:
        return {row.name: (row.tries, row.error) for row in (await session.exec(select(FailedJob))).all()}


async def test_what_a_process_leaves_unfinished_the_next_one_does(fresh_url: FreshUrl) -> None:
    settings = settings_for(await fresh_url("facts"))
    database = Database(settings)
    stuck, seen = asyncio.Event(), []

    async def hang(_work: Work, *, number: int) -> None:
        seen.append(number)
        await stuck.wait()

    JOBS["hang"] = queue._Job(hang, ())
    work = Work(settings, database)
    try:
        async with carried_out(work):
            async with database.transaction() as session:
                await enqueue(session, "hang", number=7)
            await until(lambda: len(seen) == 1)
        stuck.set()
        async with carried_out(work):
            await until(lambda: len(seen) == 2)
    finally:
        del JOBS["hang"]
    async with database.transaction(write=False) as session:
        left = (await session.exec(select(JobProcess))).all()
    assert len(left) == 1, "the first of the two has been buried"
    await database.close()


async def test_scheduled_jobs_are_planned_once_by_all_processes(database: Database) -> None:
    work = Work(settings_for("sqlite+aiosqlite:///unused.db"), database)
    await processes._plan(work, {})
    await processes._plan(work, {})
    planned = await waiting_jobs(database)
    assert sorted(job.name for job in planned) == sorted(SCHEDULES)
    assert all(0 < job.delay <= 86_400 for job in planned)


@pytest.mark.parametrize(
    ("hour", "minute", "asked", "answered"),
    [
        (2, 40, "2026-03-01T19:39Z", "2026-03-01T19:40Z"),
        (2, 40, "2026-03-01T19:40Z", "2026-03-02T19:40Z"),
        (None, 15, "2026-03-01T19:40Z", "2026-03-01T20:15Z"),
    ],
)
def test_the_next_time_of_a_schedule_is_by_western_indonesian_clocks(
    hour: int | None, minute: int, asked: str, answered: str
) -> None:
    at = processes._Daily(hour, minute).next_after(datetime.fromisoformat(asked))
    assert at.astimezone(UTC) == datetime.fromisoformat(answered)


async def test_the_engine_keeps_its_tables_apart_from_ours(database: Database) -> None:
    """Beside ours in a SQLite file, by names that are known; in a schema of their own on PostgreSQL."""
    async with database.engine.connect() as connection:
        here = set(await connection.run_sync(lambda c: sqlalchemy.inspect(c).get_table_names()))
        if connection.dialect.name == "postgresql":
            assert not here & ENGINE_TABLES
            there = set(await connection.run_sync(lambda c: sqlalchemy.inspect(c).get_table_names(schema="dbos")))
            assert there >= ENGINE_TABLES
        else:
            assert here - ENGINE_TABLES == {*metadata.tables, "alembic_version"}


async def test_jobs_that_ended_long_ago_are_forgotten(working: Database, done: list[int | str]) -> None:
    async with working.transaction() as session:
        await enqueue(session, "note", once="over", number=1)
    await until(lambda: done == [1])
    later = (now() + timedelta(days=1)).isoformat()
    deadline = time.monotonic() + 20
    while "over" not in (over := await queue.done_before(later)):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
    assert await queue.done_before((now() - timedelta(days=1)).isoformat()) == []
    await queue.forget_jobs(over)
    assert await queue.done_before(later) == []
