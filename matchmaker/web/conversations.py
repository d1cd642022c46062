"""Conversations: the list, and one with its messages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from matchmaker import access
from matchmaker.actions import conversations as actions
from matchmaker.i18n import gettext as _
from matchmaker.i18n import local_day
from matchmaker.inputs.contact import MessageInput
from matchmaker.reading.conversations import (
    MESSAGES_SHOWN,
    ConversationRow,
    MessageRow,
    list_conversations,
    messages_of,
)
from matchmaker.reading.listing import Listing
from matchmaker.templating import Page
from matchmaker.web.forms import Form
from matchmaker.web.talk import TalkPage, talk_head
from matchmaker.web.visit import Answer, Visit, nav_viewer
from models import Conversation


@dataclass(frozen=True)
class MessageView:
    """A message as its component shows it. ``read``: by the other side."""

    id: int
    author_name: str
    organisation_name: str
    sent_at: datetime
    body: str
    mine: bool
    read: bool


@dataclass(kw_only=True)
class ListPage(Page):
    template: ClassVar[str] = "conversations/list.html"
    listing: Listing[ConversationRow]
    unread: dict[int, int]


@dataclass(kw_only=True)
class ConversationPage(TalkPage):
    """``days``: the messages shown, by the day they were sent; ``earlier``: address of those before, if any."""

    template: ClassVar[str] = "conversations/detail.html"
    days: list[tuple[date, list[MessageView]]]
    earlier: str | None
    form: Form


@get("/percakapan")
async def conversations_page(visit: NamedDependency[Visit]) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    listing = await list_conversations(visit.session, viewer, visit.request.query_params.get("lanjut"))
    return visit.show(ListPage(listing=listing, unread=visit.unread))


# Opening a conversation marks it as read, so this GET writes.
@get("/percakapan/{conversation_id:int}", opt={"write": True})
async def conversation_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    conversation = await actions.mark_read(visit.session, visit.viewer, conversation_id)
    visit.nav = await nav_viewer(visit.session, visit.viewer)
    return await _show(visit, conversation, Form())


async def _show(visit: Visit, conversation: Conversation, form: Form) -> Response[str]:
    row_id = conversation.id or 0
    before = visit.request.query_params.get("sebelum", "")
    messages = await messages_of(
        visit.session,
        conversation,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else None,
    )
    head = await talk_head(visit, row_id, "")
    page = ConversationPage(
        head=head,
        days=_by_day([_view(m, head.row.own_side_id) for m in messages]),
        earlier=f"/percakapan/{row_id}?sebelum={messages[0].id}" if len(messages) == MESSAGES_SHOWN else None,
        form=form,
    )
    return visit.show(page, 422 if form.errors else 200)


def _view(message: MessageRow, own_side: int) -> MessageView:
    return MessageView(
        id=message.id,
        author_name=message.author_name or _("A former member"),
        organisation_name=message.organisation_name,
        sent_at=message.sent_at,
        body=message.body,
        mine=message.organisation_id == own_side,
        read=message.read,
    )


def _by_day(messages: list[MessageView]) -> list[tuple[date, list[MessageView]]]:
    days: dict[date, list[MessageView]] = {}
    for message in messages:
        days.setdefault(local_day(message.sent_at), []).append(message)
    return list(days.items())


@post("/percakapan/{conversation_id:int}", status_code=200)
async def send_message(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    message = await visit.attempt(
        form,
        lambda: actions.send_message(visit.session, visit.viewer, conversation_id, form.read(MessageInput)),
    )
    if message is None:
        return await _show(visit, conversation, form)
    return Redirect(f"/percakapan/{conversation_id}#m{message.id}", status_code=303)


HANDLERS = [conversations_page, conversation_page, send_message]
