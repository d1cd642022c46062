"""Suggestions, in both directions: explained by shares that sum, and by sentences on their right sides."""

import pytest

from tests.api.conftest import CARD, INITIATIVE, World


async def test_cards_for_an_initiative(world: World) -> None:
    answer = (await world.anonymous.get(f"/initiatives/{world.initiative}/suggestions")).json()
    scores = [item["score"] for item in answer["items"]]
    assert scores == sorted(scores, reverse=True)
    best = answer["items"][0]
    assert best["card"]["title"] == CARD["title"]
    assert best["band"] in {"strong", "fair", "weak"}
    assert sum(term["share"] for term in best["terms"]) == pytest.approx(best["score"], abs=1e-4)
    assert best["sentences"]["initiative"] in _text(INITIATIVE)
    assert best["sentences"]["card"] in _text(CARD)
    assert any("TKT 8" in line for line in best["fits"])
    assert all(isinstance(line, str) for line in best["missing"])


async def test_initiatives_for_a_card(world: World) -> None:
    best = (await world.anonymous.get(f"/cards/{world.card}/suggestions")).json()["items"][0]
    assert best["initiative"]["title"] == INITIATIVE["title"]
    assert best["initiative"]["region"]["province"] in {"Nusa Tenggara Timur", "Jawa Timur"}
    assert best["sentences"]["initiative"] in _text(INITIATIVE)
    assert best["sentences"]["card"] in _text(CARD)


async def test_they_follow_what_is_published_and_closed(world: World, pair: dict[str, int]) -> None:
    path = f"/initiatives/{world.initiative}/suggestions"
    before = {item["card"]["id"] for item in (await world.anonymous.get(path, params={"limit": 100})).json()["items"]}
    assert pair["card_id"] in before
    await world.company.post(f"/cards/{pair['card_id']}/close")
    after = {item["card"]["id"] for item in (await world.anonymous.get(path, params={"limit": 100})).json()["items"]}
    assert pair["card_id"] not in after


@pytest.mark.usefixtures("pair")
async def test_they_are_narrowed_and_limited(world: World) -> None:
    path = f"/initiatives/{world.initiative}/suggestions"
    one = (await world.anonymous.get(path, params={"limit": 1})).json()["items"]
    assert len(one) == 1
    for asked in ({"pillar": "economy"}, {"kind": "academic"}, {"province": "11"}):
        assert (await world.anonymous.get(path, params=asked)).json()["items"] == []
    assert (await world.anonymous.get(path, params={"kind": "company"})).json()["items"]


async def test_reasons_are_in_the_callers_language(world: World) -> None:
    path = f"/initiatives/{world.initiative}/suggestions"
    english = await world.anonymous.get(path, headers={"Accept-Language": "en"})
    assert any(line.startswith("Same pillar") for line in english.json()["items"][0]["fits"])


def _text(given: dict[str, object]) -> str:
    """All that was written, one part after the other."""
    parts = [str(value) for value in given.values()]
    return " ".join(parts)
