"""The main job by keyboard alone: Tab, Enter, Space and arrows lead an officer from a need to a message."""

import re
import tomllib
from pathlib import Path
from typing import Literal

from playwright.async_api import Locator, expect

from matchmaker.actions.demo import PASSWORD
from matchmaker.i18n import in_language
from matchmaker.labels import label
from models.vocabulary import Contribution, FirstStep, Pillar
from tests.browser.conftest import OpenReader
from tests.browser.reader import Reader

# A title of its own: the other main job looks for its post by its name, perhaps at the same server.
TITLE = {"title": "Dry seaweed in any weather"}
TEXTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text())["en"] | TITLE
FAR = 150


class Hands:
    """On the keyboard, never on the mouse."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.page, self.keys = reader, reader.page, reader.page.keyboard

    async def to(self, place: Locator) -> None:
        """Tabs there; a way that is too long is none."""
        for _stop in range(FAR):
            if await place.evaluate("e => e === document.activeElement"):
                return
            await self.keys.press("Tab")
        raise AssertionError(f"no way by Tab to {place}")

    async def write(self, name: str, text: str) -> None:
        await self.to(self.page.get_by_label(self.reader.said(name), exact=True))
        await self.keys.press("Control+a")
        await self.keys.insert_text(text)

    async def press(self, role: Literal["link", "button"], name: str) -> None:
        await self.to(self.page.get_by_role("main").get_by_role(role, name=name, exact=True).first)
        await self.keys.press("Enter")

    async def choose(self, radio: Locator) -> None:
        """Of radio buttons Tab reaches one, and arrows lead on."""
        group = self.page.locator(f"input[name={await radio.get_attribute('name')}]")
        for _stop in range(FAR):
            if await group.evaluate_all("all => all.includes(document.activeElement)"):
                break
            await self.keys.press("Tab")
        for _step in range(await group.count()):
            if await radio.is_checked():
                return
            await self.keys.press("ArrowDown")
        # Of a group in which nothing is chosen, the first is reached, but not chosen yet.
        await self.keys.press("Space")
        await expect(radio).to_be_checked()


async def test_from_a_need_to_a_message(open_reader: OpenReader) -> None:
    reader = await open_reader("en")
    hands, page = Hands(reader), reader.page
    await reader.open("/masuk")
    await hands.write("E-mail address", "officer2@demo.example")
    await hands.write("Password", PASSWORD)
    await hands.keys.press("Enter")
    await page.wait_for_url(re.compile("/$"))
    await page.context.add_cookies([{"name": "lang", "value": "en", "url": page.url}])
    await page.reload()

    await hands.press("link", "Post an initiative")
    await _write_the_initiative(hands)
    await hands.press("button", "Publish")
    await page.wait_for_url(re.compile(r"/inisiatif/\d+/saran"))

    first = page.get_by_role("article").first
    await hands.to(first.locator("summary").first)
    await hands.keys.press("Enter")
    await expect(first.locator("details").first).to_have_attribute("open", "")
    await hands.to(first.get_by_role("link", name="Express interest"))
    await hands.keys.press("Enter")
    await hands.write("Your message", TEXTS["interest"])
    with in_language("en"):
        await hands.choose(page.get_by_role("radio", name=label(FirstStep, FirstStep.visit)))
    await hands.press("button", "Send")
    await page.wait_for_url(re.compile(r"/minat/\d+"))
    await expect(page.get_by_role("main").get_by_text(TEXTS["interest"])).to_be_visible()
    assert await reader.problems() == []


async def _write_the_initiative(hands: Hands) -> None:
    page = hands.page
    await page.wait_for_url(re.compile("/inisiatif/baru"))
    for name, key in (
        ("Title", "title"),
        ("Summary", "summary"),
        ("The problem, and who is affected", "problem"),
    ):
        await hands.write(name, TEXTS[key])
    await hands.press("button", "Save and continue")
    await page.wait_for_url(re.compile("bagian=dicari"))
    await hands.write("What is needed", TEXTS["need"])
    with in_language("en"):
        kind, pillar = label(Contribution, Contribution.technology), label(Pillar, Pillar.economy)
    await hands.to(page.get_by_label("Kind of contribution"))
    await hands.keys.type(kind)
    await hands.press("button", "Save and continue")
    await page.wait_for_url(re.compile("bagian=bidang"))
    await hands.choose(page.get_by_role("radio", name=pillar))
    await hands.press("button", "Save and continue")
    await page.wait_for_url(re.compile("bagian=penanggung-jawab"))
    for name, text in (
        ("Responsible office (OPD)", "Dinas Perikanan"),
        ("Role of the contact (PPKSD)", "Head of the division of aquaculture"),
        ("Mailbox of the contact", "aquaculture@region.example"),
        ("Backup mailbox", "office@region.example"),
    ):
        await hands.write(name, text)
    for group in ("dana-waktu", "ukuran", "periksa"):
        await hands.press("button", "Save and continue")
        await page.wait_for_url(re.compile(f"bagian={group}"))


async def test_answering_an_interest_and_a_message(open_reader: OpenReader) -> None:
    reader = await open_reader("en", "academic")
    hands, page = Hands(reader), reader.page
    await reader.open("/percakapan")
    await hands.to(page.get_by_role("main").locator(".task").first.get_by_role("link").last)
    await hands.keys.press("Enter")
    await page.wait_for_url(re.compile(r"/percakapan/\d+"))
    await hands.write("Your message", "We come by the morning boat.")
    await hands.press("button", "Send")
    await expect(page.locator(".message").last).to_contain_text("We come by the morning boat.")
    assert await reader.problems() == []
