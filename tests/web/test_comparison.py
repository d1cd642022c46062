"""Up to three suggestions side by side."""

from collections.abc import Callable

import pytest

from matchmaker.database import Database
from matchmaker.i18n import in_language
from matchmaker.web.comparison import together
from tests.visitor import Visitor
from tests.world import Scene, World, publish_card, publish_initiative

Visit = Callable[..., Visitor]


async def test_partners_are_compared_side_by_side(visit: Visit, world: World, database: Database) -> None:
    needs = [
        {"title": "Composting technology for market waste", "contribution": "technology"},
        {"title": "Songs for a radio play about sailors", "contribution": "expertise"},
    ]
    initiative = await publish_initiative(database, world.officer, needs=needs)
    machines = await publish_card(database, world.founder)
    songs = "Songs and a radio play about sailors and their harbours. "
    singers = await publish_card(
        database, world.lecturer, title="Songs for a radio play", summary=songs * 3, description=songs * 5, tkt=3
    )
    path = f"/inisiatif/{initiative}/saran/banding"
    officer = visit()
    await officer.sign_in(world.officer)
    both = await officer.get(f"{path}?kartu={machines}&kartu={singers}")
    assert "A + B together answer all 2 needs." in both.main
    for said in ("TKT 8", "TKT 3", "Private university", "Company (PT, CV)", "A site of one hundred square metres"):
        assert said in both.main
    assert f"{path}?kartu={machines}" in both.links
    assert f"/minat/baru?initiative={initiative}&card={singers}" in both.links
    alone = await officer.get(f"{path}?kartu={singers}")
    assert "A: 1 of 2 needs are answered. Still open: Composting technology for market waste." in alone.main


async def test_a_comparison_takes_what_it_is_given(visit: Visit, scene: Scene) -> None:
    reader = visit()
    path = f"/inisiatif/{scene.initiative}/saran/banding"
    for odd in (
        "",
        "?kartu=",
        "?kartu=x",
        "?kartu=-1",
        f"?kartu={10**12}",
        f"?kartu={scene.card_draft}",
        "?kartu=99999",
    ):
        page = await reader.get(path + odd)
        assert page.status == 200
        assert "Nothing to compare yet" in page.main
    many = await reader.get(f"{path}?kartu={scene.card}&kartu={scene.card}&kartu={scene.other_card}&kartu=8&kartu=9")
    assert "Three at most are compared" in many.main
    assert [tag for tag, name, value in many.attributes if value == "versus-head"] == ["th", "th"]
    back = f"/kapabilitas/{scene.card}/saran/banding?inisiatif={scene.initiative}&inisiatif={scene.draft}"
    mirrored = await reader.get(back)
    assert "Kabupaten Sumba Timur" in mirrored.main
    assert "Dinas Lingkungan Hidup" in mirrored.main
    assert "Answered: Training of the operators" in mirrored.main
    assert f"/inisiatif/{scene.draft}" not in mirrored.links


@pytest.mark.parametrize(
    ("met", "said"),
    [
        ([], ""),
        ([[]], ""),
        ([[False, False]], "none of them"),
        ([[True, True], [True, False]], "A alone answers all 2"),
        ([[True, False], [True, True]], "B alone answers all 2"),
        ([[True, False, False], [False, True, False], [False, False, True]], "A + B + C together answer all 3"),
        ([[True, False, False], [True, False, False], [False, True, False]], "A + C: 2 of 3 needs are answered"),
    ],
)
def test_the_fewest_that_answer_most(met: list[list[bool]], said: str) -> None:
    with in_language("en"):
        text = together(met, ["first", "second", "third"])
    assert said in text
    assert bool(text) is bool(said)
