"""A conversation as a paper to take along."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, i18n
from matchmaker.access import Viewer
from matchmaker.i18n import gettext as _
from matchmaker.i18n import local_day, show_date, show_datetime, show_time
from matchmaker.labels import label
from matchmaker.reading.conversations import ConversationRow, list_conversations
from matchmaker.reading.messages import MessageRow, talk_of
from matchmaker.typesetting import pdf
from matchmaker.web.visit import Visit
from models import now
from models.vocabulary import MessageKind, PairState

#: Messages on one paper, the latest: some hundred pages.
MOST = 2_000


@get("/percakapan/{conversation_id:int}/salinan.pdf")
async def talk_copy(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[bytes]:
    """With ``?catatan=ya`` also the internal notes of the reader's own side."""
    viewer = access.signed_in(visit.viewer)
    conversation = await access.conversation_to_read(visit.session, viewer, conversation_id)
    row = (await list_conversations(visit.session, viewer, conversation_id=conversation_id)).items[0]
    talk = await talk_of(visit.session, conversation, row.own_side_id, limit=MOST)
    notes = visit.request.query_params.get("catatan") == "ya"
    messages = [m for m in talk.messages if notes or m.kind == MessageKind.message]
    told = _told(viewer, row, messages, notes=notes, cut=len(talk.messages) == MOST)
    headers = {
        "Content-Disposition": f'attachment; filename="{_("conversation")}-{conversation_id}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return Response(await pdf("conversation", told), media_type="application/pdf", headers=headers)


def _told(
    viewer: Viewer, row: ConversationRow, messages: list[MessageRow], *, notes: bool, cut: bool
) -> dict[str, object]:
    days: dict[str, list[dict[str, object]]] = {}
    for message in messages:
        days.setdefault(show_date(local_day(message.sent_at)), []).append(_message(message, row))
    state = label(PairState, row.state)
    return {
        "language": i18n.language(),
        "title": _("Conversation with %(name)s") % {"name": row.other_name},
        "subject": row.initiative_title if len(row.initiative_title) < 70 else f"{row.initiative_title[:67]}…",
        "facts": [
            [_("Initiative"), row.initiative_title],
            [_("Region"), row.region_side_name],
            [_("Capability"), row.card_title],
            [_("Partner"), row.partner_side_name],
            [_("State"), state],
        ],
        "notes": notes,
        "notes_warning": _("With internal notes of %(name)s. Not for the other side.") % {"name": row.own_name},
        "cut": _("Only the latest %(most)s messages are on this paper.") % {"most": MOST} if cut else "",
        "made": _("Made on %(when)s by %(name)s. This conversation explores a cooperation; it is no offer.")
        % {"when": show_datetime(now()), "name": viewer.name},
        "days": [{"date": date, "messages": said} for date, said in days.items()],
    }


def _message(message: MessageRow, row: ConversationRow) -> dict[str, object]:
    return {
        "author": message.author_name or _("A former member"),
        "organisation": message.organisation_name,
        "region": message.organisation_id == row.region_side_id,
        "time": show_time(message.sent_at),
        "body": message.body,
        "note": message.kind == MessageKind.note,
        "note_label": _("Internal note"),
        "edited": _("Edited at %(time)s") % {"time": show_time(message.edited_at)} if message.edited_at else "",
        "versions": [
            {"when": _("Until %(time)s it said:") % {"time": show_time(v.replaced_at)}, "body": v.body}
            for v in message.versions
        ],
    }


HANDLERS = [talk_copy]
