"""Packages of papers: asked for by a member of either side, made by a job, kept in versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.notices import notify
from matchmaker.actions.storing import note_stored
from matchmaker.errors import Conflict
from matchmaker.i18n import gettext as _
from matchmaker.jobs.queue import enqueue
from matchmaker.states import OPEN
from matchmaker.storage import Kept
from models import Conversation, Package, PackageFile, now
from models.vocabulary import NoticeKind, PackageState, PairState

UNDER_WAY = (PackageState.waiting, PackageState.running)


@dataclass(frozen=True)
class Made:
    """A file that a writer has made and the storage has kept."""

    paper: str
    format: str
    name: str
    kept: Kept


async def ask_for_package(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, route: str, papers: Sequence[str]
) -> Package:
    """A new version of the papers of ``route``; the one under way, if there is one."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    viewer = access.signed_in(viewer)
    if PairState(conversation.state) not in OPEN:
        raise Conflict(_("This conversation is closed."))
    if not papers:
        raise Conflict(_("This route has no papers of the two sides: another office of the region takes over."))
    present = select(Package).where(Package.conversation_id == conversation_id)
    under_way = present.where(col(Package.state).in_(UNDER_WAY))
    if package := (await session.exec(under_way.limit(1))).first():
        return package
    newest = select(func.max(col(Package.number))).where(Package.conversation_id == conversation_id)
    package = Package(
        conversation_id=conversation_id,
        number=((await session.exec(newest)).one() or 0) + 1,
        route=route,
        total=2 * len(papers),
        organisation_id=access.side_of(viewer, conversation),
        account_id=viewer.account_id,
    )
    session.add(package)
    await session.flush()
    await enqueue(session, "make_package", key=f"package:{package.id}", package_id=package.id)
    return package


async def note_progress(session: AsyncSession, package_id: int, state: PackageState, written: int) -> None:
    package = await access.by_id(session, Package, package_id, lock=True)
    if package.state != PackageState.done:
        package.state, package.written = state, written
        session.add(package)


async def finish_package(
    session: AsyncSession,
    package_id: int,
    made: Sequence[Made],
    *,
    terms_number: int | None,
    decisions: int,
    missing: list[dict[str, Any]],
) -> None:
    """All files at once, and the other side is told; carried out twice, it is as once."""
    package = await access.by_id(session, Package, package_id, lock=True)
    if package.state == PackageState.done:
        return
    await session.exec(delete(PackageFile).where(col(PackageFile.package_id) == package_id))
    for file in made:
        await note_stored(session, file.kept)
        session.add(
            PackageFile(
                package_id=package_id,
                paper=file.paper,
                format=file.format,
                name=file.name,
                sha256=file.kept.sha256,
                size=file.kept.size,
            )
        )
    package.state, package.finished_at = PackageState.done, now()
    package.written = package.total = len(made)
    package.terms_number, package.decisions, package.missing = terms_number, decisions, missing
    session.add(package)
    await session.flush()
    conversation = await access.by_id(session, Conversation, package.conversation_id)
    await notify(
        session,
        NoticeKind.agreement,
        [access.other_side(conversation, package.organisation_id)],
        actor_id=package.organisation_id,
        detail="package",
        conversation_id=package.conversation_id,
        row_id=package_id,
    )
