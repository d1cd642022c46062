"""The page behind the link at the foot of every mail: to get no more of them, without signing in."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access
from matchmaker.actions.notices import stop_mails
from matchmaker.errors import NotFound
from matchmaker.mail_links import DIGEST, STOP, read_stop_token
from matchmaker.notice_texts import kind_name
from matchmaker.reading.notices import mail_timings
from matchmaker.templating import Page
from matchmaker.web.visit import Visit
from models import Account
from models.vocabulary import MailTiming


@dataclass(kw_only=True)
class StopPage(Page):
    """``about``: the name of a kind of notices; empty for the daily mail. ``stopped``: nothing is left to stop."""

    template: ClassVar[str] = "notices/stop.html"
    path: str
    about: str
    stopped: bool
    all_stopped: bool


@get(f"{STOP}{{token:str}}")
async def stop_page(visit: NamedDependency[Visit], token: FromPath[str]) -> Response[str]:
    return await _show(visit, token)


# Also what a mail program sends by itself (RFC 8058): it follows no redirect, and has no page to take a token from.
@post(f"{STOP}{{token:str}}", status_code=200)
async def stop(visit: NamedDependency[Visit], token: FromPath[str]) -> Response[str]:
    account_id, topic = _read(visit, token)
    form = await visit.form()
    await stop_mails(visit.session, account_id, None if form.value("all") else topic)
    return await _show(visit, token)


def _read(visit: Visit, token: str) -> tuple[int, str]:
    read = read_stop_token(visit.services.settings.secret_key, token)
    if read is None:
        raise NotFound
    return read


async def _show(visit: Visit, token: str) -> Response[str]:
    account_id, topic = _read(visit, token)
    if (await access.by_id(visit.session, Account, account_id)).deleted_at is not None:
        raise NotFound
    timings = await mail_timings(visit.session, account_id)
    page = StopPage(
        path=f"{STOP}{token}",
        about="" if topic == DIGEST else kind_name(topic),
        stopped=MailTiming.daily not in timings.values() if topic == DIGEST else timings[topic] == MailTiming.off,
        all_stopped=set(timings.values()) == {MailTiming.off},
    )
    return visit.show(page)


HANDLERS = [stop_page, stop]
