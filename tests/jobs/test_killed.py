"""Workers on PostgreSQL, of which one is killed in the middle of its jobs."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import select

from matchmaker.database import Database
from matchmaker.jobs.queue import create_tables, enqueue
from models import Attempt
from tests.databases import PostgresStore, settings_for
from tests.running import SECRET, environment

# Each starts processes and waits for them.
pytestmark = [pytest.mark.slow, pytest.mark.postgres]
JOBS = 12


@pytest.fixture
async def address() -> AsyncIterator[str]:
    # Not below pytest's own folder, which is closed to the other user that root starts the server as.
    folder = Path(tempfile.gettempdir()) / f"matchmaker-killed-{time.time_ns()}"
    store = PostgresStore(folder, "killed")
    await store.start()
    yield await store.create("jobs")
    await store.stop()


def _start(address: str, root: Path, log: Path) -> subprocess.Popen[bytes]:
    settings = environment(SECRET_KEY=SECRET, DATABASE_URL=address, INDEX_DIR="")
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.worker"], cwd=root, env=settings, stdout=output, stderr=output
        )


async def _counts(database: Database) -> dict[str, int]:
    async with database.transaction(write=False) as session:
        return {row.key: row.count for row in (await session.exec(select(Attempt))).all()}


async def test_the_jobs_of_a_killed_worker_are_done_by_another(address: str, root: Path, tmp_path: Path) -> None:
    settings = settings_for(address)
    database = Database(settings)
    await database.migrate()
    await create_tables(settings)
    first, second = _start(address, root, tmp_path / "first.log"), None
    try:
        async with database.transaction() as session:
            for number in range(JOBS):
                await enqueue(session, "take_long", number=number)
        deadline = time.monotonic() + 60
        while not any(key.startswith("begun") for key in await _counts(database)):
            assert time.monotonic() < deadline, (tmp_path / "first.log").read_text()
            await asyncio.sleep(0.05)
        first.kill()
        first.wait()
        second = _start(address, root, tmp_path / "second.log")
        while len(done := _done(await _counts(database))) < JOBS:
            assert time.monotonic() < deadline, (done, (tmp_path / "second.log").read_text())
            await asyncio.sleep(0.1)
        second.terminate()
        assert second.wait(20) == 0
    finally:
        for process in (first, second):
            if process and process.poll() is None:
                process.kill()
                process.wait()
    begun = {key: n for key, n in (await _counts(database)).items() if key.startswith("begun")}
    assert len(begun) == JOBS
    assert any(n > 1 for n in begun.values()), "one was begun by the worker that was killed"
    assert set(done.values()) <= {1, 2}
    await database.close()


def _done(counts: dict[str, int]) -> dict[str, int]:
    return {key: n for key, n in counts.items() if key.startswith("done")}
