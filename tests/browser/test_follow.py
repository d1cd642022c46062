"""Two browsers at the terms and the decisions of one conversation: what one does the other sees, and loses nothing."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenReader
from tests.browser.reader import Reader

Two = tuple[Reader, Reader]


@pytest.fixture
async def two(open_reader: OpenReader) -> AsyncIterator[Two]:
    """The officer, and the academic whom they talk with."""
    readers = (await open_reader("en", "officer"), await open_reader("en", "academic", width=360))
    yield readers
    for reader in readers:
        await reader.page.context.close()


async def propose_version(reader: Reader, costs: str) -> int:
    """Its number."""
    await reader.open("/percakapan/1/rancangan/ubah")
    await reader.page.get_by_label("Who bears which cost").fill(costs)
    button = reader.page.get_by_role("button", name="Send version")
    number = int((await button.inner_text()).split()[-1])
    await button.click()
    await reader.page.wait_for_url("**/rancangan?ok=terms_proposed")
    return number


async def propose_decision(reader: Reader, title: str) -> str:
    """Its number."""
    await reader.open("/percakapan/1/keputusan")
    await reader.page.get_by_label("The decision in one line").fill(title)
    await reader.page.get_by_label("What exactly is decided").fill(f"{title}, as both of us have said.")
    await reader.page.get_by_role("button", name="Propose", exact=True).click()
    await reader.page.wait_for_url("**/keputusan?ok=decision_proposed")
    point = reader.page.get_by_role("article").filter(has_text=title)
    return (await point.locator(".decision-number").inner_text()).strip()


async def test_a_new_version_appears_and_so_does_its_acceptance(two: Two) -> None:
    officer, academic = two
    await academic.open("/percakapan/1/rancangan")
    await academic.page.evaluate("() => window.neverLeft = true")
    number = await propose_version(officer, "Each pays its own fuel.")
    page = academic.page
    await expect(page.get_by_role("heading", name=f"Version {number}", exact=True)).to_be_visible()
    await expect(page.locator("#b-costs")).to_contain_text("Each pays its own fuel.")
    await expect(page.locator("[data-follow]")).to_contain_text(f"has proposed version {number}.")
    await expect(page.locator("#giliran")).to_contain_text("It is your turn.")
    # Both have it open: the yes of one stands on the page of the other.
    await page.get_by_role("button", name=f"Accept version {number}").click()
    await expect(officer.page.locator(".signer-yes")).to_have_count(1)
    await officer.page.get_by_role("button", name=f"Accept version {number}").click()
    await page.wait_for_url("**/rancangan?ok=terms_accepted")
    await expect(page.get_by_role("main")).to_contain_text("Agreed by both sides")
    assert await officer.problems() + await academic.problems() == []


async def test_a_comment_that_is_being_typed_is_carried_over(two: Two) -> None:
    officer, academic = two
    await propose_version(officer, "The first of two ways to share it.")
    await academic.open("/percakapan/1/rancangan")
    page = academic.page
    comments = page.locator("#kata-scope")
    await comments.locator("summary").click()
    await comments.get_by_role("textbox").press_sequentially("Is the third well")
    number = await propose_version(officer, "The second of two ways to share it.")
    said = page.locator("[data-follow]")
    await expect(said).to_contain_text(f"has proposed version {number}.")
    # Nothing moves under the hands of somebody who types.
    await expect(page.locator("#b-costs")).to_contain_text("The first of two ways")
    await comments.get_by_role("textbox").press_sequentially(" part of it?")
    assert await academic.problems() == []
    await said.get_by_role("button", name="Show it").click()
    await expect(page.locator("#b-costs")).to_contain_text("The second of two ways")
    await expect(comments.get_by_role("textbox")).to_have_value("Is the third well part of it?")
    await comments.get_by_role("button", name="Send comment").click()
    await expect(comments).to_contain_text(f"on version {number}")
    # And the other side, where nobody types, has it without a press.
    await expect(officer.page.locator("#kata-scope")).to_contain_text("Is the third well part of it?")


async def test_who_writes_a_version_is_told_of_another(two: Two) -> None:
    officer, academic = two
    await academic.open("/percakapan/1/rancangan/ubah")
    page = academic.page
    await page.get_by_label("Who bears which cost").fill("We pay the boat, you pay the fuel.")
    number = await propose_version(officer, f"By halves, said in {page.url}.")
    said = page.locator("[data-follow]")
    await expect(said).to_contain_text(f"Version {number} has been proposed while you write.")
    await expect(page.get_by_label("Who bears which cost")).to_have_value("We pay the boat, you pay the fuel.")
    await said.get_by_role("link", name="Show it").click()
    await expect(page.locator("#b-costs")).to_contain_text("By halves")
    await academic.open("/percakapan/1/rancangan/ubah")
    await expect(page.get_by_label("Who bears which cost")).to_have_value("We pay the boat, you pay the fuel.")


async def test_a_decision_appears_and_is_turned_down_before_the_eyes_of_both(two: Two) -> None:
    officer, academic = two
    await academic.open("/percakapan/1/keputusan")
    page = academic.page
    # A proposal of one's own that is half written is not a part that changes.
    await page.get_by_label("The decision in one line").fill("Half a sentence")
    number = await propose_decision(officer, "The boat leaves on Mondays")
    point = page.locator(f"#n{number}")
    await expect(point).to_contain_text("The boat leaves on Mondays")
    await expect(page.locator("[data-follow]")).to_contain_text(f"has proposed decision {number}.")
    await expect(page.get_by_label("The decision in one line")).to_have_value("Half a sentence")
    await point.get_by_text("Turn it down", exact=False).first.click()
    await point.get_by_label("Why not").fill("On Mondays there is market.")
    assert await academic.problems() == []
    await point.get_by_role("button", name=f"Turn down decision {number}").click()
    await page.wait_for_url("**/keputusan?ok=decision_rejected")
    past = officer.page.locator("#lewat")
    await past.locator("summary").first.click()
    await expect(past).to_contain_text("On Mondays there is market.")
    await expect(officer.page.locator("#giliran")).to_contain_text("It is your turn.")
    assert await officer.problems() == []
