"""Regions: 'did mine take part?', the map of all of them, and one with its initiatives."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlmodel import select

from matchmaker import facts
from matchmaker.errors import NotFound
from matchmaker.facts.seats import Point, seats
from matchmaker.i18n import gettext, mark
from matchmaker.reading.initiatives import InitiativeFilters, InitiativeRow, list_initiatives
from matchmaker.reading.listing import Listing
from matchmaker.reading.maps import Dot, ProvinceTile, RegionMap, province_tiles, region_map, standing
from matchmaker.reading.places import CohortYear, RegionRow, cohort_sizes, cohort_years, search_regions
from matchmaker.templating import Page
from matchmaker.web.forms import Form, query_form
from matchmaker.web.visit import Visit
from models import Organisation, Region
from models.vocabulary import OrganisationKind

ISLANDS = {
    "Sumatera": mark("Sumatra"),
    "Jawa": mark("Java"),
    "Bali dan Nusa Tenggara": mark("Bali and Nusa Tenggara"),
    "Kalimantan": mark("Kalimantan"),
    "Sulawesi": mark("Sulawesi"),
    "Maluku": mark("Maluku"),
    "Papua": mark("Papua"),
}


@dataclass(kw_only=True)
class ListPage(Page):
    """``province``, ``year`` and ``text`` are what was asked for; ``tile`` and ``map`` are the province's."""

    template: ClassVar[str] = "regions/list.html"
    form: Form
    text: str
    province: str | None
    year: int | None
    complete: bool
    regions: list[RegionRow]
    initiatives: dict[str, int]
    answer: RegionRow | None
    answer_years: list[CohortYear]
    next: str | None
    cohorts: list[tuple[int, bool, int]]
    tiles: list[ProvinceTile]
    tile: ProvinceTile | None
    map: RegionMap | None
    groups: list[tuple[str, str]]


@dataclass(kw_only=True)
class MapPage(Page):
    template: ClassVar[str] = "regions/map.html"
    form: Form
    province: str | None
    complete: bool
    map: RegionMap
    tiles: list[ProvinceTile]
    groups: list[tuple[str, str]]
    provinces: list[tuple[str, str]]
    years: list[tuple[str, str]]


@dataclass(kw_only=True)
class RegionPage(Page):
    template: ClassVar[str] = "regions/detail.html"
    region: Region
    name: str
    province: str
    years: list[CohortYear]
    initiatives: Listing[InitiativeRow]
    organisation: Organisation | None
    here: Point
    neighbours: list[Dot]


@get("/daerah")
async def regions_page(visit: NamedDependency[Visit]) -> Response[str]:
    form = query_form(visit.request.query_params.multi_items())
    year, province = _year(form), form.one_of("provinsi", facts.provinces())
    text = form.value("q")[:120]
    after = form.one_of("lanjut", facts.regions())
    known, cohorts = await standing(visit.session), await cohort_sizes(visit.session)
    asked = bool(text or province or year)
    found = await search_regions(visit.session, text, province, year, limit=51, after=after) if asked else []
    # One region answers the question at once; several are a list to choose from.
    answer = found[0] if text and len(found) == 1 else None
    tiles = province_tiles(known)
    page = ListPage(
        form=form,
        text=text,
        province=facts.provinces().get(province or ""),
        year=year,
        complete=_complete(cohorts, year),
        regions=found[:50],
        initiatives=known.initiatives,
        answer=answer,
        answer_years=await cohort_years(visit.session, answer.code) if answer else [],
        next=found[49].code if len(found) > 50 else None,
        cohorts=cohorts,
        tiles=tiles,
        tile=next((tile for tile in tiles if tile.code == province), None),
        map=region_map(known, province, year) if province else None,
        groups=_groups(),
    )
    return visit.show(page)


@get("/daerah/peta")
async def map_page(visit: NamedDependency[Visit]) -> Response[str]:
    form = query_form(visit.request.query_params.multi_items())
    year, province = _year(form), form.one_of("provinsi", facts.provinces())
    known, cohorts = await standing(visit.session), await cohort_sizes(visit.session)
    page = MapPage(
        form=form,
        province=facts.provinces().get(province or ""),
        complete=_complete(cohorts, year),
        map=region_map(known, province, year),
        tiles=province_tiles(known, year),
        groups=_groups(),
        provinces=list(facts.provinces().items()),
        years=[(str(year), str(year)) for year, _complete, _count in cohorts],
    )
    return visit.show(page)


def _year(form: Form) -> int | None:
    text = form.value("tahun")
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


def _complete(cohorts: list[tuple[int, bool, int]], year: int | None) -> bool:
    """Whether silence about a region means that it did not take part."""
    return any(complete for cohort, complete, _count in cohorts if cohort == year)


def _groups() -> list[tuple[str, str]]:
    return [(code, gettext(label)) for code, label in ISLANDS.items()]


@get("/daerah/{code:str}")
async def region_page(visit: NamedDependency[Visit], code: FromPath[str]) -> Response[str]:
    region = await visit.session.get(Region, code[:5]) if code in facts.regions() else None
    if region is None:
        raise NotFound
    organisation = select(Organisation).where(
        Organisation.region_code == code, Organisation.kind == OrganisationKind.region
    )
    page = RegionPage(
        region=region,
        name=facts.regions()[code],
        province=facts.provinces()[region.province_code],
        years=await cohort_years(visit.session, code),
        initiatives=await list_initiatives(visit.session, InitiativeFilters(region=code), limit=50),
        organisation=(await visit.session.exec(organisation)).first(),
        here=seats()[code],
        neighbours=_neighbours(region_map(await standing(visit.session), region.province_code), code),
    )
    return visit.show(page)


def _neighbours(province: RegionMap, code: str) -> list[Dot]:
    return sorted((dot for dot in province.dots if dot.code != code), key=lambda dot: dot.code)


HANDLERS = [regions_page, map_page, region_page]
