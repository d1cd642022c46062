"""Has failed background work tried again."""

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.jobs.queue import enqueue_again
from models import FailedJob


async def retry_job(session: AsyncSession, viewer: Viewer | None, failed_id: int) -> None:
    """By the programme office. Pressed twice it is tried again once: the second finds nothing."""
    access.office(viewer)
    failed = await access.by_id(session, FailedJob, failed_id, lock=True)
    await enqueue_again(session, failed.name, failed.ids)
    await session.delete(failed)
    await session.flush()
