"""Regions by whatever spelling somebody types, and who took part in which year."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal
from sqlmodel import and_, case, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts
from matchmaker.facts.spelling import folded
from models import Cohort, Participation, Region
from models.vocabulary import Completeness


@dataclass(frozen=True)
class CohortYear:
    """One year of one region. ``took_part`` is None where the year's list is incomplete and does not name it."""

    year: int
    complete: bool
    took_part: bool | None
    name_as_printed: str = ""
    source: str = ""


@dataclass(frozen=True)
class RegionRow:
    code: str
    kind: str
    name: str
    province: str
    seat: str
    self_governing: bool
    years: list[int]

    @property
    def province_code(self) -> str:
        return self.code[:2]

    @property
    def full_name(self) -> str:
        return f"{self.kind.title()} {self.name}"


_COLUMNS: tuple[Any, ...] = (
    Region.code,
    Region.kind,
    Region.name,
    Region.province_code,
    Region.seat,
    Region.self_governing,
)


async def search_regions(
    session: AsyncSession,
    text: str | None = None,
    province: str | None = None,
    year: int | None = None,
    limit: int = 50,
    after: str | None = None,
) -> list[RegionRow]:
    """Regions by spelling, province and year of participation; the closest spellings first, else by code.

    ``after``: the code of the region that the list goes on behind.
    """
    query: Any = select(*_COLUMNS)
    rank: ColumnElement[int] = literal(0)
    spelling = folded(text or "")
    if spelling.whole:
        loose = col(Region.search_text).contains(spelling.text, autoescape=True)
        if spelling.kind:
            loose = and_(loose, Region.kind == spelling.kind)
        whole = col(Region.search_text).contains(spelling.whole, autoescape=True)
        exact = or_(
            *(
                col(Region.search_text).contains(f"|{name}|", autoescape=True)
                for name in (spelling.text, spelling.whole)
            )
        )
        rank = case((exact, 0), else_=1)
        query = query.where(or_(loose, whole)).order_by(rank)
    if province:
        query = query.where(Region.province_code == province)
    if year:
        took_part = select(Participation.region_code).where(Participation.year == year)
        query = query.where(col(Region.code).in_(took_part))
    if after:
        reached = (await session.exec(select(rank).where(Region.code == after))).first() or 0
        query = query.where(or_(rank > reached, and_(rank == reached, col(Region.code) > after)))
    regions = (await session.exec(query.order_by(col(Region.code)).limit(limit))).all()
    years = await _years(session, [region.code for region in regions])
    return [_row(region, years.get(region.code, [])) for region in regions]


async def region_row(session: AsyncSession, code: str) -> RegionRow:
    """One region, whose code must be known."""
    query: Any = select(*_COLUMNS).where(Region.code == code)
    region = (await session.exec(query)).one()
    return _row(region, (await _years(session, [code])).get(code, []))


def _row(region: Any, years: list[int]) -> RegionRow:
    return RegionRow(
        region.code,
        region.kind,
        region.name,
        facts.provinces()[region.province_code],
        region.seat,
        region.self_governing,
        years,
    )


async def _years(session: AsyncSession, codes: list[str]) -> dict[str, list[int]]:
    query = (
        select(Participation.region_code, Participation.year)
        .where(col(Participation.region_code).in_(codes))
        .order_by(col(Participation.year))
    )
    answer: dict[str, list[int]] = {}
    for code, year in (await session.exec(query)).all():
        answer.setdefault(code, []).append(year)
    return answer


async def cohort_years(session: AsyncSession, region_code: str) -> list[CohortYear]:
    """Every year of the movement, newest first, as one region met it."""
    query = (
        select(Cohort, Participation)
        .outerjoin(
            Participation,
            and_(col(Participation.year) == Cohort.year, col(Participation.region_code) == region_code),
        )
        .order_by(col(Cohort.year).desc())
    )
    return [_cohort_year(cohort, row) for cohort, row in (await session.exec(query)).all()]


def _cohort_year(cohort: Cohort, participation: Participation | None) -> CohortYear:
    complete = cohort.completeness == Completeness.complete
    if participation is None:
        return CohortYear(cohort.year, complete, False if complete else None)
    return CohortYear(cohort.year, complete, True, participation.name_as_printed, participation.source)


async def cohort_sizes(session: AsyncSession) -> list[tuple[int, bool, int]]:
    """(year, whether its list is complete, how many it names), newest first."""
    query = (
        select(Cohort.year, Cohort.completeness, func.count(col(Participation.region_code)))
        .join(Participation, col(Participation.year) == Cohort.year)
        .group_by(col(Cohort.year), col(Cohort.completeness))
        .order_by(col(Cohort.year).desc())
    )
    rows = (await session.exec(query)).all()
    return [(year, completeness == Completeness.complete, count) for year, completeness, count in rows]
