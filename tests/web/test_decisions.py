"""The page of a talk's decisions, for both sides."""

from collections.abc import Callable

from sqlmodel import select

from matchmaker.database import Database
from models import Message
from models.vocabulary import PairState
from tests.actions.test_decisions import POINT, confirm, propose
from tests.actions.test_terms import put_at
from tests.visitor import Visitor
from tests.web.test_editing_together import together
from tests.world import MESSAGE, Scene, World

Visit = Callable[..., Visitor]


async def test_proposed_confirmed_and_replaced(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = await together(visit, world.officer, world.founder)
    page = f"/percakapan/{scene.conversation}/keputusan"
    assert "Nothing is decided yet" in (await officer.get(page)).main
    proposed = await officer.submit(page, POINT | {"section": "scope"}, follow=True)
    assert "Proposed. It is final once the other side confirms it." in proposed.main
    assert "PT Kompos Jaya has not confirmed it yet" in proposed.main
    assert f"/percakapan/{scene.conversation}/rancangan#b-scope" in proposed.links
    # The proposing side cannot confirm, the other cannot withdraw.
    assert not proposed.has_form(f"{page}/1/setuju")
    read = await founder.get(page)
    assert not read.has_form(f"{page}/1/tarik")
    final = await founder.submit(f"{page}/1/setuju", page=read, follow=True)
    assert "Confirmed by both sides. It is final." in final.main
    assert not final.has_form(f"{page}/1/tarik")

    opened = await founder.get(f"{page}?ganti=1")
    assert opened.form(page)["replaces"] == "1"
    await founder.submit(page, POINT | {"title": "Visit after the harvest", "replaces": "1"}, page=opened)
    read = await officer.get(page)
    assert "Takes the place of 1" in read.main
    assert "Replaced by" not in read.main
    replaced = await officer.submit(f"{page}/2/setuju", page=read, follow=True)
    assert "Replaced by 2" in replaced.main
    assert (await officer.post(f"{page}/1/tarik")).status == 409
    assert (await officer.post(f"{page}/3/setuju")).status == 404


async def test_withdrawn_before_it_is_confirmed(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    await propose(database, world.officer, scene.conversation)
    colleague, founder = await together(visit, world.colleague, world.founder)
    page = f"/percakapan/{scene.conversation}/keputusan"
    late = await founder.get(page)
    gone = await colleague.submit(f"{page}/1/tarik", page=await colleague.get(page), follow=True)
    assert "1 withdrawn, turned down or replaced" in gone.main
    refused = await founder.submit(f"{page}/1/setuju", page=late)
    assert refused.status == 409
    assert "This proposal was withdrawn" in refused.alert
    assert (await founder.post(f"{page}/1/tarik")).status in {403, 422}


async def test_turned_down_with_a_reason(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    for _number in (1, 2):
        await propose(database, world.officer, scene.conversation)
    officer, founder = await together(visit, world.officer, world.founder)
    page = f"/percakapan/{scene.conversation}/keputusan"
    assert not (await officer.get(page)).has_form(f"{page}/1/tolak")
    read = await founder.get(page)
    without = await founder.submit(f"{page}/2/tolak", {"reason_2": ""}, page=read)
    assert without.status == 422
    assert set(without.errors) == {"reason_2"}
    no = await founder.submit(f"{page}/2/tolak", {"reason_2": "The road is closed until May."}, page=read, follow=True)
    assert "Turned down. The other side sees your reason." in no.main
    told = await officer.get(page)
    assert "PT Kompos Jaya turned it down on" in told.main
    assert "The road is closed until May." in told.main
    assert not told.has_form(f"{page}/2/tarik")
    # The first one still waits.
    assert told.has_form(f"{page}/1/tarik")
    assert (await officer.post(f"{page}/1/tolak", {"reason_1": "It is our own"})).status in {403, 422}


async def test_what_was_typed_is_kept(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    (officer,) = await together(visit, world.officer)
    page = f"/percakapan/{scene.conversation}/keputusan"
    await officer.get(page)
    wrong = await officer.submit(page, {"title": "No", "body": "x" * 3001})
    assert wrong.status == 422
    assert set(wrong.errors) == {"title", "body"}
    assert wrong.form(page)["title"] == "No"
    # Meanwhile closed: told, and kept.
    await put_at(database, scene.conversation, PairState.withdrawn)
    late = await officer.submit(page, POINT, page=wrong)
    assert late.status == 409
    assert "This conversation is closed" in late.alert


async def test_a_decision_that_comes_of_a_message(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    async with database.transaction(write=False) as session:
        query = select(Message.id).where(Message.conversation_id == scene.conversation)
        message = (await session.exec(query)).one()
    (founder,) = await together(visit, world.founder)
    page = f"/percakapan/{scene.conversation}/keputusan"
    opened = await founder.get(f"{page}?pesan={message}")
    assert MESSAGE in opened.main
    sent = await founder.submit(page, POINT, page=opened, follow=True)
    assert f"/percakapan/{scene.conversation}#m{message}" in sent.links
    for strange in ("999999", "x", "-1", "9" * 30):
        assert MESSAGE not in (await founder.get(f"{page}?pesan={strange}")).main


async def test_both_languages(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    await propose(database, world.officer, scene.conversation)
    await confirm(database, world.founder, scene.conversation, 1)
    (officer,) = await together(visit, world.officer)
    page = f"/percakapan/{scene.conversation}/keputusan"
    assert "Dikukuhkan kedua pihak" in (await officer.get(f"{page}?lang=id")).main
    assert "Confirmed by both sides" in (await officer.get(f"{page}?lang=en")).main
