"""Meetings: proposed with some times, chosen by the other side, changed, cancelled."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.notices import notify
from matchmaker.actions.steps import pass_turn
from matchmaker.errors import Conflict, Forbidden, NotFound
from matchmaker.i18n import gettext as _
from matchmaker.inputs.meeting import Cancellation, MeetingChange, MeetingDetails, MeetingInput, usable
from matchmaker.jobs.queue import enqueue
from matchmaker.states import OPEN
from models import Conversation, Meeting, MeetingSlot, now
from models.vocabulary import MeetingState, NoticeKind, PairState

MOST_UNDER_WAY = 20
#: The first of these that is still to come.
REMIND_BEFORE = (timedelta(days=1), timedelta(hours=1))
#: The details of their notices.
PROPOSED, CHOSEN, CHANGED, CANCELLED, REMINDER = "proposed", "chosen", "changed", "cancelled", "reminder"


async def propose_meeting(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, given: MeetingInput | MeetingChange
) -> Meeting:
    conversation, viewer, own_side = await _open_talk(session, viewer, conversation_id)
    slots = usable(given.slots, now(), needed=True)
    await _check_number(session, conversation_id)
    meeting = Meeting(
        conversation_id=conversation_id,
        organisation_id=own_side,
        account_id=viewer.account_id,
        uid=str(uuid.uuid4()),
        minutes=given.minutes,
        online=given.online,
        place=given.place,
        agenda=given.agenda,
    )
    session.add(meeting)
    await session.flush()
    await _offer(session, meeting, slots)
    await _tell(session, conversation, meeting, own_side, PROPOSED)
    return meeting


async def choose_slot(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, meeting_id: int, slot_id: int
) -> Meeting:
    """By the side that did not propose."""
    conversation, _viewer, own_side = await _open_talk(session, viewer, conversation_id)
    meeting = await _meeting(session, conversation_id, meeting_id)
    if meeting.state != MeetingState.proposed:
        raise Conflict(_("This meeting is not waiting for a choice any more."))
    if meeting.organisation_id == own_side:
        raise Forbidden(_("The other side chooses among the times that you proposed."))
    slot = await session.get(MeetingSlot, slot_id)
    if slot is None or slot.meeting_id != meeting_id:
        raise Conflict(_("This time is no longer proposed. Look at the times again."))
    if slot.starts_at <= now():
        raise Conflict(_("This time has passed. Choose another one, or propose new times."))
    if meeting.starts_at is not None:
        meeting.sequence += 1
    meeting.starts_at, meeting.state = slot.starts_at, MeetingState.chosen
    await _keep(session, meeting)
    await _tell(session, conversation, meeting, own_side, CHOSEN)
    return meeting


async def change_meeting(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, meeting_id: int, given: MeetingChange
) -> Meeting:
    """By either side. With new times it is a proposal again, which the other side answers; without, the time that was
    chosen stands.
    """
    conversation, viewer, own_side = await _open_talk(session, viewer, conversation_id)
    meeting = await _meeting(session, conversation_id, meeting_id)
    if meeting.state == MeetingState.cancelled:
        raise Conflict(_("This meeting has been cancelled. Propose a new one."))
    slots = usable(given.slots, now(), needed=meeting.state == MeetingState.proposed)
    if meeting.starts_at is not None:
        meeting.sequence += 1
    _write(meeting, given)
    if slots:
        meeting.state, meeting.organisation_id = MeetingState.proposed, own_side
        meeting.account_id = viewer.account_id
        await _offer(session, meeting, slots)
    await _keep(session, meeting)
    await _tell(session, conversation, meeting, own_side, CHANGED)
    return meeting


async def cancel_meeting(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, meeting_id: int, given: Cancellation
) -> Meeting:
    """By either side, also where the talk is over: nobody shall wait in vain."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    own_side = access.side_of(access.signed_in(viewer), conversation)
    meeting = await _meeting(session, conversation_id, meeting_id)
    if meeting.state == MeetingState.cancelled:
        return meeting
    meeting.state, meeting.note = MeetingState.cancelled, given.note
    if meeting.starts_at is not None:
        meeting.sequence += 1
    await _keep(session, meeting)
    await _tell(session, conversation, meeting, own_side, CANCELLED)
    return meeting


