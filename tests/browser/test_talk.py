"""Two browsers in one conversation: what one says the other sees, whatever happens to line, page or session."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, Route, expect

from matchmaker.actions.demo import PASSWORD
from tests.browser.conftest import OpenReader
from tests.browser.reader import Reader

Two = tuple[Reader, Reader]


@pytest.fixture
async def two(open_reader: OpenReader) -> AsyncIterator[Two]:
    """The officer, and the academic whom they talk with, both with the conversation open."""
    readers = (await open_reader("en", "officer"), await open_reader("en", "academic", width=360))
    for reader in readers:
        await opened(reader)
    yield readers
    # A page that stays open goes on reading what is said.
    for reader in readers:
        await reader.page.context.close()


async def opened(reader: Reader) -> None:
    await reader.open("/percakapan/1")


def said(page: Page, text: str) -> Locator:
    return page.locator(".message-body", has_text=text)


async def say(page: Page, text: str) -> None:
    await page.locator("#f-body").fill(text)
    await page.get_by_role("button", name="Send", exact=True).click()


async def settled(page: Page) -> None:
    await expect(page.locator(".message-pending")).to_have_count(0)


async def once(text: str, *readers: Reader) -> None:
    """On every page, and in the database behind it."""
    for reader in readers:
        await expect(said(reader.page, text)).to_have_count(1)
        await settled(reader.page)
        await opened(reader)
        await expect(said(reader.page, text)).to_have_count(1)


async def test_a_message_appears_on_the_other_side_and_is_read(two: Two) -> None:
    officer, academic = two
    await academic.page.locator("#f-body").fill("half a sentence")
    await say(officer.page, "The boat leaves at nine.")
    await expect(said(academic.page, "The boat leaves at nine.")).to_be_visible()
    # Whoever was writing goes on writing.
    await expect(academic.page.locator("#f-body")).to_have_value("half a sentence")
    await expect(academic.page.locator("[data-said]")).to_contain_text("New message from")
    await expect(officer.page.locator(".message").last).to_contain_text("Read by")
    await expect(academic.page.locator("#giliran")).to_contain_text("It is your turn.")
    await once("The boat leaves at nine.", officer, academic)


async def test_the_unread_count_follows_on_any_page(two: Two) -> None:
    officer, academic = two
    await academic.open("/inisiatif")
    # The button of the menu counts notices too; this one is of conversations alone.
    count = academic.page.locator(".nav-link[href='/percakapan'] .count-dot")
    before = sum(int(text.split()[0]) for text in await count.all_text_contents())
    await say(officer.page, "Are you there?")
    await settled(officer.page)
    await expect(count).to_contain_text(f"{before + 1} ")
    await opened(academic)
    await expect(count).to_have_text([f"{before} unread"] if before else [])


async def test_a_lost_line_keeps_what_is_sent_and_catches_up(two: Two) -> None:
    officer, academic = two
    for reader in two:
        await reader.page.context.set_offline(True)
    await say(officer.page, "Written on the ferry, one.")
    await say(officer.page, "Written on the ferry, two.")
    await expect(officer.page.locator(".message-stuck").first).to_contain_text("Not sent yet")
    for reader in two:
        await reader.page.context.set_offline(False)
    for text in ("Written on the ferry, one.", "Written on the ferry, two."):
        await once(text, officer, academic)
    texts = await academic.page.locator(".message-body").all_inner_texts()
    assert texts[-2:] == ["Written on the ferry, one.", "Written on the ferry, two."]


async def test_what_is_unsent_survives_a_reload(two: Two) -> None:
    officer, academic = two
    # The server does not answer; the page can still be loaded.
    await officer.page.route("**/percakapan/1", _refuse_posts)
    await say(officer.page, "Before the reload.")
    await expect(officer.page.locator(".message-stuck")).to_contain_text("Not sent yet")
    await opened(officer)
    await expect(officer.page.locator(".message-pending")).to_contain_text("Before the reload.")
    await officer.page.unroute("**/percakapan/1")
    await opened(officer)
    await once("Before the reload.", officer, academic)


async def _refuse_posts(route: Route) -> None:
    await (route.abort() if route.request.method == "POST" else route.continue_())


async def test_an_answer_that_was_lost_makes_no_second_message(two: Two) -> None:
    officer, academic = two

    lost = []

    async def lose_the_answer(route: Route) -> None:
        if lost or route.request.method != "POST":
            await route.continue_()
            return
        lost.append(await route.fetch(max_redirects=0))
        await route.abort()

    await officer.page.route("**/percakapan/1", lose_the_answer)
    await say(officer.page, "The answer to this was lost.")
    await once("The answer to this was lost.", officer, academic)


async def test_what_is_unsent_survives_a_lost_session(two: Two) -> None:
    officer, academic = two
    context = officer.page.context
    cookies = await context.cookies()
    await context.clear_cookies(name="session")
    await say(officer.page, "After my session ended.")
    stuck = officer.page.locator(".message-stuck")
    await expect(stuck).to_contain_text("you have been signed out")
    await stuck.get_by_role("link", name="Sign in").click()
    await officer.page.wait_for_url("**/masuk?lanjut=%2Fpercakapan%2F1")
    # As after the password, without its cost.
    await context.add_cookies(cookies)  # type: ignore[arg-type]
    await opened(officer)
    await once("After my session ended.", officer, academic)


async def test_what_is_unsent_never_goes_out_under_another_account(two: Two) -> None:
    """The officer's line and session break; at the same machine somebody of the other side signs in."""
    officer, academic = two
    context, text = officer.page.context, "For the officer to send, and nobody else."
    await officer.page.route("**/percakapan/1", _refuse_posts)
    await say(officer.page, text)
    await expect(officer.page.locator(".message-stuck")).to_contain_text("Not sent yet")
    await _sign_in(await context.new_page(), "academic")
    theirs = await context.pages[1].locator("body").get_attribute("data-account") or ""
    await officer.page.unroute("**/percakapan/1")
    for page in context.pages:
        await page.evaluate("() => window.dispatchEvent(new Event('online'))")
        # What was the officer's page is the other's by now, and shows nothing of what waits.
        await expect(page.locator("body")).to_have_attribute("data-account", theirs)
        await expect(page.locator("#f-body")).not_to_have_value(text)
        await settled(page)
    await opened(academic)
    await expect(said(academic.page, text)).to_have_count(0)
    # Back in their own name, it goes out.
    await _sign_in(context.pages[1], "officer")
    await once(text, officer, academic)


