"""The main job from end to end, as those do it whose job it is: with script in Indonesian, without it in English."""

import re
import tomllib
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from matchmaker.actions.demo import PASSWORD
from matchmaker.i18n import in_language
from matchmaker.labels import label
from models.vocabulary import FirstStep, Pillar
from tests.browser.conftest import OpenReader
from tests.browser.reader import Reader

TEXTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text())


@pytest.mark.parametrize(("language", "script"), [("id", True), ("en", False)], ids=["with script", "without script"])
async def test_the_main_job(open_reader: OpenReader, language: str, script: bool) -> None:
    texts = TEXTS[language]
    officer, newcomer, office = [await open_reader(language, script=script) for _person in range(3)]
    company = "PT Panen Pesisir" if language == "id" else "CV Shore Harvest"

    await _sign_in(officer, "officer@demo.example")
    await _post_initiative(officer, texts)
    await _register(newcomer, f"founder.{language}@harvest.example")
    await _register_company(newcomer, company)
    await _sign_in(office, "office@demo.example")
    await _verify(office, company)
    await _publish_card(newcomer, texts)
    await _express_interest(newcomer, texts)

    await _accept(officer, texts)
    before = await _unread(newcomer)
    await _say(officer, texts["answer"])
    assert await _unread(newcomer) == before + 1
    await _read(newcomer, texts["title"], texts["answer"])
    assert await _unread(newcomer) == before
    before = await _unread(officer)
    await newcomer.page.go_back()
    await _say(newcomer, texts["reply"])
    assert await _unread(officer) == before + 1
    await _read(officer, texts["title"], texts["reply"])
    assert await _unread(officer) == before
    await _sign_out(officer)


async def _look(reader: Reader, path: str) -> None:
    """The reader has come to this page, and nothing is wrong with it."""
    await expect(reader.page).to_have_url(re.compile(path + r"($|[?#])"))
    assert await reader.problems() == []


def _main(page: Page) -> Locator:
    return page.get_by_role("main")


async def _press(reader: Reader, text: str) -> None:
    await _main(reader.page).get_by_role("button", name=reader.said(text), exact=True).click()


async def _follow(reader: Reader, text: str) -> None:
    await _main(reader.page).get_by_role("link", name=reader.said(text), exact=True).click()


