"""The talk between the two sides of an accepted interest."""

from datetime import datetime
from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions import conversations as actions
from matchmaker.actions import steps as actions_steps
from matchmaker.api.answers import Answer, AuthorAnswer, Page, Party
from matchmaker.api.once import Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, patch, post
from matchmaker.inputs.contact import MessageChange, MessageInput, StepInput
from matchmaker.inputs.text import Line
from matchmaker.inputs.validation import Input, check
from matchmaker.reading.conversations import ConversationRow
from matchmaker.reading.conversations import list_conversations as read_conversations
from matchmaker.reading.listing import LARGEST_PAGE, PAGE, broken_cursor
from matchmaker.reading.messages import MessageRow, talk_of
from matchmaker.reading.notices import unread as read_unread
from matchmaker.reading.steps import ChangeRow, history_of
from matchmaker.states import Path, steps_of
from models import Conversation
from models.vocabulary import MessageKind, PairState, Reason, Step


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
    unread: int = Field(description="Messages of the other side that the caller has not read.")


class ChangeAnswer(Answer):
    step: Step | None = Field(description="Null for the interest that was sent.")
    state: PairState = Field(description="To which it led.")
    at: datetime
    organisation: Party | None = Field(description="Whose step it was; null where time has passed.")
    person: str | None = Field(description="Who took it, where that is known.")
    reason: Reason | None
    note: str


class ConversationDetail(ConversationAnswer):
    path: Path = Field(description="Which papers the partner's legal form asks for.")
    steps: list[Step] = Field(description="What the caller's side can do now.")
    history: list[ChangeAnswer] = Field(description="From the interest on.")


class MentionAnswer(Answer):
    account_id: int
    name: str


class EarlierAnswer(Answer):
    body: str
    replaced_at: datetime


class MessageAnswer(Answer):
    id: int
    kind: MessageKind = Field(description="A note is seen by the members of its author's organisation alone.")
    sent_at: datetime
    author: AuthorAnswer
    body: str
    read: bool = Field(description="Whether somebody of the other side has read it.")
    version: int
    edited_at: datetime | None
    mentions: list[MentionAnswer] = Field(description="Members who were asked to look at it.")
    versions: list[EarlierAnswer] = Field(description="What it said before it was edited, the oldest first.")


class ConversationQuery(Stretch):
    search: Annotated[
        Line, Field(max_length=100, description="Words, all of which a title, a side or one message holds.")
    ] = ""


class MessageQuery(Input):
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="How many items at most.")] = PAGE
    after: Annotated[int, Field(ge=0, le=access.LARGEST_ID, description="The id of the last message known.")] = 0
    cursor: Annotated[str, Field(max_length=200, description="`next` of the stretch before.")] | None = None


@get(
    "/conversations",
    "listConversations",
    "Own conversations, the one spoken in last first",
    asks=ConversationQuery,
)
async def list_conversations(session: Transaction, viewer: Caller, asked: Asked) -> Page[ConversationAnswer]:
    query = check(ConversationQuery, asked)
    viewer = access.signed_in(viewer)
    listing = await read_conversations(session, viewer, query.cursor, query.limit, search=query.search)
    unread = (await read_unread(session, viewer)).messages
    return Page(items=[_conversation(row, unread) for row in listing.items], next=listing.next)


