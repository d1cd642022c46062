"""The parts of the application, and what a request is given of them: its transaction and whose it is."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import structlog
from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer, viewer_by_token
from matchmaker.actions.storing import sweep_files
from matchmaker.broker import RedisBroker
from matchmaker.database import Database
from matchmaker.jobs.processes import carry_out_jobs
from matchmaker.jobs.queue import Work
from matchmaker.live import Live
from matchmaker.matching import Matching
from matchmaker.reading.feedback import verdicts
from matchmaker.settings import Settings
from matchmaker.storage import Storage

AppRequest = Request[Any, Any, State]
log = structlog.get_logger()
#: Seconds between two readings of what was said of suggestions.
LEARNED_EVERY = 3600.0
#: Seconds between two sweeps of files that nobody refers to.
SWEPT_EVERY = 6 * 3600.0
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Services:
    """The parts of the application, made once by app.py and kept on its state."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings)
        self.matching = Matching(self.database, Path(settings.index_dir) if settings.index_dir else None)
        self._broker = RedisBroker(settings.redis_url) if settings.redis_url else None
        self.live = Live(self.database, self._broker)
        self.storage = Storage(Path(settings.files_dir))
        self._beside: list[asyncio.Task[None]] = []
        self._jobs: asyncio.Task[None] | None = None
        self._over = asyncio.Event()

    def start(self) -> None:
        """Begins to read what is matched, to follow what happens and to carry out jobs, beside the first requests."""
        self._beside = [asyncio.create_task(self._warm()), asyncio.create_task(self._sweep())]
        self.live.start()
        if self.settings.embedded_jobs:
            self.start_jobs()

    def start_jobs(self) -> None:
        self._jobs = asyncio.create_task(carry_out_jobs(Work(self.settings, self.database), self._over))

    async def _warm(self) -> None:
        try:
            await self.matching.prepare()
        except Exception:
            # Not fatal: the first suggestion tries again and tells its reader.
            log.exception("matching index not ready")
        while True:
            await self._learn()
            await asyncio.sleep(LEARNED_EVERY)

    async def _learn(self) -> None:
        try:
            async with self.database.transaction(write=False) as session:
                await self.matching.learn_from(session, await verdicts(session))
        except Exception:
            # Not fatal: the order stays as it was.
            log.exception("feedback not learned")

    async def _sweep(self) -> None:
        while True:
            try:
                if swept := await sweep_files(self.database, self.storage):
                    log.info("files swept", number=swept)
            except Exception:
                # Not fatal: they only take room until the next time.
                log.exception("files not swept")
            await asyncio.sleep(SWEPT_EVERY)

    async def _keep_index(self) -> None:
        try:
            await self.matching.save()
        except Exception:
            # Not fatal: the next start reads the rows again.
            log.exception("matching index not kept")

    async def close(self) -> None:
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        self._over.set()
        if self._jobs:
            await self._jobs
        await self.live.close()
        if self._broker:
            await self._broker.close()
        await self._keep_index()
        await self.database.close()


def services(request: AppRequest) -> Services:
    found: Services = request.app.state.services
    return found


def cookie_name(settings: Settings) -> str:
    """``__Host-`` binds the cookie to this very host and to HTTPS; browsers take it over HTTPS alone."""
    return "__Host-session" if settings.secure else "session"


def csrf_cookie_name(settings: Settings) -> str:
    return "__Host-csrf" if settings.secure else "csrf"


def session_token(request: AppRequest) -> str:
    """The token that this request is made under; a bearer token is the API's and wins over a cookie.

    Even an empty one wins: forgery.py lets calls with an Authorization header pass, so the cookie must not count.
    """
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if request.scope["path"].startswith("/api/") and scheme.lower() == "bearer":
        return token.strip()
    return request.cookies.get(cookie_name(services(request).settings), "")


async def provide_session(request: AppRequest) -> AsyncIterator[AsyncSession]:
    """The request's transaction: handler, template, commit, response. Whatever is raised rolls it back."""
    if request.method not in SAFE_METHODS:
        await _receive(request)
    write = request.method not in SAFE_METHODS or bool(request.route_handler.opt.get("write"))
    async with services(request).database.transaction(write=write) as session:
        yield session


async def _receive(request: AppRequest) -> None:
    """The whole body, before the transaction begins: one that trickles in would hold a connection, and on SQLite the
    only writer's turn, for as long as its sender likes.
    """
    if request.content_type[0] == RequestEncodingType.MULTI_PART:
        await request.form()
    else:
        await request.body()


async def provide_viewer(request: AppRequest, session: NamedDependency[AsyncSession]) -> Viewer | None:
    token = session_token(request)
    viewer = await viewer_by_token(session, token) if token else None
    request.state.viewer = viewer
    return viewer


def client_address(request: AppRequest) -> str:
    """Where attempts are counted; the server resolves trusted proxies before."""
    return request.client.host if request.client else "unknown"
