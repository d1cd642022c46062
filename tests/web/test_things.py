"""The page of one initiative or card: what decides, how it ended, and how its address shows itself elsewhere."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image
from sqlmodel import SQLModel

from matchmaker.database import Database
from models import Initiative, now
from tests.pages import Page
from tests.visitor import Visitor
from tests.web.rows import copies, one
from tests.world import Scene, World

Visit = Callable[..., Visitor]


def meta(page: Page) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)"', page.html))


async def altered(database: Database, row: SQLModel, **fields: object) -> str:
    (made,) = await copies(database, row, 1, **{name: lambda _n, v=value: v for name, value in fields.items()})
    return f"/inisiatif/{made}"


async def test_money_office_and_time_stand_first(visit: Visit, scene: Scene, database: Database) -> None:
    row, visitor = await one(database, Initiative, scene.initiative), visit()
    for source, text in (
        ("apbd", "Funds available"),
        ("partner", "Expected from the partner"),
        ("none_yet", "No funds yet"),
        (None, "Not known yet"),
    ):
        address = await altered(database, row, funding_source=source, funding_band="over_5b")
        page = await visitor.get(f"{address}?lang=en")
        keys, _rest = page.main.split("The problem, and who is affected", 1)
        assert text in keys
        assert "Over Rp5 billion" in keys
        assert "Dinas Lingkungan Hidup" in keys
        assert re.search(r"Open until.*1\d\d days left", keys)


async def test_what_has_ended_says_so(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    row, visitor = await one(database, Initiative, scene.initiative), visit()
    await visitor.sign_in(world.founder)
    expired = await visitor.get(await altered(database, row, expires_at=now() - timedelta(days=2)))
    assert "Its time ran out on" in expired.main
    assert "Expired" in expired.main
    assert "Open for partners" not in expired.main
    closed = await visitor.get(
        await altered(database, row, status="closed", closed_at=now(), close_reason="already_partnered")
    )
    assert "Reason: Already has a partner" in closed.main
    for page in (expired, closed):
        assert not [link for link in page.links if link.startswith("/minat/baru")]
    running = await visitor.get(f"/inisiatif/{scene.initiative}")
    assert [link for link in running.links if link.startswith("/minat/baru")]


async def test_a_shared_address_shows_itself(visit: Visit, scene: Scene) -> None:
    visitor = visit()
    for path, picture in (
        ("/", "/gambar.png"),
        ("/daerah", "/gambar.png"),
        ("/daerah/53.11", "/daerah/53.11/gambar.png"),
        (f"/inisiatif/{scene.initiative}", f"/inisiatif/{scene.initiative}/gambar.png"),
        (f"/kapabilitas/{scene.card}", f"/kapabilitas/{scene.card}/gambar.png"),
    ):
        said = meta(await visitor.get(f"{path}?ok=saved"))
        assert said["og:url"] == f"http://127.0.0.1:8000{path}"
        assert said["og:image"].startswith(f"http://127.0.0.1:8000{picture}")
        assert said["twitter:card"] == "summary_large_image"
        assert said["og:title"]
        assert said["description"] == said["og:description"] != ""
        shown = await visitor.get(said["og:image"].removeprefix("http://127.0.0.1:8000"))
        assert shown.headers["content-type"] == "image/png"
        assert Image.open(io.BytesIO(shown.response.content)).size == (1200, 630)
    said = meta(await visitor.get(f"/inisiatif/{scene.initiative}?lang=en"))
    assert said["og:title"].startswith("Composting the organic waste")
    assert (said["og:locale"], said["og:type"]) == ("en_GB", "article")


@pytest.mark.parametrize("path", ["/gambar.png", "/inisiatif/{initiative}/gambar.png", "/daerah/53.11/gambar.png"])
async def test_a_picture_is_the_same_for_all_and_kept(visit: Visit, world: World, scene: Scene, path: str) -> None:
    path = path.format(initiative=scene.initiative)
    member, nobody = visit(), visit()
    await member.sign_in(world.officer)
    one, other = await member.get(path), await nobody.get(path)
    assert one.response.content == other.response.content
    for answer in (one, other):
        assert answer.headers["cache-control"] == "public, max-age=86400"
        assert "Cookie" not in answer.headers.get("vary", "")
        assert "set-cookie" not in answer.headers


async def test_a_draft_has_no_picture_even_for_its_own(visit: Visit, world: World, scene: Scene) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    assert (await officer.get(f"/inisiatif/{scene.draft}/gambar.png")).status == 404
    page = await officer.get(f"/inisiatif/{scene.draft}")
    assert meta(page)["og:image"].endswith("/gambar.png")
    assert f"/inisiatif/{scene.draft}/gambar.png" not in page.html


async def test_odd_titles_are_drawn(visit: Visit, scene: Scene, database: Database) -> None:
    row, visitor = await one(database, Initiative, scene.initiative), visit()
    for title in ("x" * 120, "Señor – “Ñandú” 日本 مرحبا 😀", "a " * 59, "É"):
        address = await altered(database, row, title=title)
        assert (await visitor.get(f"{address}/gambar.png")).status == 200
