"""The meetings of a conversation."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Concatenate

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions import meetings as actions
from matchmaker.api.answers import Answer, Page, Party
from matchmaker.api.once import Given, Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.downloads import disposition
from matchmaker.errors import NotFound
from matchmaker.inputs.meeting import Cancellation, Choice, MeetingChange, MeetingInput
from matchmaker.inputs.validation import check
from matchmaker.invitations import MEDIA_TYPE, invitation
from matchmaker.reading.conversations import list_conversations
from matchmaker.reading.meetings import MeetingRow, for_calendars, meeting_to_read
from matchmaker.reading.meetings import list_meetings as read_meetings
from models.vocabulary import MeetingState

_TALK = "/conversations/{conversation_id:int}/meetings"


class SlotAnswer(Answer):
    id: int
    starts_at: datetime


class MeetingAnswer(Answer):
    id: int
    state: MeetingState
    minutes: int
    online: bool
    place: str
    agenda: str
    note: str = Field(description="Why it was cancelled.")
    proposed_by: Party = Field(description="The side that proposed last; the other one chooses.")
    slots: list[SlotAnswer]
    starts_at: datetime | None = Field(description="What was chosen; while another time is sought, what was before.")
    sequence: int = Field(description="Grows with whatever calendars must learn.")
    changed_at: datetime


@get(_TALK, "listMeetings", "Meetings, the one proposed last first", asks=Stretch)
async def list_meetings(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], asked: Asked
) -> Page[MeetingAnswer]:
    query = check(Stretch, asked)
    await access.conversation_to_read(session, viewer, conversation_id)
    listing = await read_meetings(session, conversation_id, query.cursor, query.limit)
    return Page(items=[_meeting(row) for row in listing.items], next=listing.next)


@post(_TALK, "proposeMeeting", "Propose a meeting", status=201)
async def propose_meeting(
    call: Posted, conversation_id: FromPath[int], data: JSONBody[MeetingInput]
) -> Response[MeetingAnswer]:
    """With up to five times, of which the other side chooses one."""
    return await call.act(
        lambda meeting: _answer(call, conversation_id, meeting.id or 0), actions.propose_meeting, conversation_id, data
    )


@post(f"{_TALK}/{{meeting_id:int}}/choose", "chooseMeetingTime", "Choose one of the proposed times")
async def choose_slot(
    call: Posted, conversation_id: FromPath[int], meeting_id: FromPath[int], data: JSONBody[Choice]
) -> Response[MeetingAnswer]:
    return await _do(call, actions.choose_slot, conversation_id, meeting_id, data.slot)


@post(f"{_TALK}/{{meeting_id:int}}/change", "changeMeeting", "Change a meeting, or propose other times")
async def change_meeting(
    call: Posted, conversation_id: FromPath[int], meeting_id: FromPath[int], data: JSONBody[MeetingChange]
) -> Response[MeetingAnswer]:
    """With `slots` it is a proposal again, which the other side answers; without, a chosen time stands."""
    return await _do(call, actions.change_meeting, conversation_id, meeting_id, data)


@post(f"{_TALK}/{{meeting_id:int}}/cancel", "cancelMeeting", "Cancel a meeting")
async def cancel_meeting(
    call: Posted, conversation_id: FromPath[int], meeting_id: FromPath[int], data: JSONBody[Cancellation]
) -> Response[MeetingAnswer]:
    return await _do(call, actions.cancel_meeting, conversation_id, meeting_id, data)


@get(f"{_TALK}/{{file:str}}", "getMeetingCalendar", "A meeting as a calendar file", media_type=MEDIA_TYPE, also=(409,))
async def calendar_file(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], file: FromPath[str]
) -> Response[bytes]:
    """`file` is the meeting's id and `.ics`. What was cancelled, or is being moved, is a cancellation."""
    viewer = access.signed_in(viewer)
    number = file.removesuffix(".ics")
    if not (file.endswith(".ics") and number.isascii() and number.isdecimal()) or len(number) > 10:
        raise NotFound
    row = for_calendars(await meeting_to_read(session, viewer, conversation_id, int(number)))
    talk = (await list_conversations(session, viewer, conversation_id=conversation_id)).items[0]
    names = [talk.region_side_name, talk.partner_side_name]
    return Response(
        invitation(row, conversation_id, talk.initiative_title, names),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": disposition(f"temu-mitra-{number}.ics")},
    )


async def _do(
    call: Posted,
    verb: Callable[Concatenate[AsyncSession, Viewer | None, int, int, Given], Awaitable[object]],
    conversation_id: int,
    meeting_id: int,
    *given: Given.args,
    **named: Given.kwargs,
) -> Response[MeetingAnswer]:
    """Something is done with a meeting; it is answered as it stands then."""
    return await call.act(
        lambda _: _answer(call, conversation_id, meeting_id), verb, conversation_id, meeting_id, *given, **named
    )


async def _answer(call: Posted, conversation_id: int, meeting_id: int) -> MeetingAnswer:
    return _meeting(await meeting_to_read(call.session, call.viewer, conversation_id, meeting_id))


def _meeting(row: MeetingRow) -> MeetingAnswer:
    return MeetingAnswer.model_validate(
        {
            **vars(row),
            "proposed_by": Party(id=row.organisation_id, name=row.organisation_name),
            "slots": [SlotAnswer(id=row_id, starts_at=at) for row_id, at in row.slots],
        }
    )


HANDLERS = [list_meetings, propose_meeting, choose_slot, change_meeting, cancel_meeting, calendar_file]
