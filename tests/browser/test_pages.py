"""Every page that can be opened, as those see it whom it is for: in Indonesian on the narrowest phone, in English at a
desk, both light and dark. Nothing sticks out, nothing is said in the console, nobody else is asked, and axe finds
nothing.
"""

import re
from collections.abc import Awaitable, Callable

import pytest

from matchmaker.i18n import LANGUAGES
from matchmaker.web import HANDLERS
from tests.browser.conftest import OpenReader
from tests.browser.listed import CASES, filled
from tests.browser.reader import PHONE, Reader

NOT_PAGES = {
    *("/static/*", "/favicon.ico", "/health/live", "/health/ready"),
    # Parts of the page of a conversation, for its script.
    *("/percakapan/belum-dibaca", "/percakapan/*/pesan"),
    # Files to be taken away.
    *("/percakapan/*/berkas/*/*", "/percakapan/*/pertemuan/*", "/naskah/*/*"),
    *("/kesepakatan/*/dokumen/*", "/kesepakatan/*/capaian/*/bukti", "/inisiatif/*/lampiran/*"),
}


def test_the_list_of_pages_is_complete() -> None:
    given = r"\{\w+\}|(?<=/)\d[\d.]*(?=/|$)|(?<=/bantuan/)\w+|(?<=/pengelola/jalur/)\w+"
    listed = {re.sub(given, "*", path.partition("?")[0]) for _account, path in CASES}
    paths = {path for handler in HANDLERS if "GET" in handler.http_methods for path in handler.paths}
    routes = {re.sub(r"\{[^}]+\}", "*", path) for path in paths if not path.endswith((".png", ".pdf"))}
    assert routes - NOT_PAGES <= listed


@pytest.fixture(scope="module")
def reader_of(open_reader: OpenReader) -> Callable[[str, str], Awaitable[Reader]]:
    """One window for each account and language."""
    readers: dict[tuple[str, str], Reader] = {}

    async def reader(language: str, account: str) -> Reader:
        if (language, account) not in readers:
            width = PHONE if language == "id" else 1280
            readers[language, account] = await open_reader(language, account, width=width)
        return readers[language, account]

    return reader


@pytest.mark.parametrize(("account", "path"), CASES, ids=[f"{account or 'anybody'} {path}" for account, path in CASES])
async def test_page(reader_of: Callable[[str, str], Awaitable[Reader]], account: str, path: str) -> None:
    problems = {}
    for language in LANGUAGES:
        reader = await reader_of(language, account)
        response = await reader.open(await filled(reader, account, path))
        assert response.status == (404 if path == "/tidak-ada" else 200)
        if found := await reader.problems_all_round():
            problems[language] = found
    assert problems == {}
