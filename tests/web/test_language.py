"""Which language a reader gets, and that every page has both."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from matchmaker import i18n
from tests.visitor import Visitor
from tests.world import PASSWORD, Scene, World

Visit = Callable[..., Visitor]


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("", "id"),
        ("id", "id"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("fr,de;q=0.9", "id"),
        ("fr,en;q=0.5", "en"),
        ("*", "id"),
        (",;q=,,", "id"),
        ("x" * 3000, "id"),
    ],
)
async def test_what_the_browser_prefers(visit: Visit, accepted: str, lang: str) -> None:
    page = await visit(language=accepted).get("/daerah")
    assert page.status == 200
    assert (page.lang, page.headers["content-language"]) == (lang, lang)


async def test_the_address_wins_and_is_remembered(visit: Visit) -> None:
    visitor = visit(language="en")
    asked = await visitor.get("/daerah?lang=id")
    assert asked.lang == "id"
    cookie = asked.headers.get_list("set-cookie")
    assert any(c.startswith("lang=id") and "Max-Age=31536000" in c and "HttpOnly" in c for c in cookie)
    assert (await visitor.get("/daerah")).lang == "id"
    again = await visitor.get("/daerah?lang=id")
    assert not [c for c in again.headers.get_list("set-cookie") if c.startswith("lang=")]
    assert (await visitor.get("/daerah?lang=en")).lang == "en"


@pytest.mark.parametrize("lang", ["fr", "", "id; Path=/x", "EN", "../en"])
async def test_another_language_is_none(visit: Visit, lang: str) -> None:
    visitor = visit(language="en")
    page = await visitor.client.get("/daerah", params={"lang": lang})
    assert page.status_code == 200
    assert not [c for c in page.headers.get_list("set-cookie") if c.startswith("lang=")]


async def test_the_switch_keeps_page_and_query(visit: Visit) -> None:
    page = await visit().get("/inisiatif?pilar=living&q=air+bersih%26&lang=en")
    switch = {link for link in page.links if "lang=id" in link}
    assert switch == {"/inisiatif?pilar=living&q=air+bersih%26&lang=id"}
    other = await visit().get(switch.pop())
    assert other.lang == "id"
    assert 'value="air bersih&amp;"' in other.html


async def test_an_account_brings_its_language(visit: Visit, world: World) -> None:
    officer = visit(language="id")
    await officer.get("/masuk")
    await officer.submit("/masuk", {"email": world.officer.email, "password": PASSWORD})
    assert (await officer.get("/akun")).lang == "en"
    await officer.submit("/akun", {"language": "id"})
    assert (await officer.get("/akun")).lang == "id"
    assert (await visit(language="en").get("/")).lang == "en"


ERRORS = {400: "/inisiatif?lanjut=x", 404: "/tidak-ada"}


@pytest.mark.parametrize("status", ERRORS)
async def test_errors_are_said_in_both(visit: Visit, status: int) -> None:
    pages = [await visit(language=lang).get(ERRORS[status]) for lang in ("id", "en")]
    assert [(page.status, page.lang) for page in pages] == [(status, "id"), (status, "en")]
    assert pages[0].title != pages[1].title
    assert pages[0].main != pages[1].main


async def test_messages_at_fields_are_said_in_both(visit: Visit) -> None:
    said = []
    for lang in ("id", "en"):
        visitor = visit(language=lang)
        await visitor.get("/daftar")
        page = await visitor.submit("/daftar", {"email": "x", "password": "short", "name": ""})
        assert page.status == 422
        said.append(page.errors)
    assert set(said[0]) == set(said[1]) >= {"email", "password", "name"}
    assert all(said[0][field] != said[1][field] for field in said[0])


async def test_the_frame_and_the_pages_have_both(visit: Visit, world: World, scene: Scene) -> None:
    paths = ["/", "/inisiatif", "/kapabilitas", "/daerah", "/organisasi", "/saran", "/minat", "/percakapan", "/akun"]
    paths += [f"/minat/{scene.interest}", f"/percakapan/{scene.conversation}", "/inisiatif/baru"]
    for path in paths:
        texts = []
        for lang in i18n.LANGUAGES:
            visitor = visit(language=lang)
            await visitor.sign_in(world.officer)
            page = await visitor.get(path)
            assert (page.status, page.lang) == (200, lang)
            texts.append(page.title)
        assert texts[0] != texts[1], path


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    moment = datetime(2026, 3, 7, 20, 5, tzinfo=UTC)
    with i18n.in_language("id"):
        assert i18n.show_number(12345.5) == "12.345,5"
        assert i18n.show_date(moment) == "8 Maret 2026"
        assert "WIB" in i18n.show_datetime(moment)
    with i18n.in_language("en"):
        assert i18n.show_number(12345.5) == "12,345.5"
        assert i18n.show_date(moment) == "8 March 2026"
