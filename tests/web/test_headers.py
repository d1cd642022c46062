"""Headers on every answer, good or bad, and the pages of errors."""

import io
import re
import sys
from collections.abc import Awaitable, Callable, Iterator

import pytest
from litestar import Litestar

from matchmaker import app, logs
from matchmaker.assets import asset, by_address
from matchmaker.web import home, refusals
from tests.pages import Page
from tests.visitor import Visitor
from tests.world import PASSWORD, Scene, World

Visit = Callable[..., Visitor]
ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
SECRET_TEXT = "the password of the database"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The start page fails in the middle of its work."""

    async def fail(*_given: object) -> None:
        raise RuntimeError(SECRET_TEXT)

    monkeypatch.setattr(home, "numbers", fail)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the application logs from now on."""
    written = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", written)
        configure_anew()
        yield written
    configure_anew()


def configure_anew() -> None:
    logs.configure("json")
    for module in (app, refusals):
        # A logger keeps where it writes from its first use on; this lets it look again.
        vars(module.log).pop("bind", None)


def policy(page: Page) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in page.headers["content-security-policy"].split(";"))
    return {name: value for name, _space, value in parts}


def check_headers(page: Page) -> None:
    for name, value in ALWAYS.items():
        assert page.headers.get_list(name) == [value], name
    rules = policy(page)
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'self' 'nonce-[\w-]{20,}'", rules["style-src"])
    assert "unsafe" not in page.headers["content-security-policy"]
    assert (rules["base-uri"], rules["frame-ancestors"], rules["form-action"]) == ("'none'", "'none'", "'self'")
    assert "strict-transport-security" not in page.headers
    assert "server" not in page.headers


def check_nonce(page: Page) -> str:
    nonce = re.fullmatch(r"'nonce-([\w-]{20,})'", policy(page)["script-src"])
    assert nonce
    scripts = [(tag, name, value) for tag, name, value in page.attributes if (tag, name) == ("script", "nonce")]
    assert scripts == [("script", "nonce", nonce[1])] * 2
    return nonce[1]


@pytest.mark.usefixtures("broken")
async def test_pages_good_and_bad(visit: Visit) -> None:
    visitor = visit()
    answers = {
        200: await visitor.get("/inisiatif"),
        404: await visitor.get("/nowhere"),
        405: await visitor.post("/inisiatif"),
        400: await visitor.get("/inisiatif?lanjut=x"),
        401: await visitor.post("/minat/baru", {"message": "x"}),
        403: await visitor.send("/keluar", b""),
        422: await visitor.post("/masuk", {"email": "", "password": ""}),
        413: await visitor.post("/masuk", {"email": "x" * 3_000_000}),
        500: await visitor.get("/"),
    }
    assert {page.status: status for status, page in answers.items()} == {status: status for status in answers}
    for page in answers.values():
        check_headers(page)
        assert page.headers["cache-control"] == "private, no-cache"
        assert "Accept-Language" in page.headers["vary"]
        assert "Cookie" in page.headers["vary"]
        assert page.headers["content-language"] == page.lang == "en"
    assert answers[405].headers["allow"]
    nonces = [check_nonce(page) for page in answers.values()]
    assert len(set(nonces)) == len(nonces)


async def test_redirects_files_and_the_api(visit: Visit) -> None:
    visitor = visit()
    for path, status in (
        ("/minat", 303),
        (asset("app.css"), 200),
        ("/static/000000000000/app.css", 404),
        ("/favicon.ico", 204),
        ("/health/live", 200),
        ("/api/v1/regions", 200),
        ("/api/v1/conversations", 401),
        ("/api/openapi.json", 200),
    ):
        page = await visitor.get(path)
        assert page.status == status, path
        check_headers(page)


async def test_files_are_kept_for_ever_and_pages_are_not(visit: Visit) -> None:
    visitor = visit()
    for address, file in by_address().items():
        plain = await visitor.client.get(address, headers={"Accept-Encoding": "identity"})
        squeezed = await visitor.client.get(address, headers={"Accept-Encoding": "gzip"})
        assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "Accept-Encoding" in plain.headers["vary"]
        assert plain.content == squeezed.content == file.body
        assert squeezed.headers["content-encoding"] == "gzip"
        assert not plain.headers.get_list("set-cookie")


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/%2e%2e/etc/passwd", "/static/x", "/static//"])
async def test_no_other_file_is_served(visit: Visit, path: str) -> None:
    assert (await visit().get(path)).status == 404


@pytest.mark.usefixtures("broken")
async def test_a_failure_shows_its_number_and_nothing_else(visit: Visit, log: io.StringIO) -> None:
    page = await visit().get("/")
    assert page.status == 500
    number = re.search(r"<code>(\w{16})</code>", page.html)
    assert number
    for hidden in (SECRET_TEXT, "RuntimeError", "Traceback", "home.py"):
        assert hidden not in page.html
    assert number[1] in log.getvalue()
    assert "RuntimeError" in log.getvalue()


async def test_the_log_holds_no_secrets(
    visit: Visit, world: World, scene: Scene, log: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    officer = visit()
    await officer.get(f"/masuk?lanjut=/minat&q={SECRET_TEXT}")
    await officer.submit("/masuk", {"email": world.officer.email, "password": "wrong " + PASSWORD})
    await officer.submit("/masuk", {"email": world.officer.email, "password": PASSWORD})
    await officer.get(f"/percakapan/{scene.conversation}")
    await officer.submit(f"/percakapan/{scene.conversation}", {"body": SECRET_TEXT})
    logged = log.getvalue()
    assert f'"/percakapan/{scene.conversation}"' in logged
    logged += caplog.text
    for secret in (PASSWORD, officer.client.cookies["session"], SECRET_TEXT, world.officer.email):
        assert secret not in logged


async def test_under_https(
    another_app: Callable[..., Awaitable[Litestar]], url: str, visit: Visit, world: World
) -> None:
    secure = await another_app(url, base_url="https://test.example", demo=False, secret_key="k" * 40)
    officer = visit(app=secure, base_url="https://test.example")
    page = await officer.get("/masuk?lang=en")
    assert page.headers["strict-transport-security"].startswith("max-age=31536000")
    assert "demo-matchmaker" not in page.html
    answer = await officer.submit("/masuk", {"email": world.officer.email, "password": PASSWORD})
    assert answer.status == 303
    cookies = [*page.headers.get_list("set-cookie"), *answer.headers.get_list("set-cookie")]
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-csrf", "__Host-session", "lang", "sheets"}
    for cookie in cookies:
        assert "; Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
    assert (await officer.get("/minat")).status == 200
    assert (await officer.submit("/keluar")).status == 303
    # A cookie without the prefix is nobody's.
    officer.client.cookies.set(
        "session", await visit(app=secure).sign_in(world.officer), domain="test.example", path="/"
    )
    assert (await officer.get("/minat")).status == 303


async def test_readiness_says_when_migrations_are_pending(
    another_app: Callable[..., Awaitable[Litestar]], fresh_url: Callable[[str | None], Awaitable[str]], visit: Visit
) -> None:
    ready = await visit().get("/health/ready")
    assert (ready.status, ready.response.json()) == (200, {"status": "ready"})
    behind = await another_app(await fresh_url(None))
    pending = await visit(app=behind).get("/health/ready")
    assert pending.status == 503
    assert "pending" in pending.html
