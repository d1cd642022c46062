"""Tells members of an organisation what has happened."""

from collections.abc import Iterable

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.actions.events import note_event
from models import Notice
from models.vocabulary import EventKind, NoticeKind


async def notify(
    session: AsyncSession,
    kind: NoticeKind,
    organisation_ids: Iterable[int],
    *,
    actor_id: int | None = None,
    account_id: int | None = None,
    detail: str = "",
    interest_id: int | None = None,
    conversation_id: int | None = None,
    row_id: int | None = None,
) -> None:
    """A notice for each of the organisations, within the present transaction: what is rolled back was never told."""
    for organisation_id in organisation_ids:
        notice = Notice(
            organisation_id=organisation_id,
            account_id=account_id,
            actor_id=actor_id,
            kind=kind,
            detail=detail,
            interest_id=interest_id,
            conversation_id=conversation_id,
            row_id=row_id,
        )
        session.add(notice)
        await session.flush()
        await note_event(session, EventKind.notice, [organisation_id], notice.id or 0, conversation_id)
