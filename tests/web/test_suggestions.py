"""Suggestions as people read, judge and compare them."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from matchmaker.database import Database
from matchmaker.web.suggestion_view import segments, word_shares
from models import Card, Feedback, IndexChange, Initiative
from tests.pages import Page
from tests.visitor import Visitor
from tests.web.rows import copies, one
from tests.world import Scene, World, publish_card, publish_initiative

Visit = Callable[..., Visitor]
JUDGE = "/saran/pendapat"


@pytest.fixture
async def officer(visit: Visit, world: World) -> Visitor:
    visitor = visit()
    await visitor.sign_in(world.officer)
    return visitor


@pytest.fixture
async def founder(visit: Visit, world: World) -> Visitor:
    visitor = visit()
    await visitor.sign_in(world.founder)
    return visitor


def pressed(page: Page, key: int) -> list[str]:
    """The verdicts that are shown as given."""
    ids = [value for tag, name, value in page.attributes if tag == "button" and name in {"id", "aria-pressed"}]
    pairs = zip(ids[::2], ids[1::2], strict=False)
    return [name.removeprefix(f"judge-{key}-") for name, on in pairs if on == "true" and f"judge-{key}-" in name]


def judge_form(page: Page, key: int) -> dict[str, str]:
    """What the form of one suggestion would send, without a verdict."""
    forms = [form for form in page.forms if form.action == JUDGE]
    form = next(form for form in forms if str(key) in (form["card_id"], form["initiative_id"]))
    return dict(form.values)


async def test_a_suggestion_says_who_how_well_and_why(visit: Visit, scene: Scene) -> None:
    page = await visit().get(f"/inisiatif/{scene.initiative}/saran")
    for said in ("PT Kompos Jaya", "Strong match", "TKT 8", "Both speak of", "Answers 2 of 2 needs"):
        assert said in page.main
    for need in ("Composting technology for market waste", "Training of the operators"):
        assert f"Answered: {need}" in page.main
    assert "Words in common, by share of the score" in page.main
    assert "Score 0." in page.main
    assert "Initiative:" in page.main
    back = await visit().get(f"/kapabilitas/{scene.card}/saran")
    assert "Answers 2 of 2 needs" in back.main
    assert "Kabupaten Sumba Timur" in back.main


async def test_an_open_need_is_named(visit: Visit, world: World, database: Database) -> None:
    needs = [
        {"title": "Composting technology for market waste", "contribution": "technology"},
        {"title": "Songs for a radio play about sailors", "contribution": "expertise"},
    ]
    initiative = await publish_initiative(database, world.officer, needs=needs)
    await publish_card(database, world.founder)
    page = await visit().get(f"/inisiatif/{initiative}/saran")
    assert "Answers 1 of 2 needs" in page.main
    assert "Not answered: Songs for a radio play about sailors" in page.main


async def test_ten_first_and_the_others_behind_them(visit: Visit, scene: Scene, database: Database) -> None:
    card = await one(database, Card, scene.card)
    await copies(database, card, 15, title=lambda n: f"Composting machines of size {n}")
    async with database.transaction() as session:
        ids = (await session.exec(select(Card.id).where(Card.status == "published"))).all()
        session.add_all(IndexChange(kind="card", object_id=row_id or 0) for row_id in ids)
    reader = visit()
    seen: list[str] = []
    path = f"/inisiatif/{scene.initiative}/saran"
    first = await reader.get(path)
    while True:
        page = reader.page
        assert page is not None
        shown = [value for tag, name, value in page.attributes if name == "id" and value.startswith("saran-")]
        seen += shown
        further = [link for link in page.links if "mulai=" in link and "lang=" not in link]
        if not further:
            break
        assert len(shown) == 10
        await reader.get(further[0])
    assert len(seen) == len(set(seen)) == 17
    assert first.main.count("Answers") == 10
    assert (await reader.get(f"{path}?mulai=7")).main.count("Answers") == 10
    assert (await reader.get(f"{path}?mulai=90")).status == 200


async def test_filters_stand_as_chips_and_can_be_lifted(visit: Visit, scene: Scene) -> None:
    path = f"/inisiatif/{scene.initiative}/saran"
    page = await visit().get(f"{path}?tkt=8&pilar=environment")
    assert "TKT 8 or more" in page.main
    assert f"{path}?pilar=environment" in page.links
    assert f"/kapabilitas/{scene.card}" in page.links
    strict = await visit().get(f"{path}?tkt=9")
    assert f"/kapabilitas/{scene.card}" not in strict.links
    assert "Remove a filter" in strict.main
    # The readiness of a card says nothing of initiatives: there is no such filter, whatever the address says.
    assert f"/inisiatif/{scene.initiative}" in (await visit().get(f"/kapabilitas/{scene.card}/saran?tkt=9")).links


async def test_useful_or_not_is_kept_shown_and_changed(officer: Visitor, scene: Scene, database: Database) -> None:
    path = f"/inisiatif/{scene.initiative}/saran?pilar=environment"
    page = await officer.get(path)
    assert pressed(page, scene.card) == []
    assert "Why not?" not in page.main
    sent = await officer.post(JUDGE, judge_form(page, scene.card) | {"verdict": "not_useful"})
    assert sent.status == 303
    assert sent.location == f"{path}&ok=judged#saran-{scene.card}"
    page = await officer.get(sent.location.partition("#")[0])
    assert "Noted." in page.main
    assert pressed(page, scene.card) == ["not_useful"]
    assert pressed(page, scene.other_card) == []
    assert "Why not?" in page.main
    again = judge_form(page, scene.card)
    assert again["here"] == path
    await officer.post(JUDGE, again | {"verdict": "not_useful", "reason": "capability_gap"})
    assert judge_form(await officer.get(path), scene.card)["reason"] == "capability_gap"
    assert await kept(database) == [(scene.card, "not_useful", "capability_gap")]
    # Useful needs no reason, also where one is still chosen in the form.
    await officer.post(JUDGE, again | {"verdict": "useful", "reason": "capability_gap"})
    assert await kept(database) == [(scene.card, "useful", None)]
    page = await officer.get(path)
    assert pressed(page, scene.card) == ["useful"]
    assert "Why not?" not in page.main


async def kept(database: Database) -> list[tuple[int, str, str | None]]:
    async with database.transaction(write=False) as session:
        rows = (await session.exec(select(Feedback).order_by(col(Feedback.id)))).all()
    return [(row.card_id, row.verdict, row.reason) for row in rows]


async def test_ones_view_is_ones_own(officer: Visitor, visit: Visit, world: World, scene: Scene) -> None:
    path = f"/inisiatif/{scene.initiative}/saran"
    page = await officer.get(path)
    await officer.post(JUDGE, judge_form(page, scene.card) | {"verdict": "useful"})
    colleague = visit()
    await colleague.sign_in(world.colleague)
    assert pressed(await colleague.get(path), scene.card) == []


@pytest.mark.parametrize("who", ["nobody", "stranger", "officer2", "lecturer"])
async def test_who_is_on_neither_side_is_not_asked(visit: Visit, world: World, scene: Scene, who: str) -> None:
    visitor = visit()
    if who != "nobody":
        await visitor.sign_in(getattr(world, who))
    for path in (f"/inisiatif/{scene.initiative}/saran", f"/kapabilitas/{scene.card}/saran"):
        page = await visitor.get(path)
        assert page.status == 200
        assert not page.has_form(JUDGE)
        assert not [link for link in page.links if link.startswith(("/minat/", "/percakapan/"))]


async def test_the_other_side_may_judge_and_ask_too(founder: Visitor, scene: Scene, database: Database) -> None:
    page = await founder.get(f"/inisiatif/{scene.initiative}/saran")
    await founder.post(JUDGE, judge_form(page, scene.card) | {"verdict": "useful"})
    assert await kept(database) == [(scene.card, "useful", None)]
    own = f"/kapabilitas/{scene.card}/saran"
    sent = await founder.post(JUDGE, judge_form(await founder.get(own), scene.initiative) | {"verdict": "useful"})
    assert sent.location == f"{own}?ok=judged#saran-{scene.initiative}"


@pytest.mark.parametrize(
    "here", ["https://evil.example/", "//evil.example", "/akun", "/inisiatif/99999/saran", "", "\r\nX: y"]
)
async def test_a_verdict_leads_back_to_its_suggestion_alone(officer: Visitor, scene: Scene, here: str) -> None:
    page = await officer.get(f"/inisiatif/{scene.initiative}/saran")
    sent = await officer.post(JUDGE, judge_form(page, scene.card) | {"verdict": "useful", "here": here})
    assert sent.location == f"/inisiatif/{scene.initiative}/saran?ok=judged#saran-{scene.card}"


@pytest.mark.parametrize("change", [{"verdict": "splendid"}, {}, {"verdict": "not_useful", "reason": "cinta"}])
async def test_a_verdict_that_is_none_is_refused(
    officer: Visitor, scene: Scene, database: Database, change: dict[str, str]
) -> None:
    page = await officer.get(f"/inisiatif/{scene.initiative}/saran")
    assert (await officer.post(JUDGE, judge_form(page, scene.card) | change)).status == 422
    assert await kept(database) == []


async def test_what_came_of_an_interest_stands_in_place_of_the_button(
    officer: Visitor, founder: Visitor, scene: Scene
) -> None:
    path, back = f"/inisiatif/{scene.initiative}/saran", f"/kapabilitas/{scene.card}/saran"
    asks = f"/minat/baru?initiative={scene.initiative}&card="
    page = await officer.get(path)
    # One card has asked and waits, the other one is in talks: neither can be asked again.
    assert f"/minat/{scene.interest}" in page.links
    assert f"/percakapan/{scene.conversation}" in page.links
    assert "Answer their interest" in page.main
    assert not [link for link in page.links if link.startswith(asks)]
    assert "See your interest" in (await founder.get(back)).main
    await founder.get(f"/minat/{scene.interest}")
    await founder.submit(f"/minat/{scene.interest}/tarik")
    page = await officer.get(path)
    assert f"{asks}{scene.card}" in page.links
    assert "Withdrawn once before" in page.main


async def test_no_interest_can_be_expressed_for_a_draft(officer: Visitor, scene: Scene) -> None:
    page = await officer.get(f"/inisiatif/{scene.draft}/saran")
    assert f"/kapabilitas/{scene.card}" in page.links
    assert "This is a draft" in page.main
    assert page.has_form(JUDGE)
    assert not [link for link in page.links if link.startswith("/minat/")]


async def test_my_best_suggestions_are_there_at_once(
    officer: Visitor, visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    initiative = await one(database, Initiative, scene.initiative)
    await copies(database, initiative, 7, title=lambda n: f"Composting at market number {n}")
    page = await officer.get("/saran")
    assert page.main.count("Both speak of") == 12
    assert "Your other posts" in page.main
    lists = [link for link in page.links if link.startswith("/inisiatif/") and link.endswith("/saran")]
    assert len(lists) == len(set(lists)) == 8
    stranger, newcomer = visit(), visit()
    await stranger.sign_in(world.stranger)
    assert "First say which organisation you work for" in (await stranger.get("/saran")).main
    await newcomer.sign_in(world.newcomer)
    assert "Nothing published yet" in (await newcomer.get("/saran")).main


def test_a_bar_is_as_long_as_its_words() -> None:
    words, others = word_shares([(f"word {n}", 0.5 / 2**n) for n in range(9)])
    assert others is not None
    assert [word.percent for word in words][:2] == [50, 25]
    assert sum(word.percent for word in words) + others.percent == 100
    assert others.start + others.width == pytest.approx(100)
    for left, right in zip(words, [*words[1:], others], strict=True):
        assert left.start + left.width == pytest.approx(right.start)
    assert word_shares([("alone", 0.2)])[1] is None
    assert word_shares([]) == ([], None)


def test_nothing_of_a_sentence_is_lost_where_words_are_marked() -> None:
    pieces = segments("waste of markets", ((9, 16), (0, 5)))
    assert pieces == [("waste", True), (" of ", False), ("markets", True)]