async def _sign_in(page: Page, account: str) -> None:
    await page.context.clear_cookies(name="session")
    await page.goto("/masuk?lanjut=/percakapan/1&lang=en")
    await page.get_by_label("E-mail address").fill(f"{account}@demo.example")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/percakapan/1*")


async def test_a_note_stays_on_its_own_side(two: Two) -> None:
    officer, academic = two
    await officer.page.locator("[name=kind][value=note]").check()
    await officer.page.locator("#f-body").fill("Our ceiling, for us alone.")
    await officer.page.get_by_role("button", name="Keep note").click()
    await expect(officer.page.locator(".message-note").last).to_contain_text("Internal note")
    await settled(officer.page)
    # The next one is for both again, and comes after it.
    await say(officer.page, "For both of us.")
    await expect(said(academic.page, "For both of us.")).to_be_visible()
    await expect(said(academic.page, "Our ceiling")).to_have_count(0)
    await opened(academic)
    await expect(said(academic.page, "Our ceiling")).to_have_count(0)


async def test_an_edit_reaches_the_open_page_of_the_other_side(two: Two) -> None:
    officer, academic = two
    await say(officer.page, "On Tuesday, I think.")
    await settled(officer.page)
    await expect(said(academic.page, "On Tuesday, I think.")).to_be_visible()
    message = officer.page.locator(".message").last
    await message.hover()
    await message.get_by_role("link", name="Edit").click()
    await officer.page.locator("#f-body").fill("On Wednesday, I am sure.")
    await officer.page.get_by_role("button", name="Save", exact=True).click()
    await expect(academic.page.locator(".message").last).to_contain_text("On Wednesday, I am sure.")
    await academic.page.locator(".message-past summary").last.click()
    await expect(academic.page.locator(".message-past").last).to_contain_text("On Tuesday, I think.")


async def test_an_at_calls_a_member(two: Two) -> None:
    officer, academic = two
    text = officer.page.locator("#f-body")
    await text.press_sequentially("Could you look, @Dos")
    await officer.page.get_by_role("option").first.wait_for()
    await text.press("Enter")
    await text.press_sequentially("please?")
    name = (await officer.page.locator("[data-picked]").locator("xpath=..").get_attribute("data-name")) or ""
    await expect(text).to_have_value(f"Could you look, @{name} please?")
    await officer.page.get_by_role("button", name="Send", exact=True).click()
    await expect(academic.page.locator(".message").last.locator(".mention")).to_have_text(f"@{name}")
    assert [p for p in await officer.problems() if "axe" in p] == []


async def test_a_draft_saves_itself(two: Two) -> None:
    officer, _academic = two
    await officer.page.locator("#f-body").fill("Perhaps we should")
    await expect(officer.page.locator("[data-state]")).to_have_text("Draft saved")
    await officer.page.evaluate("() => localStorage.clear()")
    await opened(officer)
    await expect(officer.page.locator("#f-body")).to_have_value("Perhaps we should")
    await officer.page.locator("#f-body").fill("")
    await expect(officer.page.locator("[data-state]")).to_have_text("Draft saved")
    await officer.open("/percakapan")
    await expect(officer.page.get_by_role("main")).not_to_contain_text("Draft")


async def test_without_script_it_is_a_form_and_a_page(open_reader: OpenReader) -> None:
    reader = await open_reader("en", "officer", script=False)
    await reader.open("/percakapan/1")
    await say(reader.page, "Sent by a form.")
    await expect(said(reader.page, "Sent by a form.")).to_have_count(1)
    await reader.page.locator("#f-body").fill("Kept as a draft.")
    await reader.page.get_by_role("button", name="Save draft").click()
    await expect(reader.page.get_by_role("status").first).to_contain_text("Your draft is saved")
    await expect(reader.page.locator("#f-body")).to_have_value("Kept as a draft.")
    await reader.page.locator("#f-body").fill("")
    await reader.page.get_by_role("button", name="Save draft").click()
