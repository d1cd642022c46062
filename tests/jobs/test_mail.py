"""Mails: asked for in a transaction, sent after it, once, in the recipient's language."""

import asyncio
import email
import email.policy
import time
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from sqlmodel import select

from matchmaker import access
from matchmaker.actions.mail import queue_mail
from matchmaker.database import Database
from matchmaker.jobs import mails
from matchmaker.jobs.queue import JOBS, NoUse, Work, _Job
from matchmaker.mail import MailNotSent, Server
from models import Account, FailedJob, Mail
from models.vocabulary import MailState
from tests.databases import settings_for
from tests.jobs.conftest import MailServer
from tests.jobs.engine import FreshUrl, carried_out
from tests.jobs.waiting import do_jobs, waiting_jobs
from tests.world import Scene, World, express_interest, publish_card, publish_initiative


async def rows(database: Database) -> list[Mail]:
    async with database.transaction(write=False) as session:
        return list((await session.exec(select(Mail).order_by(Mail.id))).all())


async def send(database: Database, **settings: Any) -> None:
    """Has the mails sent that wait."""
    await do_jobs(database, settings_for("sqlite+aiosqlite:///unused.db", **settings), "send_mail")


async def interest_of(database: Database, world: World) -> int:
    """An interest, and a mail about it to each member of the other side."""
    interest = await express_interest(
        database,
        world.founder,
        await publish_initiative(database, world.officer),
        await publish_card(database, world.founder),
    )
    async with database.transaction() as session:
        for person in (world.officer, world.colleague):
            about = {"account_id": person.account_id, "organisation_id": person.organisation_id}
            await queue_mail(session, "interest", interest_id=interest, **about)
    return interest


async def test_an_interest_is_told_to_each_member_of_the_other_side_in_their_language(
    database: Database, world: World, server: MailServer
) -> None:
    interest = await interest_of(database, world)
    async with database.transaction() as session:
        colleague = await access.by_id(session, Account, world.colleague.account_id)
        colleague.language = "id"
        session.add(colleague)
    await asyncio.to_thread(server.start)
    await send(database, smtp_url=server.url, base_url="https://mitra.example", contact_email="halo@mitra.example")
    by_recipient = {message["To"]: message for message in server.box.received}
    assert set(by_recipient) == {world.officer.email, world.colleague.email}
    english, indonesian = by_recipient[world.officer.email], by_recipient[world.colleague.email]
    assert english["Subject"] == "PT Kompos Jaya would like to work with you"
    assert indonesian["Subject"] == "PT Kompos Jaya ingin bekerja sama dengan Anda"
    assert str(english["From"]) == "Temu Mitra <halo@mitra.example>"
    for message, name in ((english, world.officer.name), (indonesian, world.colleague.name)):
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
        for part in message.iter_parts():
            text = part.get_content()
            assert f"https://mitra.example/minat/{interest}" in text
            assert name in text
            assert "would like to hear more" not in text, "a mailbox may be read by others"
    assert english["Message-ID"].endswith("@mitra.example>")
    assert english["Message-ID"] != indonesian["Message-ID"]
    assert {mail.state for mail in await rows(database)} == {MailState.sent}


async def test_without_a_mail_server_it_is_a_file_and_twice_the_same_one(
    database: Database, world: World, tmp_path: Path
) -> None:
    await interest_of(database, world)
    outbox = tmp_path / "outbox"
    await send(database, outbox_dir=str(outbox))
    names = sorted(path.name for path in outbox.iterdir())
    assert len(names) == 2
    async with database.transaction() as session:
        for mail in (await session.exec(select(Mail))).all():
            # As if the process had died before it could note this.
            mail.state = MailState.waiting
            session.add(mail)
    for mail in await rows(database):
        await mails.send_mail(
            Work(settings_for("sqlite+aiosqlite:///x.db", outbox_dir=str(outbox)), database), mail_id=mail.id
        )
    assert sorted(path.name for path in outbox.iterdir()) == names
    message = email.message_from_bytes((outbox / names[0]).read_bytes(), policy=email.policy.default)
    assert message["Message-ID"].strip("<>").split("@")[0] + ".eml" == names[0]


async def test_a_mail_that_was_sent_is_not_sent_again(database: Database, world: World, server: MailServer) -> None:
    await interest_of(database, world)
    await asyncio.to_thread(server.start)
    waiting = await waiting_jobs(database, "send_mail")
    await send(database, smtp_url=server.url)
    for job in waiting:
        await mails.send_mail(Work(settings_for("sqlite+aiosqlite:///x.db", smtp_url=server.url), database), **job.ids)
    assert len(server.box.received) == 2


