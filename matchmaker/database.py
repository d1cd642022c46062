"""The engine and its transactions. The only place that begins, commits and rolls back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.settings import Settings

_LOG_GREW = "log_grew"


def _nobody() -> None:
    pass


class Database:
    """One engine, and transactions on it."""

    def __init__(self, settings: Settings) -> None:
        if settings.sqlite_path:
            settings.sqlite_path.parent.mkdir(parents=True, exist_ok=True)
        self.engine = _create_engine(settings)
        self._maker = async_sessionmaker(self.engine, class_=AsyncSession, expire_on_commit=False)
        #: Called after a commit that wrote into a log which somebody follows.
        self.log_grew: Callable[[], None] = _nobody

    @asynccontextmanager
    async def transaction(self, write: bool = True) -> AsyncIterator[AsyncSession]:
        """A session whose work is committed at the end, or rolled back if anything is raised.

        With SQLite a write transaction takes the write lock at once: one that reads first and upgrades later
        fails under load, because another writer got in between.
        """
        async with self._maker() as session, session.begin():
            await session.connection(execution_options={"write": write})
            yield session
        if _LOG_GREW in session.info:
            self.log_grew()

    async def close(self) -> None:
        await self.engine.dispose()

    async def migrate(self, revision: str = "head") -> None:
        """Brings the schema to ``revision``, up or down."""
        async with self.engine.connect() as connection:
            await connection.execution_options(rebuilding=True)
            async with connection.begin():
                await connection.run_sync(_migrate, revision)
            # It has looked away from references (see _begin_sqlite), and nobody else shall.
            await connection.invalidate()

    async def pending_migrations(self) -> bool:
        """True where the schema is not the newest that this program knows."""
        async with self.engine.connect() as connection:
            current = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_heads())
        return set(current) != await asyncio.to_thread(_newest_revisions)


async def begin_logging(session: AsyncSession, lock: int) -> None:
    """To be awaited before a row is added to a log that is followed by 'id greater than the last I saw'.

    Ids of such a log must become visible in order. SQLite has one writer at a time; on PostgreSQL the advisory lock,
    of a number for each log, makes it one between taking the id and the commit. So this comes late in a transaction.
    """
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
    session.info[_LOG_GREW] = True


async def insert_unless_present(
    session: AsyncSession,
    table: type[SQLModel],
    values: dict[str, object],
    *,
    raising: str | None = None,
    touching: tuple[str, ...] = (),
) -> None:
    """Inserts a row unless its primary key is there; then, if the column ``raising`` would grow, lets it grow.

    One statement, so two requests at the same moment cannot both find nothing and both insert. ``touching`` are
    further columns that are written together with ``raising``.
    """
    connection = await session.connection()
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    target = SQLModel.metadata.tables[str(table.__tablename__)]
    statement = make(target).values(values)
    if raising is None:
        await connection.execute(statement.on_conflict_do_nothing())
        return
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(target.primary_key.columns),
            set_={name: statement.excluded[name] for name in (raising, *touching)},
            where=target.c[raising] < statement.excluded[raising],
        )
    )


def _create_engine(settings: Settings) -> AsyncEngine:
    # The values of a statement are what people wrote, and its error ends in the log: they are left out of it.
    engine = create_async_engine(
        settings.database_url,
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=settings.sqlite_path is None,
        hide_parameters=True,
    )
    if settings.sqlite_path is None:
        return engine
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: object) -> None:
    # The driver's own BEGIN comes too late and is always deferred: take it over (see _begin_sqlite).
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("rebuilding"):
        # SQLite alters a column by making the table anew, and would not drop one that others refer to.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    write = options.get("write", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def alembic_config(**attributes: Any) -> Config:
    """Alembic's settings, without an ini file: the revisions travel with the package ``models``."""
    config = Config()
    config.set_main_option("script_location", str(Path(str(files("models"))) / "migrations"))
    config.attributes.update(attributes)
    return config


@cache
def _newest_revisions() -> frozenset[str]:
    """Of this program; health checks ask every few seconds."""
    return frozenset(ScriptDirectory.from_config(alembic_config()).get_heads())


def _migrate(connection: Connection, revision: str) -> None:
    config = alembic_config(connection=connection)
    current = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(config)
    target = script.get_current_head() if revision == "head" else revision
    below = {r.revision for r in script.iterate_revisions(current, "base")} if current else set()
    if revision == "base" or (target in below and target != current):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)
    if connection.dialect.name == "sqlite" and (
        broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    ):
        raise RuntimeError(f"rows of {sorted({row[0] for row in broken})} refer to rows that are not there")
