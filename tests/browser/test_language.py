"""Which language a page speaks, and changing it."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenReader


@pytest.mark.parametrize(("language", "other", "switch"), [("id", "en", "English"), ("en", "id", "Bahasa Indonesia")])
async def test_the_switch_keeps_page_and_query(
    open_reader: OpenReader, language: str, other: str, switch: str
) -> None:
    reader = await open_reader(language)
    page = reader.page
    await reader.open("/inisiatif?q=sampah&pilar=environment")
    await expect(page.locator("html")).to_have_attribute("lang", language)
    await page.get_by_role("banner").get_by_role("link", name=switch).click()
    await expect(page).to_have_url(re.compile(r"/inisiatif\?q=sampah&pilar=environment&lang=" + other))
    await expect(page.locator("html")).to_have_attribute("lang", other)
    await expect(page.get_by_role("searchbox")).to_have_value("sampah")
    # From now on without being asked for.
    await reader.open("/masuk")
    await expect(page.locator("html")).to_have_attribute("lang", other)


async def test_any_other_language_is_answered_in_indonesian(open_reader: OpenReader) -> None:
    reader = await open_reader("nl")
    await reader.open("/")
    await expect(reader.page.locator("html")).to_have_attribute("lang", "id")
