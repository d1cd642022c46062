"""Files of a conversation, with all their versions."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.errors import NotFound
from matchmaker.reading.listing import PAGE, Listing, behind, read_cursor, stretch
from models import Account, File, FileVersion, Organisation


@dataclass(frozen=True)
class VersionRow:
    """``account_name`` is empty for a deleted account."""

    number: int
    sha256: str
    size: int
    kind: str
    account_name: str
    organisation_id: int
    organisation_name: str
    created_at: datetime


@dataclass(frozen=True)
class FileRow:
    """``versions``: the newest first."""

    id: int
    name: str
    changed_at: datetime
    versions: list[VersionRow]


async def list_files(
    session: AsyncSession,
    conversation_id: int,
    cursor: str | None = None,
    limit: int = PAGE,
    file_id: int | None = None,
) -> Listing[FileRow]:
    """The file that changed last first; or the one with an id."""
    query = (
        select(File)
        .where(File.conversation_id == conversation_id, *behind(read_cursor(cursor), File.changed_at, File.id))
        .order_by(col(File.changed_at).desc(), col(File.id).desc())
        .limit(limit + 1)
    )
    if file_id is not None:
        query = query.where(File.id == file_id)
    files = (await session.exec(query)).all()
    versions = await _versions(session, [file.id or 0 for file in files[:limit]])
    return stretch(
        files,
        limit,
        lambda file: FileRow(file.id or 0, file.name, file.changed_at, versions.get(file.id or 0, [])),
        lambda row: (row.changed_at, row.id),
    )


async def _versions(session: AsyncSession, file_ids: list[int]) -> dict[int, list[VersionRow]]:
    query = (
        select(FileVersion, Account.name, Organisation.name)
        .join(Account, col(Account.id) == FileVersion.account_id)
        .join(Organisation, col(Organisation.id) == FileVersion.organisation_id)
        .where(col(FileVersion.file_id).in_(file_ids))
        .order_by(col(FileVersion.file_id), col(FileVersion.number).desc())
    )
    answer: dict[int, list[VersionRow]] = {}
    for version, account, organisation in (await session.exec(query)).all():
        answer.setdefault(version.file_id, []).append(
            VersionRow(
                number=version.number,
                sha256=version.sha256,
                size=version.size,
                kind=version.kind,
                account_name=account,
                organisation_id=version.organisation_id,
                organisation_name=organisation,
                created_at=version.created_at,
            )
        )
    return answer


@dataclass(frozen=True)
class Download:
    name: str
    kind: str
    sha256: str
    size: int


async def download(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, file_id: int, number: int
) -> Download:
    """A version to be sent, for members of either side."""
    await access.conversation_to_read(session, viewer, conversation_id)
    file = await access.by_id(session, File, file_id)
    if file.conversation_id != conversation_id:
        raise NotFound
    query = select(FileVersion).where(FileVersion.file_id == file_id, FileVersion.number == number)
    version = (await session.exec(query)).one_or_none()
    if version is None:
        raise NotFound
    return Download(file.name, version.kind, version.sha256, version.size)
