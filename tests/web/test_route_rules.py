"""Rows of the decision as the programme office adds, moves and removes them."""

from collections.abc import Callable
from typing import Any

from sqlmodel import select

from matchmaker.database import Database
from matchmaker.facts import load_facts
from matchmaker.facts.routes import order_of
from models import RouteGuide, RouteRule
from tests.visitor import Visitor
from tests.web.test_routes import row_of
from tests.world import World

Visit = Callable[..., Visitor]
NEW: dict[str, Any] = {
    "legal_forms": ["private_university"],
    "money": ["own_costs"],
    "routes": ["sinergi"],
    "reason_id": "Di sini perguruan tinggi swasta diperlakukan lain untuk sementara.",
    "reason_en": "For the time being a private university is treated otherwise here.",
    "legal_basis": "Surat edaran, to be confirmed",
}


async def test_a_new_row_is_followed_at_once_moved_and_removed(visit: Visit, world: World, database: Database) -> None:
    office = visit()
    await office.sign_in(world.office)
    here = "/pengelola/jalur/aturan/baru"
    await office.get(here)
    wrong = await office.submit(here, NEW | {"routes": ["sinergi", "ksdd"], "reason_en": ""})
    assert set(wrong.errors) == {"reason_en"}
    wrong = await office.submit(here, NEW | {"routes": ["sinergi", "ksdd"]}, page=wrong)
    assert "Choose one route" in wrong.alert
    follower = await row_of(database, RouteRule, "private_university")
    page = await office.submit(here, NEW | {"before": str(follower.id)}, page=wrong, follow=True)
    assert "The route finder follows it." in page.text
    assert f"Row added by {world.office.name}" in page.text
    asked = "/jalur?legal_form=private_university&money_flow=own_costs"
    assert NEW["reason_en"] in (await visit().get(asked)).text

    row = await row_of(database, RouteRule, "for_the_time_being_a_private_univers")
    moves = f"/pengelola/jalur/aturan/{row.id}/geser"
    assert (await office.post(moves, {"then": "down"})).status == 303
    assert NEW["reason_en"] not in (await visit().get(asked)).text
    assert "position" in (await office.get("/pengelola/jalur")).text
    # An update of the platform leaves the order, and brings nothing back that was removed.
    async with database.transaction() as session:
        await load_facts(session)
    codes = await _codes(database)
    assert codes.index(row.code) == codes.index("private_university") + 1
    assert (await office.post(moves, {"then": "up"})).status == 303
    assert NEW["reason_en"] in (await visit().get(asked)).text

    page = await office.get(f"/pengelola/jalur/aturan/{row.id}")
    gone = await office.submit(f"/pengelola/jalur/aturan/{row.id}/hapus", page=page, follow=True)
    assert f"Row removed by {world.office.name}" in gone.text
    assert NEW["reason_en"] not in (await visit().get(asked)).text
    assert await _codes(database) == [code for code in codes if code != row.code]
    guide = await row_of(database, RouteGuide, "ksdpk")
    assert (await office.post(f"/pengelola/jalur/panduan/{guide.id}/geser", {"then": "up"})).status == 404
    assert (await office.post(f"/pengelola/jalur/panduan/{guide.id}/hapus")).status == 422


async def test_a_row_of_the_files_that_was_removed_stays_away(visit: Visit, world: World, database: Database) -> None:
    office = visit()
    await office.sign_in(world.office)
    row = await row_of(database, RouteRule, "public_body_is_paid")
    page = await office.get(f"/pengelola/jalur/aturan/{row.id}")
    await office.submit(f"/pengelola/jalur/aturan/{row.id}/hapus", page=page)
    codes = await _codes(database)
    assert row.code not in codes
    async with database.transaction() as session:
        await load_facts(session)
    assert await _codes(database) == codes
    # Without the last row for a form its answers would lead nowhere.
    needed = await row_of(database, RouteRule, "central_government")
    page = await office.get(f"/pengelola/jalur/aturan/{needed.id}")
    kept = await office.submit(f"/pengelola/jalur/aturan/{needed.id}/hapus", page=page)
    assert (kept.status, "would lead to no route" in kept.text) == (422, True)
    assert await _codes(database) == codes


async def test_a_new_row_of_the_files_finds_its_place_in_an_order_made_by_hand(
    visit: Visit, world: World, database: Database
) -> None:
    office = visit()
    await office.sign_in(world.office)
    before = await _codes(database)
    row = await row_of(database, RouteRule, before[3])
    await office.post(f"/pengelola/jalur/aturan/{row.id}/geser", {"then": "up"})
    async with database.transaction() as session:
        await session.delete(await session.get_one(RouteRule, (await row_of(database, RouteRule, before[6])).id or 0))
    async with database.transaction() as session:
        await load_facts(session)
    assert await _codes(database) == [*before[:2], before[3], before[2], *before[4:]]
    # The end of the list is an end.
    first = await row_of(database, RouteRule, before[0])
    await office.post(f"/pengelola/jalur/aturan/{first.id}/geser", {"then": "up"})
    assert (await _codes(database))[0] == before[0]


async def _codes(database: Database) -> list[str]:
    async with database.transaction(write=False) as session:
        return order_of((await session.exec(select(RouteRule))).all())
