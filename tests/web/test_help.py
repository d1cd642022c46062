"""Help and refusals: what they say, and that they lead on."""

from collections.abc import Awaitable, Callable

import pytest
from litestar import Litestar

from matchmaker.errors import TooMany
from matchmaker.web import home
from matchmaker.web.help import PAGES, TOPICS
from tests.visitor import Visitor

Visit = Callable[..., Visitor]


def test_every_topic_has_its_page() -> None:
    assert [topic.slug for topic in TOPICS] == list(PAGES)


@pytest.mark.parametrize("language", ["id", "en"])
async def test_topics_lead_to_one_another(visit: Visit, language: str) -> None:
    visitor = visit(language=language)
    addresses = {f"/bantuan/{slug}" for slug in PAGES}
    assert addresses <= set((await visitor.get("/bantuan")).links)
    for address in addresses:
        page = await visitor.get(address)
        assert page.status == 200
        assert page.lang == language
        assert addresses <= set(page.links)
        assert len(page.main.split()) > 150
    assert (await visitor.get("/bantuan/zzz")).status == 404
    assert {"/bantuan", "/bantuan/privasi"} <= set((await visitor.get("/masuk")).links)


async def test_who_runs_it_is_named_where_it_is_set(
    another_app: Callable[..., Awaitable[Litestar]], url: str, visit: Visit
) -> None:
    plain = await visit().get("/bantuan/privasi")
    assert not [link for link in plain.links if link.startswith(("mailto:", "https://"))]
    app = await another_app(url, source_url="https://code.example/temu", contact_email="help@temu.example")
    page = await visit(app=app).get("/bantuan/privasi")
    assert {"mailto:help@temu.example", "https://code.example/temu"} <= set(page.links)


async def test_a_page_that_is_not_there_offers_a_search(visit: Visit) -> None:
    page = await visit().get("/nowhere")
    assert page.status == 404
    assert [(form.action, form.method) for form in page.forms if "q" in dict(form.values)] == [("/inisiatif", "get")]
    assert ("button", "formaction", "/kapabilitas") in page.attributes


async def test_a_broken_cursor_leads_back_to_the_top(visit: Visit) -> None:
    page = await visit().get("/inisiatif?lanjut=x")
    assert page.status == 400
    assert "/inisiatif" in page.links
    assert "Try again" in page.main


async def test_too_many_says_from_when_on(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_given: object) -> None:
        raise TooMany("Slowly, please.", 600)

    monkeypatch.setattr(home, "numbers", refuse)
    page = await visit().get("/")
    assert (page.status, page.headers["retry-after"]) == (429, "600")
    assert "Slowly, please." in page.main
    assert "You can try again from" in page.main


async def test_signing_in_says_why_it_is_asked_for(visit: Visit) -> None:
    visitor = visit()
    asked = await visitor.get("/minat", follow=True)
    assert asked.path == "/masuk"
    assert "You need to sign in to see this page" in asked.main
    assert "You need to sign in to see this page" not in (await visitor.get("/masuk")).main
