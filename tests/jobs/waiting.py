"""What waits in the queue of a database, and how tests have it done without an engine."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from matchmaker.database import Database
from matchmaker.jobs.queue import JOBS, Work
from matchmaker.settings import Settings


@dataclass(frozen=True)
class Waiting:
    """A job that has not begun. ``delay``: seconds until it may."""

    name: str
    ids: dict[str, Any]
    delay: float
    once: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Waiting) and (self.name, self.ids) == (other.name, other.ids)

    __hash__ = None  # type: ignore[assignment]


def _of_the_engine(database: Database, table: str) -> str:
    return table if database.engine.dialect.name == "sqlite" else f"dbos.{table}"


async def waiting_jobs(database: Database, name: str | None = None) -> list[Waiting]:
    """In the order in which they were put in."""
    status, given = _of_the_engine(database, "workflow_status"), _of_the_engine(database, "workflow_input")
    query = (
        f"SELECT s.workflow_uuid, coalesce(i.inputs, s.inputs), s.delay_until_epoch_ms FROM {status} s "  # noqa: S608
        f"LEFT JOIN {given} i ON i.workflow_uuid = s.workflow_uuid "
        "WHERE s.status IN ('ENQUEUED', 'DELAYED') ORDER BY s.created_at, s.workflow_uuid"
    )
    async with database.transaction(write=False) as session:
        connection = await session.connection()
        rows = (await connection.execute(text(query))).all()
    found = []
    for once, inputs, until in rows:
        job_name, ids, *_tries = json.loads(inputs)["positionalArgs"]
        found.append(Waiting(job_name, ids, max(0.0, (until or 0) / 1000 - time.time()), once))
    return [job for job in found if name in (None, job.name)]


async def do_jobs(database: Database, settings: Settings, *names: str) -> int:
    """Carries out what waits of these jobs (or of all), however long it should wait yet; answers how many."""
    jobs = [job for job in await waiting_jobs(database) if not names or job.name in names]
    for job in jobs:
        await JOBS[job.name].run(Work(settings, database), **job.ids)
    await end_jobs(database, jobs)
    return len(jobs)


async def end_jobs(database: Database, jobs: Iterable[Waiting]) -> None:
    """As if they had been done."""
    status = _of_the_engine(database, "workflow_status")
    async with database.transaction() as session:
        for job in jobs:
            connection = await session.connection()
            await connection.execute(
                text(f"UPDATE {status} SET status = 'SUCCESS' WHERE workflow_uuid = :id"),  # noqa: S608
                {"id": job.once},
            )
