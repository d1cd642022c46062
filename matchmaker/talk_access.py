"""The ways in to what belongs to a conversation."""

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.errors import NotFound
from models import Message, Package


async def message_to_edit(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, message_id: int, *, lock: bool = True
) -> Message:
    """For its author, as long as they are a member of the organisation that they wrote it for."""
    viewer = access.signed_in(viewer)
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=lock)
    message = await access.by_id(session, Message, message_id, lock=lock)
    if message.conversation_id != conversation_id or message.author_id != viewer.account_id:
        raise NotFound
    if message.organisation_id != access.side_of(viewer, conversation):
        raise NotFound
    return message


async def package_to_read(session: AsyncSession, viewer: Viewer | None, package_id: int) -> Package:
    """For members of the two organisations whose papers it holds."""
    viewer = access.signed_in(viewer)
    package = await access.by_id(session, Package, package_id)
    await access.conversation_to_read(session, viewer, package.conversation_id)
    return package
