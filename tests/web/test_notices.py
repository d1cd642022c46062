"""The list of notices and the choice of mail, as readers see them."""

from collections.abc import Callable

import pytest

from matchmaker.actions.conversations import send_message
from matchmaker.actions.notices import notify
from matchmaker.database import Database
from matchmaker.inputs.contact import MessageInput
from matchmaker.notice_texts import address
from models.vocabulary import MAIL_DEFAULTS, NoticeKind
from tests.pages import Page
from tests.visitor import Visitor
from tests.world import Person, Scene, World, viewer_of

Visit = Callable[..., Visitor]
LIST, CHOICE = "/pemberitahuan", "/akun/pemberitahuan"


async def reading(visit: Visit, person: Person, language: str = "en") -> Visitor:
    visitor = visit(language=language)
    await visitor.sign_in(person)
    return visitor


def count(page: Page) -> int:
    """What the masthead says is new."""
    bell = page.html.partition('class="nav-link nav-bell"')[2].partition("</a>")[0]
    shown = bell.partition('class="count-dot">')[2].partition("<")[0]
    return int(shown or 0)


async def say(database: Database, person: Person, conversation: int, body: str) -> None:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        await send_message(session, viewer, conversation, MessageInput(body=body))


async def test_what_has_happened_stands_under_what_it_is_about(visit: Visit, world: World, scene: Scene) -> None:
    page = await (await reading(visit, world.officer)).get(LIST)
    assert "PT Kompos Jaya would like to work with you" in page.main
    assert "with PT Kompos Jaya" in page.main
    assert "Composting the organic waste" in page.main
    assert {f"/minat/{scene.interest}", f"/minat/{scene.accepted}"} <= set(page.links)
    founder = await (await reading(visit, world.founder, "id")).get(LIST)
    assert "menerima pernyataan minat Anda" in founder.main
    assert f"/percakapan/{scene.conversation}" in founder.links
    assert "ingin bekerja sama" not in founder.main


async def test_nobody_elses_notices(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    await say(database, world.founder, scene.conversation, "May we come on Monday?")
    async with database.transaction() as session:
        told = {"account_id": world.colleague.account_id, "detail": "note", "conversation_id": scene.conversation}
        await notify(session, NoticeKind.mention, [world.officer.organisation_id], **told)
    colleague = await (await reading(visit, world.colleague)).get(LIST)
    assert "A colleague has mentioned you in an internal note." in colleague.main
    assert "PT Kompos Jaya has written to you." in colleague.main
    assert (
        "A colleague has mentioned you in an internal note."
        not in (await (await reading(visit, world.officer)).get(LIST)).main
    )
    for person in (world.stranger, world.newcomer, world.officer2, world.office):
        page = await (await reading(visit, person)).get(LIST)
        assert "Kompos" not in page.main
        assert count(page) == page.main.count("New ")


async def test_new_until_marked_up_to_what_was_shown(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    officer = await reading(visit, world.officer)
    page = await officer.get(LIST)
    assert count(page) == page.main.count("New ") > 0
    # While the officer reads, something else happens.
    async with database.transaction() as session:
        told = {"actor_id": world.founder.organisation_id, "conversation_id": scene.conversation}
        await notify(session, NoticeKind.terms, [world.officer.organisation_id], detail="new", **told)
    after = await officer.submit(f"{LIST}/dibaca", follow=True)
    assert "All notices are marked as read." in after.main
    assert (count(after), after.main.count("New ")) == (1, 1)
    await officer.submit(f"{LIST}/dibaca")
    page = await officer.get(LIST)
    assert count(page) == 0
    assert not page.has_form(f"{LIST}/dibaca")
    assert count(await (await reading(visit, world.colleague)).get(LIST)) > 0


async def test_who_reads_the_message_has_read_its_notice(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    officer = await reading(visit, world.officer)
    await officer.get(LIST)
    await officer.submit(f"{LIST}/dibaca")
    await say(database, world.founder, scene.conversation, "A secret that is not for lists")
    page = await officer.get(LIST)
    assert count(page) == 1
    assert "A secret" not in page.html
    assert f"/percakapan/{scene.conversation}#m" in "".join(page.links)
    assert count(await officer.get(f"/percakapan/{scene.conversation}")) == 0


async def test_a_long_list_goes_on(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    async with database.transaction() as session:
        for day in range(120):
            told = {"conversation_id": scene.conversation, "detail": str(day)}
            await notify(session, NoticeKind.reminder, [world.officer.organisation_id], **told)
    officer = await reading(visit, world.officer)
    page = await officer.get(LIST)
    assert '"count-dot">99+<' in page.html
    assert page.main.count("waited for") == 50
    following = next(link for link in page.links if "lanjut=" in link)
    assert "waited for 69 days" in (await officer.get(following)).main
    assert (await officer.get(f"{LIST}?lanjut=broken")).status == 400


async def test_every_notice_leads_somewhere(visit: Visit, world: World, scene: Scene) -> None:
    officer = await reading(visit, world.officer)
    region = world.officer.organisation_id
    for kind in NoticeKind:
        for pair in ((scene.interest, None), (None, scene.conversation), (None, None)):
            assert (await officer.get(address(kind, "route", region, *pair, 1))).status == 200, (kind, pair)


def test_an_agreement_has_a_page_of_its_own() -> None:
    assert address(NoticeKind.agreement, "30", 1, None, 7, 5) == "/kesepakatan/5"
    assert address(NoticeKind.agreement, "package", 1, None, 7, 5) == "/percakapan/7/jalur"


async def test_mail_is_chosen_by_kind(visit: Visit, world: World) -> None:
    officer = await reading(visit, world.officer)
    form = (await officer.get(CHOICE)).form(CHOICE)
    assert {kind: form[kind] for kind in NoticeKind} == MAIL_DEFAULTS
    for timing in ("off", "daily", "immediate"):
        page = await officer.submit(CHOICE, {"message": timing, "file": "off"}, follow=True)
        assert "Saved." in page.main
        assert (page.form(CHOICE)["message"], page.form(CHOICE)["file"]) == (timing, "off")
    assert page.form(CHOICE)["terms"] == MAIL_DEFAULTS[NoticeKind.terms]
    colleague = await reading(visit, world.colleague)
    assert (await colleague.get(CHOICE)).form(CHOICE)["file"] == MAIL_DEFAULTS[NoticeKind.file]


@pytest.mark.parametrize("given", ["hourly", "x" * 500])
async def test_a_timing_that_is_none_is_refused_at_its_field(visit: Visit, world: World, given: str) -> None:
    officer = await reading(visit, world.officer)
    await officer.get(CHOICE)
    page = await officer.submit(CHOICE, {"message": given, "terms": "off"})
    assert (page.status, list(page.errors)) == (422, ["message"])
    assert page.form(CHOICE)["terms"] == "off"
    assert (await officer.get(CHOICE)).form(CHOICE)["terms"] == MAIL_DEFAULTS[NoticeKind.terms]
