"""Notices by mail: as each has chosen, once, in their language, and never what was written."""

import email
import email.policy
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from matchmaker import access
from matchmaker.actions.conversations import mark_read, send_message
from matchmaker.actions.notices import choose_mail, mark_notices_read, notify
from matchmaker.database import Database
from matchmaker.inputs.contact import MessageInput
from matchmaker.inputs.notices import MailChoices
from matchmaker.jobs.notices import mail_digests, mail_notice
from matchmaker.jobs.queue import Work
from matchmaker.settings import Settings
from models import Account
from models.vocabulary import NoticeKind
from tests.databases import settings_for
from tests.jobs.waiting import do_jobs, waiting_jobs
from tests.world import Person, Scene, World, express_interest, publish_card, viewer_of

SECRET_WORDS = "The price is forty million"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"outbox_dir": str(tmp_path / "outbox"), "base_url": "https://mitra.example"}
    return settings_for("sqlite+aiosqlite:///unused.db", **given)


def letters(settings: Settings) -> list[Path]:
    return list(Path(settings.outbox_dir).glob("*.eml"))


async def sent(database: Database, settings: Settings, *, morning: bool = False) -> dict[str, EmailMessage]:
    """What waits is done; the mails since the last time, by recipient."""
    before = set(letters(settings))
    await do_jobs(database, settings, "mail_notice")
    if morning:
        await mail_digests(Work(settings, database))
    await do_jobs(database, settings, "mail_digest")
    await do_jobs(database, settings, "send_mail")
    found = {}
    for path in set(letters(settings)) - before:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        assert message["To"] not in found, "one mail each"
        found[message["To"]] = message
    return found


async def choose(database: Database, person: Person, **timings: str) -> None:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        await choose_mail(session, viewer, MailChoices.model_validate(timings))


async def tell(database: Database, world: World, scene: Scene, detail: str = "new") -> None:
    async with database.transaction() as session:
        about = {"actor_id": world.founder.organisation_id, "conversation_id": scene.conversation}
        await notify(session, NoticeKind.terms, [world.officer.organisation_id], detail=detail, **about)


def parts(message: EmailMessage) -> list[str]:
    return [part.get_content() for part in message.iter_parts()]


async def test_at_once_to_each_in_their_language(
    database: Database, world: World, scene: Scene, settings: Settings
) -> None:
    async with database.transaction() as session:
        colleague = await access.by_id(session, Account, world.colleague.account_id)
        colleague.language = "id"
        session.add(colleague)
    await tell(database, world, scene)
    mails = await sent(database, settings)
    assert set(mails) == {world.officer.email, world.colleague.email}
    english, indonesian = mails[world.officer.email], mails[world.colleague.email]
    assert str(english["Subject"]).startswith("PT Kompos Jaya has written a new version of the terms: Composting")
    assert str(indonesian["Subject"]).startswith("PT Kompos Jaya menulis versi baru rancangan kesepakatan: ")
    for text in parts(english):
        assert f"https://mitra.example/percakapan/{scene.conversation}" in text
        assert "https://mitra.example/surel/berhenti/" in text
    stop = str(english["List-Unsubscribe"])
    assert stop.startswith(f"<https://mitra.example/surel/berhenti/{world.officer.account_id}-terms-")
    assert english["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert english["List-Unsubscribe"] != indonesian["List-Unsubscribe"]


async def test_once_however_often_the_job_is_done(
    database: Database, world: World, scene: Scene, settings: Settings
) -> None:
    await tell(database, world, scene)
    job = (await waiting_jobs(database, "mail_notice"))[0]
    for _time in range(2):
        await mail_notice(Work(settings, database), **job.ids)
    assert len(await waiting_jobs(database, "send_mail")) == 2
    assert len(await sent(database, settings)) == 2


async def test_a_new_interest_says_what_is_asked_and_of_what_there_is_no_mail(
    database: Database, world: World, scene: Scene, settings: Settings
) -> None:
    await choose(database, world.colleague, interest="off")
    card = await publish_card(database, world.founder, title="Composting machines for the waste of canteens")
    interest = await express_interest(database, world.founder, scene.initiative, card)
    mails = await sent(database, settings)
    assert "would like to work with you" in str(mails[world.officer.email]["Subject"])
    assert f"https://mitra.example/minat/{interest}" in parts(mails[world.officer.email])[0]
    assert "-interest-" in str(mails[world.officer.email]["List-Unsubscribe"])
    assert world.colleague.email not in mails


async def test_a_message_is_told_without_its_words_unless_it_was_read(
    database: Database, world: World, scene: Scene, settings: Settings
) -> None:
    founder, officer = await viewer_of(database, world.founder), await viewer_of(database, world.officer)
    async with database.transaction() as session:
        for _time in range(2):
            await send_message(session, founder, scene.conversation, MessageInput(body=SECRET_WORDS))
    waiting = await waiting_jobs(database, "mail_notice")
    assert [job.delay > 60 for job in waiting] == [True, True]
    async with database.transaction() as session:
        await mark_read(session, officer, scene.conversation)
    mails = await sent(database, settings)
    assert set(mails) == {world.colleague.email}
    assert SECRET_WORDS not in str(mails[world.colleague.email])
    assert "has written to you" in str(mails[world.colleague.email]["Subject"])


async def test_in_the_morning_all_of_it_in_one_mail_by_what_it_is_about(
    database: Database, world: World, scene: Scene, settings: Settings
) -> None:
    await choose(database, world.officer, terms="daily", reminder="daily")
    await choose(database, world.colleague, terms="off", reminder="daily")
    await tell(database, world, scene, "new")
    await tell(database, world, scene, "comment")
    async with database.transaction() as session:
        await notify(session, NoticeKind.reminder, [world.officer.organisation_id], interest_id=scene.interest)
    assert await sent(database, settings) == {}
    mails = await sent(database, settings, morning=True)
    assert await sent(database, settings, morning=True) == {}
    digest, short = mails[world.officer.email], mails[world.colleague.email]
    assert digest["Subject"] == "3 pieces of news on Temu Mitra"
    assert short["Subject"] == "1 piece of news on Temu Mitra"
    text, html = parts(digest)
    assert text.index("a new version of the terms") < text.index("commented on the terms")
    assert (text.count("with PT Kompos Jaya"), html.count("<h2")) == (2, 2)
    assert "-daily-" in str(digest["List-Unsubscribe"])


async def test_what_was_read_or_switched_off_meanwhile_is_left_out(
    database: Database, world: World, scene: Scene, settings: Settings
) -> None:
    for person in (world.officer, world.colleague):
        await choose(database, person, terms="daily")
    await tell(database, world, scene)
    viewer = await viewer_of(database, world.officer)
    async with database.transaction() as session:
        await mark_notices_read(session, viewer)
    await choose(database, world.colleague, terms="off")
    assert await sent(database, settings, morning=True) == {}


async def test_what_was_rolled_back_is_not_mailed(database: Database, world: World, scene: Scene) -> None:
    before = len(await waiting_jobs(database, "mail_notice"))
    with suppress(ZeroDivisionError):
        async with database.transaction() as session:
            about = {"conversation_id": scene.conversation}
            await notify(session, NoticeKind.terms, [world.officer.organisation_id], **about)
            raise ZeroDivisionError
    assert len(await waiting_jobs(database, "mail_notice")) == before
