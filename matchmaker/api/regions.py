"""Kabupaten and kota, and the years in which they took part in the movement."""

from typing import Annotated, Literal

from litestar.params import FromPath
from pydantic import Field

from matchmaker import facts
from matchmaker.api.answers import Answer, Page, RegionAnswer
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Transaction, get
from matchmaker.errors import NotFound
from matchmaker.inputs.fields import ProvinceCode
from matchmaker.inputs.validation import check
from matchmaker.reading import places
from matchmaker.reading.listing import broken_cursor
from matchmaker.reading.places import CohortYear, RegionRow

_YEAR = "Those that this year's list names; where it is not complete, others may have taken part too."


class RegionQuery(Stretch):
    search: Annotated[str, Field(max_length=200, description="A name in whatever spelling, or a code.")] | None = None
    province: ProvinceCode | None = None
    year: Annotated[int, Field(ge=2000, le=2100, description=_YEAR)] | None = None


class ParticipationAnswer(Answer):
    """A year in which the region took part."""

    year: int
    complete: bool = Field(description="Whether that year's list of participants is known in full.")


class RegionItem(RegionAnswer):
    seat: str
    self_governing: bool = Field(description="False for the administrative units of Jakarta.")
    participations: list[ParticipationAnswer] = Field(
        description="The years that name the region. Another year means no only if its list is complete."
    )


class YearAnswer(Answer):
    """What is known of a year of the movement for one region."""

    year: int
    complete: bool = Field(description="Whether that year's list of participants is known in full.")
    took_part: Literal["yes", "no", "unknown"]
    name_as_printed: str
    source: str


class RegionDetails(RegionItem):
    years: list[YearAnswer] = Field(description="Every year of the movement, newest first.")


@get("/regions", "listRegions", "Regions, the closest spelling first", asks=RegionQuery, public=True)
async def list_regions(session: Transaction, asked: Asked) -> Page[RegionItem]:
    query = check(RegionQuery, asked)
    if query.cursor and query.cursor not in facts.regions():
        raise broken_cursor()
    found = await places.search_regions(
        session, query.search, query.province, query.year, limit=query.limit + 1, after=query.cursor
    )
    shown = found[: query.limit]
    return Page(items=_items(shown), next=shown[-1].code if len(found) > len(shown) else None)


@get("/regions/{code:str}", "getRegion", "A region", public=True)
async def get_region(session: Transaction, code: FromPath[str]) -> RegionDetails:
    if code not in facts.regions():
        raise NotFound
    row = await places.region_row(session, code)
    years = [_year(year) for year in await places.cohort_years(session, code)]
    return RegionDetails(**_items([row])[0].model_dump(), years=years)


def _items(rows: list[RegionRow]) -> list[RegionItem]:
    return [
        RegionItem.model_validate({**vars(row), "province_code": row.code[:2], "participations": _participations(row)})
        for row in rows
    ]


def _participations(row: RegionRow) -> list[ParticipationAnswer]:
    return [ParticipationAnswer(year=year, complete=year in facts.COMPLETE_YEARS) for year in row.years]


def _year(year: CohortYear) -> YearAnswer:
    known: dict[bool | None, Literal["yes", "no", "unknown"]] = {True: "yes", False: "no", None: "unknown"}
    return YearAnswer.model_validate({**vars(year), "took_part": known[year.took_part]})


HANDLERS = [list_regions, get_region]
