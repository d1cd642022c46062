"""Decisions: points that one side proposes and the other confirms."""

from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.events import note_event
from matchmaker.actions.notices import notify
from matchmaker.actions.steps import pass_turn
from matchmaker.actions.terms import hand_on, open_talk
from matchmaker.errors import Conflict, Forbidden, Invalid, NotFound
from matchmaker.i18n import gettext as _
from matchmaker.inputs.terms import DecisionInput, RejectionInput
from models import Conversation, Decision, Message, now
from models.vocabulary import DecisionState, EventKind, MessageKind, NoticeKind


async def propose_decision(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, given: DecisionInput
) -> Decision:
    """The next number, and this side's yes to it. It is final once the other side confirms."""
    conversation = await open_talk(session, viewer, conversation_id)
    replaced = await _replaceable(session, conversation, given.replaces) if given.replaces else None
    if given.message_id is not None:
        await _check_message(session, conversation, given.message_id)
    highest = select(func.coalesce(func.max(col(Decision.number)), 0)).where(
        Decision.conversation_id == conversation_id
    )
    own_side = access.side_of(access.signed_in(viewer), conversation)
    decision = Decision(
        conversation_id=conversation_id,
        # Nobody takes the same: the conversation is held.
        number=(await session.exec(highest)).one() + 1,
        title=given.title,
        body=given.body,
        message_id=given.message_id,
        section=given.section,
        replaces_id=replaced.id if replaced else None,
        organisation_id=own_side,
        author_id=access.signed_in(viewer).account_id,
    )
    pass_turn(conversation, own_side)
    await _tell(session, conversation, own_side, decision, "proposed")
    return decision


async def _replaceable(session: AsyncSession, conversation: Conversation, number: int) -> Decision:
    """An earlier decision that is final and that no other has replaced."""
    earlier = await _earlier(session, conversation, number)
    if earlier is None or earlier.state != DecisionState.final:
        raise Invalid({"replaces": _("Only a final decision of this conversation can be replaced.")})
    await _check_not_replaced(session, earlier)
    return earlier


async def _check_not_replaced(session: AsyncSession, decision: Decision) -> None:
    later = aliased(Decision)
    query = select(later.number).where(
        later.conversation_id == decision.conversation_id,
        later.replaces_id == decision.id,
        later.state == DecisionState.final,
    )
    if number := (await session.exec(query)).first():
        raise Conflict(
            _("Decision %(earlier)s was already replaced by decision %(later)s.")
            % {"earlier": decision.number, "later": number}
        )


async def _check_message(session: AsyncSession, conversation: Conversation, message_id: int) -> None:
    """Of this talk, and said to both sides: an internal note must not shine through, not even as a number."""
    message = await session.get(Message, message_id)
    if message is None or message.conversation_id != conversation.id or message.kind != MessageKind.message:
        raise Invalid({"message_id": _("There is no such message in this conversation.")})


async def confirm_decision(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, number: int
) -> Decision:
    """The other side's yes: from now on it never changes. The proposing side said its own by proposing."""
    conversation = await open_talk(session, viewer, conversation_id)
    decision = await decision_of(session, conversation, number)
    own_side = access.side_of(access.signed_in(viewer), conversation)
    _check_not_past(decision)
    if decision.state == DecisionState.final or decision.organisation_id == own_side:
        return decision
    if decision.replaces_id is not None:
        await _check_not_replaced(session, await access.by_id(session, Decision, decision.replaces_id))
    decision.state, decision.confirmed_at = DecisionState.final, now()
    decision.confirmed_by_id = access.signed_in(viewer).account_id
    await hand_on(session, conversation, own_side)
    await _tell(session, conversation, own_side, decision, "replaced" if decision.replaces_id else "confirmed")
    return decision


async def withdraw_decision(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, number: int
) -> Decision:
    """By the side that proposed it, before the other has confirmed. Its number is not given again."""
    conversation = await open_talk(session, viewer, conversation_id)
    decision = await decision_of(session, conversation, number)
    own_side = access.side_of(access.signed_in(viewer), conversation)
    if decision.organisation_id != own_side:
        raise Forbidden(_("Only the side that proposed it can withdraw it."))
    if decision.state != DecisionState.withdrawn:
        _check_not_past(decision)
        _check_not_final(decision)
        decision.state, decision.withdrawn_at = DecisionState.withdrawn, now()
        await hand_on(session, conversation, own_side)
        await _tell(session, conversation, own_side, decision, "withdrawn")
    return decision


async def reject_decision(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, number: int, given: RejectionInput
) -> Decision:
    """The other side's no, with its reason: the proposing side may then propose something else."""
    conversation = await open_talk(session, viewer, conversation_id)
    decision = await decision_of(session, conversation, number)
    own_side = access.side_of(access.signed_in(viewer), conversation)
    if decision.organisation_id == own_side:
        raise Forbidden(_("Only the other side can turn it down. Your own side withdraws it."))
    if decision.state != DecisionState.rejected:
        _check_not_past(decision)
        _check_not_final(decision)
        decision.state, decision.rejected_at, decision.reason = DecisionState.rejected, now(), given.reason
        decision.rejected_by_id = access.signed_in(viewer).account_id
        pass_turn(conversation, own_side)
        await _tell(session, conversation, own_side, decision, "rejected")
    return decision


def _check_not_past(decision: Decision) -> None:
    if decision.state == DecisionState.withdrawn:
        raise Conflict(_("This proposal was withdrawn."))
    if decision.state == DecisionState.rejected:
        raise Conflict(_("The other side has turned this proposal down."))


def _check_not_final(decision: Decision) -> None:
    if decision.state == DecisionState.final:
        raise Conflict(_("Both sides have confirmed this decision. Only a later decision can replace it."))


async def decision_of(session: AsyncSession, conversation: Conversation, number: int) -> Decision:
    """One decision of a talk that the viewer was let in to, or NotFound."""
    decision = await _earlier(session, conversation, number)
    if decision is None:
        raise NotFound
    return decision


async def _earlier(session: AsyncSession, conversation: Conversation, number: int) -> Decision | None:
    if not 1 <= number <= access.LARGEST_ID:
        return None
    query = select(Decision).where(Decision.conversation_id == conversation.id, Decision.number == number)
    # As it is now that the conversation is held, not as it may have been read before.
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def _tell(
    session: AsyncSession, conversation: Conversation, own_side: int, decision: Decision, detail: str
) -> None:
    """Open pages of both sides, and the other side by a notice."""
    session.add(conversation)
    session.add(decision)
    await session.flush()
    sides = (conversation.region_side_id, conversation.partner_side_id)
    await note_event(session, EventKind.decision, sides, decision.id or 0, conversation.id)
    await notify(
        session,
        NoticeKind.decision,
        [access.other_side(conversation, own_side)],
        actor_id=own_side,
        detail=detail,
        conversation_id=conversation.id,
        row_id=decision.id,
    )
