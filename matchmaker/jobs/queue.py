"""The queue of background work: the one door to its engine (dbos), which nothing else imports.

A job is a plain async function. ``enqueue`` puts one into the caller's transaction: a commit makes exactly one, a
rollback none. A job is carried out at least once, so its effects are made to count once (a row that says so, a
message that keeps its number). Docs: docs/decisions/0009-background-work.md.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, overload

import sqlalchemy
import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, WorkflowSerializationFormat
from dbos import error as engine_errors
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.database import Database, insert_unless_present
from matchmaker.settings import Settings
from models import FailedJob, now

log = structlog.get_logger()
#: Seconds before a job that failed is tried again; after the last of them it has failed.
DELAYS: tuple[float, ...] = (10, 50, 250)
#: How many jobs a process carries out at a time.
AT_A_TIME = 8
#: A job during which its process died this often is not tried again: it may be what kills it.
MOST_DEATHS = 5
_QUEUE, _WORKFLOW = "jobs", "job"
# Jobs outlive the program that put them in: their names and ids are what is agreed, not a version of the code.
_VERSION = "1"
Id = int | str | None


@dataclass(frozen=True)
class Work:
    """What a job is given to work with."""

    settings: Settings
    database: Database


class NoUse(Exception):
    """Raised by a job that would fail again however often it is tried."""


JobFunction = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class _Job:
    run: JobFunction
    delays: tuple[float, ...]


#: All jobs by the name of their function.
JOBS: dict[str, _Job] = {}


@overload
def job(run: JobFunction) -> JobFunction: ...
@overload
def job(*, delays: tuple[float, ...]) -> Callable[[JobFunction], JobFunction]: ...
def job(
    run: JobFunction | None = None, *, delays: tuple[float, ...] | None = None
) -> JobFunction | Callable[[JobFunction], JobFunction]:
    """Makes ``async def name(work: Work, *, thing_id: int)`` a job; the function stays what it is.

    ``delays``: seconds before each further try.
    """

    def register(run: JobFunction) -> JobFunction:
        name = run.__name__
        if name in JOBS:
            raise ValueError(f"there are two jobs named {name}")
        JOBS[name] = _Job(run, DELAYS if delays is None else delays)
        return run

    return register(run) if run else register


async def enqueue(
    session: AsyncSession, name: str, *, key: str | None = None, delay: float = 0, once: str | None = None, **ids: Id
) -> None:
    """Puts the job ``name`` into the present transaction. ``ids`` are its arguments: ids, nothing personal.

    ``once``: a job of that name is made once and never again. ``key``: no second one while one of that key waits or
    runs; what has changed since belongs into the key (``match:<id>:<version>``). ``delay``: seconds.
    """
    await _put(session, name, ids, tries=0, key=key, delay=delay, once=once)


async def enqueue_again(session: AsyncSession, name: str, ids: dict[str, Id]) -> None:
    """A job that had failed, as new."""
    await _put(session, name, ids, tries=0)


async def _put(
    session: AsyncSession,
    name: str,
    ids: dict[str, Id],
    *,
    tries: int,
    key: str | None = None,
    delay: float = 0,
    once: str | None = None,
) -> None:
    connection = await session.connection()
    client = _client(connection.dialect.name)
    options: EnqueueOptions = {
        "workflow_name": _WORKFLOW,
        "queue_name": _QUEUE,
        "serialization_type": WorkflowSerializationFormat.PORTABLE,
    }
    if once:
        options["workflow_id"] = once
    if delay > 0:
        options["delay_seconds"] = delay
    if key is None:
        await session.run_sync(client.enqueue_in_transaction, options, name, ids, tries)
        return
    options["deduplication_id"] = f"{name}:{key}"
    try:
        # A key that is taken is an error of the database, which would end the transaction.
        async with session.begin_nested():
            await session.run_sync(client.enqueue_in_transaction, options, name, ids, tries)
    except engine_errors.DBOSQueueDeduplicatedError:
        log.debug("job waits already", job=name, key=key)


@cache
def _client(dialect: str) -> DBOSClient:
    """Writes into transactions of ours, and never connects by itself."""
    address = "sqlite://" if dialect == "sqlite" else "postgresql+psycopg://"
    return DBOSClient(system_database_engine=sqlalchemy.create_engine(address), lazy=True)


@dataclass
class _Doing:
    """What this process works with while it carries out jobs. ``at_work``: how many at the moment."""

    work: Work
    loop: asyncio.AbstractEventLoop
    at_work: int = 0


_doing: _Doing | None = None


async def begin(work: Work, process_id: str, *, look_every: float = 1.0) -> None:
    """From now on this process carries out jobs, on the loop that calls this. One database a process."""
    global _doing  # noqa: PLW0603 - the engine is one for a process, and so is this
    if _doing:
        raise RuntimeError("this process carries out jobs already")
    _doing = _Doing(work, asyncio.get_running_loop())
    config: DBOSConfig = {
        "name": "matchmaker",
        "system_database_url": engine_address(work.settings),
        "sys_db_pool_size": 5,
        "executor_id": process_id,
        "application_version": _VERSION,
        "log_level": "WARNING",
    }
    # In a thread it finds no running loop, and makes one of its own: it changes the loop that it runs on.
    try:
        await asyncio.to_thread(_launch, config, look_every)
    except BaseException:
        await end()
        raise


def _launch(config: DBOSConfig, look_every: float) -> None:
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(
        _QUEUE, worker_concurrency=AT_A_TIME, polling_interval_sec=look_every, on_conflict="always_update"
    )


async def end(patience: int = 3) -> None:
    """Takes no more jobs, and lets those under way finish; after ``patience`` seconds another process has to."""
    global _doing  # noqa: PLW0603
    if _doing is None:
        return
    wait = patience if _doing.at_work else 0
    await asyncio.to_thread(DBOS.destroy, workflow_completion_timeout_sec=wait)
    _doing = None


def engine_address(settings: Settings) -> str:
    """The database's address as the engine's driver writes it; it is the same database."""
    if settings.sqlite_path:
        return f"sqlite:///{settings.sqlite_path}"
    url = sqlalchemy.make_url(settings.database_url).set(drivername="postgresql+psycopg")
    if "ssl" in url.query:
        url = url.difference_update_query(["ssl"]).update_query_dict({"sslmode": url.query["ssl"]})
    return url.render_as_string(hide_password=False)


async def create_tables(settings: Settings) -> None:
    """The engine's tables, brought up to date; safe to repeat. On PostgreSQL they lie in a schema of their own."""
    logging.getLogger("dbos").setLevel(logging.WARNING)
    await asyncio.to_thread(DBOS.migrate, engine_address(settings))


@DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=MOST_DEATHS)
async def _carry_out(name: str, ids: dict[str, Id], tries: int) -> None:
    """What the engine runs, on its loop; the job itself runs on ours, where the database's connections are."""
    if _doing is None:
        raise RuntimeError("a job without a process that carries it out")
    job_id = str(DBOS.workflow_id)
    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_attempt(job_id, name, ids, tries), _doing.loop))


async def _attempt(job_id: str, name: str, ids: dict[str, Id], tries: int) -> None:
    doing = _doing
    if doing is None:
        raise RuntimeError("a job without a process that carries it out")
    doing.at_work += 1
    try:
        await JOBS[name].run(doing.work, **ids)
    except Exception as error:
        log.warning("job failed", job=name, tries=tries + 1, error=type(error).__name__, exc_info=True, **ids)
        await _note_failure(doing.work.database, job_id, name, ids, tries, error)
    finally:
        doing.at_work -= 1


async def _note_failure(
    database: Database, job_id: str, name: str, ids: dict[str, Id], tries: int, error: Exception
) -> None:
    """Has it tried again later, or keeps it for the programme office. It waits for a database that is away."""
    delays = JOBS[name].delays if name in JOBS else ()
    while True:
        try:
            async with database.transaction() as session:
                if tries < len(delays) and not isinstance(error, NoUse):
                    again = f"{job_id.partition('#')[0]}#{tries + 1}"
                    await _put(session, name, ids, tries=tries + 1, delay=delays[tries], once=again)
                else:
                    await keep_failure(session, job_id, name, ids, tries + 1, error_text(error))
            return
        except sqlalchemy.exc.SQLAlchemyError as away:
            log.warning("failure of a job not noted yet", job=name, error=type(away).__name__)
            await asyncio.sleep(2)


async def keep_failure(
    session: AsyncSession, job_id: str, name: str, ids: dict[str, Id], tries: int, error: str
) -> None:
    row = {"job_id": job_id, "name": name, "ids": ids, "tries": tries, "error": error, "failed_at": now()}
    await insert_unless_present(session, FailedJob, row)


def error_text(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".strip().splitlines()[0][:500]


@dataclass(frozen=True)
class LostJob:
    """A job that its process died of too often."""

    job_id: str
    name: str
    ids: dict[str, Id]


async def resume_jobs_of(process_id: str) -> None:
    """Gives back to the queue what a dead process had begun. Only what is still its own, so twice is as once."""
    await asyncio.to_thread(DBOS._recover_pending_workflows, [process_id])


async def lost_jobs() -> list[LostJob]:
    found = await asyncio.to_thread(DBOS.list_workflows, status="MAX_RECOVERY_ATTEMPTS_EXCEEDED", limit=100)
    return [LostJob(w.workflow_id, *_arguments(w.input)) for w in found]


def _arguments(given: Any) -> tuple[str, dict[str, Id]]:
    name, ids, *_tries = given["args"]
    return str(name), dict(ids)


async def forget_jobs(job_ids: Iterable[str]) -> None:
    await asyncio.to_thread(DBOS.delete_workflows, list(job_ids))


async def done_before(moment: str, most: int = 500) -> list[str]:
    """Jobs that ended before an RFC 3339 ``moment``, however they ended."""
    found = await asyncio.to_thread(
        DBOS.list_workflows,
        status=["SUCCESS", "ERROR", "CANCELLED"],
        completed_before=moment,
        limit=most,
        load_input=False,
        load_output=False,
    )
    return [w.workflow_id for w in found]
