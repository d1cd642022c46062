"""Pictures of every page for people to look at: ``make screenshots``."""

from pathlib import Path

import pytest

from matchmaker.i18n import LANGUAGES
from tests.browser.conftest import OpenReader
from tests.browser.listed import PAGES, filled


@pytest.mark.parametrize("account", PAGES, ids=[account or "anybody" for account in PAGES])
async def test_screenshots(open_reader: OpenReader, pytestconfig: pytest.Config, account: str) -> None:
    folder = pytestconfig.getoption("--screenshots")
    for language in LANGUAGES:
        for dark in (False, True):
            for width in (1280, 360):
                reader = await open_reader(language, account, width=width, dark=dark)
                to = Path(folder) / f"{language}-{'dark' if dark else 'light'}-{width}"
                to.mkdir(parents=True, exist_ok=True)
                for path in PAGES[account].split():
                    await reader.open(await filled(reader, account, path))
                    name = (account or "anybody") + path.replace("/", "_").translate(str.maketrans("?&={}", "_----"))
                    await reader.page.screenshot(path=to / f"{name}.png", full_page=True)
                await reader.page.context.close()
