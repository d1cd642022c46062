"""Reference data: what the files say, and how people find it."""

import csv
import hashlib
from pathlib import Path

import pytest
from lokal import wilayah
from sqlalchemy import text
from sqlmodel import col, func, select

from matchmaker import facts
from matchmaker.database import Database
from matchmaker.facts.spelling import folded
from matchmaker.reading.places import cohort_years, search_regions
from models import Cohort, Participation, Region, metadata

TABLES = ("province", "region", "cohort", "participation", "sub_dimension")


def rows(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "matchmaker" / "facts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


async def fingerprint(database: Database) -> str:
    """Of every reference table, row by row."""
    digest = hashlib.sha256()
    async with database.engine.connect() as connection:
        for name in TABLES:
            table = metadata.tables[name]
            found = await connection.execute(table.select().order_by(*table.primary_key.columns))
            digest.update(repr([tuple(row) for row in found]).encode())
    return digest.hexdigest()


async def test_the_country_is_complete(database: Database) -> None:
    assert len(facts.provinces()) == 38
    assert len(facts.regions()) == 514
    assert len(facts.self_governing_regions()) == 508
    async with database.transaction(write=False) as session:
        assert (await session.exec(select(func.count(col(Region.code))))).one() == 514
        governed = select(func.count(col(Region.code))).where(col(Region.self_governing))
        assert (await session.exec(governed)).one() == 508
    assert sum(len(entries) for entries in facts.sub_dimensions().values()) == 18
    assert {len(entries) for entries in facts.sub_dimensions().values()} == {3}
    assert [goal.code for goal in facts.sdgs()] == [str(n) for n in range(1, 18)]


def test_codes_and_names_are_those_of_the_ministry() -> None:
    official = {r.code: r.name for p in wilayah.list_wilayah() for r in wilayah.list_wilayah(p.code)}
    assert {code: bare(name) for code, name in facts.regions().items()} == {c: bare(n) for c, n in official.items()}


def bare(name: str) -> str:
    """Without what the two sources abbreviate or leave out."""
    plain = name.lower().replace("administrasi", "").replace("kep.", "kepulauan")
    return "".join(filter(str.isalpha, plain))


def test_provinces_are_those_of_the_ministry() -> None:
    official = {p.code: p.name.lower() for p in wilayah.list_wilayah()}
    assert {code: name.lower() for code, name in facts.provinces().items()} == official


async def test_the_fifty_of_2023_are_fifty_known_regions(database: Database) -> None:
    async with database.transaction(write=False) as session:
        codes = (await session.exec(select(Participation.region_code).where(Participation.year == 2023))).all()
        cohort = await session.get(Cohort, 2023)
    assert len(set(codes)) == 50
    assert set(codes) <= set(facts.self_governing_regions())
    assert cohort is not None
    assert cohort.completeness == "complete"


async def test_absence_means_no_only_where_the_list_is_complete(database: Database) -> None:
    async with database.transaction(write=False) as session:
        named = set((await session.exec(select(Participation.region_code))).all())
        never = min(set(facts.regions()) - named)
        years = {y.year: y.took_part for y in await cohort_years(session, never)}
        east_sumba = {y.year: y.took_part for y in await cohort_years(session, "53.11")}
    assert {y for y, took_part in years.items() if took_part is False} == {2017, 2018, 2023, 2024}
    assert {y for y, took_part in years.items() if took_part is None} == {2019, 2021, 2022}
    assert list(years) == sorted(years, reverse=True)
    assert any(east_sumba.values())


async def test_loading_again_changes_nothing(database: Database) -> None:
    before = await fingerprint(database)
    for _ in range(2):
        async with database.transaction() as session:
            await facts.load_facts(session)
    assert await fingerprint(database) == before


async def test_a_changed_table_is_mended_by_loading(database: Database) -> None:
    before = await fingerprint(database)
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.execute(text("UPDATE region SET name = 'Waingapu' WHERE code = '53.11'"))
        await connection.execute(text("DELETE FROM participation WHERE year = 2023"))
    async with database.transaction() as session:
        await facts.load_facts(session)
    assert await fingerprint(database) == before


async def test_every_spelling_finds_its_region(database: Database, root: Path) -> None:
    wanted = [(f"{r['kind']} {r['name']}", r["code"]) for r in rows(root, "regions.csv")]
    wanted += [(alias, r["code"]) for r in rows(root, "regions.csv") for alias in r["aliases"].split("|") if alias]
    wanted += [(r["name_as_printed"], r["region_code"]) for r in rows(root, "participations.csv")]
    once = {(folded(spelling), code): spelling for spelling, code in wanted}
    missed = []
    async with database.transaction(write=False) as session:
        for (_folded, code), spelling in once.items():
            found = await search_regions(session, spelling)
            if code not in {region.code for region in found[:10]}:
                missed.append((spelling, code, [region.full_name for region in found[:3]]))
    assert missed == []


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Kotabaru", {"63.02"}),
        ("kab. kotabaru", {"63.02"}),
        ("Kabupaten Sumba Timur", {"53.11"}),
        ("KAB.SUMBA TIMUR", {"53.11"}),
        ("sumba-timur", {"53.11"}),
        ("East Sumba Regency", {"53.11"}),
        ("Kota Bogor", {"32.71"}),
        ("Kabupaten Bogor", {"32.01"}),
        ("bogor", {"32.01", "32.71"}),
        ("Pematang Siantar", {"12.72"}),
        ("pematangsiantar", {"12.72"}),
        ("53.11", {"53.11"}),
    ],
)
async def test_names_as_people_type_them(database: Database, typed: str, codes: set[str]) -> None:
    async with database.transaction(write=False) as session:
        found = await search_regions(session, typed)
    assert {region.code for region in found} == codes


async def test_kotabaru_written_apart_comes_before_the_cities_that_end_alike(database: Database) -> None:
    async with database.transaction(write=False) as session:
        found = await search_regions(session, "Kota Baru")
    assert found[0].full_name == "Kabupaten Kotabaru"
    assert {region.name for region in found[1:]} == {"Pekanbaru", "Banjarbaru"}


@pytest.mark.parametrize("typed", ["Atlantis", "100%", "_", "'; DROP TABLE region", "\U0001f600", "%%", "|"])
async def test_what_is_no_name_breaks_nothing(database: Database, typed: str) -> None:
    async with database.transaction(write=False) as session:
        found = await search_regions(session, typed, limit=600)
    # Nothing but signs is no question at all, so it narrows nothing down.
    assert len(found) in {0, 514}
