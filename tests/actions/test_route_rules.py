"""Rows of the route decision, changed by two at once."""

import asyncio

from sqlmodel import select

from matchmaker.actions.route_rules import add_rule, move_rule
from matchmaker.actions.routes import remove_row, route_row_to_edit
from matchmaker.database import Database
from matchmaker.errors import Invalid
from matchmaker.inputs.route import NewRuleInput
from models import RouteRule
from models.vocabulary import LegalForm, Route
from tests.world import World, viewer_of

MINISTRIES = "For every ministry"


async def added(database: Database, world: World) -> list[RouteRule]:
    """One row beside another that leads the same answers to the same route."""
    given = NewRuleInput(
        decides=True,
        legal_forms=[LegalForm.ministry],
        routes=[Route.sinergi],
        reason_id="Untuk setiap kementerian",
        reason_en=MINISTRIES,
        legal_basis="PP 28/2018",
    )
    viewer = await viewer_of(database, world.office)
    async with database.transaction() as session:
        row = await add_rule(session, viewer, given)
        other = (await session.exec(select(RouteRule).where(RouteRule.code == "central_government"))).one()
        return [row, other]


async def test_two_who_remove_rows_leave_no_gap(database: Database, world: World) -> None:
    rows = await added(database, world)
    viewer = await viewer_of(database, world.office)

    async def remove(row_id: int) -> None:
        async with database.transaction() as session:
            row = await route_row_to_edit(session, viewer, RouteRule, row_id)
            await remove_row(session, viewer, row)
            await asyncio.sleep(0.2)

    ends = await asyncio.gather(*(remove(row.id or 0) for row in rows), return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == [Invalid.__name__, "NoneType"]


async def test_two_who_move_rows_do_it_one_after_the_other(database: Database, world: World) -> None:
    rows = await added(database, world)
    viewer = await viewer_of(database, world.office)

    async def move(row_id: int) -> None:
        async with database.transaction() as session:
            row = await route_row_to_edit(session, viewer, RouteRule, row_id)
            await asyncio.sleep(0.2)
            assert isinstance(row, RouteRule)
            await move_rule(session, viewer, row, up=True)

    await asyncio.gather(*(move(row.id or 0) for row in rows))
    async with database.transaction(write=False) as session:
        positions = [rule.position for rule in (await session.exec(select(RouteRule))).all()]
    assert sorted(positions) == list(range(1, len(positions) + 1))
