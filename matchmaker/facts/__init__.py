"""Reference data: read from the CSV files beside this one, and loaded into tables by ``migrate``."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.facts.routes import load_routes
from matchmaker.facts.spelling import folded
from models import Cohort, Participation, Province, Region, SubDimension
from models.vocabulary import Completeness

FOLDER = Path(__file__).parent
# The years whose lists are known in full; the others are single mentions, so absence there means unknown.
COMPLETE_YEARS = {2017, 2018, 2023, 2024}
# Units of the special capital region: administrative, without a government of their own.
JAKARTA = "31"


class Named(NamedTuple):
    """A code with its names, as forms and filters offer it."""

    code: str
    name_id: str
    name_en: str


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def provinces() -> dict[str, str]:
    """Name by code, west to east."""
    return {row["code"]: row["name"] for row in read("provinces.csv")}


@cache
def _time_zones() -> dict[str, str]:
    return {row["code"]: row["timezone"] for row in read("provinces.csv")}


def time_zone(region_code: str | None) -> str:
    """Of the province that a region lies in; western Indonesia's where nobody says which."""
    return _time_zones().get((region_code or JAKARTA)[:2], "Asia/Jakarta")


@cache
def islands() -> dict[str, list[tuple[str, str]]]:
    """(code, name) of the provinces by their group of islands."""
    answer: dict[str, list[tuple[str, str]]] = {}
    for row in read("provinces.csv"):
        answer.setdefault(row["island_group"], []).append((row["code"], row["name"]))
    return answer


@cache
def regions() -> dict[str, str]:
    """Kind and name by code: ``{"53.11": "Kabupaten Sumba Timur"}``."""
    return {row["code"]: f"{row['kind'].title()} {row['name']}" for row in read("regions.csv")}


@cache
def region_kinds() -> dict[str, str]:
    """``kabupaten`` or ``kota`` by code."""
    return {row["code"]: row["kind"] for row in read("regions.csv")}


@cache
def self_governing_regions() -> dict[str, str]:
    return {code: name for code, name in regions().items() if not code.startswith(JAKARTA)}


@cache
def sub_dimensions() -> dict[str, list[Named]]:
    """By pillar, in the guide's order."""
    answer: dict[str, list[Named]] = {}
    for row in read("sub_dimensions.csv"):
        answer.setdefault(row["pillar"], []).append(Named(row["code"], row["name_id"], row["name_en"]))
    return answer


@cache
def sdgs() -> list[Named]:
    return [Named(row["goal"], row["name_id"], row["name_en"]) for row in read("sdgs.csv")]


async def load_facts(session: AsyncSession) -> None:
    """Makes the reference tables equal to the files. Doing it again changes nothing.

    Participations are replaced whole (nothing refers to them); the others are merged, because initiatives and
    organisations point at regions. Of the legal routes, what the programme office has changed stays.
    """
    await _merge(session, _provinces())
    await _merge(session, _regions())
    await _merge(session, _cohorts())
    await _merge(session, _sub_dimension_rows())
    await session.exec(delete(Participation).where(col(Participation.year) > 0))
    session.add_all(_participations())
    await session.flush()
    await load_routes(session)


async def _merge(session: AsyncSession, rows: list[SQLModel]) -> None:
    # All rows in one query: merge then finds them in the session instead of asking for each.
    present = (await session.exec(select(type(rows[0])))).all()
    for row in rows:
        await session.merge(row)
    await session.flush()
    del present


def _provinces() -> list[SQLModel]:
    tiles = {row["province_code"]: row for row in read("provinces_tiles.csv")}
    return [
        Province(
            code=row["code"],
            name=row["name"],
            iso_code=row["iso_3166_2"],
            island_group=row["island_group"],
            time_zone=row["timezone"],
            tile_label=tiles[row["code"]]["label"],
            tile_column=int(tiles[row["code"]]["column"]),
            tile_row=int(tiles[row["code"]]["row"]),
        )
        for row in read("provinces.csv")
    ]


def _regions() -> list[SQLModel]:
    printed: dict[str, list[str]] = {}
    for row in read("participations.csv"):
        printed.setdefault(row["region_code"], []).append(row["name_as_printed"])
    return [
        Region(
            code=row["code"],
            kind=row["kind"],
            name=row["name"],
            province_code=row["province_code"],
            seat=row["seat"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            aliases=row["aliases"],
            search_text=_search_text(row, printed.get(row["code"], [])),
            self_governing=row["province_code"] != JAKARTA,
        )
        for row in read("regions.csv")
    ]


def _search_text(row: dict[str, str], printed: list[str]) -> str:
    spellings = [row["name"], *row["aliases"].split("|"), *printed, row["seat"], row["code"]]
    unique = dict.fromkeys(folded(s).text for s in spellings if s)
    return f"|{'|'.join(unique)}|"


def _cohorts() -> list[SQLModel]:
    years = sorted({int(row["year"]) for row in read("participations.csv")})
    return [
        Cohort(year=y, completeness=Completeness.complete if y in COMPLETE_YEARS else Completeness.partial)
        for y in years
    ]


def _participations() -> list[SQLModel]:
    return [
        Participation(
            region_code=row["region_code"],
            year=int(row["year"]),
            name_as_printed=row["name_as_printed"],
            note=row["completeness"],
            source=row["source"],
        )
        for row in read("participations.csv")
    ]


def _sub_dimension_rows() -> list[SQLModel]:
    return [
        SubDimension(
            code=row["code"], pillar=row["pillar"], position=i, name_id=row["name_id"], name_en=row["name_en"]
        )
        for i, row in enumerate(read("sub_dimensions.csv"))
    ]
