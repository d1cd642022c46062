"""Takes a pair of initiative and card from one state to the next, by the table of ``matchmaker.states``."""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.agreed import follow_step
from matchmaker.actions.initiatives import follow_talks
from matchmaker.actions.notices import notify
from matchmaker.errors import Conflict, Forbidden, Invalid
from matchmaker.i18n import gettext as _
from matchmaker.labels import label
from matchmaker.routes import HANDED_OVER
from matchmaker.settled import settled_route
from matchmaker.states import ENDED, STATES, STEPS, Path, Who, path_of
from models import Conversation, Interest, Organisation, StateChange, now
from models.vocabulary import NoticeKind, PairState, Step


async def take_step(
    session: AsyncSession,
    viewer: Viewer | None,
    conversation: Conversation,
    step: Step,
    *,
    reason: str | None = None,
    note: str = "",
    tells: bool = True,
    signed: bool = False,
) -> StateChange:
    """By a member of one of the sides. ``conversation`` is held by the caller (``lock=True``). Without ``tells`` it is
    the caller who tells of it, in the words of what has led to the step. ``signed``: what the step needs on paper has
    been recorded.
    """
    viewer = access.signed_in(viewer)
    own_side = access.side_of(viewer, conversation)
    await check_step(session, conversation, step, own_side)
    if STEPS[step].signed and not signed:
        raise Conflict(_("Record the paper on the page of the agreement; the step follows by itself."))
    if STEPS[step].reason and not reason:
        raise Invalid({"reason": _("Choose a reason; the other side reads it.")})
    return await _take(session, conversation, step, own_side, viewer.account_id, reason, note, tells)


async def take_step_by_clock(
    session: AsyncSession, conversation: Conversation, step: Step, reason: str
) -> StateChange:
    if conversation.state not in STEPS[step].sources:
        raise Conflict(_("Meanwhile the talk has gone on."))
    return await _take(session, conversation, step, None, None, reason, "", tells=True)


async def check_step(session: AsyncSession, conversation: Conversation, step: Step, own_side: int) -> None:
    """Whether this side can take ``step`` now; if not, it is said why."""
    move, state = STEPS[step], PairState(conversation.state)
    if not move.starts_from(state, await path_of_pair(session, conversation)):
        raise Conflict(
            _("This is not possible while the talk is at “%(state)s”.") % {"state": label(PairState, state)}
        )
    if move.by == Who.clock:
        raise Forbidden(_("This happens by itself, when nobody has answered for long."))
    if move.by not in (Who.either, side_name(conversation, own_side)):
        raise Forbidden(_("This is for the other side to do."))
    if step == Step.submit and await settled_route(session, conversation) in HANDED_OVER:
        raise Conflict(
            _("By the answers to the questions of the route this is a matter of another office, not of the TKKSD.")
        )


async def path_of_pair(session: AsyncSession, conversation: Conversation) -> Path:
    partner = await access.by_id(session, Organisation, conversation.partner_side_id)
    return path_of(partner.legal_form)


async def _take(
    session: AsyncSession,
    conversation: Conversation,
    step: Step,
    actor: int | None,
    account_id: int | None,
    reason: str | None,
    note: str,
    tells: bool,
) -> StateChange:
    move, state = STEPS[step], PairState(conversation.state)
    change = StateChange(
        conversation_id=conversation.id or 0,
        step=step,
        source=state,
        target=move.target,
        organisation_id=actor,
        account_id=account_id,
        reason=reason if move.reason else None,
        note=note,
    )
    session.add(change)
    conversation.state = move.target
    give_turn(conversation, actor)
    session.add(conversation)
    await session.flush()
    if (state in ENDED) != (move.target in ENDED):
        await _end_interest(session, conversation, ended=move.target in ENDED)
    await follow_talks(session, conversation.initiative_id)
    await follow_step(session, conversation, step, account_id)
    await notify(
        session,
        NoticeKind.step,
        sides_of(conversation, move.tells, actor) if tells else [],
        actor_id=actor,
        detail=step,
        conversation_id=conversation.id,
        row_id=change.id,
    )
    return change


async def _end_interest(session: AsyncSession, conversation: Conversation, *, ended: bool) -> None:
    """The interest that opened the talk ends with it, and is open again with it: of a pair there is one at most."""
    interest = await access.by_id(session, Interest, conversation.interest_id, lock=True)
    interest.ended_at = now() if ended else None
    try:
        async with session.begin_nested():
            session.add(interest)
    except IntegrityError:
        raise Conflict(_("Meanwhile the two of you have begun anew. Go on there.")) from None


def give_turn(conversation: Conversation, actor: int | None) -> None:
    """After ``actor`` has done something, it is the turn of whom the state names, within the days that it names."""
    state = STATES[PairState(conversation.state)]
    turn = sides_of(conversation, state.next_actor, actor)
    conversation.next_actor_id = turn[0] if turn else None
    conversation.due_at = now() + timedelta(days=state.days) if state.days else None
    conversation.reminded, conversation.reminded_at = 0, None


def pass_turn(conversation: Conversation, actor: int) -> None:
    """The same, after something that moves no state: only where the two sides take turns."""
    if STATES[PairState(conversation.state)].next_actor == Who.other:
        give_turn(conversation, actor)


def pass_turn_of_quarter(conversation: Conversation, actor: int) -> None:
    """After a quarter's report: now the other side reports, within the days of a running work."""
    conversation.next_actor_id = access.other_side(conversation, actor)
    conversation.due_at = now() + timedelta(days=STATES[PairState.running].days or 0)


def sides_of(conversation: Conversation, who: Who, actor: int | None) -> list[int]:
    """The organisations that ``who`` means when ``actor`` has taken the step."""
    region, partner = conversation.region_side_id, conversation.partner_side_id
    if who == Who.other:
        return [access.other_side(conversation, actor or partner)]
    return {Who.region: [region], Who.partner: [partner], Who.both: [region, partner]}.get(who, [])


def side_name(conversation: Conversation, organisation_id: int) -> Who:
    return Who.region if organisation_id == conversation.region_side_id else Who.partner
