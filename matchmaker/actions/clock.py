"""What time does to a pair in which nobody speaks: a nudge, a word to the backup contact, and an end.

The first when the turn is over (14 days, where the table of states says no other), each of the others a fortnight
after the one before. Every reminder is asked for when the turn changes and looks again, when its time has come,
whether it is still wanted; what was missed is found by the hour (``jobs.clock``).
"""

from datetime import datetime, timedelta
from enum import IntEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.actions.events import note_event
from matchmaker.actions.mail import queue_mail
from matchmaker.actions.notices import notify
from matchmaker.actions.steps import take_step_by_clock
from matchmaker.jobs.queue import enqueue
from matchmaker.states import OPEN, STEPS
from models import Conversation, Initiative, Interest, now
from models.vocabulary import EventKind, InterestState, NoticeKind, Reason, Step

BETWEEN = timedelta(days=14)


class Reminder(IntEnum):
    """What was done last; the column ``reminded``."""

    none = 0
    nudge = 1
    backup = 2
    stale = 3


Waiting = Conversation | Interest


def turn_of(pair: Waiting) -> int | None:
    """The organisation that has to act; None where nobody has."""
    if isinstance(pair, Interest):
        return pair.to_organisation_id if pair.state == InterestState.sent else None
    return pair.next_actor_id if pair.state in OPEN else None


def next_reminder(pair: Waiting) -> tuple[Reminder, datetime] | None:
    if turn_of(pair) is None or pair.due_at is None or pair.reminded >= Reminder.stale:
        return None
    # Where nobody was there to remind in time, nobody is cut off for it: a fortnight lies between two of them.
    at = pair.reminded_at + BETWEEN if pair.reminded_at and pair.reminded else pair.due_at
    return Reminder(pair.reminded + 1), at


async def wind_clock(session: AsyncSession, pair: Waiting) -> None:
    """Asks for the next reminder of a pair, once for each turn."""
    following = next_reminder(pair)
    if following is None or pair.due_at is None:
        return
    reminder, at = following
    kind = "interest" if isinstance(pair, Interest) else "talk"
    # A second later than due, so that it does not come a moment too early.
    delay = max(0.0, (at - now()).total_seconds()) + 1
    once = f"remind:{kind}:{pair.id}:{int(pair.due_at.timestamp())}:{reminder.name}"
    await enqueue(session, f"remind_of_{kind}", once=once, delay=delay, pair_id=pair.id)


async def remind(session: AsyncSession, pair: Waiting) -> Reminder | None:
    """Gives the reminder whose time has come. ``pair`` is held by the caller (``lock=True``)."""
    following, turn = next_reminder(pair), turn_of(pair)
    if following is None or turn is None or following[1] > now():
        return None
    reminder = following[0]
    if reminder == Reminder.stale:
        await _end(session, pair)
    else:
        await _nudge(session, pair, turn, reminder)
    pair.reminded, pair.reminded_at = reminder, now()
    session.add(pair)
    await session.flush()
    await wind_clock(session, pair)
    return reminder


async def _nudge(session: AsyncSession, pair: Waiting, turn: int, reminder: Reminder) -> None:
    interest_id = pair.id if isinstance(pair, Interest) else pair.interest_id
    conversation_id = None if isinstance(pair, Interest) else pair.id
    await notify(
        session,
        NoticeKind.reminder,
        [turn],
        detail=reminder.name,
        interest_id=interest_id,
        conversation_id=conversation_id,
    )
    if reminder != Reminder.backup:
        return
    initiative = await access.by_id(session, Initiative, pair.initiative_id)
    # A partner names no mailbox: the mail that its admins get of this notice speaks to them as the backup.
    if turn == initiative.organisation_id and initiative.backup_email:
        await queue_mail(
            session,
            "silence",
            recipient=initiative.backup_email,
            organisation_id=turn,
            language=initiative.language,
            interest_id=interest_id,
        )


async def _end(session: AsyncSession, pair: Waiting) -> None:
    """For want of an answer. What has been signed does not end by silence."""
    if isinstance(pair, Conversation):
        if pair.state in STEPS[Step.go_stale].sources:
            await take_step_by_clock(session, pair, Step.go_stale, Reason.no_reply)
        return
    pair.state, pair.answered_at, pair.reason = InterestState.stale, now(), Reason.no_reply
    session.add(pair)
    sides = (pair.from_organisation_id, pair.to_organisation_id)
    await note_event(session, EventKind.interest, sides, pair.id or 0)
    await notify(session, NoticeKind.interest, sides, detail=pair.state, interest_id=pair.id)
