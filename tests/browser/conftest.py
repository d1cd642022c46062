"""A real browser at a real server: ``matchmaker demo`` in a folder of its own, one for each worker of xdist."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright, expect

from matchmaker.actions.demo import PASSWORD
from tests.browser.reader import Reader
from tests.running import SECRET, Running, running

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000
OpenReader = Callable[..., Awaitable[Reader]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="DIR", help="save every page as a picture in this folder")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.slow)
    # No test of anything, and minutes long: only where it is asked for.
    if not config.getoption("--screenshots", None):
        left_out = [item for item in items if item.path.name == "test_screenshots.py"]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("site")
    settings = {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/site.db", "SECRET_KEY": SECRET}
    with running(folder, "demo", settings) as server:
        yield server


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium; a suite that cannot look at its pages must not pass."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("Chromium is missing: apt-get install chromium", pytrace=False)
    async with async_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def signed_in(browser: Browser, site: Running) -> Callable[[str], Awaitable[Any]]:
    """The cookies of a demo account, by its name. Signed in once: too many sign-ins are turned away."""
    states: dict[str, Any] = {}

    async def cookies(account: str) -> Any:
        if account not in states:
            context = await browser.new_context(base_url=site.address)
            page = await context.new_page()
            await page.goto("/masuk?lang=en")
            await page.get_by_label("E-mail address").fill(f"{account}@demo.example")
            await page.get_by_label("Password").fill(PASSWORD)
            await page.get_by_role("button", name="Sign in").click()
            await page.wait_for_url("**/")
            states[account] = await context.storage_state()
            await context.close()
        return states[account]

    return cookies


@pytest.fixture(scope="module")
async def open_reader(
    browser: Browser, site: Running, signed_in: Callable[[str], Awaitable[Any]]
) -> AsyncIterator[OpenReader]:
    """Makes readers, each with a browser profile of its own; ``account`` is a demo account that is signed in. They
    leave with the last test of a file: a page that stays open goes on reading what is said.
    """
    contexts = []

    async def make(
        language: str = "id", account: str = "", *, width: int = 1280, script: bool = True, dark: bool = False
    ) -> Reader:
        shared = {
            "base_url": site.address,
            "locale": language,
            "viewport": {"width": width, "height": 800},
            "color_scheme": "dark" if dark else "light",
            "reduced_motion": "reduce",
        }
        state = await signed_in(account) if account else None
        context = await browser.new_context(**shared, storage_state=state, java_script_enabled=script)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if account:
            # Signing in brought the account's own language along.
            await context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
        return Reader(await context.new_page(), language, script)

    yield make
    for context in contexts:
        await context.close()
