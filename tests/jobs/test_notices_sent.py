"""Mails of notices as a mail server gets them: at once, gathered, stopped by their own link, and late but once."""

import asyncio
import time
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import col, select

from matchmaker.actions.notices import choose_mail, notify
from matchmaker.database import Database
from matchmaker.inputs.notices import MailChoices
from matchmaker.jobs import mails
from matchmaker.jobs.notices import mail_digest, mail_digests
from matchmaker.jobs.queue import JOBS, Work, _Job
from matchmaker.settings import Settings
from models import FailedJob, Mail, NoticeMail
from models.vocabulary import MailState, NoticeKind
from tests.databases import settings_for
from tests.jobs.conftest import MailServer
from tests.jobs.engine import FreshUrl, carried_out
from tests.jobs.waiting import do_jobs
from tests.visitor import Visitor
from tests.world import Scene, World, viewer_of

Visit = Callable[..., Visitor]


def mailing(server: MailServer, url: str = "sqlite+aiosqlite:///unused.db") -> Settings:
    return settings_for(url, smtp_url=server.url, base_url="http://test.example")


async def tell(database: Database, world: World, scene: Scene) -> None:
    async with database.transaction() as session:
        about = {"actor_id": world.founder.organisation_id, "conversation_id": scene.conversation}
        await notify(session, NoticeKind.terms, [world.officer.organisation_id], detail="new", **about)


async def choose(database: Database, world: World, **timings: str) -> None:
    """For the region's two members."""
    for person in (world.officer, world.colleague):
        viewer = await viewer_of(database, person)
        async with database.transaction() as session:
            await choose_mail(session, viewer, MailChoices.model_validate(timings))


async def sent(database: Database, server: MailServer, *names: str) -> dict[str, EmailMessage]:
    """What the server got of what waited, by recipient."""
    await do_jobs(database, mailing(server), *(names or ("mail_notice",)))
    await do_jobs(database, mailing(server), "send_mail")
    got = {str(message["To"]): message for message in server.box.received}
    assert len(got) == len(server.box.received), "one mail each"
    server.box.received.clear()
    return got


async def begin(database: Database, server: MailServer) -> None:
    """What the scene itself has told is out of the way."""
    await asyncio.to_thread(server.start)
    await do_jobs(database, mailing(server), "mail_notice", "send_mail")
    await do_jobs(database, mailing(server), "send_mail")
    server.box.received.clear()


def address_to_stop(message: EmailMessage, base: str = "http://test.example") -> str:
    """From the header as it went over the line, and the same one in both parts."""
    (line,) = [line for line in bytes(message).splitlines() if line.lower().startswith(b"list-unsubscribe:")]
    assert line.endswith(b">"), "in one piece, or mail programs show no button"
    address = line.partition(b"<")[2].decode().strip("<>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert all(address in part.get_content() for part in message.iter_parts())
    assert address.startswith(base)
    return urlsplit(address).path


async def test_at_once_and_no_more_after_one_click(
    visit: Visit, database: Database, world: World, scene: Scene, server: MailServer
) -> None:
    await begin(database, server)
    await tell(database, world, scene)
    got = await sent(database, server)
    assert set(got) == {world.officer.email, world.colleague.email}
    message = got[world.officer.email]
    assert str(message["Subject"]).startswith("PT Kompos Jaya has written a new version of the terms")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    # As a mail program does it: without a page, a cookie or a session.
    answer = await visit().client.post(address_to_stop(message), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    await tell(database, world, scene)
    assert set(await sent(database, server)) == {world.colleague.email}


async def test_the_morning_mail_and_its_own_way_out(
    visit: Visit, database: Database, world: World, scene: Scene, server: MailServer
) -> None:
    await begin(database, server)
    await choose(database, world, terms="daily")
    for _time in range(2):
        await tell(database, world, scene)
    assert await sent(database, server) == {}
    await mail_digests(Work(mailing(server), database))
    got = await sent(database, server, "mail_digest")
    assert {str(message["Subject"]) for message in got.values()} == {"2 pieces of news on Temu Mitra"}
    stopping = visit()
    path = address_to_stop(got[world.officer.email])
    assert (await stopping.get(path)).status == 200
    assert (await stopping.submit(path)).status == 200
    await tell(database, world, scene)
    await sent(database, server)
    # As on the next morning.
    for person in (world.officer, world.colleague):
        await mail_digest(Work(mailing(server), database), account_id=person.account_id)
    assert set(await sent(database, server)) == {world.colleague.email}


@pytest.mark.parametrize("timing", ["immediate", "daily"])
async def test_a_server_that_was_down_gets_each_once(
    fresh_url: FreshUrl,
    world: World,
    scene: Scene,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    timing: str,
) -> None:
    """With the engine: tried in vain at first, and sent when the server is back."""
    monkeypatch.setitem(JOBS, "send_mail", _Job(mails.send_mail, (0.1,) * 50))
    settings = mailing(server, await fresh_url("scene"))
    database = Database(settings)
    await choose(database, world, terms=timing)
    async with carried_out(Work(settings, database)):
        await tell(database, world, scene)
        if timing == "daily":
            await until(lambda: gathered(database, 2))
            await mail_digests(Work(settings, database))
        await until(lambda: tried(database, "digest" if timing == "daily" else "notice", world))
        assert server.box.received == []
        await asyncio.to_thread(server.start)
        await until(lambda: all_sent(database))
    told = [str(m["To"]) for m in server.box.received if "news" in str(m["Subject"]) or "terms" in str(m["Subject"])]
    assert sorted(told) == sorted([world.officer.email, world.colleague.email])
    async with database.transaction(write=False) as session:
        assert (await session.exec(select(FailedJob))).all() == []
    await database.close()


async def until(true: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 60
    while not await true():
        assert time.monotonic() < deadline, "it does not come true"
        await asyncio.sleep(0.05)


async def mails_of(database: Database) -> list[Mail]:
    async with database.transaction(write=False) as session:
        return list((await session.exec(select(Mail).order_by(col(Mail.id)))).all())


async def gathered(database: Database, count: int) -> bool:
    async with database.transaction(write=False) as session:
        return len((await session.exec(select(NoticeMail))).all()) >= count


async def tried(database: Database, event: str, world: World) -> bool:
    people = {world.officer.account_id, world.colleague.account_id}
    found = [m for m in await mails_of(database) if m.event == event and m.account_id in people]
    return len(found) >= 2 and all(mail.tries for mail in found)


async def all_sent(database: Database) -> bool:
    return {mail.state for mail in await mails_of(database)} <= {MailState.sent, MailState.dropped}
