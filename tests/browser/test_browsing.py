"""A long list with script: it follows each choice, keeps one's place, and goes on where it ended."""

import re

from playwright.async_api import expect

from matchmaker.web.browsing import LISTED
from tests.browser.conftest import OpenReader

_SCROLL = "() => Math.round(scrollY)"


async def test_a_choice_is_followed_on_the_spot(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    page = reader.page
    await reader.open("/inisiatif")
    await page.evaluate("() => { window.stays = true; scrollTo(0, 120); }")
    whole = await page.locator("#hasil-jumlah").inner_text()
    box = page.get_by_role("checkbox", name=re.compile("^Smart Living"))
    count = int((await page.locator("#n-pilar-living").inner_text()).replace(",", ""))
    scrolled = await page.evaluate(_SCROLL)
    await box.focus()
    await page.keyboard.press("Space")
    await expect(page).to_have_url(re.compile(r"/inisiatif\?pilar=living$"))
    await expect(page.locator("#hasil-jumlah")).to_have_text(f"{count} open initiatives")
    await expect(page.locator("#kabar")).to_have_text(f"{count} open initiatives")
    await expect(box).to_be_focused()
    assert await page.evaluate(_SCROLL) == scrolled
    # The other counts are of what is left, and the number of filters is said.
    assert int(await page.locator("#n-jenis-kota").inner_text()) <= count
    await expect(page.locator("#n-semua")).to_have_text("(1)")
    # Two of one facet; its chip lifts one and the box follows.
    await page.get_by_role("checkbox", name=re.compile("^Smart Economy")).check()
    await expect(page).to_have_url(re.compile(r"pilar=economy&pilar=living$"))
    await page.get_by_role("link", name=re.compile("^Smart Living")).click()
    await expect(page).to_have_url(re.compile(r"/inisiatif\?pilar=economy$"))
    await expect(box).not_to_be_checked()
    await page.get_by_role("link", name="Closing soon").click()
    await expect(page).to_have_url(re.compile(r"urut=tutup"))
    await page.get_by_role("checkbox", name=re.compile("^Smart Economy")).uncheck()
    await expect(page).to_have_url(re.compile(r"/inisiatif\?urut=tutup$"))
    await expect(page.locator("#hasil-jumlah")).to_have_text(whole)
    assert await page.evaluate("() => window.stays")
    await page.reload()
    await expect(page.get_by_role("link", name="Closing soon")).to_have_attribute("aria-current", "true")
    assert await reader.problems() == []


async def test_words_are_followed_while_they_are_typed(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    page = reader.page
    await reader.open("/inisiatif")
    field = page.get_by_label(reader.said("Words in the title or summary"))
    await field.press_sequentially("sampah")
    await expect(page).to_have_url(re.compile(r"/inisiatif\?q=sampah$"))
    await expect(page.locator(".chip")).to_contain_text("sampah")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("sampah")


async def test_more_goes_on_where_the_list_ended(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    page = reader.page
    await reader.open("/kapabilitas")
    rows = page.locator("#daftar > li")
    await expect(rows).to_have_count(LISTED)
    await page.get_by_role("link", name="More capabilities").focus()
    await page.keyboard.press("Enter")
    await expect(rows).to_have_count(2 * LISTED)
    await expect(rows.nth(LISTED).get_by_role("link")).to_be_focused()
    await expect(page).to_have_url(re.compile("/kapabilitas$"))
    links = await rows.get_by_role("link").evaluate_all("links => links.map(link => link.href)")
    assert len(set(links)) == 2 * LISTED
    while await page.get_by_role("link", name="More capabilities").count():
        before = await rows.count()
        await page.get_by_role("link", name="More capabilities").click()
        await expect(rows.nth(before)).to_be_visible()
    await expect(page.get_by_text("That was the last one.")).to_be_visible()


async def test_on_a_phone_the_results_come_first(open_reader: OpenReader) -> None:
    for script in (True, False):
        reader = await open_reader("id", width=360, script=script)
        page = reader.page
        await reader.open("/inisiatif")
        await expect(page.locator("#daftar > li").first.get_by_role("link")).to_be_in_viewport()
        box = page.get_by_role("checkbox", name=re.compile("^Smart Living"))
        await expect(box).to_be_hidden()
        await page.locator(".sift-summary").click()
        await box.check()
        await page.get_by_role("button", name=reader.said("Show initiatives")).click()
        await expect(page).to_have_url(re.compile("pilar=living"))
        await expect(page.locator(".sift-count")).to_have_text("(1)")
        await expect(box).to_be_hidden()
        await expect(page.locator("#daftar > li").first.get_by_role("link")).to_be_in_viewport()


async def test_the_next_step_stays_in_reach_on_a_phone(open_reader: OpenReader) -> None:
    reader = await open_reader("id", width=360)
    await reader.open("/inisiatif/1")
    step = reader.page.get_by_role("link", name=reader.said("Express interest"))
    await expect(step).to_be_in_viewport(ratio=1)
    await reader.page.evaluate("() => scrollTo(0, 1500)")
    await expect(step).to_be_in_viewport(ratio=1)


async def test_the_address_is_handed_on(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    page = reader.page
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await reader.open("/kapabilitas/1?ok=saved")
    await page.get_by_role("button", name="Copy the link").click()
    await expect(page.get_by_text("Link copied")).to_be_visible()
    assert (await page.evaluate("() => navigator.clipboard.readText()")).endswith("/kapabilitas/1")
    without = await open_reader("en", script=False)
    await without.open("/kapabilitas/1")
    await expect(without.page.get_by_role("button", name="Copy the link")).to_be_hidden()
