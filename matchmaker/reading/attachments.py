"""The files of an initiative."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.errors import NotFound
from models import Attachment


async def attachments_of(session: AsyncSession, initiative_id: int) -> list[Attachment]:
    """In the order in which they came; for whoever may read the initiative."""
    query = select(Attachment).where(Attachment.initiative_id == initiative_id).order_by(col(Attachment.id))
    return list((await session.exec(query)).all())


async def attachment_to_send(
    session: AsyncSession, viewer: Viewer | None, initiative_id: int, attachment_id: int
) -> Attachment:
    """Of a published initiative for whoever is signed in, of a draft for its own organisation."""
    access.signed_in(viewer)
    await access.initiative_to_read(session, viewer, initiative_id)
    file = await access.by_id(session, Attachment, attachment_id)
    if file.initiative_id != initiative_id:
        raise NotFound
    return file