async def _fill(reader: Reader, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        await reader.page.get_by_label(reader.said(name), exact=True).fill(text)


def _menu(reader: Reader) -> Locator:
    return reader.page.get_by_role("navigation", name=reader.said("Main"))


async def _sign_in(reader: Reader, email: str) -> None:
    await reader.open("/")
    await _menu(reader).get_by_role("link", name=reader.said("Sign in")).click()
    await _look(reader, "/masuk")
    await _fill(reader, {"E-mail address": email, "Password": PASSWORD})
    await _press(reader, "Sign in")
    if reader.language == "en":
        # The account speaks Indonesian; its owner looks at it in English today.
        await reader.page.get_by_role("banner").get_by_role("link", name="English").click()
    await _look(reader, "/")


async def _post_initiative(reader: Reader, texts: dict[str, str]) -> None:
    page = reader.page
    await _follow(reader, "Post an initiative")
    await _look(reader, "/inisiatif/baru")
    title = page.get_by_label(reader.said("Title"), exact=True)
    await _fill(reader, {"Title": texts["title"][:5], "Summary": texts["summary"]})
    await page.get_by_label(reader.said("Language of this text")).select_option(reader.language)
    await _press(reader, "Save and continue")
    message = reader.said("Write at least %(least)s characters; there are %(present)s.", least=10, present=5)
    await expect(title).to_have_accessible_description(re.compile(re.escape(message)))
    await _look(reader, "/inisiatif/baru")
    await page.get_by_role("alert").get_by_role("link", name=message).click()
    await expect(title).to_be_focused()
    await expect(title).to_have_value(texts["title"][:5])
    await expect(page.get_by_label(reader.said("Summary"), exact=True)).to_have_value(texts["summary"])
    await title.fill(texts["title"])
    await _press(reader, "Save and continue")
    await _write_the_other_groups(reader, texts)
    await _publish_with_a_gap(reader, texts)


async def _write_the_other_groups(reader: Reader, texts: dict[str, str]) -> None:
    page = reader.page
    await _look(reader, r"/inisiatif/\d+/ubah\?bagian=dicari")
    await _fill_need(reader, 1, texts["need"], "technology")
    await _press(reader, "Add a need")
    await _fill_need(reader, 2, texts["second_need"], "training")
    await _press(reader, "Save and continue")
    await _look(reader, r"/inisiatif/\d+/ubah\?bagian=bidang")
    with in_language(reader.language):
        pillar = label(Pillar, Pillar.economy)
    await page.get_by_role("radio", name=pillar).check()
    await _press(reader, "Save and continue")
    await _look(reader, r"/inisiatif/\d+/ubah\?bagian=penanggung-jawab")
    await _fill(
        reader,
        {
            "Responsible office (OPD)": "Dinas Kelautan dan Perikanan",
            "Role of the contact (PPKSD)": "Kepala Bidang Budidaya",
            "Mailbox of the contact": "budidaya@sumbatimur.example",
            "Backup mailbox": "sekretariat@sumbatimur.example",
        },
    )
    for group in ("dana-waktu", "ukuran", "periksa"):
        await _press(reader, "Save and continue")
        await _look(reader, rf"/inisiatif/\d+/ubah\?bagian={group}")


async def _publish_with_a_gap(reader: Reader, texts: dict[str, str]) -> None:
    """The problem was left out: publishing says so, and leads to its field in another group."""
    page = reader.page
    await expect(_main(page).get_by_text(texts["second_need"])).to_be_visible()
    await _press(reader, "Publish")
    await _look(reader, r"/inisiatif/\d+/terbitkan")
    problem = page.get_by_label(reader.said("The problem, and who is affected"), exact=True)
    await page.get_by_role("alert").get_by_role("link").click()
    await expect(problem).to_be_focused()
    await expect(problem).to_have_accessible_description(re.compile(re.escape(reader.said("This is needed."))))
    await _look(reader, r"/inisiatif/\d+/ubah\?bagian=kebutuhan&kurang=1")
    await problem.fill(texts["problem"])
    await _press(reader, "Save and continue")
    await _look(reader, r"/inisiatif/\d+/ubah\?bagian=dicari")
    check = page.get_by_role("navigation", name=reader.said("Edit the initiative")).get_by_role("link").last
    await check.click()
    await _look(reader, r"/inisiatif/\d+/ubah\?bagian=periksa")
    await _press(reader, "Publish")

    await _look(reader, r"/inisiatif/\d+/saran")
    await expect(page.get_by_role("heading", level=1)).to_have_text(reader.said("Suggested partners"))
    first = _main(page).get_by_role("article").first
    await expect(first).to_contain_text(reader.said("Words in common, by share of the score"))
    await first.get_by_text(reader.said("See what matches and what is missing")).click()
    await expect(first.get_by_text(reader.said("Missing or not known"))).to_be_visible()


def _need(reader: Reader, number: int) -> Locator:
    return reader.page.get_by_role("group", name=reader.said("Need %(n)s", n=number))


async def _fill_need(reader: Reader, number: int, title: str, contribution: str) -> None:
    need = _need(reader, number)
    await need.get_by_label(reader.said("What is needed")).fill(title)
    await need.get_by_label(reader.said("Kind of contribution")).select_option(contribution)


async def _register(reader: Reader, email: str) -> None:
    await reader.open("/")
    await _menu(reader).get_by_role("link", name=reader.said("Register")).click()
    await _look(reader, "/daftar")
    await _fill(
        reader, {"Your name": "Pendiri Baru", "E-mail address": email, "Password": "sebuah kata sandi yang panjang"}
    )
    await _press(reader, "Register")
    await _look(reader, "/organisasi")


async def _register_company(reader: Reader, name: str) -> None:
    await _follow(reader, "A company")
    await _look(reader, "/organisasi/baru")
    await _fill(reader, {"Name": name})
    await reader.page.get_by_label(reader.said("Legal form"), exact=True).select_option("company")
    await _press(reader, "Register")
    await _look(reader, r"/organisasi/\d+")
    await expect(_main(reader.page).get_by_text(reader.said("Not yet verified"))).to_be_visible()


async def _verify(reader: Reader, name: str) -> None:
    await reader.page.get_by_text("Pengelola Contoh").first.click()
    await _menu(reader).get_by_role("link", name=reader.said("Programme office")).click()
    await _look(reader, "/pengelola")
    await _press(reader, reader.said("Verify") + f" {name}")
    await _look(reader, "/pengelola")
    await expect(_main(reader.page).get_by_text(name)).to_have_count(0)


async def _publish_card(reader: Reader, texts: dict[str, str]) -> None:
    page = reader.page
    await page.reload()
    await expect(_main(page).get_by_text(reader.said("Not yet verified"))).to_have_count(0)
    await _main(page).get_by_role("link", name=reader.said("Register a capability")).first.click()
    await _look(reader, "/kapabilitas/baru")
    fields = {"Title": texts["card"], "Summary": texts["card_summary"], "Description": texts["description"]}
    await _fill(reader, fields)
    await page.get_by_label(reader.said("Language of this text")).select_option(reader.language)
    await _press(reader, "Save and continue")
    await _look(reader, r"/kapabilitas/\d+/ubah\?bagian=manfaat")
    await _fill(reader, {"What a region gets": texts["gets"], "What you need from the region": texts["asks"]})
    await _press(reader, "Save and continue")
    await _look(reader, r"/kapabilitas/\d+/ubah\?bagian=bidang")
    with in_language(reader.language):
        pillar = label(Pillar, Pillar.economy)
    await page.get_by_role("checkbox", name=pillar).check()
    for group in ("bukti", "jangkauan", "periksa"):
        await _press(reader, "Save and continue")
        await _look(reader, rf"/kapabilitas/\d+/ubah\?bagian={group}")
    await _press(reader, "Publish")
    await _look(reader, r"/kapabilitas/\d+/saran")


async def _express_interest(reader: Reader, texts: dict[str, str]) -> None:
    page = reader.page
    suggestion = page.get_by_role("article").filter(has=page.get_by_role("heading", name=texts["title"]))
    await expect(suggestion).to_contain_text(reader.said("Words in common, by share of the score"))
    await suggestion.get_by_role("link", name=reader.said("Express interest")).click()
    await _look(reader, "/minat/baru")
    await _fill(reader, {"Your message": texts["interest"]})
    with in_language(reader.language):
        step = label(FirstStep, FirstStep.visit)
    await page.get_by_role("radio", name=step).check()
    await _press(reader, "Send")
    await _look(reader, r"/minat/\d+")


async def _accept(reader: Reader, texts: dict[str, str]) -> None:
    await _menu(reader).get_by_role("link", name=reader.said("Interests")).click()
    await _look(reader, "/minat")
    await _main(reader.page).get_by_role("link", name=texts["title"]).click()
    await expect(_main(reader.page).get_by_text(texts["interest"])).to_be_visible()
    await _look(reader, r"/minat/\d+")
    await _press(reader, "Accept and begin to talk")
    await _look(reader, r"/percakapan/\d+")
    await expect(_main(reader.page).locator(".message")).to_contain_text(texts["interest"])


async def _say(reader: Reader, text: str) -> None:
    """In the conversation that is open; writing there again shows the words at the end."""
    page = reader.page
    await _fill(reader, {"Your message": text})
    await _press(reader, "Send")
    await expect(_main(page).locator(".message").last).to_contain_text(_last_line(text))
    await expect(page.get_by_label(reader.said("Your message"))).to_have_value("")
    await _look(reader, r"/percakapan/\d+")


def _last_line(text: str) -> str:
    return text.rpartition("\n")[2]


async def _unread(reader: Reader) -> int:
    """As the menu says on a page that the reader opens now."""
    await reader.open("/saran")
    link = _menu(reader).get_by_role("link", name=re.compile("^" + reader.said("Conversations")))
    number = re.search(r"\d+", await link.inner_text())
    return int(number[0]) if number else 0


async def _read(reader: Reader, about: str, text: str) -> None:
    await _menu(reader).get_by_role("link", name=re.compile("^" + reader.said("Conversations"))).click()
    await _look(reader, "/percakapan")
    entry = _main(reader.page).get_by_role("listitem").filter(has_text=about)
    await expect(entry).to_contain_text("1")
    await entry.get_by_role("link").click()
    await expect(_main(reader.page).locator(".message").last).to_contain_text(_last_line(text))
    await _look(reader, r"/percakapan/\d+")


async def _sign_out(reader: Reader) -> None:
    await reader.page.get_by_text("Petugas Contoh Sumba Timur").first.click()
    await reader.page.get_by_role("button", name=reader.said("Sign out")).click()
    await _look(reader, "/")
    await expect(_menu(reader).get_by_role("link", name=reader.said("Sign in"))).to_be_visible()
    await reader.open("/percakapan")
    await _look(reader, "/masuk")
