"""The meetings of a conversation."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access
from matchmaker.actions import meetings as actions
from matchmaker.downloads import disposition
from matchmaker.errors import NotFound
from matchmaker.i18n import ngettext, show_clock, show_zone
from matchmaker.inputs.meeting import MOST_SLOTS, Cancellation, Choice, MeetingForm
from matchmaker.invitations import MEDIA_TYPE, invitation
from matchmaker.labels import label
from matchmaker.reading.listing import Listing
from matchmaker.reading.meetings import (
    Clock,
    MeetingRow,
    clocks_of,
    for_calendars,
    list_meetings,
    meeting_to_read,
)
from matchmaker.web.forms import Form
from matchmaker.web.talk import TalkPage, talk_head
from matchmaker.web.visit import Answer, Visit, go
from models import Conversation, Meeting, now
from models.vocabulary import MeetingState

_TALK = "/percakapan/{conversation_id:int}/pertemuan"
_LENGTHS = (30, 45, 60, 90, 120, 180, 240)
_USUAL_LENGTH = "60"


@dataclass(frozen=True)
class MeetingView:
    """``when``: the chosen time on the clock of each side; ``slots``: (id, the same, whether it is still to come)."""

    row: MeetingRow
    state: str
    when: list[tuple[str, str]]
    slots: list[tuple[int, list[tuple[str, str]], bool]]
    can_choose: bool
    can_change: bool
    can_cancel: bool


@dataclass(kw_only=True)
class MeetingsPage(TalkPage):
    """``zone``: what the region's clock is called, ``seats``: that of each side; ``chosen``: the meeting that
    the errors are about.
    """

    template: ClassVar[str] = "conversations/meetings.html"
    listing: Listing[MeetingRow]
    meetings: list[MeetingView]
    form: Form
    chosen: int
    zone: str
    seats: list[tuple[str, str]]
    lengths: list[tuple[str, str]]
    most: int = MOST_SLOTS


@dataclass(kw_only=True)
class ChangePage(TalkPage):
    template: ClassVar[str] = "conversations/meeting.html"
    meeting: MeetingView
    form: Form
    zone: str
    lengths: list[tuple[str, str]]
    most: int = MOST_SLOTS


@get(_TALK)
async def meetings_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    return await _show(visit, conversation_id, _empty_form())


def _empty_form() -> Form:
    return Form({"minutes": [_USUAL_LENGTH], "online": ["1"]})


async def _show(visit: Visit, conversation_id: int, form: Form, chosen: int = 0) -> Response[str]:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    head = await talk_head(visit, conversation_id, "pertemuan")
    clocks = await clocks_of(visit.session, conversation)
    listing = await list_meetings(visit.session, conversation_id, visit.request.query_params.get("lanjut"))
    page = MeetingsPage(
        head=head,
        listing=listing,
        meetings=[_view(row, clocks, head.row.own_side_id, is_open=head.row.open) for row in listing.items],
        form=form,
        chosen=chosen,
        zone=show_zone(clocks[0].zone),
        seats=[(clock.organisation, show_zone(clock.zone)) for clock in clocks],
        lengths=_lengths(form),
    )
    return visit.show(page, 422 if form.errors else 200)


def _lengths(form: Form) -> list[tuple[str, str]]:
    """The usual ones, and the one that it has."""
    present = form.value("minutes")
    own = {int(present)} if present.isascii() and present.isdecimal() and len(present) < 4 else set()
    return [(str(minutes), _length(minutes)) for minutes in sorted({*_LENGTHS, *own})]


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours}] if hours else []
    parts += [ngettext("%(num)s minute", "%(num)s minutes", rest) % {"num": rest}] if rest else []
    return " ".join(parts)


def _view(row: MeetingRow, clocks: list[Clock], own_side: int, *, is_open: bool) -> MeetingView:
    under_way = row.state != MeetingState.cancelled and not row.over
    return MeetingView(
        row=row,
        state=label(MeetingState, row.state),
        when=_on_clocks(row.starts_at, row.minutes, clocks) if row.starts_at else [],
        slots=[(i, _on_clocks(at, row.minutes, clocks), at > now()) for i, at in row.slots],
        can_choose=is_open and row.state == MeetingState.proposed and row.organisation_id != own_side,
        can_change=is_open and under_way,
        can_cancel=under_way,
    )


def _on_clocks(moment: datetime, minutes: int, clocks: list[Clock]) -> list[tuple[str, str]]:
    """(time, whose clock); one where both read the same."""
    shown = [(show_clock(moment, clock.zone, minutes), clock.organisation) for clock in clocks]
    return shown if shown[0][0] != shown[1][0] else shown[:1]


@post(_TALK, status_code=200)
async def propose_meeting(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    zone = await _zone(visit, conversation)

    async def act() -> Meeting:
        given = form.read(MeetingForm).on_the_clock_of(zone)
        return await actions.propose_meeting(visit.session, visit.viewer, conversation_id, given)

    done = await visit.attempt(form, act)
    return _back(conversation_id, "meeting") if done else await _show(visit, conversation_id, form)


async def _zone(visit: Visit, conversation: Conversation) -> str:
    return (await clocks_of(visit.session, conversation))[0].zone


def _back(conversation_id: int, said: str) -> Answer:
    return go(f"/percakapan/{conversation_id}/pertemuan", said)


@post(f"{_TALK}/{{meeting_id:int}}/pilih", status_code=200)
async def choose_slot(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], meeting_id: FromPath[int]
) -> Answer:
    await meeting_to_read(visit.session, visit.viewer, conversation_id, meeting_id)
    form = await visit.form()

    async def act() -> Meeting:
        slot = form.read(Choice).slot
        return await actions.choose_slot(visit.session, visit.viewer, conversation_id, meeting_id, slot)

    if await visit.attempt(form, act):
        return _back(conversation_id, "meeting-chosen")
    again = _empty_form()
    again.errors = form.errors
    return await _show(visit, conversation_id, again, meeting_id)


@get(f"{_TALK}/{{meeting_id:int}}/ubah")
async def change_page(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], meeting_id: FromPath[int]
) -> Response[str]:
    row = await meeting_to_read(visit.session, visit.viewer, conversation_id, meeting_id)
    typed = {"minutes": row.minutes, "online": "1" if row.online else "", "place": row.place, "agenda": row.agenda}
    return await _show_change(visit, row, conversation_id, Form.of(typed))


async def _show_change(visit: Visit, row: MeetingRow, conversation_id: int, form: Form) -> Response[str]:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    head = await talk_head(visit, conversation_id, "pertemuan")
    clocks = await clocks_of(visit.session, conversation)
    view = _view(row, clocks, head.row.own_side_id, is_open=head.row.open)
    if not view.can_change:
        raise NotFound
    page = ChangePage(
        head=head,
        meeting=view,
        form=form,
        zone=show_zone(clocks[0].zone),
        lengths=_lengths(form),
    )
    return visit.show(page, 422 if form.errors else 200)


@post(f"{_TALK}/{{meeting_id:int}}/ubah", status_code=200)
async def change_meeting(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], meeting_id: FromPath[int]
) -> Answer:
    row = await meeting_to_read(visit.session, visit.viewer, conversation_id, meeting_id)
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    zone = await _zone(visit, conversation)

    async def act() -> Meeting:
        given = form.read(MeetingForm).on_the_clock_of(zone)
        return await actions.change_meeting(visit.session, visit.viewer, conversation_id, meeting_id, given)

    done = await visit.attempt(form, act)
    return _back(conversation_id, "meeting-changed") if done else await _show_change(visit, row, conversation_id, form)


@post(f"{_TALK}/{{meeting_id:int}}/batal", status_code=200)
async def cancel_meeting(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], meeting_id: FromPath[int]
) -> Answer:
    await meeting_to_read(visit.session, visit.viewer, conversation_id, meeting_id)
    form = await visit.form()

    async def act() -> Meeting:
        given = form.read(Cancellation)
        return await actions.cancel_meeting(visit.session, visit.viewer, conversation_id, meeting_id, given)

    if await visit.attempt(form, act):
        return _back(conversation_id, "meeting-cancelled")
    again = _empty_form()
    again.errors = form.errors
    return await _show(visit, conversation_id, again, meeting_id)


@get(f"{_TALK}/{{file:str}}")
async def calendar_file(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], file: FromPath[str]
) -> Response[bytes]:
    access.signed_in(visit.viewer)
    number = file.removesuffix(".ics")
    if not (file.endswith(".ics") and number.isascii() and number.isdecimal()) or len(number) > 10:
        raise NotFound
    row = for_calendars(await meeting_to_read(visit.session, visit.viewer, conversation_id, int(number)))
    head = await talk_head(visit, conversation_id, "pertemuan")
    names = [head.row.region_side_name, head.row.partner_side_name]
    return Response(
        invitation(row, conversation_id, head.row.initiative_title, names),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": disposition(f"temu-mitra-{number}.ics"), "Cache-Control": "private, no-store"},
    )


HANDLERS = [
    meetings_page,
    propose_meeting,
    choose_slot,
    change_page,
    change_meeting,
    cancel_meeting,
    calendar_file,
]
