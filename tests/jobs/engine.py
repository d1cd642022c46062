"""The engine within a test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from matchmaker.jobs.processes import carrying_out_jobs
from matchmaker.jobs.queue import Work

FreshUrl = Callable[[str | None], Awaitable[str]]


@asynccontextmanager
async def carried_out(work: Work) -> AsyncIterator[None]:
    """In one task from its begin to its end, which pytest's fixtures do not promise."""
    ready, over = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with carrying_out_jobs(work, look_every=0.05):
            ready.set()
            await over.wait()

    life = asyncio.create_task(live())
    begun = asyncio.create_task(ready.wait())
    await asyncio.wait({life, begun}, return_when=asyncio.FIRST_COMPLETED)
    begun.cancel()
    if life.done():
        await life
    try:
        yield
    finally:
        over.set()
        await life
