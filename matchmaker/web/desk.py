"""The desk: what waits for somebody who is signed in, by when, and what to go on with. The start page shows it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from litestar import Response

from matchmaker.access import Viewer
from matchmaker.i18n import gettext as _
from matchmaker.i18n import show_quarter, show_time, western_time
from matchmaker.labels import label, options
from matchmaker.matching import Kind
from matchmaker.reading.desk import (
    DeskInterest,
    OwnItem,
    Request,
    asked_to_join,
    desk_interests,
    organisations_to_verify,
    own_items,
    requests_to_join,
)
from matchmaker.reading.desk_finds import Found, best_found
from matchmaker.reading.desk_talks import DeskTalk, desk_talks
from matchmaker.reading.organisations import Numbers, memberships_asked, numbers
from matchmaker.step_words import ON_TERMS
from matchmaker.templating import Page
from matchmaker.web.first_steps import Step, first_steps
from matchmaker.web.visit import Visit
from models import now
from models.vocabulary import CardStatus, InitiativeStatus, InterestState, OrganisationKind, Reason

#: How long an answer counts as news.
NEWS = timedelta(days=14)


@dataclass(frozen=True)
class Task:
    """One row of the desk. ``due_at``: by when, or None; ``since``: since when it stands so; ``unread``: messages."""

    href: str
    kind: str
    title: str
    about: str
    action: str
    due_at: datetime | None
    since: datetime
    unread: int = 0
    note: str = ""

    @property
    def urgency(self) -> datetime:
        return self.due_at or self.since


@dataclass(frozen=True)
class Finds:
    """One's own published initiative or card, and the best on the other side."""

    item: OwnItem
    found: list[Found]


@dataclass(kw_only=True)
class DeskPage(Page):
    """``kinds``: what the viewer's organisations are; ``turn``: what waits for the viewer, ``waiting``: for others."""

    template: ClassVar[str] = "home/desk.html"
    name: str
    kinds: set[str]
    organisation_id: int | None
    steps: list[Step]
    turn: list[Task]
    waiting: list[Task]
    news: list[Task]
    finds: list[Finds]
    items: list[OwnItem]
    asked: list[tuple[int, str]]
    bands: dict[str, str]
    statuses: dict[str, str]
    fresh_since: datetime
    numbers: Numbers | None


async def show_desk(visit: Visit, viewer: Viewer) -> Response[str]:
    session = visit.session
    interests = await desk_interests(session, viewer) if viewer.memberships else []
    talks = await desk_talks(session, viewer) if viewer.memberships else []
    items = await own_items(session, viewer) if viewer.memberships else []
    asked = [] if viewer.memberships else await asked_to_join(session, viewer)
    found = await best_found(session, visit.services.matching, items)
    turn = [*_incoming(interests), *_talks(talks, visit.unread, mine=True), *_dues(talks)]
    turn += _requests(await requests_to_join(session, viewer))
    if viewer.is_office:
        turn += await _office_tasks(visit)
    page = DeskPage(
        name=viewer.name,
        kinds={m.kind for m in viewer.memberships},
        organisation_id=viewer.memberships[0].organisation_id if viewer.memberships else None,
        steps=first_steps(viewer, items, asked, in_touch=bool(interests)),
        turn=_by_urgency(turn),
        waiting=_by_urgency([*_outgoing(interests), *_talks(talks, visit.unread, mine=False)]),
        news=_news(interests),
        finds=_finds(items, found),
        items=items,
        asked=asked,
        bands={"strong": _("Strong match"), "fair": _("Fair match")},
        statuses=dict(options(CardStatus)) | dict(options(InitiativeStatus)),
        fresh_since=now() - timedelta(days=7),
        numbers=await numbers(session) if viewer.is_office and not viewer.memberships else None,
    )
    return visit.show(page)


