"""Indonesia's administrative map and the movement's cohorts: reference data, loaded from matchmaker/facts."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Province(SQLModel, table=True):
    code: str = Field(primary_key=True, max_length=2)
    name: str = Field(max_length=80)
    iso_code: str = Field(max_length=6)
    island_group: str = Field(max_length=40)
    time_zone: str = Field(max_length=40)
    tile_label: str = Field(max_length=3)
    tile_column: int
    tile_row: int


class Region(SQLModel, table=True):
    """A kabupaten or kota, keyed by its Kemendagri code (``53.11``; not the BPS code)."""

    __table_args__ = (Index("ix_region_province_code_name", "province_code", "name"),)

    code: str = Field(primary_key=True, max_length=5)
    kind: str = Field(max_length=9)
    name: str = Field(max_length=80)
    province_code: str = Field(foreign_key="province.code", max_length=2)
    seat: str = Field(max_length=80)
    latitude: float
    longitude: float
    aliases: str = Field(default="", max_length=300)
    # Every spelling, folded (see matchmaker.facts.folded), between bars: what a search looks into.
    search_text: str = Field(max_length=800)
    self_governing: bool = True


class Cohort(SQLModel, table=True):
    """One year of the movement, and whether its list of participants is known in full."""

    year: int = Field(primary_key=True)
    completeness: str = Field(max_length=10)


class Participation(SQLModel, table=True):
    region_code: str = Field(primary_key=True, foreign_key="region.code", max_length=5)
    year: int = Field(primary_key=True, foreign_key="cohort.year")
    name_as_printed: str = Field(max_length=120)
    note: str = Field(max_length=200)
    source: str = Field(max_length=400)


class SubDimension(SQLModel, table=True):
    __tablename__ = "sub_dimension"

    code: str = Field(primary_key=True, max_length=30)
    pillar: str = Field(max_length=20)
    position: int
    name_id: str = Field(max_length=80)
    name_en: str = Field(max_length=80)
