"""Messages one by one: what the page of a conversation fetches as it lies open, reading, and editing."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from matchmaker import access
from matchmaker.actions import conversations as actions
from matchmaker.inputs.contact import MessageChange
from matchmaker.reading.messages import MESSAGES_SHOWN, talk_of
from matchmaker.talk_access import message_to_edit
from matchmaker.web.forms import Form
from matchmaker.web.message_view import Days, Reader, by_day
from matchmaker.web.talk import TalkPage, number_in, talk_head
from matchmaker.web.visit import Answer, Visit
from models import Message


@dataclass(kw_only=True)
class NewsPage(TalkPage):
    """A part of a page: messages behind one that is known, whose turn it is, and how far the other side has read.
    ``full``: there may be more behind them.
    """

    template: ClassVar[str] = "conversations/news.html"
    days: Days
    read_by_other: int
    full: bool


@dataclass(kw_only=True)
class EditPage(TalkPage):
    template: ClassVar[str] = "conversations/edit.html"
    message_id: int
    form: Form


@get("/percakapan/belum-dibaca")
async def unread_count(visit: NamedDependency[Visit]) -> Response[str]:
    access.signed_in(visit.viewer)
    return Response(
        str(visit.nav.unread if visit.nav else 0),
        media_type=MediaType.TEXT,
        headers={"Cache-Control": "no-store"},
    )


@get("/percakapan/{conversation_id:int}/pesan")
async def new_messages(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    """Behind ``?sesudah=`` a message, or ``?satu=`` one alone."""
    viewer = access.signed_in(visit.viewer)
    conversation = await access.conversation_to_read(visit.session, viewer, conversation_id)
    reader = Reader(viewer.account_id, access.side_of(viewer, conversation))
    one = number_in(visit, "satu")
    after = one - 1 if one is not None else number_in(visit, "sesudah") or 0
    limit = 1 if one is not None else MESSAGES_SHOWN
    talk = await talk_of(visit.session, conversation, reader.own_side, after=after, limit=limit)
    head = await talk_head(visit, conversation_id, "")
    return visit.show(
        NewsPage(
            head=head,
            days=by_day(talk, reader),
            read_by_other=talk.read_by_other,
            full=one is None and len(talk.messages) == limit,
        )
    )


@post("/percakapan/{conversation_id:int}/dibaca", status_code=204)
async def mark_read(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> None:
    """Up to the message ``sampai``, which stood on a page that somebody saw."""
    up_to = (await visit.form()).value("sampai")
    number = int(up_to) if up_to.isascii() and up_to.isdecimal() and len(up_to) < 10 else 0
    await actions.mark_read(visit.session, visit.viewer, conversation_id, number)


@get("/percakapan/{conversation_id:int}/pesan/{message_id:int}/ubah")
async def edit_page(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], message_id: FromPath[int]
) -> Response[str]:
    message = await message_to_edit(visit.session, visit.viewer, conversation_id, message_id, lock=False)
    form = Form.of({"body": message.body, "version": message.version})
    return await _show(visit, message, form)


async def _show(visit: Visit, message: Message, form: Form) -> Response[str]:
    head = await talk_head(visit, message.conversation_id, "")
    page = EditPage(head=head, message_id=message.id or 0, form=form)
    return visit.show(page, 409 if form.conflict else 422 if form.errors else 200)


@post("/percakapan/{conversation_id:int}/pesan/{message_id:int}/ubah", status_code=200)
async def edit_message(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], message_id: FromPath[int]
) -> Answer:
    message = await message_to_edit(visit.session, visit.viewer, conversation_id, message_id)
    form = await visit.form()
    edited = await visit.attempt(
        form,
        lambda: actions.edit_message(
            visit.session, visit.viewer, conversation_id, message_id, form.read(MessageChange)
        ),
    )
    if edited is None:
        return await _show(visit, message, form)
    return Redirect(f"/percakapan/{conversation_id}?dari={message_id}#m{message_id}", status_code=303)


HANDLERS = [unread_count, new_messages, mark_read, edit_page, edit_message]
