"""Rows by the dozen, like one that is there already."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import SQLModel

from matchmaker.database import Database
from models import Card, Conversation, Interest, Organisation
from tests.world import Scene, World

MOMENT = datetime(2026, 5, 4, 3, 2, 1, 654321, tzinfo=UTC)


async def copies(database: Database, row: SQLModel, count: int, **fields: Callable[[int], Any]) -> list[int]:
    """Rows like ``row`` but for some fields; answers their ids."""
    given = row.model_dump(exclude={"id"})
    rows = [type(row)(**(given | {name: make(n) for name, make in fields.items()})) for n in range(count)]
    async with database.transaction() as session:
        session.add_all(rows)
        await session.flush()
        return [r.id for r in rows]


async def one(database: Database, table: type[SQLModel], row_id: int) -> Any:
    async with database.transaction(write=False) as session:
        return await session.get(table, row_id)


async def many_of(database: Database, world: World, scene: Scene, path: str, count: int) -> list[int]:
    """More rows of what a list shows, most of them of one moment."""
    same: dict[str, Callable[[int], Any]] = {"created_at": lambda n: MOMENT + timedelta(seconds=n // 40)}
    if path == "/kapabilitas":
        row = await one(database, Card, scene.card)
        return await copies(database, row, count, published_at=lambda n: MOMENT + timedelta(seconds=n // 40))
    if path in {"/organisasi", "/pengelola"}:
        row = await one(database, Organisation, world.newcomer.organisation_id)
        return await copies(database, row, count, name=lambda n: f"PT Nomor {n}", **same)
    interest = await one(database, Interest, scene.accepted)
    cards = await copies(database, await one(database, Card, scene.card), count, status=lambda _n: "closed")
    interests = await copies(database, interest, count, card_id=lambda n: cards[n], **same)
    if path == "/minat":
        return interests
    talk = await one(database, Conversation, scene.conversation)
    return await copies(
        database,
        talk,
        count,
        interest_id=lambda n: interests[n],
        card_id=lambda n: cards[n],
        last_message_at=lambda n: MOMENT + timedelta(seconds=n // 40),
    )
