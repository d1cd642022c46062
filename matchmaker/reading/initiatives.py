"""Lists of initiatives, and one with all that stands around it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts
from matchmaker.access import Viewer
from matchmaker.reading.facets import YES, Chosen, Counts, Facet, conditions, count_facets
from matchmaker.reading.listing import PAGE, Listing, behind, contains_words, read_cursor, stretch
from models import OPEN_STATUSES, Initiative, Need, Organisation, Region, now, takes_partners
from models.vocabulary import FUNDED, InitiativeStatus


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
    expires_at: datetime | None
    funding_source: str | None
    funding_band: str | None

    @property
    def state(self) -> str:
        """Its status; time runs out by itself, without a change of the row."""
        over = self.status in OPEN_STATUSES and self.expires_at is not None and self.expires_at <= now()
        return InitiativeStatus.expired if over else self.status

    @property
    def days_left(self) -> int:
        """Whole days until it closes."""
        return (self.expires_at - now()).days if self.expires_at else 0

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
    Initiative.expires_at,
    Initiative.funding_source,
    Initiative.funding_band,
)


_PILLAR = Facet(
    "pillar",
    (Initiative.pillar, Initiative.other_pillars),
    lambda first, others: [first, *others] if first else others,
    lambda codes: or_(
        col(Initiative.pillar).in_(codes),
        *(col(Initiative.other_pillars).has_code(code) for code in codes),  # type: ignore[attr-defined]
    ),
)
_QUICK_WIN = Facet(
    "quick_win",
    (Initiative.quick_win,),
    lambda quick_win: [YES] if quick_win else [],
    lambda _codes: col(Initiative.quick_win).is_(True),
)
_FUNDED = Facet(
    "funded",
    (Initiative.funding_source,),
    lambda source: [YES] if source in FUNDED else [],
    lambda _codes: col(Initiative.funding_source).in_(FUNDED),
)
_PROVINCE = Facet(
    "province",
    (Initiative.region_code,),
    lambda code: [code[:2]],
    lambda codes: or_(*(col(Initiative.region_code).startswith(f"{code}.", autoescape=True) for code in codes)),
)
_KIND = Facet(
    "kind",
    (Initiative.region_code,),
    lambda code: [facts.region_kinds()[code]],
    lambda codes: col(Initiative.region_code).in_(select(Region.code).where(col(Region.kind).in_(codes))),
)
_GROUPS = ((_PILLAR, _QUICK_WIN, _FUNDED), (_PROVINCE, _KIND))
_FACETS = [facet for group in _GROUPS for facet in group]


@dataclass(frozen=True)
class InitiativeFilters:
    """``chosen``: of pillar, province, kind, quick_win and funded."""

    text: str | None = None
    chosen: Chosen = field(default_factory=dict)
    region: str | None = None
    closing_first: bool = False


def _rows() -> Any:
    return select(*_COLUMNS).join(Organisation, col(Organisation.id) == Initiative.organisation_id)


def _published(filters: InitiativeFilters) -> list[ColumnElement[bool]]:
    """What every filter but the facets says."""
    region = [col(Initiative.region_code) == filters.region] if filters.region else []
    return [
        takes_partners(),
        *region,
        *contains_words(Initiative.search_text, filters.text),
    ]


async def list_initiatives(
    session: AsyncSession, filters: InitiativeFilters, cursor: str | None = None, limit: int = PAGE
) -> Listing[InitiativeRow]:
    """Open initiatives, newest first or soonest to close first."""
    soonest = filters.closing_first
    moment, row_id = col(Initiative.expires_at if soonest else Initiative.published_at), col(Initiative.id)
    query = _rows().where(
        col(Initiative.expires_at) > now(),
        *_published(filters),
        *conditions(_FACETS, filters.chosen),
        *behind(read_cursor(cursor), moment, row_id, earliest_first=soonest),
    )
    order = (moment, row_id) if soonest else (moment.desc(), row_id.desc())
    rows = (await session.exec(query.order_by(*order).limit(limit + 1))).all()
    return stretch(
        rows,
        limit,
        lambda row: InitiativeRow(*row),
        lambda row: (row.expires_at if soonest else row.published_at, row.id),
    )


async def count_initiatives(session: AsyncSession, filters: InitiativeFilters) -> Counts:
    """How many each choice would leave. Two readings of an index of 10,000; with words, one of the rows themselves."""
    # An expression, or SQLite narrows by the moment and then reads each row, instead of the index that has it all.
    still_open = func.coalesce(col(Initiative.expires_at), now()) > now()
    return await count_facets(
        session,
        lambda columns: select(*columns).where(still_open, *_published(filters)),
        _GROUPS,
        filters.chosen,
        one_reading=bool(filters.text),
    )


async def kinds_sought(session: AsyncSession, rows: list[InitiativeRow]) -> dict[int, list[str]]:
    """By initiative, the kinds of contribution that its needs ask for, each once."""
    if not rows:
        return {}
    query = (
        select(Need.initiative_id, Need.contribution)
        .where(col(Need.initiative_id).in_([row.id for row in rows]))
        .order_by(col(Need.initiative_id), col(Need.position))
    )
    sought: dict[int, dict[str, None]] = {}
    for initiative_id, contribution in (await session.exec(query)).all():
        sought.setdefault(initiative_id, {})[contribution] = None
    return {initiative_id: list(kinds) for initiative_id, kinds in sought.items()}


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
        query = query.where(takes_partners(), col(Initiative.expires_at) > now())
    query = query.order_by(col(Initiative.created_at).desc(), col(Initiative.id).desc()).limit(limit + 1)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda row: InitiativeRow(*row), lambda row: (row.created_at, row.id))


async def initiatives_of(
    session: AsyncSession, viewer: Viewer | None, organisation_ids: list[int], limit: int = 100
) -> list[InitiativeRow]:
    """Those of some organisations; what is not public only for their members."""
    query = _rows().where(col(Initiative.organisation_id).in_(organisation_ids))
    own = viewer.organisation_ids if viewer else []
    query = query.where(or_(takes_partners(), col(Initiative.organisation_id).in_(own)))
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
