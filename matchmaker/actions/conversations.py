"""The talk: messages sent, and how far each member has read."""

from sqlalchemy import ScalarSelect
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.events import note_event
from matchmaker.actions.steps import give_turn
from matchmaker.database import insert_unless_present
from matchmaker.errors import Conflict
from matchmaker.i18n import gettext as _
from matchmaker.inputs.contact import MessageInput
from matchmaker.states import OPEN, STATES, Who
from models import Conversation, Message, ReadMark, now
from models.vocabulary import EventKind, PairState


async def send_message(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, given: MessageInput
) -> Message:
    """Says something to the other organisation; from now on it is their turn."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    viewer = access.signed_in(viewer)
    state = PairState(conversation.state)
    if state not in OPEN:
        raise Conflict(_("This conversation is closed."))
    own_side = access.side_of(viewer, conversation)
    message = Message(
        conversation_id=conversation_id,
        author_id=viewer.account_id,
        organisation_id=own_side,
        body=given.body,
    )
    session.add(message)
    conversation.last_message_at = message.sent_at
    if STATES[state].next_actor == Who.other:
        give_turn(conversation, own_side)
    session.add(conversation)
    await session.flush()
    await _mark(session, viewer, conversation_id, message.id or 0)
    sides = (conversation.region_side_id, conversation.partner_side_id)
    await note_event(session, EventKind.message, sides, message.id or 0, conversation_id)
    return message


async def mark_read(session: AsyncSession, viewer: Viewer | None, conversation_id: int) -> Conversation:
    """Opens a conversation for reading: everything in it counts as read by this member."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    # Asked within the statement that marks: what arrives in between stays unread, and it is one question less.
    newest = select(func.coalesce(func.max(col(Message.id)), 0)).where(Message.conversation_id == conversation_id)
    await _mark(session, access.signed_in(viewer), conversation_id, newest.scalar_subquery())
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
