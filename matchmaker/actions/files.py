"""Files of a conversation: handed in, version after version."""

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.notices import notify
from matchmaker.actions.steps import pass_turn
from matchmaker.actions.storing import note_stored
from matchmaker.errors import Conflict
from matchmaker.i18n import gettext as _
from matchmaker.inputs.file import name_key
from matchmaker.states import OPEN
from matchmaker.storage import Incoming
from models import Conversation, File, FileVersion
from models.vocabulary import FileKind, NoticeKind, PairState

MOST_FILES, MOST_VERSIONS = 200, 100


async def add_file(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, name: str, kind: FileKind, incoming: Incoming
) -> FileVersion:
    """Hands a file to the other side; under a name that is there already it is the next version.

    The very content of the newest version makes no new one: it was sent twice.
    """
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    viewer = access.signed_in(viewer)
    if PairState(conversation.state) not in OPEN:
        raise Conflict(_("This conversation is closed."))
    kept = await incoming.settle()
    file = await _file_named(session, conversation_id, name)
    newest = await _version(session, file)
    if newest and newest.sha256 == kept.sha256:
        return newest
    await note_stored(session, kept)
    version = FileVersion(
        file_id=file.id or 0,
        number=file.newest + 1,
        sha256=kept.sha256,
        size=kept.size,
        kind=kind,
        account_id=viewer.account_id,
        organisation_id=access.side_of(viewer, conversation),
    )
    session.add(version)
    file.newest, file.changed_at = version.number, version.created_at
    session.add(file)
    await session.flush()
    await _tell(session, conversation, version)
    return version


async def _file_named(session: AsyncSession, conversation_id: int, name: str) -> File:
    """The one of that name, or a new one. The conversation is held, so no other can come between."""
    key = name_key(name)
    query = select(File).where(File.conversation_id == conversation_id, File.name_key == key)
    if file := (await session.exec(query)).one_or_none():
        if file.newest >= MOST_VERSIONS:
            raise Conflict(_("This file has %(most)s versions. Give the next one a new name.") % {"most": file.newest})
        return file
    count = select(func.count(col(File.id))).where(File.conversation_id == conversation_id)
    if (await session.exec(count)).one() >= MOST_FILES:
        raise Conflict(_("This conversation has %(most)s files, and more are not taken.") % {"most": MOST_FILES})
    file = File(conversation_id=conversation_id, name=name, name_key=key)
    session.add(file)
    await session.flush()
    return file


async def _version(session: AsyncSession, file: File) -> FileVersion | None:
    query = select(FileVersion).where(FileVersion.file_id == file.id, FileVersion.number == file.newest)
    return (await session.exec(query)).one_or_none()


async def _tell(session: AsyncSession, conversation: Conversation, version: FileVersion) -> None:
    """A file is an answer: where the sides take turns, it is now the other one's."""
    own_side = version.organisation_id
    pass_turn(conversation, own_side)
    session.add(conversation)
    await notify(
        session,
        NoticeKind.file,
        [access.other_side(conversation, own_side)],
        actor_id=own_side,
        detail="new" if version.number == 1 else "version",
        conversation_id=conversation.id,
        row_id=version.id,
    )
