"""Style sheets: within the first page that a browser gets, as files from then on."""

import re
from collections.abc import Callable

import pytest

from matchmaker.assets import asset, named
from tests.pages import Page
from tests.visitor import Visitor
from tests.world import Scene

Visit = Callable[..., Visitor]


def within(page: Page) -> list[tuple[str, str]]:
    """(nonce, content) of each sheet that is written into the head."""
    return re.findall(r'<style nonce="([\w-]+)">(.*?)</style>', page.html.partition("</head>")[0], re.S)


def linked(page: Page, part: int) -> list[str]:
    """Addresses of the sheets that the head (0) or the body (1) names."""
    return re.findall(r'<link rel="stylesheet" href="([^"]+)">', page.html.partition("</head>")[2 * part])


async def test_the_first_page_holds_them_and_the_next_ones_name_them(visit: Visit) -> None:
    visitor = visit()
    first = await visitor.get("/daftar")
    (nonce, content), *others = within(first)
    assert others == []
    assert content == named("app.css").body.decode()
    assert f"'nonce-{nonce}'" in first.headers["content-security-policy"]
    assert (linked(first, 0), linked(first, 1)) == ([], [asset("app.css")])

    second = await visitor.get("/masuk")
    assert (within(second), linked(second, 0), linked(second, 1)) == ([], [asset("app.css")], [])
    assert not [cookie for cookie in second.headers.get_list("set-cookie") if cookie.startswith("sheets=")]


async def test_a_sheet_of_some_pages_comes_with_the_first_of_them(visit: Visit, scene: Scene) -> None:
    visitor = visit()
    await visitor.get("/")
    page = await visitor.get(f"/inisiatif/{scene.initiative}/saran")
    assert [content for _nonce, content in within(page)] == [named("match.css").body.decode()]
    assert (linked(page, 0), linked(page, 1)) == ([asset("app.css")], [asset("match.css")])
    again = await visitor.get(f"/inisiatif/{scene.initiative}/saran")
    assert (within(again), linked(again, 0)) == ([], [asset("app.css"), asset("match.css")])


@pytest.mark.parametrize("remembered", ["", "000000000000", "x" * 4000, "\x7f;", "0123456789ab.."])
async def test_a_cookie_of_an_earlier_version_or_of_nobody(visit: Visit, remembered: str) -> None:
    visitor = visit()
    page = await visitor.get("/daftar", headers={"Cookie": f"sheets={remembered}"})
    assert len(within(page)) == 1
    kept = [cookie for cookie in page.headers.get_list("set-cookie") if cookie.startswith("sheets=")]
    assert [cookie.partition(";")[0] for cookie in kept] == [f"sheets={named('app.css').digest}"]
    assert "HttpOnly" in kept[0]


async def test_a_page_of_which_script_takes_a_part_holds_none(visit: Visit) -> None:
    page = await visit().get("/inisiatif", headers={"HX-Request": "true"})
    assert (within(page), linked(page, 1)) == ([], [])
    assert "sheets=" not in str(page.headers.get_list("set-cookie"))
