"""Lists: every row exactly once however one walks, and filters that narrow."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from matchmaker.database import Database
from models import Initiative, Message, now
from tests.pages import Page
from tests.visitor import Visitor
from tests.web.rows import MOMENT, copies, many_of, one
from tests.world import Scene, World

Visit = Callable[..., Visitor]


async def walked(visitor: Visitor, path: str, prefix: str) -> list[str]:
    """The links with this prefix on a list, stretch by stretch."""
    found: list[str] = []
    address: str | None = path
    for _ in range(20):
        assert address is not None
        page = await visitor.get(address)
        assert page.status == 200
        found += [link for link in page.links if link.startswith(prefix) and link.removeprefix(prefix).isdigit()]
        address = following(page)
        if address is None:
            return found
    raise AssertionError("the list never ends")


def following(page: Page) -> str | None:
    marked = page.html.partition('rel="next" href="')[2]
    return marked.partition('"')[0].replace("&amp;", "&") if marked else None


async def test_initiatives_are_walked_once_each_also_at_one_moment(
    visit: Visit, scene: Scene, database: Database
) -> None:
    row = await one(database, Initiative, scene.initiative)
    # Some share a moment to the microsecond, across the end of a stretch.
    ids = await copies(
        database, row, 53, published_at=lambda n: MOMENT + timedelta(hours=n // 30, microseconds=n // 45)
    )
    found = await walked(visit(), "/inisiatif", "/inisiatif/")
    assert sorted(found) == sorted(f"/inisiatif/{i}" for i in [*ids, scene.initiative])
    assert len(found) == 54


@pytest.mark.parametrize("path", ["/kapabilitas", "/minat", "/percakapan", "/organisasi", "/pengelola"])
async def test_the_other_lists_too(visit: Visit, world: World, scene: Scene, database: Database, path: str) -> None:
    visitor = visit()
    if path != "/organisasi":  # members find their own above the list, too
        await visitor.sign_in(world.office if path == "/pengelola" else world.officer)
    prefix = {"/pengelola": "/organisasi/"}.get(path, f"{path}/")
    before = set(await walked(visitor, path, prefix))
    ids = await many_of(database, world, scene, path, 45)
    found = await walked(visitor, path, prefix)
    assert {f"{prefix}{i}" for i in ids} <= set(found)
    assert before <= set(found)
    assert len(found) == len(set(found)) == len(before) + 45


async def test_every_region_is_two_clicks_away(visit: Visit) -> None:
    visitor, found = visit(), []
    front = await visitor.get("/daerah")
    provinces = sorted({link for link in front.links if link.startswith("/daerah?provinsi=")})
    assert len(provinces) == 38
    for province in provinces:
        page = await visitor.get(province)
        listed = {link for link in page.links if re.fullmatch(r"/daerah/\d\d\.\d\d", link)}
        assert {link[8:10] for link in listed} == {province[-2:]}
        found += listed
    assert len(found) == len(set(found)) == 514


async def test_a_filter_narrows_and_its_chip_lifts_it(visit: Visit, scene: Scene, database: Database) -> None:
    row = await one(database, Initiative, scene.initiative)
    other = await one(database, Initiative, scene.draft)
    (city,) = await copies(
        database,
        row,
        1,
        region_code=lambda _n: "51.71",
        pillar=lambda _n: "living",
        other_pillars=lambda _n: ["economy"],
        quick_win=lambda _n: True,
        search_text=lambda _n: "air 100% bersih_untuk semua",
    )
    (ended,) = await copies(database, row, 1, expires_at=lambda _n: now() - timedelta(days=1))
    visitor = visit()

    async def listed(query: str) -> set[str]:
        return set(await walked(visitor, f"/inisiatif?{query}", "/inisiatif/"))

    first, second = f"/inisiatif/{scene.initiative}", f"/inisiatif/{city}"
    assert await listed("") == {first, second}
    assert f"/inisiatif/{ended}" not in await listed("")
    assert f"/inisiatif/{other.id}" not in await listed("")
    for query in ("pilar=living", "pilar=economy", "provinsi=51", "jenis=kota", "unggulan=1", "q=AIR", "q=100%25"):
        assert await listed(query) == {second}, query
    for query in ("pilar=environment", "provinsi=53", "jenis=kabupaten", "q=composting+waste", "q=waste+ORGANIC"):
        assert await listed(query) == {first}, query
    for query in ("pilar=branding", "provinsi=11", "q=bersihXuntuk", "q=organic+absent", "pilar=living&provinsi=53"):
        assert await listed(query) == set(), query
    page = await visitor.get("/inisiatif?pilar=living&provinsi=51&lang=en")
    assert page.html.count('class="chip"') == 2
    assert {"/inisiatif?provinsi=51&lang=en", "/inisiatif?pilar=living&lang=en"} <= set(page.links)


async def test_cards_and_organisations_are_filtered_too(visit: Visit, world: World, scene: Scene) -> None:
    visitor = visit()
    both = {f"/kapabilitas/{scene.card}", f"/kapabilitas/{scene.other_card}"}
    for query, expected in (
        ("", both),
        ("pilar=environment&jenis=company", both),
        ("jenis=academic", set()),
        ("q=sorting", {f"/kapabilitas/{scene.other_card}"}),
        ("provinsi=53", set()),
    ):
        assert set(await walked(visitor, f"/kapabilitas?{query}", "/kapabilitas/")) == expected, query
    found = await walked(visitor, "/organisasi?jenis=academic", "/organisasi/")
    assert found == [f"/organisasi/{world.lecturer.organisation_id}"]
    assert await walked(visitor, "/organisasi?q=kompos+jaya", "/organisasi/") == [
        f"/organisasi/{world.founder.organisation_id}"
    ]


async def test_a_page_of_a_region_answers_the_question(visit: Visit, world: World) -> None:
    visitor = visit()
    answered = await visitor.get("/daerah?q=Sumba+Timur")
    assert "Kabupaten Sumba Timur" in answered.main
    page = await visitor.get("/daerah/53.11")
    assert f"/organisasi/{world.officer.organisation_id}" in page.links
    for code in ("99.99", "53.1", "5311", "53.11x", "'"):
        assert (await visitor.get(f"/daerah/{code}")).status == 404


async def test_earlier_messages_are_a_link_away(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    async with database.transaction(write=False) as session:
        first = (await session.exec(select(Message).order_by(col(Message.id)))).first()
    assert first is not None
    await copies(database, first, 60, body=lambda n: f"Message number {n}.")
    officer = visit()
    await officer.sign_in(world.officer)
    late = await officer.get(f"/percakapan/{scene.conversation}")
    assert "Message number 59." in late.main
    assert "Message number 3." not in late.main
    early = await officer.get(next(link for link in late.links if "sebelum=" in link))
    assert "Message number 3." in early.main
    assert (late.html + early.html).count("data-message=") == 61
    assert (await officer.get(f"/percakapan/{scene.conversation}?sebelum=x")).status == 200
