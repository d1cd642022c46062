"""A worker as a process of its own, with jobs that only tests know and little patience with the dead."""

import asyncio
import os

from matchmaker.jobs import processes
from matchmaker.jobs.queue import Work, job
from matchmaker.settings import from_environment
from matchmaker.worker import work_until_told
from models import Attempt

processes.BEAT_EVERY, processes.DEAD_AFTER = 0.2, 1.5


@job
async def take_long(work: Work, *, number: int) -> None:
    """Says that it has begun, waits to be killed, and counts itself when it has not been."""
    await _count(work, f"begun:{number}")
    await asyncio.sleep(3 if number % 2 else 0.05)
    await _count(work, f"done:{number}")


async def _count(work: Work, key: str) -> None:
    async with work.database.transaction() as session:
        row = await session.get(Attempt, (key, 0)) or Attempt(key=key, window=0, count=0)
        row.count += 1
        session.add(row)


if __name__ == "__main__":
    asyncio.run(work_until_told(from_environment(os.environ)))
