"""What the caller is told."""

from datetime import datetime

from litestar import Response
from litestar.params import JSONBody
from pydantic import Field

from matchmaker import access
from matchmaker.actions import notices as actions
from matchmaker.api.answers import Answer, Party
from matchmaker.api.once import Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.inputs.notices import NoticesRead
from matchmaker.inputs.validation import check
from matchmaker.reading.notices import NoticeRow
from matchmaker.reading.notices import list_notices as read_notices
from matchmaker.reading.notices import unread as read_unread
from models.vocabulary import NoticeKind


class NoticeAnswer(Answer):
    id: int
    kind: NoticeKind
    detail: str = Field(description="Which of the things of this kind, for example the step that was taken.")
    text: str = Field(description="The notice as a sentence, in the caller's language.")
    address: str = Field(description="The page that shows what it is about.")
    created_at: datetime
    unread: bool
    organisation: Party = Field(description="The caller's organisation that is told.")
    actor: Party | None = Field(
        description="Whose doing it was; null where time has passed, or the office has spoken."
    )
    interest_id: int | None
    conversation_id: int | None
    initiative_title: str | None


class NoticesAnswer(Answer):
    items: list[NoticeAnswer]
    next: str | None = Field(description="The `cursor` of what comes behind; null at the end.")
    unread: int = Field(description="How many are new in all; more than 100 are not counted.")


class UnreadAnswer(Answer):
    unread: int


@get("/notices", "listNotices", "What the caller is told, the latest first", asks=Stretch)
async def list_notices(session: Transaction, viewer: Caller, asked: Asked) -> NoticesAnswer:
    query = check(Stretch, asked)
    viewer = access.signed_in(viewer)
    listing = await read_notices(session, viewer, query.cursor, query.limit)
    unread = await read_unread(session, viewer)
    return NoticesAnswer(items=[_notice(row) for row in listing.items], next=listing.next, unread=unread.notices)


@post("/notices/read", "readNotices", "Mark notices as read")
async def read_notices_up_to(call: Posted, data: JSONBody[NoticesRead]) -> Response[UnreadAnswer]:
    """All of them, or those up to one. A mark never goes back."""

    async def act() -> UnreadAnswer:
        await actions.mark_notices_read(call.session, call.viewer, data.up_to)
        unread = await read_unread(call.session, access.signed_in(call.viewer))
        return UnreadAnswer(unread=unread.notices)

    return await call.once(act)


def _notice(row: NoticeRow) -> NoticeAnswer:
    actor = Party(id=row.actor_id, name=row.actor_name) if row.actor_id else None
    organisation = Party(id=row.organisation_id, name=row.organisation_name)
    told = {"text": row.text, "address": row.address, "actor": actor, "organisation": organisation}
    return NoticeAnswer.model_validate({**vars(row), **told})


HANDLERS = [list_notices, read_notices_up_to]
