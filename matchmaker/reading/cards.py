"""Lists of capability cards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts
from matchmaker.access import Viewer
from matchmaker.reading.listing import PAGE, Listing, behind, contains_words, read_cursor, stretch
from models import Card, Organisation
from models.vocabulary import CardStatus


@dataclass(frozen=True)
class CardRow:
    """What a list says of a card."""

    id: int
    title: str
    summary: str
    pillars: list[str]
    status: str
    language: str
    tkt: int | None
    published_at: datetime | None
    updated_at: datetime
    organisation_id: int
    organisation_name: str
    organisation_kind: str
    seat_code: str | None
    verified_at: datetime | None
    is_demo: bool
    version: int
    created_at: datetime

    @property
    def seat(self) -> str:
        return facts.regions().get(self.seat_code or "", "")

    @property
    def verified(self) -> bool:
        return self.verified_at is not None


_COLUMNS: tuple[Any, ...] = (
    Card.id,
    Card.title,
    Card.summary,
    Card.pillars,
    Card.status,
    Card.language,
    Card.tkt,
    Card.published_at,
    Card.updated_at,
    Card.organisation_id,
    Organisation.name,
    Organisation.kind,
    Organisation.region_code,
    Organisation.verified_at,
    Organisation.is_demo,
    Card.version,
    Card.created_at,
)


@dataclass(frozen=True)
class CardFilters:
    """``kind``: company or academic; ``province``: of the organisation's seat."""

    pillar: str | None = None
    province: str | None = None
    kind: str | None = None
    text: str | None = None


def _rows() -> Any:
    return select(*_COLUMNS).join(Organisation, col(Organisation.id) == Card.organisation_id)


async def list_cards(
    session: AsyncSession, filters: CardFilters, cursor: str | None = None, limit: int = PAGE
) -> Listing[CardRow]:
    """Published cards, newest first."""
    start = read_cursor(cursor)
    query = _rows().where(Card.status == CardStatus.published)
    if filters.pillar:
        query = query.where(col(Card.pillars).has_code(filters.pillar))  # type: ignore[attr-defined]
    if filters.province:
        query = query.where(col(Organisation.region_code).startswith(filters.province + ".", autoescape=True))
    if filters.kind:
        query = query.where(Organisation.kind == filters.kind)
    query = query.where(*contains_words(Card.search_text, filters.text), *behind(start, Card.published_at, Card.id))
    query = query.order_by(col(Card.published_at).desc(), col(Card.id).desc()).limit(limit + 1)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda row: CardRow(*row), lambda row: (row.published_at, row.id))


async def organisation_cards(
    session: AsyncSession,
    viewer: Viewer | None,
    organisation_id: int,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Listing[CardRow]:
    """An organisation's, the one written last first: members see all of them, others the published ones."""
    start = read_cursor(cursor)
    query = _rows().where(Card.organisation_id == organisation_id, *behind(start, Card.created_at, Card.id))
    if viewer is None or viewer.member_of(organisation_id) is None:
        query = query.where(Card.status == CardStatus.published)
    query = query.order_by(col(Card.created_at).desc(), col(Card.id).desc()).limit(limit + 1)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda row: CardRow(*row), lambda row: (row.created_at, row.id))


async def cards_of(
    session: AsyncSession, viewer: Viewer | None, organisation_ids: list[int], limit: int = 100
) -> list[CardRow]:
    """Those of some organisations; what is not public only for their members."""
    query = _rows().where(col(Card.organisation_id).in_(organisation_ids))
    own = viewer.organisation_ids if viewer else []
    query = query.where(or_(Card.status == CardStatus.published, col(Card.organisation_id).in_(own)))
    rows = (await session.exec(query.order_by(col(Card.updated_at).desc()).limit(limit))).all()
    return [CardRow(*row) for row in rows]
