"""Being told: what has happened, by day and by what it is about; and when it is told by mail."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency

from matchmaker import access
from matchmaker.actions import notices as actions
from matchmaker.i18n import local_day
from matchmaker.inputs.notices import MailChoices, NoticesRead
from matchmaker.notice_texts import mail_choices, notice_topics
from matchmaker.reading.listing import Listing
from matchmaker.reading.notices import NoticeRow, list_notices, mail_timings
from matchmaker.templating import Page
from matchmaker.web.forms import Form
from matchmaker.web.visit import Answer, Visit, go

#: Notices are short: a page holds more of them than of other things.
SHOWN = 50


@dataclass
class Topic:
    """The notices of one day about one pair, or about the reader's organisation. ``other``: whom it is with."""

    about: str
    other: str | None
    notices: list[NoticeRow] = field(default_factory=list)

    @property
    def unread(self) -> bool:
        return any(notice.unread for notice in self.notices)


@dataclass(kw_only=True)
class NoticesPage(Page):
    """``newest``: up to where the button marks as read; nothing where all is read."""

    template: ClassVar[str] = "notices/list.html"
    days: list[tuple[date, list[Topic]]]
    next: str | None
    newest: int | None


@dataclass(kw_only=True)
class MailPage(Page):
    """``topics``: (kind, name, what belongs there)."""

    template: ClassVar[str] = "notices/mail.html"
    form: Form
    email: str
    topics: list[tuple[str, str, str]]
    names: dict[str, str]
    timings: list[tuple[str, str]]


@get("/pemberitahuan")
async def notices_page(visit: NamedDependency[Visit]) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    cursor = visit.request.query_params.get("lanjut")
    listing = await list_notices(visit.session, viewer, cursor, SHOWN)
    page = NoticesPage(days=_by_day(listing), next=listing.next, newest=_newest(visit, listing))
    return visit.show(page)


def _newest(visit: Visit, listing: Listing[NoticeRow]) -> int | None:
    unread = visit.nav.unread_notices if visit.nav else 0
    return listing.items[0].id if unread and listing.items else None


def _by_day(listing: Listing[NoticeRow]) -> list[tuple[date, list[Topic]]]:
    days: dict[date, dict[tuple[int | None, int], Topic]] = {}
    for notice in listing.items:
        topics = days.setdefault(local_day(notice.created_at), {})
        key = (notice.interest_id, notice.organisation_id)
        topics.setdefault(key, Topic(notice.about, notice.other_name)).notices.append(notice)
    return [(day, list(topics.values())) for day, topics in days.items()]


@post("/pemberitahuan/dibaca", status_code=200)
async def mark_read(visit: NamedDependency[Visit]) -> Answer:
    access.signed_in(visit.viewer)
    form = await visit.form()
    await actions.mark_notices_read(visit.session, visit.viewer, form.read(NoticesRead).up_to)
    return go("/pemberitahuan", "notices")


@get("/akun/pemberitahuan")
async def mail_page(visit: NamedDependency[Visit]) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    return _show_mail(visit, Form.of(await mail_timings(visit.session, viewer.account_id)))


def _show_mail(visit: Visit, form: Form) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    topics = notice_topics()
    page = MailPage(
        form=form,
        email=viewer.email,
        topics=topics,
        names={kind: name for kind, name, _text in topics},
        timings=mail_choices(),
    )
    return visit.show(page, 422 if form.errors else 200)


@post("/akun/pemberitahuan", status_code=200)
async def choose_mail(visit: NamedDependency[Visit]) -> Answer:
    access.signed_in(visit.viewer)
    form = await visit.form()
    done = await visit.attempt(form, lambda: _choose(visit, form))
    return go("/akun/pemberitahuan", "saved") if done else _show_mail(visit, form)


async def _choose(visit: Visit, form: Form) -> bool:
    await actions.choose_mail(visit.session, visit.viewer, form.read(MailChoices))
    return True


HANDLERS = [notices_page, mark_read, mail_page, choose_mail]
