"""The map of regions, as dots and as tiles: what it says, what it weighs, and that words say the same."""

import gzip
import re
from collections.abc import Callable
from datetime import timedelta

from matchmaker import facts
from matchmaker.database import Database
from matchmaker.facts.seats import HEIGHT, WIDTH, seats, tiles
from matchmaker.reading.maps import Standing, region_map
from models import Initiative, now
from tests.visitor import Visitor
from tests.web.rows import copies, one
from tests.world import Scene

Visit = Callable[..., Visitor]
# What a map may weigh on its way to a reader.
MOST = 25 * 1024


def dots(html: str) -> dict[str, str]:
    """The name of each dot by region."""
    return dict(re.findall(r'<a href="/daerah/([\d.]+)" tabindex="-1"><title>(.*?)</title>', html))


def test_every_region_has_a_spot_of_its_own_near_its_seat() -> None:
    assert set(seats()) == set(facts.regions())
    assert len(set(seats().values())) == 514
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in seats().values())
    sabang, merauke, rote = (seats()[code] for code in ("11.72", "93.01", "53.14"))
    assert sabang.x < rote.x < merauke.x
    assert sabang.y < merauke.y < rote.y
    assert set(tiles()) == set(facts.provinces())
    assert len({(tile.column, tile.row) for tile in tiles().values()}) == 38


def test_close_up_names_stand_where_they_cover_nothing() -> None:
    for province in facts.provinces():
        shown = region_map(Standing(), province)
        assert {dot.code[:2] for dot in shown.dots} == {province}
        assert province not in {dot.code[:2] for dot in shown.nearby}
        assert all(shown.frame.shows(dot.x, dot.y) for dot in [*shown.dots, *shown.nearby])
        assert len({(label.x, label.y) for label in shown.labels}) == len(shown.labels)
        assert len(shown.labels) >= len(shown.dots) * 0.6


async def test_a_dot_says_what_its_shape_and_size_show(visit: Visit, scene: Scene, database: Database) -> None:
    row = await one(database, Initiative, scene.initiative)
    await copies(database, row, 3)
    await copies(database, row, 2, expires_at=lambda _n: now() - timedelta(days=1))
    await copies(database, row, 2, status=lambda _n: "closed")
    page = await visit().get("/daerah/peta")
    named = dots(page.html)
    assert set(named) == set(facts.regions())
    assert named["53.11"] == "Kabupaten Sumba Timur, 4 open initiatives, took part in 2023"
    assert named["53.12"] == "Kabupaten Sumba Barat, not known to have taken part"
    diamonds = re.findall(r'/daerah/([\d.]+)" tabindex="-1"><title>[^<]*</title><path class="map-yes"', page.html)
    assert set(diamonds) == {code for code, name in named.items() if "took part in" in name}
    assert len(diamonds) > 100
    # The start page counts the same.
    assert re.search(r"4 initiatives open for partners.*1 regions? looking", (await visit().get("/")).text)
    # Those that seek most come first: what is small lies upon what is large.
    assert next(iter(named)) == "53.11"


async def test_a_kept_drawing_is_never_an_old_one(visit: Visit, scene: Scene, database: Database) -> None:
    row = await one(database, Initiative, scene.initiative)
    for language, open_ones in (("en", "open initiative"), ("id", "inisiatif terbuka")):
        visitor = visit(language=language)
        before = dots((await visitor.get("/daerah/peta")).html)["51.71"]
        assert open_ones not in before
        ids = await copies(database, row, 1, region_code=lambda _n: "51.71")
        assert f"1 {open_ones}" in dots((await visitor.get("/daerah/peta")).html)["51.71"]
        async with database.transaction() as session:
            (await session.get_one(Initiative, ids[0])).status = "closed"
        assert dots((await visitor.get("/daerah/peta")).html)["51.71"] == before


async def test_the_map_is_light(visit: Visit) -> None:
    for language in ("id", "en"):
        page = await visit(language=language).get("/daerah/peta")
        drawing = page.html.partition('<svg class="map-svg')[2].partition("</svg>")[0]
        assert drawing.count("<title>") == 514
        assert len(gzip.compress(page.html.encode())) <= MOST


async def test_a_year_and_a_province_narrow_it_and_silence_is_never_no(visit: Visit) -> None:
    visitor = visit()
    named = dots((await visitor.get("/daerah/peta?provinsi=53&tahun=2018")).html)
    assert {code[:2] for code in named} == {"53"}
    assert len(named) == 22
    assert named["53.11"].endswith("did not take part in 2018")  # a complete list
    named = dots((await visitor.get("/daerah/peta?tahun=2021")).html)
    assert named["53.09"].endswith("took part in 2021")
    assert named["53.11"].endswith("not known whether it took part in 2021")
    page = await visitor.get("/daerah/peta?provinsi=99&tahun=abcd")
    assert page.status == 200
    assert len(dots(page.html)) == 514


async def test_words_say_what_the_map_shows(visit: Visit, scene: Scene) -> None:
    visitor = visit()
    assert scene.initiative
    for path in ("/daerah", "/daerah/peta"):
        page = await visitor.get(path)
        assert "Nusa Tenggara Timur: 3 regions took part, 1 open initiative" in page.main
        assert "3 of 22 · 1 initiative" in page.main
    page = await visitor.get("/daerah?provinsi=53")
    assert "2023 · 1 open initiative" in page.main
    page = await visitor.get("/daerah?provinsi=53&tahun=2022")
    assert "The list of 2022 is incomplete and names no region" in page.main
    assert "No region of this province took part in 2017" in (await visitor.get("/daerah?provinsi=53&tahun=2017")).main


async def test_a_region_leads_to_its_neighbours_and_says_what_is_unknown(visit: Visit) -> None:
    page = await visit().get("/daerah/53.12")
    assert len({link for link in page.links if re.fullmatch(r"/daerah/53\.\d\d", link)}) == 21
    assert "2021Not known" in page.main
    assert "2018No" in page.main
    assert page.main.count("Not known") == 3


async def test_the_first_page_leaves_the_heavy_map_for_later(visit: Visit) -> None:
    page = await visit().get("/")
    assert '<svg class="map-svg' not in page.html
    assert 'hx-get="/daerah/peta" hx-select="#peta"' in page.html
    assert {"/daerah/peta", "/daerah"} <= set(page.links)
    assert any(form.action == "/daerah" and form.method == "get" for form in page.forms)
