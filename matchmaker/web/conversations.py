"""Conversations: the list with what is found in it, and one with its messages."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from matchmaker import access, security
from matchmaker.actions import conversations as actions
from matchmaker.inputs.contact import DraftInput, MessageInput
from matchmaker.inputs.text import clean_line
from matchmaker.reading.conversations import ConversationRow, list_conversations
from matchmaker.reading.found_messages import FoundMessage, found_messages
from matchmaker.reading.listing import Listing
from matchmaker.reading.messages import MESSAGES_SHOWN, MemberRow, Talk, talk_of
from matchmaker.templating import Page
from matchmaker.web.forms import Form
from matchmaker.web.message_view import Days, Piece, Reader, by_day, callable_members, passage
from matchmaker.web.talk import TalkPage, number_in, talk_head
from matchmaker.web.visit import Answer, Visit, go
from models import Conversation
from models.vocabulary import MessageKind

_LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Hit:
    """A message that was found, and the passage of it that says why."""

    message: FoundMessage
    passage: list[Piece]


@dataclass(kw_only=True)
class ListPage(Page):
    """``search``: the words looked for; ``hits``: messages that hold them, by conversation."""

    template: ClassVar[str] = "conversations/list.html"
    listing: Listing[ConversationRow]
    unread: dict[int, int]
    search: str
    hits: dict[int, list[Hit]]


@dataclass(kw_only=True)
class ConversationPage(TalkPage):
    """``days``: the messages shown, by the day they were sent; ``earlier``, ``later``: addresses of those before and
    behind, if any; ``last``: the id of the last one.
    """

    template: ClassVar[str] = "conversations/detail.html"
    days: Days
    earlier: str | None
    later: str | None
    last: int
    read_by_other: int
    members: list[MemberRow]
    form: Form


@get("/percakapan")
async def conversations_page(visit: NamedDependency[Visit]) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    query = visit.request.query_params
    search = str(clean_line(query.get("cari", "")))[:_LONGEST_SEARCH].strip()
    listing = await list_conversations(visit.session, viewer, query.get("lanjut"), search=search)
    found: dict[int, list[FoundMessage]] = {}
    if search and listing.items:
        found = await found_messages(visit.session, viewer, search, [c.id for c in listing.items])
    hits = {row_id: [Hit(m, passage(m.body, search)) for m in messages] for row_id, messages in found.items()}
    return visit.show(ListPage(listing=listing, unread=visit.unread, search=search, hits=hits))


# Opening a conversation marks it as read, so this GET writes.
@get("/percakapan/{conversation_id:int}", opt={"write": True})
async def conversation_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    conversation = await actions.mark_read(visit.session, visit.viewer, conversation_id)
    unread = visit.nav.read_all_of(conversation_id) if visit.nav else 0
    return await _show(visit, conversation, None, unread)


async def _show(visit: Visit, conversation: Conversation, form: Form | None, unread: int = 0) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    row_id = conversation.id or 0
    reader = Reader(viewer.account_id, access.side_of(viewer, conversation))
    before, since = number_in(visit, "sebelum"), number_in(visit, "dari")
    after = since - 1 if since is not None else None
    talk = await talk_of(visit.session, conversation, reader.own_side, after=after, before=before)
    head = await talk_head(visit, row_id, "")
    earlier, later = _around(f"/percakapan/{row_id}", talk, before, since)
    page = ConversationPage(
        head=head,
        days=by_day(talk, reader, unread),
        earlier=earlier,
        later=later,
        last=talk.messages[-1].id if talk.messages else 0,
        read_by_other=talk.read_by_other,
        members=callable_members(talk, reader),
        form=form or _begun(head.row),
    )
    return visit.show(page, 422 if page.form.errors else 200)


def _around(path: str, talk: Talk, before: int | None, since: int | None) -> tuple[str | None, str | None]:
    """The addresses of what comes before this stretch and behind it."""
    full = len(talk.messages) == MESSAGES_SHOWN
    first, last = (talk.messages[0].id, talk.messages[-1].id) if talk.messages else (since or before or 1, 0)
    earlier = f"{path}?sebelum={first}" if (full if since is None else since > 1) else None
    if since is not None:
        return earlier, f"{path}?dari={last + 1}" if full else None
    return earlier, f"{path}?dari={before}" if before is not None else None


def _begun(row: ConversationRow) -> Form:
    """The form with what the member has begun to write."""
    return Form.of(
        {"body": row.draft, "kind": row.draft_kind or MessageKind.message, "key": security.new_token()[:24]}
    )


@post("/percakapan/{conversation_id:int}", status_code=200)
async def send_message(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    message = await visit.attempt(
        form,
        lambda: actions.send_message(visit.session, visit.viewer, conversation_id, form.read(MessageInput)),
    )
    if message is None:
        # With a key of its own: what was refused may be sent as another message.
        form.set("key", security.new_token()[:24])
        return await _show(visit, conversation, form)
    return Redirect(f"/percakapan/{conversation_id}#m{message.id}", status_code=303)


@post("/percakapan/{conversation_id:int}/konsep", status_code=200)
async def save_draft(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()

    async def save() -> bool:
        await actions.save_draft(visit.session, visit.viewer, conversation_id, form.read(DraftInput))
        return True

    if not await visit.attempt(form, save):
        return await _show(visit, conversation, form)
    return go(f"/percakapan/{conversation_id}", "draft")


HANDLERS = [conversations_page, conversation_page, send_message, save_draft]
