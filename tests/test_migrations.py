"""The schema in the revisions is the schema of the tables, up and down, with data in it."""

from collections.abc import Awaitable, Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlmodel import func, select

from matchmaker.database import Database, alembic_config
from matchmaker.facts import load_facts
from models import Account, Conversation, Initiative, Message, Region, metadata
from models.job import ENGINE_TABLES
from tests.databases import settings_for

FreshUrl = Callable[[str | None], Awaitable[str]]


@pytest.fixture
async def empty(fresh_url: FreshUrl) -> Database:
    return Database(settings_for(await fresh_url(None)))


def revisions() -> list[str]:
    """From the first to the newest."""
    return [r.revision for r in ScriptDirectory.from_config(alembic_config()).walk_revisions()][::-1]


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def tables(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        names = set(await connection.run_sync(lambda c: inspect(c).get_table_names()))
    return names - ENGINE_TABLES


async def test_the_revisions_make_exactly_the_tables_of_the_models(empty: Database) -> None:
    assert await empty.pending_migrations()
    await empty.migrate()
    async with empty.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    assert not await empty.pending_migrations()
    await empty.close()


async def test_up_down_and_up_again_revision_by_revision(empty: Database) -> None:
    for revision in [*revisions(), "base", "head"]:
        await empty.migrate(revision)
    for revision in [*revisions()[:-1][::-1], "base"]:
        await empty.migrate(revision)
    assert await tables(empty) <= {"alembic_version"}
    await empty.migrate()
    await empty.migrate()
    async with empty.transaction() as session:
        await load_facts(session)
    await empty.close()


async def test_down_one_and_up_again_with_data(fresh_url: FreshUrl) -> None:
    database = Database(settings_for(await fresh_url("scene")))
    before = await counted(database)
    assert all(before)
    steps = revisions()
    if len(steps) > 1:
        await database.migrate(steps[-2])
    await database.migrate()
    assert await counted(database) == before
    await database.migrate("base")
    assert await tables(database) <= {"alembic_version"}
    await database.close()


async def counted(database: Database) -> list[int]:
    async with database.transaction(write=False) as session:
        return [
            (await session.exec(select(func.count()).select_from(table))).one()
            for table in (Account, Initiative, Conversation, Message, Region)
        ]
