"""What somebody sees who would like to ask again about a pair."""

from collections.abc import Callable

from tests.visitor import Visitor
from tests.web.test_editing_together import together
from tests.world import MESSAGE, Scene, World

Visit = Callable[..., Visitor]


async def test_who_was_declined_is_told_from_when_and_keeps_the_text(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = await together(visit, world.officer, world.founder)
    page = f"/minat/baru?initiative={scene.initiative}&card={scene.card}"
    assert "said no" not in (await founder.get(page)).main
    await officer.post(f"/minat/{scene.interest}/tolak", {"reason": "no_budget"})
    opened = await founder.get(page)
    assert "They have said no to this pair. You can ask again from" in opened.main
    refused = await founder.submit("/minat/baru", {"message": MESSAGE, "first_step": "visit"}, page=opened)
    assert refused.status == 422
    assert "You can ask again from" in refused.alert
    assert refused.form("/minat/baru")["message"] == MESSAGE
    # The side that said no may change its mind.
    opened = await officer.get(page)
    assert "said no" not in opened.main
    sent = await officer.submit("/minat/baru", {"message": MESSAGE, "first_step": "visit"}, page=opened)
    assert sent.status == 303


async def test_a_talk_that_was_left_offers_interest_again(visit: Visit, world: World, scene: Scene) -> None:
    (founder,) = await together(visit, world.founder)
    await founder.services.matching.prepare()
    here = f"/kapabilitas/{scene.other_card}/saran"
    assert f"/percakapan/{scene.conversation}" in (await founder.get(here)).links
    left = await founder.post(f"/percakapan/{scene.conversation}/langkah", {"step": "leave", "reason": "other"})
    assert left.status == 303
    page = await founder.get(here)
    assert f"/percakapan/{scene.conversation}" not in page.links
    assert "Talked about once before" in page.main
    assert f"/minat/baru?initiative={scene.initiative}&card={scene.other_card}" in page.links
