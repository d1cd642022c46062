"""What the caller has begun to write in a conversation: nobody else's to see."""

from datetime import datetime

from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer
from matchmaker.actions import conversations as actions
from matchmaker.api.answers import Answer
from matchmaker.api.routes import Caller, Transaction, delete, get, put
from matchmaker.inputs.contact import DraftInput
from matchmaker.reading.messages import draft_of
from models.vocabulary import MessageKind

_DRAFT = "/conversations/{conversation_id:int}/draft"


class DraftAnswer(Answer):
    body: str = Field(description="Empty where nothing was begun.")
    kind: MessageKind
    updated_at: datetime | None


@get(_DRAFT, "getDraft", "The caller's draft")
async def get_draft(session: Transaction, viewer: Caller, conversation_id: FromPath[int]) -> DraftAnswer:
    return await _answer(session, viewer, conversation_id)


@put(_DRAFT, "saveDraft", "Save the caller's draft")
async def save_draft(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], data: JSONBody[DraftInput]
) -> DraftAnswer:
    """It takes the place of the one before. With the `key` of a message that was sent already nothing is saved."""
    await actions.save_draft(session, viewer, conversation_id, data)
    return await _answer(session, viewer, conversation_id)


@delete(_DRAFT, "dropDraft", "Drop the caller's draft")
async def drop_draft(session: Transaction, viewer: Caller, conversation_id: FromPath[int]) -> DraftAnswer:
    await actions.drop_draft(session, viewer, conversation_id)
    return await _answer(session, viewer, conversation_id)


async def _answer(session: AsyncSession, viewer: Viewer | None, conversation_id: int) -> DraftAnswer:
    draft = await draft_of(session, viewer, conversation_id)
    if draft is None:
        return DraftAnswer(body="", kind=MessageKind.message, updated_at=None)
    return DraftAnswer.model_validate(draft)


HANDLERS = [get_draft, save_draft, drop_draft]
