"""The talk between the two sides of an accepted interest."""

from datetime import datetime
from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field

from matchmaker import access
from matchmaker.actions import conversations as actions
from matchmaker.api.answers import Answer, Page, Party
from matchmaker.api.once import Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.inputs.contact import MessageInput
from matchmaker.inputs.validation import Input, check
from matchmaker.reading.conversations import ConversationRow, MessageRow, messages_of
from matchmaker.reading.conversations import list_conversations as read_conversations
from matchmaker.reading.listing import LARGEST_PAGE, PAGE, broken_cursor
from models.vocabulary import PairState


class ConversationAnswer(Answer):
    id: int
    state: PairState
    initiative_id: int
    initiative_title: str
    card_id: int
    card_title: str
    region_side: Party
    partner_side: Party
    next_actor: Party | None = Field(description="Whose turn it is.")
    due: datetime | None = Field(description="Until when that turn is hoped for.")
    my_turn: bool
    last_message_at: datetime


class AuthorAnswer(Answer):
    id: int
    name: str | None = Field(description="Null for somebody whose account is deleted.")
    organisation: Party


class MessageAnswer(Answer):
    id: int
    sent_at: datetime
    author: AuthorAnswer
    body: str
    read: bool = Field(description="Whether somebody of the other side has read it.")


class MessageQuery(Input):
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="How many items at most.")] = PAGE
    after: Annotated[int, Field(ge=0, le=access.LARGEST_ID, description="The id of the last message known.")] = 0
    cursor: Annotated[str, Field(max_length=200, description="`next` of the stretch before.")] | None = None


@get("/conversations", "listConversations", "Own conversations, the one spoken in last first", asks=Stretch)
async def list_conversations(session: Transaction, viewer: Caller, asked: Asked) -> Page[ConversationAnswer]:
    query = check(Stretch, asked)
    listing = await read_conversations(session, access.signed_in(viewer), query.cursor, query.limit)
    return Page(items=[_conversation(row) for row in listing.items], next=listing.next)


@get("/conversations/{conversation_id:int}", "getConversation", "A conversation")
async def get_conversation(session: Transaction, viewer: Caller, conversation_id: FromPath[int]) -> ConversationAnswer:
    """For members of either side."""
    await access.conversation_to_read(session, viewer, conversation_id)
    listing = await read_conversations(session, access.signed_in(viewer), conversation_id=conversation_id)
    return _conversation(listing.items[0])


@get(
    "/conversations/{conversation_id:int}/messages",
    "listMessages",
    "Messages in the order of sending",
    asks=MessageQuery,
)
async def list_messages(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], asked: Asked
) -> Page[MessageAnswer]:
    """From the beginning, or those behind `after`. Reading them here does not mark them as read."""
    query = check(MessageQuery, asked)
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    after = query.after if query.cursor is None else _message_id(query.cursor)
    rows = await messages_of(session, conversation, after=after, limit=query.limit + 1)
    shown = rows[: query.limit]
    return Page(items=[_message(row) for row in shown], next=str(shown[-1].id) if len(rows) > len(shown) else None)


@post("/conversations/{conversation_id:int}/messages", "sendMessage", "Send a message", status=201)
async def send_message(
    call: Posted, conversation_id: FromPath[int], data: JSONBody[MessageInput]
) -> Response[MessageAnswer]:
    """From now on it is the other side's turn."""

    async def act() -> MessageAnswer:
        message = await actions.send_message(call.session, call.viewer, conversation_id, data)
        conversation = await access.conversation_to_read(call.session, call.viewer, conversation_id)
        after = (message.id or 0) - 1
        return _message((await messages_of(call.session, conversation, after=after, limit=1))[0])

    return await call.once(act)


def _message_id(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal() and int(cursor) <= access.LARGEST_ID):
        raise broken_cursor()
    return int(cursor)


def _conversation(row: ConversationRow) -> ConversationAnswer:
    region = Party(id=row.region_side_id, name=row.region_side_name)
    partner = Party(id=row.partner_side_id, name=row.partner_side_name)
    next_actor = {region.id: region, partner.id: partner}.get(row.next_actor_id or 0)
    return ConversationAnswer.model_validate(
        {
            **vars(row),
            "region_side": region,
            "partner_side": partner,
            "next_actor": next_actor,
            "due": row.due_at,
            "my_turn": row.my_turn,
        }
    )


def _message(row: MessageRow) -> MessageAnswer:
    organisation = Party(id=row.organisation_id, name=row.organisation_name)
    author = AuthorAnswer(id=row.author_id, name=row.author_name or None, organisation=organisation)
    return MessageAnswer.model_validate({**vars(row), "author": author})


HANDLERS = [list_conversations, get_conversation, list_messages, send_message]
