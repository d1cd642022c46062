"""The map in a window: fetched where there is room for it, pointed at, walked by arrow keys, narrowed on the spot."""

import re

from playwright.async_api import expect

from tests.browser.conftest import OpenReader


async def test_it_comes_by_itself_and_is_one_tab_stop(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    await reader.open("/")
    dots = reader.page.locator("[data-map] a")
    await expect(dots).to_have_count(514)
    stop = reader.page.locator("[data-map] a[tabindex='0']")
    await expect(stop).to_have_count(1)
    await stop.focus()
    first = await stop.get_attribute("href")
    await reader.page.keyboard.press("ArrowRight")
    await expect(stop).to_have_count(1)
    await expect(stop).to_be_focused()
    assert await stop.get_attribute("href") != first
    said = reader.page.locator("[data-map-said]")
    await expect(said).to_have_text(await stop.locator("title").text_content() or "")
    await reader.page.keyboard.press("ArrowLeft")
    await reader.page.keyboard.press("Enter")
    await expect(reader.page).to_have_url(re.compile("/daerah/"))
    assert await reader.problems() == []


async def test_the_nearest_dot_is_meant(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    await reader.open("/daerah/peta")
    dot = reader.page.locator("[data-map] a[href='/daerah/53.14']")
    await dot.scroll_into_view_if_needed()
    box = await dot.bounding_box()
    assert box
    # A little off: the dot itself is smaller than a fingertip.
    x, y = box["x"] + box["width"] / 2 + 8, box["y"] + box["height"] / 2 + 5
    await reader.page.mouse.move(x, y)
    await expect(reader.page.locator("[data-map-said]")).to_contain_text("Kabupaten Rote Ndao")
    await reader.page.mouse.click(x, y)
    await expect(reader.page.get_by_role("heading", level=1)).to_have_text("Kabupaten Rote Ndao")


async def test_a_choice_changes_map_and_list_and_address(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    await reader.open("/daerah/peta")
    await reader.page.get_by_label(reader.said("Province"), exact=True).select_option("53")
    await expect(reader.page.locator("[data-map] a")).to_have_count(22)
    await expect(reader.page.locator("#peta-daftar .place")).to_have_count(22)
    await expect(reader.page).to_have_url(re.compile("provinsi=53"))
    await expect(reader.page.get_by_role("heading", level=1)).to_contain_text("Nusa Tenggara Timur")
    await expect(reader.page).to_have_title(re.compile("Nusa Tenggara Timur"))
    assert await reader.problems() == []


async def test_a_phone_has_tiles_and_never_fetches_the_dots(open_reader: OpenReader) -> None:
    reader = await open_reader("id", width=360)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    await reader.open("/")
    await reader.page.locator("#ubin").scroll_into_view_if_needed()
    tiles = reader.page.locator(".tile-link")
    await expect(tiles).to_have_count(38)
    assert not [url for url in asked if url.endswith("/daerah/peta")]
    sides = await tiles.evaluate_all("all => all.map(e => Math.min(e.offsetWidth, e.offsetHeight))")
    assert min(sides) >= 24
    assert await reader.problems() == []


async def test_without_script_the_map_has_a_page_and_no_stop_too_many(open_reader: OpenReader) -> None:
    reader = await open_reader("id", script=False)
    await reader.open("/daerah/peta")
    await expect(reader.page.locator("[data-map] a")).to_have_count(514)
    await expect(reader.page.locator("[data-map] a[tabindex='0']")).to_have_count(0)
    await reader.page.get_by_label(reader.said("Province"), exact=True).select_option("53")
    await reader.page.get_by_role("button", name=reader.said("Show")).click()
    await expect(reader.page.locator("[data-map] a")).to_have_count(22)
