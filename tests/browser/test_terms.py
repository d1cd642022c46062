"""The term sheet and a decision by keyboard alone, from one side to the other."""

import re

from playwright.async_api import expect

from tests.browser.conftest import OpenReader
from tests.browser.test_keyboard_job import Hands

COSTS = "Each side pays for its own people and its own boats."


async def test_a_version_is_written_compared_and_accepted(open_reader: OpenReader) -> None:
    company, officer = await open_reader("en", "company2"), await open_reader("en", "officer2")
    await company.open("/percakapan")
    first = company.page.get_by_role("main").locator(".task").first.get_by_role("link").last
    await first.click()
    await company.page.wait_for_url(re.compile(r"/percakapan/\d+$"))
    talk = company.page.url
    hands, page = Hands(company), company.page
    await hands.press("link", "Terms")
    await page.wait_for_url(re.compile("/rancangan$"))
    await hands.press("link", "Write the first version")
    await page.wait_for_url(re.compile("/ubah$"))
    # What the initiative and the card say stands there already.
    await expect(page.get_by_label("Object of the cooperation")).not_to_be_empty()
    await hands.write("Duration in months", "72")
    await hands.press("button", "Send version 1")
    await expect(page.get_by_role("alert")).to_contain_text("60")
    await hands.write("Duration in months", "6")
    await hands.press("button", "Send version 1")
    await page.wait_for_url(re.compile("/rancangan[?]ok="))
    await expect(page.get_by_role("main")).to_contain_text("6 months")
    assert await company.problems() == []

    await officer.open(f"{talk}/rancangan/ubah")
    hands, page = Hands(officer), officer.page
    await hands.write("Who bears which cost", COSTS)
    # Unsent text outlives the page.
    await page.reload()
    await expect(page.get_by_label("Who bears which cost")).to_have_value(COSTS)
    await hands.press("button", "Send version 2")
    await page.wait_for_url(re.compile("/rancangan[?]ok="))
    await hands.press("link", "What changed since version 1")
    await page.wait_for_url(re.compile("/banding"))
    await expect(page.locator("ins").last).to_contain_text("Each side pays")
    await officer.open(f"{talk}/rancangan")
    await hands.press("button", "Accept version 2")
    await expect(page.get_by_role("main")).to_contain_text("You have accepted this version.")

    await company.open(f"{talk}/rancangan")
    hands, page = Hands(company), company.page
    await hands.press("button", "Accept version 2")
    await expect(page.get_by_role("main")).to_contain_text("Agreed by both sides")
    assert await officer.problems() + await company.problems() == []


async def test_a_decision_is_proposed_and_confirmed(open_reader: OpenReader) -> None:
    officer, academic = await open_reader("en", "officer"), await open_reader("en", "academic")
    await academic.open("/percakapan")
    first = academic.page.get_by_role("main").locator(".task").first.get_by_role("link").last
    await first.click()
    await academic.page.wait_for_url(re.compile(r"/percakapan/\d+$"))
    talk = academic.page.url
    await academic.open(f"{talk}/keputusan")
    hands, page = Hands(academic), academic.page
    await hands.write("The decision in one line", "Wells are numbered")
    await hands.write("What exactly is decided", "Every well gets a number that is painted on its rim.")
    await hands.press("button", "Propose")
    await page.wait_for_url(re.compile("ok=decision_proposed"))
    point = page.get_by_role("article").filter(has_text="Wells are numbered")
    number = (await point.locator(".decision-number").inner_text()).strip()

    await officer.open(f"{talk}/keputusan")
    hands, page = Hands(officer), officer.page
    await hands.press("button", f"Confirm decision {number}")
    await page.wait_for_url(re.compile("ok=decision_confirmed"))
    point = page.get_by_role("article").filter(has_text="Wells are numbered")
    await expect(point).to_contain_text("Final")
    assert await officer.problems() + await academic.problems() == []
