"""The page of a pair's steps: where it stands, what each side can do, and how it came there."""

from collections.abc import Callable

from matchmaker.database import Database
from models import Organisation
from tests.visitor import Visitor
from tests.world import Scene, World

Visit = Callable[..., Visitor]


async def both(visit: Visit, world: World) -> tuple[Visitor, Visitor]:
    officer, founder = visit(), visit()
    await officer.sign_in(world.officer)
    await founder.sign_in(world.founder)
    return officer, founder


async def test_a_pair_is_taken_from_talk_to_signature(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = await both(visit, world)
    steps = f"/percakapan/{scene.conversation}/langkah"
    page = await founder.get(steps)
    assert "Interest sent" in page.main
    assert "Interest accepted" in page.main
    assert "Submit to the TKKSD" not in page.main

    await founder.get(f"{steps}?langkah=draft_terms")
    taken = await founder.submit(steps, {"note": "The second half is still open."}, follow=True)
    assert "The other side has been told" in taken.main
    page = await officer.get(steps)
    assert "The second half is still open." in page.main
    assert "It is your turn." in page.main

    await officer.get(f"{steps}?langkah=submit")
    page = await officer.submit(steps, follow=True)
    assert "With the TKKSD" in page.main
    page = await founder.get(f"/percakapan/{scene.conversation}")
    assert "The region's TKKSD reviews the draft." in page.main
    assert steps in page.links


async def test_a_purchase_is_handed_over_and_not_taken_to_the_tkksd(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = await both(visit, world)
    talk = f"/percakapan/{scene.conversation}"
    steps = f"{talk}/langkah"
    await founder.get(f"{steps}?langkah=draft_terms")
    await founder.submit(steps)
    await officer.get(f"{steps}?langkah=submit")
    await founder.get(f"{talk}/jalur")
    await founder.submit(f"{talk}/jalur", {"money_flow": "region_pays"})
    # The form was open when the answer came.
    refused = await officer.submit(steps)
    assert refused.status == 422
    assert "not of the TKKSD" in refused.text
    page = await officer.get(steps)
    assert "What to hand over" in page.main
    assert "Submit to the TKKSD" not in page.main
    await founder.get(f"{talk}/jalur")
    await founder.submit(f"{talk}/jalur", {"money_flow": "own_costs"})
    page = await officer.get(steps)
    assert "What to hand over" not in page.main
    assert "Submit to the TKKSD" in page.main


async def test_a_reason_is_asked_at_its_field_and_what_was_typed_stays(
    visit: Visit, world: World, scene: Scene
) -> None:
    officer, founder = await both(visit, world)
    steps = f"/percakapan/{scene.conversation}/langkah"
    await founder.get(f"{steps}?langkah=leave")
    refused = await founder.submit(steps, {"note": "Perhaps next year."})
    assert refused.status == 422
    assert "Choose a reason" in refused.text
    assert "Perhaps next year." in refused.text
    left = await founder.submit(steps, {"reason": "no_budget"}, follow=True)
    assert "No budget" in left.main
    page = await officer.get(steps)
    assert "Perhaps next year." in page.main
    assert "Nothing more" in page.main


async def test_a_step_that_is_not_ones_own_is_refused_in_words(visit: Visit, world: World, scene: Scene) -> None:
    _officer, founder = await both(visit, world)
    steps = f"/percakapan/{scene.conversation}/langkah"
    await founder.get(steps)
    refused = await founder.post(steps, {"step": "submit"})
    assert refused.status == 422
    assert "not possible while the talk is at" in refused.alert
    for odd in ({"step": "jump"}, {}, {"step": "leave", "reason": "because"}):
        assert (await founder.post(steps, odd)).status == 422


async def test_a_state_university_signs_no_pks(visit: Visit, database: Database, world: World, scene: Scene) -> None:
    async with database.transaction() as session:
        partner = await session.get_one(Organisation, world.founder.organisation_id)
        partner.legal_form = "state_university_blu"
        session.add(partner)
    officer, _founder = await both(visit, world)
    steps = f"/percakapan/{scene.conversation}/langkah"
    for step in ("draft_terms", "submit"):
        await officer.get(steps)
        assert (await officer.post(steps, {"step": step})).status == 303
    assert (await officer.post(steps, {"step": "sign_kb"})).status == 422
    signed = {
        "step": "sign_kb",
        "number": "1",
        "signed_on": "2026-01-05",
        "ends_on": "2028-01-05",
        "on_paper_at": "Setda",
    }
    assert (await officer.post(f"/kesepakatan/{scene.agreement}/tanda-tangan", signed)).status == 303
    page = await officer.get(steps)
    assert "Nota Kesepakatan signed" in page.main
    assert "Cooperation agreement" not in page.main
    assert (await officer.post(steps, {"step": "sign_pks"})).status == 422
    assert (await officer.post(steps, {"step": "start"}, follow=True)).status == 200
