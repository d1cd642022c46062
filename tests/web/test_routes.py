"""The route finder before a talk and in one, and its tables as the programme office keeps them."""

from collections.abc import Callable

from sqlmodel import col, select

from matchmaker.database import Database
from matchmaker.facts import load_facts
from models import Conversation, Notice, RouteAnswer, RouteChange, RouteGuide, RouteRule, StateChange
from tests.visitor import Visitor
from tests.world import Scene, World

Visit = Callable[..., Visitor]
ASKED = "legal_form=private_university&money_flow=own_costs&apbd=not_budgeted&asset_use=part&abroad=none"


async def test_anybody_finds_the_route_and_why(visit: Visit) -> None:
    visitor = visit()
    page = await visitor.get("/jalur")
    assert page.status == 200
    assert "These answers lead to" not in page.text
    page = await visitor.get(f"/jalur?{ASKED}")
    for text in (
        "Cooperation of a region with a third party",
        "A private university is run by a foundation",
        "the DPRD has to approve before the PKS is drafted",
        "The use of the asset is agreed of its own",
        "Permendagri 22/2020",
        "At most 60 months",
        "Not certain: ask the region",
    ):
        assert text in page.text
    bought = await visitor.get("/jalur?legal_form=company&money_flow=region_pays")
    assert "Talks here stop short of prices" in bought.text
    assert "Papers drafted here" not in bought.text


async def test_what_is_no_answer_is_no_answer(visit: Visit) -> None:
    page = await visit().get("/jalur?legal_form=kingdom&money_flow='--&region=99.99&asset_use=%00")
    assert page.status == 200
    assert "These answers lead to" not in page.text


async def test_pages_of_things_lead_there_with_the_legal_form(visit: Visit, world: World, scene: Scene) -> None:
    lecturer = visit()
    await lecturer.sign_in(world.lecturer)
    page = await lecturer.get(f"/inisiatif/{scene.initiative}")
    assert "/jalur?legal_form=private_university&region=53.11" in page.links
    assert "/jalur?legal_form=company" in (await lecturer.get(f"/kapabilitas/{scene.card}")).links
    asked = await visit().get("/jalur?legal_form=foreign")
    assert "institution abroad" in asked.text


