"""Expressions of interest: sent, seen, accepted, declined, withdrawn."""

from datetime import datetime, timedelta

from sqlalchemy import case
from sqlalchemy.exc import IntegrityError
from sqlmodel import and_, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Member, Viewer
from matchmaker.actions.clock import wind_clock
from matchmaker.actions.events import note_event
from matchmaker.actions.initiatives import follow_talks
from matchmaker.actions.notices import notify
from matchmaker.actions.steps import give_turn
from matchmaker.errors import Conflict, NotFound, TooMany
from matchmaker.i18n import gettext as _
from matchmaker.i18n import show_date
from matchmaker.inputs.contact import InterestInput, Refusal
from matchmaker.states import OPEN, STATES, STEPS, Who, pair_state
from models import Block, Card, Conversation, Initiative, Interest, Message, Organisation, StateChange, now
from models.vocabulary import CardStatus, EventKind, InterestState, NoticeKind, PairState, Step

# Silence kills such platforms: a side has a fortnight to answer before it is nudged.
ANSWER_WITHIN = timedelta(days=STATES[PairState.sent].days or 0)
UNVERIFIED_PER_DAY = 5
_DAY = 24 * 60 * 60
#: Whoever was turned down leaves the other side in peace for so long; the other may come forward at once.
ASKS_AGAIN_AFTER = timedelta(days=30)


async def express_interest(session: AsyncSession, viewer: Viewer | None, given: InterestInput) -> Interest:
    """The first contact between a region and a partner, from whichever of the two the viewer belongs to."""
    initiative = await access.initiative_to_read(session, viewer, given.initiative_id)
    card = await access.card_to_read(session, viewer, given.card_id)
    sender, to_organisation_id = _sides(access.signed_in(viewer), initiative, card)
    if not initiative.is_open or card.status != CardStatus.published:
        raise Conflict(_("Both the initiative and the card must be published and open."))
    if await session.get(Block, (to_organisation_id, sender.organisation_id)):
        raise Conflict(_("This organisation takes no expressions of interest from yours."))
    if until := await asks_again_from(session, given.initiative_id, given.card_id, sender.organisation_id):
        raise Conflict(
            _("They have said no to this pair. You can ask again from %(date)s; they can turn to you at any time.")
            % {"date": show_date(until)}
        )
    await _check_daily_limit(session, sender)
    interest = Interest(
        initiative_id=given.initiative_id,
        card_id=given.card_id,
        from_organisation_id=sender.organisation_id,
        to_organisation_id=to_organisation_id,
        message=given.message,
        first_step=given.first_step,
        sent_by_id=access.signed_in(viewer).account_id,
        due_at=now() + ANSWER_WITHIN,
    )
    try:
        async with session.begin_nested():
            session.add(interest)
    except IntegrityError:
        raise Conflict(_("There is already an open expression of interest between these two.")) from None
    await _tell(session, interest, Who.receiver)
    await wind_clock(session, interest)
    return interest


def _sides(viewer: Viewer, initiative: Initiative, card: Card) -> tuple[Member, int]:
    """Who sends and who receives. A stranger to both learns nothing: NotFound."""
    if member := viewer.member_of(card.organisation_id):
        return member, initiative.organisation_id
    if member := viewer.member_of(initiative.organisation_id):
        return member, card.organisation_id
    raise NotFound


async def asks_again_from(session: AsyncSession, initiative_id: int, card_id: int, sender_id: int) -> datetime | None:
    """The moment before which this side does not ask about the pair again, if that is still to come: the other side
    has declined its interest, or left the talk.
    """
    left = and_(
        col(StateChange.conversation_id) == Conversation.id,
        col(StateChange.step) == Step.leave,
        col(StateChange.organisation_id) != sender_id,
    )
    own = and_(col(Interest.state) == InterestState.declined, col(Interest.from_organisation_id) == sender_id)
    query = (
        select(func.max(case((own, col(Interest.answered_at)))), func.max(col(StateChange.created_at)))
        .select_from(Interest)
        .outerjoin(Conversation, col(Conversation.interest_id) == Interest.id)
        .outerjoin(StateChange, left)
        .where(Interest.initiative_id == initiative_id, Interest.card_id == card_id)
    )
    refused = max((at for at in (await session.exec(query)).one() if at), default=None)
    until = refused + ASKS_AGAIN_AFTER if refused else None
    return until if until and until > now() else None


