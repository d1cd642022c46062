"""Files of an initiative: attached and removed by members of its organisation."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.storing import note_stored, release_stored
from matchmaker.errors import Conflict, NotFound
from matchmaker.i18n import gettext as _
from matchmaker.storage import Incoming
from models import Attachment, Initiative
from models.vocabulary import FileKind

MOST_ATTACHMENTS = 5


async def attach_file(
    session: AsyncSession, viewer: Viewer | None, initiative_id: int, name: str, kind: FileKind, incoming: Incoming
) -> Attachment:
    """The very content of one that is there already makes no other: it was sent twice."""
    initiative = await _to_edit(session, viewer, initiative_id)
    present = (await session.exec(select(Attachment).where(Attachment.initiative_id == initiative_id))).all()
    kept = await incoming.finish()
    if same := next((file for file in present if file.sha256 == kept.sha256), None):
        return same
    if len(present) >= MOST_ATTACHMENTS:
        raise Conflict(_("An initiative has at most %(most)s files. Remove one first.") % {"most": MOST_ATTACHMENTS})
    await note_stored(session, await incoming.settle())
    file = Attachment(
        initiative_id=initiative.id or 0,
        name=name,
        kind=kind,
        sha256=kept.sha256,
        size=kept.size,
        account_id=access.signed_in(viewer).account_id,
    )
    session.add(file)
    await session.flush()
    return file


async def remove_attachment(
    session: AsyncSession, viewer: Viewer | None, initiative_id: int, attachment_id: int
) -> None:
    await _to_edit(session, viewer, initiative_id)
    file = await access.by_id(session, Attachment, attachment_id)
    if file.initiative_id != initiative_id:
        raise NotFound
    await session.delete(file)
    await session.flush()
    await release_stored(session, file.sha256)


async def _to_edit(session: AsyncSession, viewer: Viewer | None, initiative_id: int) -> Initiative:
    """Held, so that what is attached at the same moment is counted one after the other."""
    initiative = await access.initiative_to_edit(session, viewer, initiative_id)
    if initiative.closed_at is not None:
        raise Conflict(_("This initiative is closed and can no longer be changed."))
    return initiative
