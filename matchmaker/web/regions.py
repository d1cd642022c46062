"""Regions: 'did mine take part?', the map of all of them, and one with its initiatives."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from markupsafe import Markup
from sqlmodel import select

from matchmaker import facts
from matchmaker.errors import NotFound
from matchmaker.facts.seats import Point, seats
from matchmaker.i18n import gettext, language, mark
from matchmaker.reading.initiatives import InitiativeFilters, InitiativeRow, list_initiatives
from matchmaker.reading.listing import Listing
from matchmaker.reading.maps import Dot, ProvinceTile, RegionMap, Standing, province_tiles, region_map, standing
from matchmaker.reading.places import CohortYear, RegionRow, cohort_sizes, cohort_years, search_regions
from matchmaker.templating import Page, rendered
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


MAP = "components/map.html"
# By language, year and what is shown. Years times languages, and as many again while something changes.
MOST_DRAWINGS = 32
_drawings: dict[tuple[object, ...], Markup] = {}


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
    """``drawing`` is the map, ``dots`` what it shows."""

    template: ClassVar[str] = "regions/map.html"
    form: Form
    province: str | None
    year: int | None
    complete: bool
    drawing: Markup
    dots: list[Dot]
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
    complete = _complete(cohorts, year)
    page = MapPage(
        form=form,
        province=facts.provinces().get(province or ""),
        year=year,
        complete=complete,
        drawing=_province_drawing(known, province, year, complete) if province else _drawing(known, year, complete),
        dots=sorted(region_map(known, province, year).dots) if province else [],
        tiles=province_tiles(known, year),
        groups=_groups(),
        provinces=list(facts.provinces().items()),
        years=[(str(cohort), str(cohort)) for cohort, _known, _count in cohorts],
    )
    return visit.show(page)


def _drawing(known: Standing, year: int | None, complete: bool) -> Markup:
    """The whole map. Drawing 514 dots takes longer than all else on the page, so each drawing is kept for as long as
    it would come out the same.
    """
    key = (language(), year, complete, known.fingerprint)
    if key not in _drawings:
        if len(_drawings) >= MOST_DRAWINGS:
            _drawings.clear()
        _drawings[key] = rendered(MAP, "dots", region_map(known, None, year), complete)
    return _drawings[key]


def _province_drawing(known: Standing, province: str, year: int | None, complete: bool) -> Markup:
    title = gettext("Map of %(place)s") % {"place": facts.provinces()[province]}
    return rendered(MAP, "dots", region_map(known, province, year), complete, title)


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
