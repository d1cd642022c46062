"""One thing that a company or an academic unit can do. Matching is per card, never per organisation."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from models.base import CodeList, UtcDateTime, now
from models.vocabulary import CardStatus


class Card(SQLModel, table=True):
    __table_args__ = (
        Index("ix_card_status_published_at_id", "status", "published_at", "id"),
        # All that the counts beside the filters read, so that they read no rows.
        Index("ix_card_facets", "status", "organisation_id", "pillars", "contributions", "tkt"),
        Index("ix_card_organisation_id_id", "organisation_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    status: str = Field(default=CardStatus.draft, max_length=10)
    language: str = Field(default="id", max_length=2)
    title: str = Field(max_length=120)
    summary: str = Field(default="", max_length=500)
    description: str = Field(default="", max_length=3000)
    region_gets: str = Field(default="", max_length=1000)
    asks: str = Field(default="", max_length=1000)
    pillars: list[str] = Field(default_factory=list, sa_type=CodeList)
    sub_dimensions: list[str] = Field(default_factory=list, sa_type=CodeList)
    tkt: int | None = None
    ip_status: str | None = Field(default=None, max_length=20)
    evidence: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    contributions: list[str] = Field(default_factory=list, sa_type=CodeList)
    # "all", codes of provinces ("53") and of regions ("53.11").
    regions_served: list[str] = Field(default_factory=list, sa_type=CodeList)
    price_band: str | None = Field(default=None, max_length=20)
    available_from: date | None = None
    available_until: date | None = None
    languages: list[str] = Field(default_factory=list, sa_type=CodeList)
    sdgs: list[str] = Field(default_factory=list, sa_type=CodeList)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    search_text: str = Field(default="", max_length=800)
    version: int = 1
    created_by_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