async def test_what_was_rolled_back_sends_nothing(database: Database, world: World, scene: Scene) -> None:
    before = await rows(database)
    try:
        async with database.transaction() as session:
            await queue_mail(session, "interest", account_id=world.officer.account_id, interest_id=scene.interest)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert await rows(database) == before


async def test_what_is_over_or_nobodys_is_dropped(
    database: Database, world: World, scene: Scene, tmp_path: Path
) -> None:
    """Of the scene: an interest that waits, and one that has been accepted. One account has gone."""
    async with database.transaction() as session:
        await queue_mail(session, "interest", account_id=world.officer.account_id, interest_id=scene.accepted)
        await queue_mail(session, "interest", account_id=world.colleague.account_id, interest_id=scene.interest)
        await queue_mail(session, "interest", recipient="box@x.example", language="en", interest_id=scene.interest)
        gone = await access.by_id(session, Account, world.colleague.account_id)
        gone.email = None
        session.add(gone)
    outbox = tmp_path / "outbox"
    *_earlier, over, nobodys, boxs = [mail.id for mail in await rows(database)]
    await send(database, outbox_dir=str(outbox))
    states = {mail.id: mail.state for mail in await rows(database)}
    assert (states[over], states[nobodys], states[boxs]) == (MailState.dropped, MailState.dropped, MailState.sent)
    assert any(b"box@x.example" in path.read_bytes() for path in outbox.iterdir())


async def test_a_server_that_is_away_is_asked_again_and_one_that_refuses_is_not(
    database: Database, world: World, server: MailServer
) -> None:
    await interest_of(database, world)
    mail = (await rows(database))[0]
    work = Work(settings_for("sqlite+aiosqlite:///x.db", smtp_url=server.url), database)
    with pytest.raises(MailNotSent):
        await mails.send_mail(work, mail_id=mail.id)
    await asyncio.to_thread(server.start)
    server.box.refusal = "450 greylisted, come again"
    with pytest.raises(MailNotSent, match="450"):
        await mails.send_mail(work, mail_id=mail.id)
    server.box.refusal = "550 no such mailbox"
    with pytest.raises(NoUse, match="550 no such mailbox"):
        await mails.send_mail(work, mail_id=mail.id)
    kept = (await rows(database))[0]
    assert (kept.state, kept.tries, kept.error) == (MailState.failed, 3, "550 no such mailbox")


def test_password_and_encryption_are_in_the_address() -> None:
    assert Server.from_url("smtp://ani:p%40ss@mail.example") == Server("mail.example", 587, "ani", "p@ss", False, True)
    assert Server.from_url("smtps://ani:x@mail.example") == Server("mail.example", 465, "ani", "x", True, False)
    assert Server.from_url("smtp://127.0.0.1") == Server("127.0.0.1", 25, "", "", False, False)
    assert Server.from_url("smtp://mail.example:2525?starttls=1") == Server("mail.example", 2525, "", "", False, True)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_it_signs_in_with_the_password(database: Database, world: World, server: MailServer) -> None:
    tried: list[LoginPassword] = []

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: LoginPassword) -> AuthResult:
        tried.append(given)
        return AuthResult(success=given.password == b"p@ss")

    await interest_of(database, world)
    await asyncio.to_thread(server.start, authenticator=check, auth_require_tls=False, auth_required=True)
    await send(database, smtp_url=f"smtp://ani:p%40ss@127.0.0.1:{server.port}?starttls=0")
    assert len(server.box.received) == 2
    assert tried[0].login == b"ani"


async def _nothing(_work: Work, *, notice_id: int) -> None:
    """Notices are mailed in tests of their own."""
    assert notice_id


async def test_a_server_that_is_down_delays_a_mail_and_sends_it_once(
    fresh_url: FreshUrl, world: World, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the engine: the first tries fail, the next one does not."""
    monkeypatch.setitem(JOBS, "send_mail", _Job(mails.send_mail, (0.1,) * 30))
    monkeypatch.setitem(JOBS, "mail_notice", _Job(_nothing, ()))
    settings = settings_for(await fresh_url("world"), smtp_url=server.url)
    database = Database(settings)
    async with carried_out(Work(settings, database)):
        await interest_of(database, world)
        deadline = time.monotonic() + 60
        while not all(mail.tries for mail in await rows(database)):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
        await asyncio.to_thread(server.start)
        while {mail.state for mail in await rows(database)} != {MailState.sent}:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
    assert len(server.box.received) == 2
    assert all(mail.tries > 1 for mail in await rows(database))
    async with database.transaction(write=False) as session:
        assert (await session.exec(select(FailedJob))).all() == []
    await database.close()
