"""Transactions, moments and code lists, the same on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import col, select

from matchmaker.database import Database, insert_unless_present
from models import Account, Card, Organisation, ReadMark
from tests.world import Scene, World, publish_card


def account(email: str, **fields: object) -> Account:
    return Account(email=email, name="Ani", password_hash="!", **fields)


async def present(database: Database, email: str) -> Account | None:
    async with database.transaction(write=False) as session:
        return (await session.exec(select(Account).where(Account.email == email))).first()


async def test_what_is_written_stays_and_what_raises_is_undone(database: Database) -> None:
    async with database.transaction() as session:
        session.add(account("kept@test.example"))

    async def fails() -> None:
        async with database.transaction() as session:
            session.add(account("undone@test.example"))
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    assert await present(database, "kept@test.example") is not None
    assert await present(database, "undone@test.example") is None


async def test_moments_come_back_as_the_same_moment_in_utc(database: Database) -> None:
    eastern = timezone(timedelta(hours=9))
    moment = datetime(2026, 3, 1, 1, 30, 15, 123456, tzinfo=eastern)
    async with database.transaction() as session:
        session.add(account("moment@test.example", created_at=moment))
    row = await present(database, "moment@test.example")
    assert row is not None
    assert row.created_at == moment
    assert row.created_at.utcoffset() == timedelta(0)
    async with database.transaction(write=False) as session:
        around = select(Account.id).where(
            col(Account.created_at) >= moment, col(Account.created_at) < moment.astimezone(UTC) + timedelta(seconds=1)
        )
        assert (await session.exec(around)).all() == [row.id]


async def test_a_naive_moment_is_refused(database: Database) -> None:
    async def write() -> None:
        async with database.transaction() as session:
            session.add(account("naive@test.example", created_at=datetime(2026, 3, 1)))  # noqa: DTZ001 - the point

    with pytest.raises(StatementError, match="naive datetime"):
        await write()
    assert await present(database, "naive@test.example") is None


async def test_a_code_is_found_in_a_list_only_as_a_whole(database: Database, world: World) -> None:
    one = await publish_card(database, world.founder, regions_served=["53"])
    other = await publish_card(database, world.founder, regions_served=["53.11", "51"])

    async def serving(code: str) -> list[int | None]:
        async with database.transaction(write=False) as session:
            found = select(Card.id).where(col(Card.regions_served).has_code(code)).order_by(col(Card.id))
            return list((await session.exec(found)).all())

    assert await serving("53") == [one]
    assert await serving("53.11") == [other]
    assert await serving("51") == [other]
    assert await serving("5%") == await serving("5_") == await serving("") == []


async def test_writers_that_read_first_all_get_through(database: Database, world: World) -> None:
    async def grow() -> None:
        async with database.transaction() as session:
            row = await session.get(Organisation, world.officer.organisation_id, with_for_update=True)
            assert row is not None
            row.version += 1
            session.add(row)

    await asyncio.gather(*(grow() for _ in range(12)))
    async with database.transaction(write=False) as session:
        row = await session.get(Organisation, world.officer.organisation_id)
        assert row is not None
        assert row.version == 13


async def test_a_mark_grows_and_never_shrinks(database: Database, scene: Scene, world: World) -> None:
    async def mark(message: int) -> int:
        async with database.transaction() as session:
            row = ReadMark(
                conversation_id=scene.conversation, account_id=world.stranger.account_id, message_id=message
            )
            await insert_unless_present(
                session, ReadMark, row.model_dump(), raising="message_id", touching=("read_at",)
            )
        async with database.transaction(write=False) as session:
            kept = await session.get(ReadMark, (scene.conversation, world.stranger.account_id))
            assert kept is not None
            return kept.message_id

    assert [await mark(n) for n in (5, 9, 3)] == [5, 9, 9]


async def test_a_read_only_transaction_waits_for_no_writer(database: Database) -> None:
    async with database.transaction() as writing:
        writing.add(account("slow@test.example"))
        await writing.flush()
        assert await asyncio.wait_for(present(database, "slow@test.example"), 2) is None
