"""Without a mouse: where the focus goes, that it is seen, and what Enter, Space and Escape do."""

import re

from playwright.async_api import expect

from tests.browser.conftest import OpenReader
from tests.browser.reader import Reader

_FOCUS = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return {place: [...document.all].indexOf(e), what: e.outerHTML.slice(0, 99), shadow: style.boxShadow,
        outline: parseFloat(style.outlineWidth) || 0,
        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left >= 0};
}"""


async def _tab(reader: Reader) -> dict[str, object]:
    await reader.page.keyboard.press("Tab")
    focus: dict[str, object] = await reader.page.evaluate(_FOCUS)
    return focus


async def test_the_first_stop_leads_past_the_menu(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    await reader.open("/inisiatif")
    skip = reader.page.get_by_role("link", name=reader.said("Skip to the content"))
    await expect(skip).not_to_be_in_viewport()
    await reader.page.keyboard.press("Tab")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await reader.page.keyboard.press("Enter")
    await expect(reader.page.get_by_role("main")).to_be_focused()
    await _tab(reader)
    await expect(reader.page.get_by_label(reader.said("Words in the title or summary"))).to_be_focused()


async def test_every_stop_is_seen(open_reader: OpenReader) -> None:
    for language, account, path, dark in (("id", "", "/", False), ("en", "officer", "/inisiatif/baru", True)):
        reader = await open_reader(language, account, dark=dark)
        await reader.open(path)
        stops = []
        while (stop := await _tab(reader))["place"] not in {s["place"] for s in stops}:
            stops.append(stop)
            assert stop["seen"], stop
            assert stop["outline"] or stop["shadow"] != "none", stop
            assert len(stops) < 200
        assert len(stops) > 20


async def test_the_menu_on_a_phone(open_reader: OpenReader) -> None:
    for script in (True, False):
        reader = await open_reader("id", width=360, script=script)
        await reader.open("/")
        page = reader.page
        opener = page.get_by_role("button", name="Menu")
        link = page.get_by_role("link", name=reader.said("Initiatives"), exact=True)
        await expect(link).to_be_hidden()
        await opener.focus()
        await page.keyboard.press("Enter")
        await expect(link).to_be_visible()
        await page.keyboard.press("Tab")
        await expect(link).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(link).to_be_hidden()
        await expect(opener).to_be_focused()
        await page.keyboard.press("Space")
        await link.focus()
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(re.compile("/inisiatif$"))


async def test_the_account_menu(open_reader: OpenReader) -> None:
    reader = await open_reader("en", "officer")
    await reader.open("/")
    page = reader.page
    link = page.get_by_role("link", name=reader.said("My account"))
    await expect(link).to_be_hidden()
    await page.locator("summary").filter(has_text="Petugas Contoh").focus()
    await page.keyboard.press("Enter")
    await expect(link).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(link).to_be_hidden()
    await page.keyboard.press("Enter")
    await expect(link).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("group").get_by_role("link").first).to_be_focused()
    await link.focus()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/akun$"))


async def test_a_refused_form_is_mended_from_its_summary(open_reader: OpenReader) -> None:
    reader = await open_reader("id")
    await reader.open("/daftar")
    page = reader.page
    await page.get_by_label(reader.said("E-mail address")).fill("budi@")
    await page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    await expect(summary).to_be_focused()
    await expect(page).to_have_url(re.compile("/daftar$"))
    await expect(summary.get_by_role("link")).to_have_count(3)
    for _stop in range(2):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    email = page.get_by_label(reader.said("E-mail address"))
    await expect(email).to_be_focused()
    await expect(email).to_have_value("budi@")
    await expect(email).to_have_attribute("aria-invalid", "true")


async def test_rows_come_and_go_and_the_focus_with_them(open_reader: OpenReader) -> None:
    reader = await open_reader("id", "officer")
    page = reader.page
    await reader.open("/inisiatif/baru")
    await page.get_by_label(reader.said("Title"), exact=True).fill("Baris yang datang dan pergi")
    # Enter in a field is the first button of the form: on to the next group.
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("bagian=dicari$"))
    titles = page.get_by_label(reader.said("What is needed"))
    await page.get_by_role("button", name=reader.said("Add a need")).focus()
    await page.keyboard.press("Enter")
    await expect(titles).to_have_count(2)
    await expect(titles.last).to_be_focused()
    second = reader.said("Need %(n)s", n=2)
    await page.get_by_role("button", name=f"{reader.said('Remove')} {second}").focus()
    await page.keyboard.press("Enter")
    await expect(titles).to_have_count(1)
    await expect(titles).to_be_focused()
