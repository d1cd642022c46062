"""A lost line, a part of a page that fails to come, a session that ended meanwhile: said, with the way on."""

from playwright.async_api import Page, expect

from tests.browser.conftest import OpenReader
from tests.browser.reader import Reader

FLASH = "[data-flash]"
# As pages that swap a part of themselves have it.
_LINK = """path => {
    const link = document.createElement("a");
    link.href = path;
    link.id = "swaps";
    link.textContent = "swap";
    for (const [name, value] of [["get", path], ["select", "#main"], ["target", "#main"], ["swap", "outerHTML"]])
        link.setAttribute(`hx-${name}`, value);
    document.querySelector("#main").prepend(link);
    htmx.process(link);
}"""


async def test_a_lost_line_is_said_and_that_it_is_back(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    await reader.open("/bantuan")
    flash = reader.page.locator(FLASH)
    await expect(flash).to_be_empty()
    await reader.page.context.set_offline(True)
    await expect(flash).to_contain_text("You are offline")
    await reader.page.context.set_offline(False)
    await expect(flash).to_contain_text("The connection is back")
    await expect(flash).to_be_empty()


async def with_swap(reader: Reader, path: str) -> Page:
    await reader.open("/bantuan")
    await reader.page.wait_for_function("() => 'htmx' in window")
    await reader.page.evaluate(_LINK, path)
    return reader.page


async def test_what_failed_can_be_tried_again(open_reader: OpenReader) -> None:
    page = await with_swap(await open_reader("en"), "/inisiatif")
    await page.route("**/inisiatif", lambda route: route.abort())
    await page.locator("#swaps").click()
    await expect(page.locator(FLASH)).to_contain_text("That did not work")
    await page.unroute("**/inisiatif")
    await page.locator(FLASH).get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Initiatives")
    await expect(page.locator(FLASH)).to_be_empty()


async def test_an_ended_session_leads_to_the_sign_in_and_back(open_reader: OpenReader) -> None:
    page = await with_swap(await open_reader("en"), "/minat")
    await page.locator("#swaps").click()
    await page.wait_for_url("**/masuk?lanjut=%2Fbantuan")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
