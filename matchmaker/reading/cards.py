"""Lists of capability cards."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts
from matchmaker.access import Viewer
from matchmaker.reading.facets import Chosen, Counts, Facet, conditions, count_facets
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
    contributions: list[str]
    regions_served: list[str]
    price_band: str | None

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
    Card.contributions,
    Card.regions_served,
    Card.price_band,
)


#: The steps of readiness that a list is narrowed to "at least": development begun, tried in its place, in use.
TKT_STEPS = (4, 7, 9)

_PILLAR = Facet(
    "pillar",
    (Card.pillars,),
    lambda pillars: pillars,
    lambda codes: or_(*(col(Card.pillars).has_code(code) for code in codes)),  # type: ignore[attr-defined]
)
_CONTRIBUTION = Facet(
    "contribution",
    (Card.contributions,),
    lambda contributions: contributions,
    lambda codes: or_(*(col(Card.contributions).has_code(code) for code in codes)),  # type: ignore[attr-defined]
)
_TKT = Facet(
    "tkt",
    (Card.tkt,),
    lambda tkt: [str(step) for step in TKT_STEPS if (tkt or 0) >= step],
    lambda codes: col(Card.tkt) >= min(int(code) for code in codes),
)
_PROVINCE = Facet(
    "province",
    (Organisation.region_code,),
    lambda code: [code[:2]] if code else [],
    lambda codes: or_(*(col(Organisation.region_code).startswith(f"{code}.", autoescape=True) for code in codes)),
)
_KIND = Facet(
    "kind",
    (Organisation.kind,),
    lambda kind: [kind],
    lambda codes: col(Organisation.kind).in_(codes),
)
_GROUPS = ((_PILLAR, _CONTRIBUTION, _TKT), (_PROVINCE, _KIND))
_FACETS = [facet for group in _GROUPS for facet in group]


@dataclass(frozen=True)
class CardFilters:
    """``chosen``: of pillar, contribution, tkt (at least), and kind and province of the organisation."""

    text: str | None = None
    chosen: Chosen = field(default_factory=dict)


def _rows() -> Any:
    return select(*_COLUMNS).join(Organisation, col(Organisation.id) == Card.organisation_id)


def _published(filters: CardFilters) -> list[ColumnElement[bool]]:
    return [col(Card.status) == CardStatus.published, *contains_words(Card.search_text, filters.text)]


async def list_cards(
    session: AsyncSession, filters: CardFilters, cursor: str | None = None, limit: int = PAGE
) -> Listing[CardRow]:
    """Published cards, newest first."""
    query = _rows().where(
        *_published(filters),
        *conditions(_FACETS, filters.chosen),
        *behind(read_cursor(cursor), Card.published_at, Card.id),
    )
    query = query.order_by(col(Card.published_at).desc(), col(Card.id).desc()).limit(limit + 1)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda row: CardRow(*row), lambda row: (row.published_at, row.id))


async def count_cards(session: AsyncSession, filters: CardFilters) -> Counts:
    """How many each choice would leave."""

    of_organisation = conditions((_PROVINCE, _KIND), filters.chosen)

    def rows(columns: Any) -> Any:
        query = select(*columns).select_from(Card).where(*_published(filters))
        # Looked up for every card, so only where it is asked for.
        if of_organisation or Organisation.kind in columns:
            query = query.join(Organisation, col(Organisation.id) == Card.organisation_id)
        return query

    return await count_facets(
        session,
        rows,
        _GROUPS,
        filters.chosen,
        one_reading=bool(filters.text),
    )


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