def _by_urgency(tasks: list[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: task.urgency)


def _incoming(interests: list[DeskInterest]) -> list[Task]:
    return [
        Task(f"/minat/{i.id}", "interest", i.other, i.initiative_title, _("Answer"), i.due_at, i.created_at)
        for i in interests
        if i.incoming and i.state == InterestState.sent
    ]


def _outgoing(interests: list[DeskInterest]) -> list[Task]:
    return [
        Task(
            f"/minat/{i.id}",
            "interest",
            i.other,
            i.initiative_title,
            _("Open"),
            i.due_at,
            i.created_at,
            note=_("Seen") if i.seen_at else _("Not seen yet"),
        )
        for i in interests
        if not i.incoming and i.state == InterestState.sent
    ]


def _news(interests: list[DeskInterest]) -> list[Task]:
    """Refusals of the last days. What was accepted is a conversation."""
    return [
        Task(
            f"/minat/{i.id}",
            "declined",
            i.other,
            i.initiative_title,
            _("Read it"),
            None,
            i.answered_at,
            note=label(Reason, i.reason),
        )
        for i in interests
        if not i.incoming and i.state == InterestState.declined and i.answered_at and i.answered_at > now() - NEWS
    ]


def _talks(talks: list[DeskTalk], unread: dict[int, int], *, mine: bool) -> list[Task]:
    return [
        Task(
            f"/percakapan/{t.id}{'/rancangan' if _asks_to_read(t, unread) else ''}",
            "talk",
            t.other,
            t.initiative_title,
            (_("Read the terms") if _asks_to_read(t, unread) else _("Reply")) if mine else _("Open"),
            t.due_at,
            t.last_message_at,
            unread=unread.get(t.id, 0),
            note=_("Draft") if t.draft else "",
        )
        for t in talks
        if t.mine == mine
    ]


def _asks_to_read(t: DeskTalk, unread: dict[int, int]) -> bool:
    """Whether the terms wait for the viewer, and no message does."""
    return t.mine and t.state in ON_TERMS and not unread.get(t.id)


def _dues(talks: list[DeskTalk]) -> list[Task]:
    """Meetings that are near, and what an agreement asks for by its days."""
    return [task for talk in talks for task in (*_meeting(talk), *_agreed(talk))]


def _meeting(t: DeskTalk) -> list[Task]:
    if t.meeting_at is None:
        return []
    href, at = f"/percakapan/{t.id}/pertemuan", t.meeting_at
    return [Task(href, "meeting", t.other, t.initiative_title, _("Open"), at, at, note=show_time(at))]


def _agreed(t: DeskTalk) -> list[Task]:
    here, report = f"/kesepakatan/{t.agreement_id}", t.report_due
    tasks = []
    if t.milestone_due:
        tasks.append(_on_day("milestone", here, t.other, t.milestone or "", _("Open"), t.milestone_due))
    if t.ends_on:
        tasks.append(_on_day("end", here, t.other, t.initiative_title, _("Open"), t.ends_on))
    if report:
        quarter, day = report
        form = f"{here}?isi=pemantauan#isi"
        tasks.append(
            _on_day("report", form, t.other, t.initiative_title, _("Report"), day, note=show_quarter(quarter))
        )
    return tasks


def _on_day(kind: str, href: str, title: str, about: str, action: str, day: date, note: str = "") -> Task:
    return Task(href, kind, title, about, action, _by_day(day), _by_day(day), note=note)


def _by_day(day: date) -> datetime:
    """Its end, by the clocks of western Indonesia."""
    return datetime.combine(day, time(23, 59), tzinfo=western_time(now()).tzinfo)


def _requests(requests: list[Request]) -> list[Task]:
    return [
        Task(f"/organisasi/{r.organisation_id}", "request", r.name, r.organisation, _("Decide"), None, r.asked_at)
        for r in requests
    ]


async def _office_tasks(visit: Visit) -> list[Task]:
    """Organisations to verify, and requests that no admin is left to answer."""
    tasks = [
        Task(f"/organisasi/{o.id}", "verify", o.name, label(OrganisationKind, o.kind), _("Check"), None, o.created_at)
        for o in await organisations_to_verify(visit.session)
    ]
    return tasks + [
        Task("/pengelola", "request", name, organisation, _("Decide"), None, asked_at)
        for _o, organisation, _a, name, asked_at in await memberships_asked(visit.session)
    ]


def _finds(items: list[OwnItem], found: dict[tuple[Kind, int], list[Found]]) -> list[Finds]:
    return [Finds(item, found[item.kind, item.id]) for item in items if (item.kind, item.id) in found]
