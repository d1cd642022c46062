"""Regions: 'did mine take part?', and one region with its initiatives."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlmodel import select

from matchmaker import facts
from matchmaker.errors import NotFound
from matchmaker.reading.initiatives import InitiativeFilters, InitiativeRow, list_initiatives
from matchmaker.reading.listing import Listing
from matchmaker.reading.places import CohortYear, RegionRow, cohort_sizes, cohort_years, search_regions
from matchmaker.templating import Page
from matchmaker.web.forms import Form, query_form
from matchmaker.web.visit import Visit
from models import Organisation, Region
from models.vocabulary import OrganisationKind


@dataclass(kw_only=True)
class ListPage(Page):
    template: ClassVar[str] = "regions/list.html"
    form: Form
    searched: bool
    regions: list[RegionRow]
    answer: RegionRow | None
    answer_years: list[CohortYear]
    next: str | None
    cohorts: list[tuple[int, bool, int]]
    provinces: list[tuple[str, str]]


@dataclass(kw_only=True)
class RegionPage(Page):
    template: ClassVar[str] = "regions/detail.html"
    region: Region
    name: str
    province: str
    years: list[CohortYear]
    initiatives: Listing[InitiativeRow]
    organisation: Organisation | None


@get("/daerah")
async def regions_page(visit: NamedDependency[Visit]) -> Response[str]:
    form = query_form(visit.request.query_params.multi_items())
    year, province = _year(form), form.one_of("provinsi", facts.provinces())
    text = form.value("q")[:120]
    after = form.one_of("lanjut", facts.regions())
    found = await search_regions(visit.session, text, province, year, limit=51, after=after)
    # One region answers the question at once; several are a list to choose from.
    answer = found[0] if text and len(found) == 1 else None
    page = ListPage(
        form=form,
        searched=bool(text or province or year),
        regions=found[:50],
        answer=answer,
        answer_years=await cohort_years(visit.session, answer.code) if answer else [],
        next=found[49].code if len(found) > 50 and not text else None,
        cohorts=await cohort_sizes(visit.session),
        provinces=list(facts.provinces().items()),
    )
    return visit.show(page)


def _year(form: Form) -> int | None:
    text = form.value("tahun")
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


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
    )
    return visit.show(page)


HANDLERS = [regions_page, region_page]
