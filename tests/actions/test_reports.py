"""Blocking and reporting another organisation."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from matchmaker import access
from matchmaker.actions import reports
from matchmaker.database import Database
from matchmaker.errors import Conflict, NotFound
from models import Interest, Report
from models.vocabulary import InterestState
from tests.visitor import Visitor
from tests.world import Scene, World, express_interest, publish_card, viewer_of


async def test_a_block_declines_what_waits_and_takes_no_more_until_it_is_lifted(
    visit: Callable[..., Visitor], database: Database, world: World, scene: Scene
) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    page = f"/organisasi/{world.founder.organisation_id}"
    assert "Block or report" in (await officer.get(page)).text
    assert (await officer.post(f"{page}/blokir")).status == 303
    async with database.transaction(write=False) as session:
        interest = await access.by_id(session, Interest, scene.interest)
    assert interest.state == InterestState.declined
    card = await publish_card(database, world.founder, title="Shredders for the green waste of parks")
    with pytest.raises(Conflict, match="takes no expressions of interest"):
        await express_interest(database, world.founder, scene.initiative, card)
    assert "is blocked" in (await officer.get(f"{page}/laporkan")).text
    assert (await officer.post(f"{page}/buka-blokir")).status == 303
    assert await express_interest(database, world.founder, scene.initiative, card)


async def test_a_report_is_the_offices_to_deal_with(
    visit: Callable[..., Visitor], database: Database, world: World
) -> None:
    officer, office = visit(), visit()
    await officer.sign_in(world.officer)
    await office.sign_in(world.office)
    page = f"/organisasi/{world.founder.organisation_id}"
    refused = await officer.post(f"{page}/laporkan", {"note": "They ask for an advance."})
    assert refused.status == 422
    assert "They ask for an advance." in refused.text
    answer = await officer.post(f"{page}/laporkan", {"reason": "asks_money", "note": "They ask for an advance."})
    assert answer.status == 303
    assert "They ask for an advance." not in (await officer.get(page)).text
    assert "They ask for an advance." in (await office.get("/pengelola")).text
    async with database.transaction(write=False) as session:
        (report,) = (await session.exec(select(Report))).all()
    assert (await office.post(f"/pengelola/laporan/{report.id}/selesai")).status == 303
    assert "They ask for an advance." not in (await office.get("/pengelola")).text


async def test_nobody_reports_their_own_organisation(world: World, database: Database) -> None:
    viewer = await viewer_of(database, world.officer)
    with pytest.raises(NotFound):
        reports.reporting_member(viewer, world.officer.organisation_id)
