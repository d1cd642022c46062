"""The country at a glance: which regions took part, and how much each of them seeks."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts
from matchmaker.facts.seats import Point, seats, tiles
from matchmaker.reading.framing import Frame, Label, Named, around, placed
from models import Initiative, Participation, now, takes_partners


@dataclass(frozen=True)
class Standing:
    """By region: the years it is known to have taken part in, and its open initiatives."""

    years: dict[str, list[int]] = field(default_factory=dict)
    initiatives: dict[str, int] = field(default_factory=dict)

    @property
    def fingerprint(self) -> tuple[object, ...]:
        """The same for the same, and for nothing else."""
        years = tuple((code, *years) for code, years in sorted(self.years.items()))
        return years, tuple(sorted(self.initiatives.items()))


class Dot(NamedTuple):
    """A region on the map. ``size`` is 0 without an open initiative, and grows with them to 3."""

    code: str
    name: str
    x: int
    y: int
    size: int
    initiatives: int
    years: list[int]


@dataclass(frozen=True)
class RegionMap:
    """``nearby``: regions of other provinces that the frame happens to show."""

    dots: list[Dot]
    nearby: list[Dot]
    labels: list[Label]
    frame: Frame
    year: int | None


@dataclass(frozen=True)
class ProvinceTile:
    code: str
    name: str
    label: str
    column: int
    row: int
    island_group: str
    regions: int
    took_part: int
    initiatives: int


async def standing(session: AsyncSession) -> Standing:
    taken = select(Participation.region_code, Participation.year).order_by(col(Participation.year))
    years: dict[str, list[int]] = {}
    for code, year in (await session.exec(taken)).all():
        years.setdefault(code, []).append(year)
    sought = (
        select(Initiative.region_code, func.count())
        .where(takes_partners(), col(Initiative.expires_at) > now())
        .group_by(col(Initiative.region_code))
    )
    return Standing(years, dict((await session.exec(sought)).all()))


def region_map(known: Standing, province: str | None = None, year: int | None = None) -> RegionMap:
    """The dots, those that seek most first: smaller ones are drawn upon larger ones."""
    dots = [_dot(known, code) for code in seats()]
    dots.sort(key=lambda dot: (-dot.size, dot.code))
    if province is None:
        return RegionMap(dots, [], [], Frame(), year)
    own = [dot for dot in dots if dot.code[:2] == province]
    frame = around([Point(dot.x, dot.y) for dot in own])
    nearby = [dot for dot in dots if dot.code[:2] != province and frame.shows(dot.x, dot.y)]
    names = [Named(dot.x, dot.y, dot.size, dot.name.removeprefix("Kabupaten ")) for dot in own]
    return RegionMap(own, nearby, placed(names, frame), frame, year)


def _dot(known: Standing, code: str) -> Dot:
    count = known.initiatives.get(code, 0)
    x, y = seats()[code]
    return Dot(code, facts.regions()[code], x, y, min(3, count.bit_length()), count, known.years.get(code, []))


def province_tiles(known: Standing, year: int | None = None) -> list[ProvinceTile]:
    """The provinces, west to east, with their counts; of one year, or of all that are known."""
    regions = Counter(code[:2] for code in facts.regions())
    took_part = Counter(code[:2] for code, years in known.years.items() if year is None or year in years)
    sought: Counter[str] = Counter()
    for code, count in known.initiatives.items():
        sought[code[:2]] += count
    return [
        ProvinceTile(
            code,
            facts.provinces()[code],
            tile.label,
            tile.column,
            tile.row,
            tile.island_group,
            regions[code],
            took_part[code],
            sought[code],
        )
        for code, tile in tiles().items()
    ]
