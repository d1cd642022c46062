"""Suggestions with script: what changes, changes in place, and the reader stays where they are."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import OpenReader
from tests.browser.listed import filled
from tests.browser.reader import Reader


async def opened(open_reader: OpenReader, *, script: bool = True, width: int = 1280) -> Reader:
    reader = await open_reader("en", "officer", script=script, width=width)
    await reader.open(await filled(reader, "officer", "/inisiatif/{own_initiative}/saran"))
    return reader


def cards(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("article")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
async def test_a_verdict_and_its_reason(open_reader: OpenReader, script: bool) -> None:
    reader = await opened(open_reader, script=script)
    page = reader.page
    third = cards(page).nth(2)
    no = third.get_by_role("button", name=reader.said("Not useful"))
    await no.focus()
    await page.keyboard.press("Enter")
    await expect(no).to_have_attribute("aria-pressed", "true")
    await expect(no).to_be_in_viewport()
    if script:
        await expect(no).to_be_focused()
        assert "ok=" not in page.url
    await third.get_by_label(reader.said("Why not?")).select_option("no_budget")
    await third.get_by_role("button", name=reader.said("Save the reason")).click()
    await expect(third.get_by_role("button", name=reader.said("Change the reason"))).to_be_visible()
    await expect(third.get_by_label(reader.said("Why not?"))).to_have_value("no_budget")
    assert await reader.problems() == []
    yes = third.get_by_role("button", name=re.compile("^" + reader.said("Useful")))
    await yes.click()
    await expect(yes).to_have_attribute("aria-pressed", "true")
    await expect(no).to_have_attribute("aria-pressed", "false")
    await page.reload()
    await expect(yes).to_have_attribute("aria-pressed", "true")


async def test_signed_out_meanwhile_the_verdict_is_not_lost_in_silence(open_reader: OpenReader) -> None:
    reader = await opened(open_reader)
    page = reader.page
    await page.context.clear_cookies(name="session")
    await cards(page).first.get_by_role("button", name=re.compile("^" + reader.said("Useful"))).click()
    await expect(page.get_by_label(reader.said("Password"))).to_be_visible()
    await expect(page.locator("input[name='carried:verdict']")).to_have_value("useful")


async def test_more_come_below_and_the_focus_goes_on_there(open_reader: OpenReader) -> None:
    reader = await opened(open_reader)
    page = reader.page
    await cards(page).first.get_by_role("checkbox").check()
    await page.get_by_role("link", name=reader.said("Show more")).focus()
    await page.keyboard.press("Enter")
    await expect(cards(page)).to_have_count(20)
    await expect(cards(page).nth(10).get_by_role("link").first).to_be_focused()
    await expect(cards(page).first.get_by_role("checkbox")).to_be_checked()
    titles = await cards(page).get_by_role("heading", level=2).all_inner_texts()
    assert len(set(titles)) == 20
    assert await reader.problems() == []


async def test_three_at_most_are_compared(open_reader: OpenReader) -> None:
    for script in (True, False):
        reader = await opened(open_reader, script=script)
        page = reader.page
        for at in range(3):
            await cards(page).nth(at).get_by_role("checkbox").check()
        if script:
            await expect(page.get_by_text("3 of 3 chosen")).to_be_in_viewport()
            await expect(cards(page).nth(3).get_by_role("checkbox")).to_be_disabled()
            await cards(page).nth(2).get_by_role("checkbox").uncheck()
            await expect(cards(page).nth(3).get_by_role("checkbox")).to_be_enabled()
        await page.get_by_role("button", name=reader.said("Compare them")).click()
        await expect(page).to_have_url(re.compile(r"/saran/banding\?kartu=\d+&kartu=\d+"))
        await expect(page.get_by_role("columnheader")).to_have_count(2 if script else 3)
        assert await reader.problems() == []


async def test_a_filter_counts_at_once(open_reader: OpenReader) -> None:
    reader = await opened(open_reader)
    page = reader.page
    pillar = page.get_by_label(reader.said("Pillar"))
    await pillar.select_option("branding")
    await expect(page).to_have_url(re.compile("pilar=branding"))
    lifted = page.get_by_role("link", name=reader.said("remove this filter"))
    await expect(lifted).to_have_count(1)
    await page.go_back()
    await expect(page).to_have_url(re.compile(r"/saran$"))
    await expect(lifted).to_have_count(0)


async def test_on_a_phone_a_comparison_says_whose_each_line_is(open_reader: OpenReader) -> None:
    reader = await opened(open_reader, width=320)
    page = reader.page
    filters = page.get_by_label(reader.said("Pillar"))
    await expect(filters).to_be_hidden()
    await page.get_by_role("main").locator("summary", has_text=reader.said("Narrow down")).click()
    await expect(filters).to_be_visible()
    for at in range(2):
        await cards(page).nth(at).get_by_role("checkbox").check()
    await page.get_by_role("button", name=reader.said("Compare them")).click()
    row = page.get_by_role("row").filter(has_text=reader.said("How well it matches"))
    await expect(row.get_by_role("cell").first).to_contain_text("A")
    await expect(row.get_by_role("cell").nth(1)).to_contain_text("B")
    assert await reader.problems() == []
