"""Expressions of interest as their two sides see them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer
from matchmaker.reading.listing import PAGE, Listing, behind, read_cursor, stretch
from models import Card, Conversation, Initiative, Interest, Organisation


@dataclass(frozen=True)
class InterestRow:
    """``incoming``: sent to an organisation of the viewer's."""

    id: int
    state: str
    incoming: bool
    created_at: datetime
    due_at: datetime
    seen: bool
    initiative_id: int
    initiative_title: str
    card_id: int
    card_title: str
    from_name: str
    to_name: str
    conversation_id: int | None
    from_organisation_id: int
    to_organisation_id: int
    message: str
    first_step: str
    reason: str | None
    note: str
    seen_at: datetime | None
    answered_at: datetime | None


async def list_interests(
    session: AsyncSession,
    viewer: Viewer,
    cursor: str | None = None,
    limit: int = PAGE,
    interest_id: int | None = None,
) -> Listing[InterestRow]:
    """The viewer's organisations' interests of both directions, newest first; or the one with an id."""
    start = read_cursor(cursor)
    sender, receiver = aliased(Organisation), aliased(Organisation)
    own = viewer.organisation_ids
    query = (
        select(Interest, Initiative.title, Card.title, sender.name, receiver.name, Conversation.id)  # type: ignore[call-overload]
        .join(Initiative, col(Initiative.id) == Interest.initiative_id)
        .join(Card, col(Card.id) == Interest.card_id)
        .join(sender, col(sender.id) == Interest.from_organisation_id)
        .join(receiver, col(receiver.id) == Interest.to_organisation_id)
        .outerjoin(Conversation, col(Conversation.interest_id) == Interest.id)
        .where(
            or_(
                col(Interest.from_organisation_id).in_(own),
                col(Interest.to_organisation_id).in_(own),
            ),
            *behind(start, Interest.created_at, Interest.id),
        )
        .order_by(col(Interest.created_at).desc(), col(Interest.id).desc())
        .limit(limit + 1)
    )
    if interest_id is not None:
        query = query.where(Interest.id == interest_id)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda r: _row(viewer, *r), lambda r: (r.created_at, r.id))


def _row(
    viewer: Viewer,
    interest: Interest,
    initiative_title: str,
    card_title: str,
    from_name: str,
    to_name: str,
    conversation_id: int | None,
) -> InterestRow:
    return InterestRow(
        id=interest.id or 0,
        state=interest.state,
        incoming=viewer.member_of(interest.to_organisation_id) is not None,
        created_at=interest.created_at,
        due_at=interest.due_at,
        seen=interest.seen_at is not None,
        initiative_id=interest.initiative_id,
        initiative_title=initiative_title,
        card_id=interest.card_id,
        card_title=card_title,
        from_name=from_name,
        to_name=to_name,
        conversation_id=conversation_id,
        from_organisation_id=interest.from_organisation_id,
        to_organisation_id=interest.to_organisation_id,
        message=interest.message,
        first_step=interest.first_step,
        reason=interest.reason,
        note=interest.reason_note,
        seen_at=interest.seen_at,
        answered_at=interest.answered_at,
    )
