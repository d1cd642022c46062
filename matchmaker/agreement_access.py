"""The way in to an agreement, beside those of ``access``."""

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer, by_id, conversation_to_read, signed_in
from models import Agreement, Conversation


async def agreement_to_read(
    session: AsyncSession, viewer: Viewer | None, agreement_id: int, *, lock: bool = False
) -> tuple[Agreement, Conversation]:
    """For every member of both organisations. ``lock`` holds the talk first, as steps do."""
    signed_in(viewer)
    talk_id = (await by_id(session, Agreement, agreement_id)).conversation_id
    conversation = await conversation_to_read(session, viewer, talk_id, lock=lock)
    return await by_id(session, Agreement, agreement_id, lock=lock), conversation