@get("/conversations/{conversation_id:int}", "getConversation", "A conversation, and the steps it has taken")
async def get_conversation(session: Transaction, viewer: Caller, conversation_id: FromPath[int]) -> ConversationDetail:
    """For members of either side."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    return await _detail(session, viewer, conversation)


@post("/conversations/{conversation_id:int}/steps", "takeStep", "Take a step")
async def take_step(
    call: Posted, conversation_id: FromPath[int], data: JSONBody[StepInput]
) -> Response[ConversationDetail]:
    """One of `steps`; some ask for a reason. The other side is told."""

    async def act() -> ConversationDetail:
        conversation = await access.conversation_to_read(call.session, call.viewer, conversation_id, lock=True)
        await actions_steps.take_step(
            call.session, call.viewer, conversation, data.step, reason=data.reason, note=data.note
        )
        return await _detail(call.session, call.viewer, conversation)

    return await call.once(act)


@get(
    "/conversations/{conversation_id:int}/messages",
    "listMessages",
    "Messages in the order of sending",
    asks=MessageQuery,
)
async def list_messages(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], asked: Asked
) -> Page[MessageAnswer]:
    """From the beginning, or those behind `after`, with the internal notes of the caller's own organisation. Reading
    them here does not mark them as read.
    """
    query = check(MessageQuery, asked)
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    after = query.after if query.cursor is None else _message_id(query.cursor)
    own_side = access.side_of(access.signed_in(viewer), conversation)
    rows = (await talk_of(session, conversation, own_side, after=after, limit=query.limit + 1)).messages
    shown = rows[: query.limit]
    return Page(items=[_message(row) for row in shown], next=str(shown[-1].id) if len(rows) > len(shown) else None)


@post("/conversations/{conversation_id:int}/messages", "sendMessage", "Send a message", status=201)
async def send_message(
    call: Posted, conversation_id: FromPath[int], data: JSONBody[MessageInput]
) -> Response[MessageAnswer]:
    """From now on it is the other side's turn, unless it is a note."""
    return await call.act(
        lambda message: _one(call.session, call.viewer, conversation_id, message.id or 0),
        actions.send_message,
        conversation_id,
        data,
    )


@patch("/conversations/{conversation_id:int}/messages/{message_id:int}", "editMessage", "Edit a message of one's own")
async def edit_message(
    session: Transaction,
    viewer: Caller,
    conversation_id: FromPath[int],
    message_id: FromPath[int],
    data: JSONBody[MessageChange],
) -> MessageAnswer:
    """Within 15 minutes of sending it; afterwards it is a 409. What it said before stays in `versions`."""
    await actions.edit_message(session, viewer, conversation_id, message_id, data)
    return await _one(session, viewer, conversation_id, message_id)


async def _one(session: AsyncSession, viewer: Viewer | None, conversation_id: int, message_id: int) -> MessageAnswer:
    conversation = await access.by_id(session, Conversation, conversation_id)
    own_side = access.side_of(access.signed_in(viewer), conversation)
    talk = await talk_of(session, conversation, own_side, after=message_id - 1, limit=1)
    return _message(talk.messages[0])


def _message_id(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal() and int(cursor) <= access.LARGEST_ID):
        raise broken_cursor()
    return int(cursor)


async def _detail(session: AsyncSession, viewer: Viewer | None, conversation: Conversation) -> ConversationDetail:
    viewer = access.signed_in(viewer)
    row = (await read_conversations(session, viewer, conversation_id=conversation.id)).items[0]
    unread = (await read_unread(session, viewer)).messages
    history = await history_of(session, conversation)
    return ConversationDetail(
        **dict(_conversation(row, unread)),
        path=row.path,
        steps=steps_of(row.side, PairState(row.state), row.path),
        history=[_change(change) for change in history],
    )


def _change(change: ChangeRow) -> ChangeAnswer:
    by = Party(id=change.organisation_id, name=change.organisation_name) if change.organisation_id else None
    return ChangeAnswer(
        step=change.step,
        state=change.target,
        at=change.at,
        organisation=by,
        person=change.account_name or None,
        reason=Reason(change.reason) if change.reason else None,
        note=change.note,
    )


def _conversation(row: ConversationRow, unread: dict[int, int]) -> ConversationAnswer:
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
            "unread": unread.get(row.id, 0),
        }
    )


def _message(row: MessageRow) -> MessageAnswer:
    organisation = Party(id=row.organisation_id, name=row.organisation_name)
    author = AuthorAnswer(id=row.author_id, name=row.author_name or None, organisation=organisation)
    mentions = [{"account_id": account_id, "name": name} for account_id, name in row.mentions]
    return MessageAnswer.model_validate({**vars(row), "author": author, "mentions": mentions})


HANDLERS = [list_conversations, get_conversation, take_step, list_messages, send_message, edit_message]