async def test_a_talk_s_answers_are_presumed_then_kept_and_the_other_side_told(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    officer, founder = visit(), visit()
    await officer.sign_in(world.officer)
    await founder.sign_in(world.founder)
    here = f"/percakapan/{scene.conversation}/jalur"
    page = await officer.get(here)
    assert "Nobody has answered yet" in page.text
    assert "Route and papers" in page.text
    given = {"money_flow": "shared", "apbd": "budgeted", "asset_use": "none", "abroad": "none"}
    page = await officer.submit(here, given, follow=True)
    assert "Saved." in page.text
    assert "still goes through procurement" in page.text
    assert "Nobody has answered yet" not in page.text
    async with database.transaction(write=False) as session:
        row = await session.get_one(RouteAnswer, scene.conversation)
        told = (await session.exec(select(Notice).where(Notice.detail == "route"))).all()
    assert (row.money_flow, row.version) == ("shared", 1)
    assert [(n.organisation_id, n.kind) for n in told] == [(world.founder.organisation_id, "agreement")]
    # The same again says nothing to anybody.
    await officer.submit(here, given, page=await officer.get(here))
    page = await founder.get(here)
    assert "Kabupaten Sumba Timur" in page.text
    await founder.submit(here, {"money_flow": "own_costs"}, page=page)
    async with database.transaction(write=False) as session:
        row = await session.get_one(RouteAnswer, scene.conversation)
        told = (await session.exec(select(Notice).where(Notice.detail == "route").order_by(col(Notice.id)))).all()
    assert (row.money_flow, row.version) == ("own_costs", 2)
    assert [n.organisation_id for n in told] == [world.founder.organisation_id, world.officer.organisation_id]


async def test_two_who_answer_at_once_lose_nothing(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = visit(), visit()
    await officer.sign_in(world.officer)
    await founder.sign_in(world.founder)
    here = f"/percakapan/{scene.conversation}/jalur"
    mine, theirs = await officer.get(here), await founder.get(here)
    await founder.submit(here, {"money_flow": "nothing"}, page=theirs)
    page = await officer.submit(here, {"money_flow": "shared"}, page=mine)
    assert page.status == 422
    assert "changed these answers meanwhile" in page.text
    assert page.form(here)["money_flow"] == "shared"
    assert (await officer.submit(here, {}, page=page)).status == 303


async def test_what_is_no_answer_is_refused_at_its_field(visit: Visit, world: World, scene: Scene) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    here = f"/percakapan/{scene.conversation}/jalur"
    await officer.get(here)
    page = await officer.post(here, {"legal_form": "kingdom", "money_flow": "shared"})
    assert page.status == 422
    assert "Choose one from the list." in page.text


async def test_a_purchase_hands_over_and_the_talk_can_be_closed_for_it(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    here = f"/percakapan/{scene.conversation}/jalur"
    await officer.get(here)
    page = await officer.submit(here, {"money_flow": "region_pays"}, follow=True)
    assert "Talks here stop short of prices" in page.text
    page = await officer.submit(f"{here}/tutup", follow=True)
    assert "its legal route is another one" in page.text
    async with database.transaction(write=False) as session:
        conversation = await session.get_one(Conversation, scene.conversation)
        step = (await session.exec(select(StateChange).order_by(col(StateChange.id).desc()))).first()
    assert conversation.state == "withdrawn"
    assert step is not None
    assert (step.step, step.reason) == ("leave", "route_blocked")
    page = await officer.get(here)
    assert not page.has_form(here)
    assert (await officer.post(here, {"money_flow": "nothing"})).status == 422


async def test_the_office_changes_a_text_and_an_update_leaves_it(
    visit: Visit, world: World, database: Database
) -> None:
    office = visit()
    await office.sign_in(world.office)
    page = await office.get("/pengelola/jalur")
    assert "Nothing has been changed yet" in page.text
    row = await row_of(database, RouteRule, "private_university")
    here = f"/pengelola/jalur/aturan/{row.id}"
    await office.get(here)
    reason = "A private university counts as a third party here."
    page = await office.submit(
        here, {"reason_en": reason, "legal_basis": "Permendagri 22/2020, to be confirmed"}, follow=True
    )
    assert reason in page.text
    assert f"Changed by {world.office.name}" in page.text
    async with database.transaction() as session:
        await load_facts(session)
    row = await row_of(database, RouteRule, "private_university")
    assert (row.reason_en, row.version) == (reason, 2)
    assert reason in (await visit().get(f"/jalur?{ASKED}")).text
    async with database.transaction(write=False) as session:
        (change,) = (await session.exec(select(RouteChange))).all()
    assert change.account_id == world.office.account_id
    assert change.before is not None
    assert change.before["reason_en"].startswith("A private university is run by")


async def test_an_update_follows_the_files_where_nobody_has_edited(database: Database) -> None:
    async with database.transaction() as session:
        row = (await session.exec(select(RouteRule).where(RouteRule.code == "business"))).one()
        row.reason_en = "An older text of the files."
        session.add(RouteRule(code="gone", position=99, reason_id="x", reason_en="x", legal_basis="x"))
    async with database.transaction() as session:
        await load_facts(session)
        rows = (await session.exec(select(RouteRule))).all()
    assert "gone" not in {row.code for row in rows}
    assert next(r for r in rows if r.code == "business").reason_en.startswith("The partner is a business")


async def test_two_editors_are_told_of_one_another(visit: Visit, world: World, database: Database) -> None:
    office = visit()
    await office.sign_in(world.office)
    guide = await row_of(database, RouteGuide, "ksdpk")
    here = f"/pengelola/jalur/panduan/{guide.id}"
    first, second = await office.get(here), await office.get(here)
    await office.submit(here, {"name_en": "Cooperation, one"}, page=first)
    page = await office.submit(here, {"name_en": "Cooperation, two"}, page=second)
    assert page.status == 422
    assert "changed this row meanwhile" in page.text
    assert page.form(here)["name_en"] == "Cooperation, two"


async def test_a_change_that_would_leave_a_gap_is_refused(visit: Visit, world: World, database: Database) -> None:
    office = visit()
    await office.sign_in(world.office)
    row = await row_of(database, RouteRule, "central_government")
    here = f"/pengelola/jalur/aturan/{row.id}"
    await office.get(here)
    page = await office.submit(here, {"legal_forms": ["foundation"]})
    assert page.status == 422
    assert "would lead to no route" in page.text
    assert (await row_of(database, RouteRule, "central_government")).version == 1
    page = await office.submit(here, {"legal_forms": ["ministry"], "routes": ["ksdpk", "ksdd"]}, page=page)
    assert "Choose one route" in page.text
    page = await office.submit(here, {"legal_basis": ""}, page=page)
    assert page.status == 422


async def test_a_region_s_variant_holds_there_alone(visit: Visit, world: World, database: Database) -> None:
    office = visit()
    await office.sign_in(world.office)
    row = await row_of(database, RouteRule, "state_university_ptnbh")
    here = f"/pengelola/jalur/aturan/{row.id}"
    await office.get(here)
    page = await office.submit(f"{here}/varian", {"region_code": "53.11"}, follow=True)
    variant = next(link for link in page.html.split('"') if link.endswith("/hapus"))
    await office.submit(variant.removesuffix("/hapus"), {"routes": ["sinergi"]})
    asked = "/jalur?legal_form=state_university_ptnbh&money_flow=own_costs&region="
    assert "which differ from the national ones" in (await visit().get(f"{asked}53.11")).text
    assert "Synergy (Sinergi)" in (await visit().get(f"{asked}53.11")).text
    assert "third party (KSDPK)" in (await visit().get(f"{asked}51.71")).text
    await office.get(here)
    again = await office.submit(f"{here}/varian", {"region_code": "53.11"})
    assert (again.status, "has a variant already" in again.text) == (422, True)
    assert "would lead to no route" in (await office.post(f"{here}/hapus")).text
    assert (await office.post(variant)).status == 303
    assert "third party (KSDPK)" in (await visit().get(f"{asked}53.11")).text
    history = await office.get("/pengelola/jalur")
    assert "Variant removed by" in history.text
    for path in (
        "/pengelola/jalur/lain/baru",
        "/pengelola/jalur/panduan/baru",
        "/pengelola/jalur/lain/1",
        "/pengelola/jalur/aturan/99999",
    ):
        assert (await office.get(path)).status == 404


async def row_of(database: Database, table: type[RouteGuide] | type[RouteRule], code: str) -> RouteGuide | RouteRule:
    async with database.transaction(write=False) as session:
        return (await session.exec(select(table).where(table.code == code, col(table.region_code).is_(None)))).one()
