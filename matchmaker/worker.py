"""``matchmaker worker``: a process that carries out background work and serves nobody."""

import asyncio
import signal

import structlog

from matchmaker import i18n, logs
from matchmaker.jobs import every  # noqa: F401 - so that every job is known by its name
from matchmaker.services import Services
from matchmaker.settings import Settings

log = structlog.get_logger()


async def work_until_told(settings: Settings) -> None:
    """Until SIGTERM or SIGINT; what is under way then is finished, or left to the other workers."""
    logs.configure(settings.log_format)
    i18n.load_catalogues()
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    services = Services(settings)
    # Pages of other processes learn of what a job has done in the same way as of anything else.
    services.live.start()
    services.start_jobs()
    log.info("worker began")
    await told.wait()
    await services.close()
