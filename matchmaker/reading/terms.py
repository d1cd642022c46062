"""The versions of a talk's term sheet, who accepted them, and what was said of their sections."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.actions.terms import sections_of
from matchmaker.settled import SIDES
from models import Account, Conversation, Organisation, TermsAcceptance, TermsComment, TermsVersion

VERSIONS_SHOWN = 100
COMMENTS_SHOWN = 300


@dataclass(frozen=True)
class VersionRow:
    """A version without its text. ``author_name`` is empty for a deleted account; ``accepted``: when, by side."""

    id: int
    number: int
    organisation_id: int
    organisation_name: str
    author_id: int
    author_name: str
    created_at: datetime
    accepted: dict[int, datetime] = field(default_factory=dict)

    @property
    def agreed(self) -> bool:
        """Whether both sides accepted it; it holds only as long as it is the newest."""
        return len(self.accepted) == SIDES


async def history_of(
    session: AsyncSession, conversation: Conversation, *, before: int | None = None, limit: int = VERSIONS_SHOWN
) -> list[VersionRow]:
    """Newest first; those older than the number ``before``."""
    chosen = select(TermsVersion.id).where(TermsVersion.conversation_id == conversation.id)
    if before is not None:
        chosen = chosen.where(TermsVersion.number < before)
    chosen = chosen.order_by(col(TermsVersion.number).desc()).limit(limit)
    query = (
        select(  # type: ignore[call-overload]
            TermsVersion.id,
            TermsVersion.number,
            TermsVersion.organisation_id,
            Organisation.name,
            TermsVersion.author_id,
            Account.name,
            TermsVersion.created_at,
            TermsAcceptance.organisation_id,
            TermsAcceptance.created_at,
        )
        .join(Organisation, col(Organisation.id) == TermsVersion.organisation_id)
        .join(Account, col(Account.id) == TermsVersion.author_id)
        .outerjoin(TermsAcceptance, col(TermsAcceptance.version_id) == TermsVersion.id)
        .where(col(TermsVersion.id).in_(chosen))
        .order_by(col(TermsVersion.number).desc(), col(TermsAcceptance.created_at))
    )
    rows: dict[int, VersionRow] = {}
    for *version, side, moment in (await session.exec(query)).all():
        row = rows.setdefault(version[0], VersionRow(*version))
        if side is not None:
            row.accepted[side] = moment
    return list(rows.values())


async def sheets_of(
    session: AsyncSession, conversation: Conversation, numbers: Collection[int]
) -> dict[int, dict[str, object]]:
    """The sections of some versions, by number; what is not there is left out."""
    query = select(TermsVersion).where(
        TermsVersion.conversation_id == conversation.id, col(TermsVersion.number).in_(numbers)
    )
    return {version.number: sections_of(version) for version in (await session.exec(query)).all()}


@dataclass(frozen=True)
class CommentRow:
    """``resolved_by`` is empty where nobody resolved it, or somebody whose account is deleted."""

    id: int
    version_number: int
    section: str
    organisation_id: int
    organisation_name: str
    author_id: int
    author_name: str
    body: str
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str


async def comments_of(
    session: AsyncSession,
    conversation: Conversation,
    *,
    after: int = 0,
    limit: int = COMMENTS_SHOWN,
    comment_id: int | None = None,
) -> list[CommentRow]:
    """In the order in which they were made, those behind ``after``; or the one with an id."""
    resolver = aliased(Account)
    query = (
        select(TermsComment, Organisation.name, Account.name, resolver.name)
        .join(Organisation, col(Organisation.id) == TermsComment.organisation_id)
        .join(Account, col(Account.id) == TermsComment.author_id)
        .outerjoin(resolver, col(resolver.id) == TermsComment.resolved_by_id)
        .where(TermsComment.conversation_id == conversation.id, col(TermsComment.id) > after)
        .order_by(col(TermsComment.id))
        .limit(limit)
    )
    if comment_id is not None:
        query = query.where(TermsComment.id == comment_id)
    return [_comment(*row) for row in (await session.exec(query)).all()]


def _comment(comment: TermsComment, organisation: str, author: str, resolver: str | None) -> CommentRow:
    return CommentRow(
        id=comment.id or 0,
        version_number=comment.version_number,
        section=comment.section,
        organisation_id=comment.organisation_id,
        organisation_name=organisation,
        author_id=comment.author_id,
        author_name=author,
        body=comment.body,
        created_at=comment.created_at,
        resolved_at=comment.resolved_at,
        resolved_by=resolver or "",
    )
