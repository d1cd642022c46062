"""The talk: messages and notes, sent and edited, how far each member has read, and what they have begun to write."""

from datetime import timedelta

from sqlalchemy import ScalarSelect, delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.clock import wind_clock
from matchmaker.actions.editing import check_version
from matchmaker.actions.events import note_event
from matchmaker.actions.mentions import call, whom_to_call
from matchmaker.actions.notices import tell_of_message
from matchmaker.actions.steps import give_turn
from matchmaker.database import insert_unless_present
from matchmaker.errors import Conflict
from matchmaker.i18n import gettext as _
from matchmaker.inputs.contact import DraftInput, MessageChange, MessageInput
from matchmaker.states import OPEN, STATES, Who
from matchmaker.talk_access import message_to_edit
from models import Conversation, Message, MessageDraft, MessageVersion, ReadMark, now
from models.vocabulary import EventKind, MessageKind, PairState

#: How long the author of a message may mend it; afterwards it stands.
EDIT_WITHIN = timedelta(minutes=15)


async def send_message(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, given: MessageInput
) -> Message:
    """Says something to the other organisation, whose turn it is from now on; or notes something for one's own, of
    which the other side learns nothing, not even that it is there.
    """
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    viewer = access.signed_in(viewer)
    own_side = access.side_of(viewer, conversation)
    # The lock on the conversation makes twins come one after the other.
    if (twin := await _sent_before(session, viewer, conversation_id, given.key)) is not None:
        return _same(twin, given)
    _check_open(conversation)
    called = await whom_to_call(session, viewer, conversation, own_side, given)
    message = Message(
        conversation_id=conversation_id,
        author_id=viewer.account_id,
        organisation_id=own_side,
        kind=given.kind,
        body=given.body,
        client_key=given.key,
    )
    session.add(message)
    await session.flush()
    await _mark(session, viewer, conversation_id, message.id or 0)
    await _forget_draft(session, viewer, conversation_id)
    if given.kind == MessageKind.message:
        await _hand_over(session, conversation, message)
    await note_event(session, EventKind.message, _audience(conversation, message), message.id or 0, conversation_id)
    if given.kind == MessageKind.message:
        await tell_of_message(session, message, access.other_side(conversation, own_side), but=called)
    await call(session, message, called)
    return message


def _check_open(conversation: Conversation) -> None:
    if conversation.state not in OPEN:
        raise Conflict(_("This conversation is closed."))


async def _sent_before(session: AsyncSession, viewer: Viewer, conversation_id: int, key: str | None) -> Message | None:
    if key is None:
        return None
    query = select(Message).where(
        Message.conversation_id == conversation_id,
        Message.author_id == viewer.account_id,
        Message.client_key == key,
    )
    return (await session.exec(query)).first()


def _same(twin: Message, given: MessageInput) -> Message:
    """A form that was sent, taken back from the browser's history and filled in anew must not be lost as a repeat."""
    if twin.version == 1 and (twin.body, twin.kind) != (given.body, given.kind):
        raise Conflict(
            _("This was sent already, with another text. Look at what was sent; if this is new, send it again.")
        )
    return twin


async def _hand_over(session: AsyncSession, conversation: Conversation, message: Message) -> None:
    conversation.last_message_at = message.sent_at
    if STATES[PairState(conversation.state)].next_actor == Who.other:
        give_turn(conversation, message.organisation_id)
        await wind_clock(session, conversation)
    session.add(conversation)
    await session.flush()


def _audience(conversation: Conversation, message: Message) -> tuple[int, ...]:
    if message.kind == MessageKind.note:
        return (message.organisation_id,)
    return conversation.region_side_id, conversation.partner_side_id


async def edit_message(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, message_id: int, given: MessageChange
) -> Message:
    """By its author, for a quarter of an hour. What it said before stays, for all who see it."""
    message = await message_to_edit(session, viewer, conversation_id, message_id)
    conversation = await access.by_id(session, Conversation, conversation_id)
    _check_open(conversation)
    if not editable(message):
        raise Conflict(_("A message can be edited for 15 minutes. Now it stands; send a new one instead."))
    check_version(message, given, {"body": message.body})
    if message.body == given.body:
        return message
    session.add(MessageVersion(message_id=message_id, version=message.version, body=message.body))
    message.body, message.version, message.edited_at = given.body, message.version + 1, now()
    session.add(message)
    await session.flush()
    await note_event(session, EventKind.message, _audience(conversation, message), message_id, conversation_id)
    return message


def editable(message: Message) -> bool:
    return now() - message.sent_at < EDIT_WITHIN


async def mark_read(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, up_to: int | None = None
) -> Conversation:
    """Everything in a conversation counts as read by this member, or all up to a message."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    viewer = access.signed_in(viewer)
    # Asked within the statement that marks: what arrives in between stays unread, and it is one question less.
    newest = select(func.coalesce(func.max(col(Message.id)), 0)).where(
        Message.conversation_id == conversation_id, access.readable_by([access.side_of(viewer, conversation)])
    )
    if up_to is not None:
        newest = newest.where(col(Message.id) <= up_to)
    await _mark(session, viewer, conversation_id, newest.scalar_subquery())
    return conversation


async def _mark(
    session: AsyncSession, viewer: Viewer, conversation_id: int, message_id: int | ScalarSelect[int]
) -> None:
    values: dict[str, object] = {
        "conversation_id": conversation_id,
        "account_id": viewer.account_id,
        "message_id": message_id,
        "read_at": now(),
    }
    await insert_unless_present(session, ReadMark, values, raising="message_id", touching=("read_at",))


async def save_draft(session: AsyncSession, viewer: Viewer | None, conversation_id: int, given: DraftInput) -> None:
    """What a member has begun to write; an empty text takes the draft away."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    viewer = access.signed_in(viewer)
    _check_open(conversation)
    if await _sent_before(session, viewer, conversation_id, given.key) is not None:
        return  # saved in the moment of sending, and overtaken by it
    await _forget_draft(session, viewer, conversation_id)
    if given.body:
        session.add(
            MessageDraft(
                conversation_id=conversation_id, account_id=viewer.account_id, kind=given.kind, body=given.body
            )
        )
    await session.flush()


async def drop_draft(session: AsyncSession, viewer: Viewer | None, conversation_id: int) -> None:
    """Also where the talk has been closed meanwhile."""
    await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    await _forget_draft(session, access.signed_in(viewer), conversation_id)


async def _forget_draft(session: AsyncSession, viewer: Viewer, conversation_id: int) -> None:
    await session.exec(
        delete(MessageDraft).where(
            col(MessageDraft.conversation_id) == conversation_id, col(MessageDraft.account_id) == viewer.account_id
        )
    )
