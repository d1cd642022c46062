"""What script adds to writing a long form: drafts that save themselves, lists that are found by typing."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenReader
from tests.browser.reader import Reader


async def _state(reader: Reader, text: str) -> None:
    line = reader.page.locator("[data-save-state]")
    await expect(line).to_contain_text(reader.said(text).partition("{")[0].strip())


async def _new(reader: Reader, title: str) -> Page:
    """A draft that saved itself, on its first group."""
    await reader.open("/inisiatif/baru")
    await reader.page.get_by_label(reader.said("Title"), exact=True).fill(title)
    await _state(reader, "Saved at {time}")
    await expect(reader.page).to_have_url(re.compile(r"/inisiatif/\d+/ubah\?bagian=kebutuhan$"))
    return reader.page


async def test_a_draft_saves_itself(open_reader: OpenReader) -> None:
    reader = await open_reader("id", "officer")
    page = await _new(reader, "Perahu kecil yang aman di musim barat")
    summary = page.get_by_label(reader.said("Summary"), exact=True)
    await summary.fill("Nelayan kecil melaut tanpa kabar cuaca.")
    # On leaving the page at once it is saved first.
    await page.get_by_role("link", name=reader.said("What you seek")).click()
    await expect(page).to_have_url(re.compile("bagian=dicari$"))
    await page.get_by_label(reader.said("What is needed")).fill("Radio cuaca untuk perahu kecil")
    await page.get_by_label(reader.said("Kind of contribution")).select_option("technology")
    await _state(reader, "Saved at {time}")
    await page.reload()
    await expect(page.get_by_label(reader.said("What is needed"))).to_have_value("Radio cuaca untuk perahu kecil")
    await page.get_by_role("link", name=reader.said("Back"), exact=True).click()
    await expect(summary).to_have_value("Nelayan kecil melaut tanpa kabar cuaca.")
    assert await reader.problems() == []


async def test_what_cannot_be_saved_is_kept_in_the_page(open_reader: OpenReader) -> None:
    reader = await open_reader("en", "officer")
    page = await _new(reader, "A draft on a line that breaks")
    summary = page.get_by_label(reader.said("Summary"), exact=True)
    await page.context.set_offline(True)
    await summary.fill("Written without a connection.")
    await _state(reader, "No connection. What you write is kept on this page and saved once the connection is back.")
    await page.context.set_offline(False)
    await _state(reader, "Saved at {time}")
    await page.reload()
    await expect(summary).to_have_value("Written without a connection.")
    # And what was typed a moment before the page went is there again.
    await summary.fill("Typed a moment before.")
    await page.reload()
    await expect(summary).to_have_value("Typed a moment before.")
    await _state(reader, "Saved at {time}")
    reader.complaints.clear()


async def test_a_colleagues_change_is_told_and_nothing_lost(open_reader: OpenReader) -> None:
    one, other = [await open_reader("id", "officer") for _window in range(2)]
    page = await _new(one, "Satu draf di dua jendela")
    await other.open(page.url)
    await page.get_by_label(one.said("Summary"), exact=True).fill("Tulisan pertama.")
    await _state(one, "Saved at {time}")
    theirs = other.page.get_by_label(other.said("Summary"), exact=True)
    await theirs.fill("Tulisan kedua.")
    await _state(other, "Somebody else changed this. Nothing is overwritten: compare above and save again.")
    await expect(other.page.get_by_text("Tulisan pertama.")).to_be_visible()
    await expect(theirs).to_have_value("Tulisan kedua.")
    await other.page.get_by_role("button", name=other.said("Save and continue")).click()
    await expect(other.page).to_have_url(re.compile("bagian=dicari$"))
    await page.reload()
    await expect(page.get_by_label(one.said("Summary"), exact=True)).to_have_value("Tulisan kedua.")
    assert await other.problems() == []


async def test_provinces_are_found_by_typing(open_reader: OpenReader) -> None:
    reader = await open_reader("id", "company", width=360)
    await reader.open("/kapabilitas/baru")
    page = reader.page
    await page.get_by_label(reader.said("Title"), exact=True).fill("Penyedia di banyak provinsi")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("bagian=manfaat$"))
    await page.goto(page.url.replace("manfaat", "jangkauan"))
    field = page.get_by_role("combobox", name=reader.said("Add a province"))
    for typed, name in (("nusa timur", "Nusa Tenggara Timur"), ("bali", "Bali")):
        await field.fill(typed)
        await expect(page.get_by_role("option").first).to_contain_text(name)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name=reader.said("Remove {name}").format(name=name))).to_be_visible()
    assert await reader.problems() == []
    await page.get_by_role("button", name=reader.said("Remove {name}").format(name="Bali")).click()
    await _state(reader, "Saved at {time}")
    await page.reload()
    await expect(page.locator(".token")).to_have_text([re.compile("Nusa Tenggara Timur")])
    await field.press("ArrowDown")
    await expect(field).to_have_attribute("aria-expanded", "true")
    await field.press("Escape")
    await expect(field).to_have_attribute("aria-expanded", "false")


async def test_a_region_is_found_by_typing(open_reader: OpenReader) -> None:
    reader = await open_reader("en", "office")
    await reader.open("/organisasi/baru?jenis=region")
    page = reader.page
    field = page.get_by_role("combobox", name=reader.said("Region"))
    await field.fill("sumba tim")
    option = page.get_by_role("option", name="Kabupaten Sumba Timur")
    await expect(option).to_be_visible()
    await expect(field).to_have_attribute("aria-activedescendant", re.compile(".+"))
    assert await reader.problems() == []
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("Kabupaten Sumba Timur")
    await expect(page.locator("select[name=region_code]")).to_have_value("53.11")
    # What is no region does not stay as if it were one.
    await field.fill("nowhere at all")
    await page.keyboard.press("Tab")
    await expect(field).to_have_value("Kabupaten Sumba Timur")
