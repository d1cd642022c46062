"""What is published, edited or closed is in the very next suggestions, whichever process gives them."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, delete, select, update

from matchmaker.actions import cards, initiatives
from matchmaker.asking import Filters
from matchmaker.database import Database
from matchmaker.i18n import in_language
from matchmaker.inputs.card import CardChange
from matchmaker.inputs.initiative import Closing, InitiativeChange
from matchmaker.matching import Matching
from matchmaker.reading.suggestions import Suggestion, suggested_cards, suggested_initiatives
from matchmaker.services import Services
from models import Card, IndexChange, Initiative, now
from models.vocabulary import Reason
from scoring import Feedback
from tests.databases import settings_for
from tests.world import World, draft_card, draft_initiative, publish_card, publish_initiative, viewer_of

EDITED = "Drones that count mangrove trees along the coast"


async def for_initiative(
    database: Database, matching: Matching, row_id: int, **filters: str
) -> dict[int | None, Suggestion]:
    async with database.transaction(write=False) as session:
        initiative = await session.get_one(Initiative, row_id)
        found = await suggested_cards(session, matching, initiative, Filters(**filters))
    return {one.card.id: one for one in found}


async def for_card(
    database: Database, matching: Matching, row_id: int, **filters: str
) -> dict[int | None, Suggestion]:
    async with database.transaction(write=False) as session:
        card = await session.get_one(Card, row_id)
        found = await suggested_initiatives(session, matching, card, Filters(**filters))
    return {one.initiative.id: one for one in found}


async def test_each_side_finds_the_other_and_is_told_why(services: Services, database: Database, world: World) -> None:
    initiative = await publish_initiative(database, world.officer)
    assert await for_initiative(database, services.matching, initiative) == {}
    card = await publish_card(database, world.founder)
    one = (await for_initiative(database, services.matching, initiative))[card]
    other = (await for_card(database, services.matching, card))[initiative]
    for found in (one, other):
        assert 0 < found.scored.score <= 1
        assert found.scored.band in {"strong", "fair"}
        why = found.scored.why
        assert sum(term.share for term in why.terms) <= found.scored.score + 1e-5
        assert any("compost" in term.term for term in why.terms)
        assert why.sentences is not None
        assert found.fits


async def test_drafts_are_suggested_to_nobody(services: Services, database: Database, world: World) -> None:
    initiative = await publish_initiative(database, world.officer)
    card = await draft_card(database, world.founder)
    assert card not in await for_initiative(database, services.matching, initiative)
    draft = await draft_initiative(database, world.officer2)
    published = await publish_card(database, world.founder)
    assert set(await for_card(database, services.matching, published)) == {initiative}
    # But its owner sees what would fit a draft.
    assert published in await for_initiative(database, services.matching, draft)


async def test_an_edit_counts_at_once(services: Services, database: Database, world: World) -> None:
    initiative, card = await publish_initiative(database, world.officer), await publish_card(database, world.founder)
    before = (await for_initiative(database, services.matching, initiative))[card].scored.score
    viewer = await viewer_of(database, world.founder)
    text = " ".join(f"{EDITED}, season by season and bay by bay, number {n}." for n in range(5))
    async with database.transaction() as session:
        change = CardChange(version=2, title=EDITED, summary=f"{EDITED}. " * 3, description=text, region_gets=text)
        await cards.change_card(session, viewer, card, change)
    after = await for_initiative(database, services.matching, initiative)
    assert card not in after or after[card].scored.score < before / 2


async def test_a_closed_card_is_gone(services: Services, database: Database, world: World) -> None:
    initiative, card = await publish_initiative(database, world.officer), await publish_card(database, world.founder)
    assert set(await for_initiative(database, services.matching, initiative)) == {card}
    viewer = await viewer_of(database, world.founder)
    async with database.transaction() as session:
        await cards.close_card(session, viewer, card)
    assert await for_initiative(database, services.matching, initiative) == {}


async def test_a_closed_initiative_is_gone(services: Services, database: Database, world: World) -> None:
    initiative, card = await publish_initiative(database, world.officer), await publish_card(database, world.founder)
    assert set(await for_card(database, services.matching, card)) == {initiative}
    viewer = await viewer_of(database, world.officer)
    async with database.transaction() as session:
        await initiatives.close_initiative(session, viewer, initiative, Closing(reason=Reason.already_partnered))
    assert await for_card(database, services.matching, card) == {}


async def test_two_processes_on_one_database_follow_each_other(
    services: Services, url: str, database: Database, world: World
) -> None:
    other = Services(settings_for(url))
    try:
        initiative = await publish_initiative(database, world.officer)
        assert await for_initiative(other.database, other.matching, initiative) == {}
        card = await publish_card(database, world.founder)
        assert set(await for_initiative(other.database, other.matching, initiative)) == {card}
        second = await publish_card(other.database, world.lecturer, title="Compost made of organic market waste")
        assert set(await for_initiative(database, services.matching, initiative)) == {card, second}
        viewer = await viewer_of(other.database, world.founder)
        async with other.database.transaction() as session:
            await cards.close_card(session, viewer, card)
        assert set(await for_initiative(database, services.matching, initiative)) == {second}
    finally:
        await other.close()


async def test_a_change_that_was_rolled_back_is_not_matched(
    services: Services, database: Database, world: World
) -> None:
    initiative = await publish_initiative(database, world.officer)
    card = await draft_card(database, world.founder)
    viewer = await viewer_of(database, world.founder)

    async def fail() -> None:
        async with database.transaction() as session:
            await cards.publish_card(session, viewer, card)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await for_initiative(database, services.matching, initiative) == {}
    async with database.transaction() as session:
        await cards.publish_card(session, viewer, card)
    assert set(await for_initiative(database, services.matching, initiative)) == {card}


async def test_expired_initiatives_are_left_out(services: Services, database: Database, world: World) -> None:
    rows = [await publish_initiative(database, world.officer) for _ in range(2)]
    card = await publish_card(database, world.founder)
    assert set(await for_card(database, services.matching, card)) == set(rows)
    async with database.transaction() as session:
        past = update(Initiative).where(col(Initiative.id) == rows[0]).values(expires_at=now() - timedelta(seconds=1))
        await session.exec(past)
    assert set(await for_card(database, services.matching, card)) == {rows[1]}


async def test_filters_narrow_down_and_never_invent(services: Services, database: Database, world: World) -> None:
    initiative = await publish_initiative(database, world.officer)
    company = await publish_card(database, world.founder)
    campus = await publish_card(database, world.lecturer, pillars=["economy"])

    async def ids(**filters: str) -> set[int | None]:
        return set(await for_initiative(database, services.matching, initiative, **filters))

    assert await ids() == {company, campus}
    assert await ids(kind="company") == {company}
    assert await ids(kind="academic") == await ids(pillar="economy") == {campus}
    assert await ids(pillar="environment", kind="academic") == set()
    assert await ids(province="53") == set()
    assert set(await for_card(database, services.matching, company, province="53", kind="kabupaten")) == {initiative}
    assert set(await for_card(database, services.matching, company, kind="kota")) == set()


async def test_fits_and_gaps_say_what_is_true(services: Services, database: Database, world: World) -> None:
    initiative = await publish_initiative(database, world.officer)
    ready = await publish_card(database, world.founder)
    young = await publish_card(
        database, world.lecturer, tkt=3, regions_served=["51"], contributions=["data"], pillars=["economy"]
    )
    with in_language("en"):
        found = await for_initiative(database, services.matching, initiative)
    assert "Ready enough: TKT 8, at least 7 is required" in found[ready].fits
    assert any("Kabupaten Sumba Timur" in line for line in found[ready].fits)
    assert found[ready].gaps == []
    assert found[young].fits == ["Answers the need: Composting technology for market waste; Training of the operators"]
    assert "TKT 3, but at least 7 is required" in found[young].gaps
    assert len(found[young].gaps) == 4


async def test_a_text_changed_through_the_page_of_an_initiative_is_read_again(
    services: Services, database: Database, world: World
) -> None:
    initiative, card = await publish_initiative(database, world.officer), await publish_card(database, world.founder)
    before = (await for_card(database, services.matching, card))[initiative].scored.score
    viewer = await viewer_of(database, world.officer)
    text = "A register of old houses, their owners and their stories, for those who visit the town. " * 3
    async with database.transaction() as session:
        needs = [{"title": "A register of houses", "contribution": "data"}]
        change = InitiativeChange.model_validate(
            {"version": 2, "title": "A register of old houses", "summary": text[:200], "problem": text, "needs": needs}
        )
        await initiatives.change_initiative(session, viewer, initiative, change)
    found = await for_card(database, services.matching, card)
    assert initiative not in found or found[initiative].scored.score < before * 0.7
    async with database.transaction(write=False) as session:
        query = select(Initiative.version).where(Initiative.id == initiative)
        assert (await session.exec(query)).one() == 3


async def test_what_was_kept_is_taken_up_and_what_changed_since_is_read(
    url: str, database: Database, world: World, tmp_path: Path
) -> None:
    initiative = await publish_initiative(database, world.officer)
    kept, changed, closed = [await publish_card(database, world.founder) for _ in range(3)]
    settings = settings_for(url, index_dir=str(tmp_path / "index"))
    first = Services(settings)
    before = await for_initiative(first.database, first.matching, initiative)
    await first.close()
    viewer = await viewer_of(database, world.founder)
    async with database.transaction() as session:
        await cards.close_card(session, viewer, closed)
        text = " ".join(f"{EDITED}, season by season, number {n}." for n in range(5))
        change = CardChange(version=2, title=EDITED, summary=f"{EDITED}. " * 3, description=text, region_gets=text)
        await cards.change_card(session, viewer, changed, change)
        await session.exec(delete(IndexChange))  # the log may be cut: the rows' versions tell
    second = Services(settings)
    try:
        found = await for_initiative(second.database, second.matching, initiative)
        assert kept in found
        assert closed not in found
        assert changed not in found or found[changed].scored.score < before[changed].scored.score / 2
    finally:
        await second.close()


def damage(folder: Path) -> None:
    for file in folder.rglob("texts_bytes.npy"):
        file.write_bytes(file.read_bytes()[:-9])


async def test_a_damaged_index_is_made_anew(url: str, database: Database, world: World, tmp_path: Path) -> None:
    initiative, card = await publish_initiative(database, world.officer), await publish_card(database, world.founder)
    settings = settings_for(url, index_dir=str(tmp_path / "index"))
    first = Services(settings)
    await first.matching.prepare()
    await first.close()
    damage(tmp_path)
    second = Services(settings)
    try:
        assert set(await for_initiative(second.database, second.matching, initiative)) == {card}
    finally:
        await second.close()


async def test_ones_own_cards_are_not_suggested_and_a_level_of_readiness_can_be_asked(
    services: Services, database: Database, world: World
) -> None:
    initiative = await publish_initiative(database, world.officer)
    ready = await publish_card(database, world.founder)
    young = await publish_card(database, world.lecturer, tkt=3)
    async with database.transaction(write=False) as session:
        found = await services.matching.cards_for(session, initiative, Filters(minimum_tkt=7))
        assert [one.row_id for one in found] == [ready]
        found = await services.matching.cards_for(session, initiative, Filters(minimum_tkt=3))
        assert {one.row_id for one in found} == {ready, young}
    async with database.transaction() as session:
        owner = (await session.get_one(Initiative, initiative)).organisation_id
        await session.exec(update(Card).where(col(Card.id) == young).values(organisation_id=owner))
        session.add(IndexChange(kind="card", object_id=young))
    assert set(await for_initiative(database, services.matching, initiative)) == {ready}


async def test_what_was_said_of_suggestions_changes_their_order_and_not_their_scores(
    services: Services, database: Database, world: World
) -> None:
    initiative = await publish_initiative(database, world.officer)
    same, other = await publish_card(database, world.founder), await publish_card(database, world.lecturer)
    async with database.transaction() as session:
        await session.exec(update(Card).where(col(Card.id) == same).values(pillars=["economy"]))
        session.add(IndexChange(kind="card", object_id=same))
    before = await for_initiative(database, services.matching, initiative)
    assert list(before) == [same, other]
    saved = Feedback().to_dict() | {"weights": {"facet:pillar": 3.0}, "means": {"facet:pillar": 0.5}, "active": True}
    services.matching.feedback["card"] = Feedback.from_dict(saved)  # type: ignore[arg-type]
    after = await for_initiative(database, services.matching, initiative)
    assert list(after) == [other, same]
    assert {row: one.scored.score for row, one in after.items()} == {
        row: one.scored.score for row, one in before.items()
    }


async def test_little_feedback_changes_nothing(services: Services, database: Database, world: World) -> None:
    initiative, card = await publish_initiative(database, world.officer), await publish_card(database, world.founder)
    async with database.transaction(write=False) as session:
        await services.matching.learn_from(session, [(initiative, card, False), (initiative, 999, True)] * 300)
    assert not services.matching.feedback["card"].active_
    assert set(await for_initiative(database, services.matching, initiative)) == {card}


async def test_each_need_is_answered_or_left_open(services: Services, database: Database, world: World) -> None:
    needs = [
        {"title": "Composting technology for market waste", "contribution": "technology"},
        {"title": "Songs for a radio play about sailors", "contribution": "expertise"},
    ]
    initiative = await publish_initiative(database, world.officer, needs=needs)
    card = await publish_card(database, world.founder)
    with in_language("en"):
        there = (await for_initiative(database, services.matching, initiative))[card]
        back = (await for_card(database, services.matching, card))[initiative]
    for found in (there, back):
        assert found.scored.needs_met == (True, False)
        assert "Answers the need: Composting technology for market waste" in found.fits
        assert "Leaves open the need: Songs for a radio play about sailors" in found.gaps