async def remind_of(session: AsyncSession, meeting_id: int, sequence: int, present: datetime) -> bool:
    """Tells both sides, unless it has been cancelled, moved or told meanwhile."""
    meeting = await access.by_id(session, Meeting, meeting_id, lock=True)
    stands = meeting.state == MeetingState.chosen and meeting.sequence == sequence and meeting.reminded < sequence
    if not stands or meeting.starts_at is None or meeting.starts_at <= present:
        return False
    meeting.reminded = sequence
    session.add(meeting)
    conversation = await access.by_id(session, Conversation, meeting.conversation_id)
    await notify(
        session,
        NoticeKind.meeting,
        [conversation.region_side_id, conversation.partner_side_id],
        detail=REMINDER,
        conversation_id=conversation.id,
        row_id=meeting_id,
    )
    return True


async def _open_talk(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int
) -> tuple[Conversation, Viewer, int]:
    """Held until the commit, so that two acts on a meeting of it come one after the other."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    if PairState(conversation.state) not in OPEN:
        raise Conflict(_("This conversation is closed."))
    viewer = access.signed_in(viewer)
    return conversation, viewer, access.side_of(viewer, conversation)


async def _meeting(session: AsyncSession, conversation_id: int, meeting_id: int) -> Meeting:
    meeting = await access.by_id(session, Meeting, meeting_id, lock=True)
    if meeting.conversation_id != conversation_id:
        raise NotFound
    return meeting


async def _check_number(session: AsyncSession, conversation_id: int) -> None:
    query = select(func.count(col(Meeting.id))).where(
        Meeting.conversation_id == conversation_id, Meeting.state == MeetingState.proposed
    )
    if (await session.exec(query)).one() >= MOST_UNDER_WAY:
        raise Conflict(_("Too many meetings are proposed already. Choose or cancel some of them first."))


def _write(meeting: Meeting, given: MeetingDetails) -> None:
    meeting.minutes, meeting.online = given.minutes, given.online
    meeting.place, meeting.agenda = given.place, given.agenda


async def _offer(session: AsyncSession, meeting: Meeting, slots: list[datetime]) -> None:
    await session.exec(delete(MeetingSlot).where(col(MeetingSlot.meeting_id) == meeting.id))
    session.add_all(MeetingSlot(meeting_id=meeting.id or 0, starts_at=slot) for slot in slots)


async def _keep(session: AsyncSession, meeting: Meeting) -> None:
    """With the reminder of what it is now; earlier ones find that it has moved on."""
    meeting.changed_at = now()
    session.add(meeting)
    await session.flush()
    if meeting.state != MeetingState.chosen or meeting.starts_at is None:
        return
    delays = [(meeting.starts_at - before - now()).total_seconds() for before in REMIND_BEFORE]
    if delay := next((delay for delay in delays if delay > 0), None):
        await enqueue(
            session,
            "remind_of_meeting",
            delay=delay,
            once=f"meeting:{meeting.id}:{meeting.sequence}",
            meeting_id=meeting.id,
            sequence=meeting.sequence,
        )


async def _tell(
    session: AsyncSession, conversation: Conversation, meeting: Meeting, own_side: int, detail: str
) -> None:
    if detail != CANCELLED:
        pass_turn(conversation, own_side)
        session.add(conversation)
    await notify(
        session,
        NoticeKind.meeting,
        [access.other_side(conversation, own_side)],
        actor_id=own_side,
        detail=detail,
        conversation_id=conversation.id,
        row_id=meeting.id,
    )