async def _check_daily_limit(session: AsyncSession, sender: Member) -> None:
    if sender.verified:
        return
    # Those sent at the same moment are counted one after the other.
    await access.by_id(session, Organisation, sender.organisation_id, lock=True)
    query = select(func.count(col(Interest.id))).where(
        Interest.from_organisation_id == sender.organisation_id,
        Interest.created_at > now() - timedelta(seconds=_DAY),
    )
    if (await session.exec(query)).one() >= UNVERIFIED_PER_DAY:
        raise TooMany(
            _(
                "An organisation that is not verified yet can send %(most)s expressions of interest a day. "
                "Please continue tomorrow."
            )
            % {"most": UNVERIFIED_PER_DAY},
            _DAY,
        )


async def mark_seen(session: AsyncSession, viewer: Viewer | None, interest_id: int) -> Interest:
    """Opens an interest for reading; the receiving side's first look is noted."""
    interest = await access.interest_to_read(session, viewer, interest_id)
    received = access.signed_in(viewer).member_of(interest.to_organisation_id)
    if received and interest.seen_at is None and pair_state(interest) in STEPS[Step.see].sources:
        interest.seen_at = now()
        session.add(interest)
    return interest


async def accept_interest(session: AsyncSession, viewer: Viewer | None, interest_id: int) -> Conversation:
    """Opens the conversation between the two organisations, with the interest's text as its first message."""
    interest = await access.interest_to_answer(session, viewer, interest_id)
    if interest.state == InterestState.accepted:
        return await conversation_of(session, interest_id)
    _take(interest, access.signed_in(viewer), Step.accept)
    session.add(interest)
    initiative = await access.by_id(session, Initiative, interest.initiative_id)
    card = await access.by_id(session, Card, interest.card_id)
    conversation = Conversation(
        interest_id=interest_id,
        initiative_id=interest.initiative_id,
        card_id=interest.card_id,
        region_side_id=initiative.organisation_id,
        partner_side_id=card.organisation_id,
        state=STEPS[Step.accept].target,
    )
    # Who was waited for has answered; the side that asked takes the first step it proposed.
    give_turn(conversation, interest.to_organisation_id)
    session.add(conversation)
    await session.flush()
    session.add(
        Message(
            conversation_id=conversation.id or 0,
            author_id=interest.sent_by_id,
            organisation_id=interest.from_organisation_id,
            body=interest.message,
            sent_at=interest.created_at,
        )
    )
    await wind_clock(session, conversation)
    await follow_talks(session, interest.initiative_id)
    await _tell(session, interest, STEPS[Step.accept].tells, conversation.id)
    return conversation


async def decline_interest(
    session: AsyncSession, viewer: Viewer | None, interest_id: int, refusal: Refusal
) -> Interest:
    interest = await access.interest_to_answer(session, viewer, interest_id)
    _take(interest, access.signed_in(viewer), Step.decline)
    interest.reason, interest.reason_note = refusal.reason, refusal.note
    session.add(interest)
    await _tell(session, interest, STEPS[Step.decline].tells)
    return interest


async def withdraw_interest(session: AsyncSession, viewer: Viewer | None, interest_id: int) -> Interest:
    interest = await access.interest_to_withdraw(session, viewer, interest_id)
    _take(interest, access.signed_in(viewer), Step.take_back)
    session.add(interest)
    await _tell(session, interest, STEPS[Step.take_back].tells)
    return interest


def _take(interest: Interest, viewer: Viewer, step: Step) -> None:
    """Who may is settled by how the interest was obtained; whether it can be, by the table."""
    move = STEPS[step]
    if pair_state(interest) not in move.sources:
        raise Conflict(_("This expression of interest has already been answered."))
    interest.state = InterestState.accepted if move.target in OPEN else InterestState(move.target)
    interest.answered_at, interest.answered_by_id = now(), viewer.account_id


async def _tell(session: AsyncSession, interest: Interest, told: Who, conversation_id: int | None = None) -> None:
    """Open pages of both sides; and with a notice the side that has not done it."""
    sides = {Who.sender: interest.from_organisation_id, Who.receiver: interest.to_organisation_id}
    await note_event(session, EventKind.interest, sides.values(), interest.id or 0, conversation_id)
    await notify(
        session,
        NoticeKind.interest,
        [sides[told]],
        actor_id=sides[Who.receiver if told == Who.sender else Who.sender],
        detail=interest.state,
        interest_id=interest.id,
        conversation_id=conversation_id,
    )


async def conversation_of(session: AsyncSession, interest_id: int) -> Conversation:
    query = select(Conversation).where(Conversation.interest_id == interest_id)
    return (await session.exec(query)).one()
