"""The link at the foot of a mail: works signed out, does nothing by itself, and stops what it says."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from matchmaker.database import Database
from matchmaker.mail_links import DIGEST, STOP, read_stop_token, stop_path
from matchmaker.settings import DEMO_SECRET
from models import NoticePreference
from models.vocabulary import MAIL_DEFAULTS, MailTiming, NoticeKind
from tests.visitor import Visitor
from tests.world import World

Visit = Callable[..., Visitor]


async def timings(database: Database, account_id: int) -> dict[str, str]:
    async with database.transaction(write=False) as session:
        query = select(NoticePreference.kind, NoticePreference.mail).where(NoticePreference.account_id == account_id)
        return {**MAIL_DEFAULTS} | dict((await session.exec(query)).all())


async def test_the_page_asks_and_the_button_stops(visit: Visit, world: World, database: Database) -> None:
    account = world.officer.account_id
    path = stop_path(DEMO_SECRET, account, "terms")
    nobody = visit()
    page = await nobody.get(path)
    assert "no more mails of the kind: Terms" in page.main
    assert world.officer.email not in page.html
    assert await timings(database, account) == MAIL_DEFAULTS
    done = await nobody.submit(path)
    assert (done.status, "You get no more mails of the kind: Terms." in done.main) == (200, True)
    assert await timings(database, account) == {**MAIL_DEFAULTS, "terms": "off"}
    assert (await nobody.submit(path)).status == 200
    assert "Surel jenis ini dihentikan" in (await visit(language="id").get(path)).main
    assert await timings(database, world.colleague.account_id) == MAIL_DEFAULTS


async def test_a_mail_program_stops_them_by_itself(visit: Visit, world: World, database: Database) -> None:
    path = stop_path(DEMO_SECRET, world.officer.account_id, "message")
    answer = await visit().client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert (await timings(database, world.officer.account_id))["message"] == "off"


async def test_the_daily_mail_and_all_of_them(visit: Visit, world: World, database: Database) -> None:
    account = world.officer.account_id
    path = stop_path(DEMO_SECRET, account, DIGEST)
    nobody = visit()
    await nobody.get(path)
    assert "You no longer get the daily mail." in (await nobody.submit(path)).main
    found = await timings(database, account)
    assert {kind for kind, mail in found.items() if mail == "off"} == {
        kind for kind, mail in MAIL_DEFAULTS.items() if mail == MailTiming.daily
    }
    done = await nobody.submit(path, {"all": "1"})
    assert set((await timings(database, account)).values()) == {"off"}
    assert not done.has_form(path)


@pytest.mark.parametrize(
    "token", ["", "x", "1-message-" + "0" * 32, "0-message-" + "0" * 32, "99999999999-message-" + "0" * 32]
)
async def test_what_nobody_signed_is_not_there(visit: Visit, token: str) -> None:
    assert (await visit().get(f"{STOP}{token}")).status == 404
    assert (await visit().client.post(f"{STOP}{token}")).status_code == 404


def test_a_signature_is_of_one_account_one_topic_and_one_secret() -> None:
    written = stop_path(DEMO_SECRET, 7, "message").removeprefix(STOP)
    assert read_stop_token(DEMO_SECRET, written) == (7, NoticeKind.message)
    assert read_stop_token("another secret", written) is None
    for forged in (written.replace("7-", "8-"), written.replace("message", "terms"), written + "0", written.upper()):
        assert read_stop_token(DEMO_SECRET, forged) is None
    unknown = stop_path(DEMO_SECRET, 7, "weather").removeprefix(STOP)
    assert read_stop_token(DEMO_SECRET, unknown) is None


async def test_the_account_is_gone(visit: Visit) -> None:
    assert (await visit().get(stop_path(DEMO_SECRET, 999_999, "message"))).status == 404
