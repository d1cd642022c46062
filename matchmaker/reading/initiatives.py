"""Lists of initiatives, and one with all that stands around it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts
from matchmaker.access import Viewer
from matchmaker.reading.listing import PAGE, Listing, behind, contains_words, read_cursor, stretch
from models import Initiative, Need, Organisation, Region, now
from models.vocabulary import InitiativeStatus


@dataclass(frozen=True)
class InitiativeRow:
    """What a list says of an initiative."""

    id: int
    title: str
    summary: str
    pillar: str | None
    quick_win: bool
    status: str
    language: str
    published_at: datetime | None
    updated_at: datetime
    region_code: str
    organisation_id: int
    is_demo: bool
    version: int
    created_at: datetime

    @property
    def region_name(self) -> str:
        return facts.regions()[self.region_code]

    @property
    def province_name(self) -> str:
        return facts.provinces()[self.region_code[:2]]


_COLUMNS: tuple[Any, ...] = (
    Initiative.id,
    Initiative.title,
    Initiative.summary,
    Initiative.pillar,
    Initiative.quick_win,
    Initiative.status,
    Initiative.language,
    Initiative.published_at,
    Initiative.updated_at,
    Initiative.region_code,
    Initiative.organisation_id,
    Organisation.is_demo,
    Initiative.version,
    Initiative.created_at,
)


@dataclass(frozen=True)
class InitiativeFilters:
    pillar: str | None = None
    province: str | None = None
    kind: str | None = None
    text: str | None = None
    quick_win: bool = False
    region: str | None = None


def _rows() -> Any:
    return select(*_COLUMNS).join(Organisation, col(Organisation.id) == Initiative.organisation_id)


async def list_initiatives(
    session: AsyncSession, filters: InitiativeFilters, cursor: str | None = None, limit: int = PAGE
) -> Listing[InitiativeRow]:
    """Open initiatives, newest first."""
    start = read_cursor(cursor)
    query = _rows().where(Initiative.status == InitiativeStatus.published, col(Initiative.expires_at) > now())
    if filters.pillar:
        others = col(Initiative.other_pillars).has_code(filters.pillar)  # type: ignore[attr-defined]
        query = query.where(or_(col(Initiative.pillar) == filters.pillar, others))
    if filters.province:
        query = query.where(col(Initiative.region_code).startswith(filters.province + ".", autoescape=True))
    if filters.region:
        query = query.where(Initiative.region_code == filters.region)
    if filters.kind:
        query = query.join(Region, col(Region.code) == Initiative.region_code)
        query = query.where(Region.kind == filters.kind)
    if filters.quick_win:
        query = query.where(col(Initiative.quick_win))
    query = query.where(
        *contains_words(Initiative.search_text, filters.text),
        *behind(start, Initiative.published_at, Initiative.id),
    )
    query = query.order_by(col(Initiative.published_at).desc(), col(Initiative.id).desc()).limit(limit + 1)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda row: InitiativeRow(*row), lambda row: (row.published_at, row.id))


async def organisation_initiatives(
    session: AsyncSession,
    viewer: Viewer | None,
    organisation_id: int,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Listing[InitiativeRow]:
    """An organisation's, the one written last first: its members see all of them, others the open ones."""
    start = read_cursor(cursor)
    query = _rows().where(
        Initiative.organisation_id == organisation_id, *behind(start, Initiative.created_at, Initiative.id)
    )
    if viewer is None or viewer.member_of(organisation_id) is None:
        query = query.where(Initiative.status == InitiativeStatus.published, col(Initiative.expires_at) > now())
    query = query.order_by(col(Initiative.created_at).desc(), col(Initiative.id).desc()).limit(limit + 1)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda row: InitiativeRow(*row), lambda row: (row.created_at, row.id))


async def initiatives_of(
    session: AsyncSession, viewer: Viewer | None, organisation_ids: list[int], limit: int = 100
) -> list[InitiativeRow]:
    """Those of some organisations; what is not public only for their members."""
    query = _rows().where(col(Initiative.organisation_id).in_(organisation_ids))
    own = viewer.organisation_ids if viewer else []
    query = query.where(or_(Initiative.status == InitiativeStatus.published, col(Initiative.organisation_id).in_(own)))
    rows = (await session.exec(query.order_by(col(Initiative.updated_at).desc()).limit(limit))).all()
    return [InitiativeRow(*row) for row in rows]


async def owner_and_needs(session: AsyncSession, initiative: Initiative) -> tuple[Organisation, list[Need]]:
    """Whose it is and what it seeks, in one query."""
    query = (
        select(Organisation, Need)
        .outerjoin(Need, col(Need.initiative_id) == initiative.id)
        .where(Organisation.id == initiative.organisation_id)
        .order_by(col(Need.position))
    )
    rows = (await session.exec(query)).all()
    return rows[0][0], [need for _organisation, need in rows if need is not None]
