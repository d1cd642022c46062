"""A region's programme, quick win or challenge that needs partners, with its needs."""

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, ColumnElement, Index, literal_column, text
from sqlmodel import Field, SQLModel

from models.base import CodeList, UtcDateTime, now
from models.vocabulary import InitiativeStatus

#: Further partners may come forward: a talk with one is no promise to it.
OPEN_STATUSES = (InitiativeStatus.published, InitiativeStatus.in_talks)
_TAKES_PARTNERS = "status IN ('published', 'in_talks')"
_OPEN = text(_TAKES_PARTNERS)


class Initiative(SQLModel, table=True):
    __table_args__ = (
        # The keyset that lists walk: newest first, the id where two share a moment.
        Index("ix_initiative_open_published_at_id", "published_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        # The same, soonest to close first.
        Index("ix_initiative_open_expires_at_id", "expires_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        # All that the counts beside the filters read, so that they read no rows.
        Index(
            "ix_initiative_facets",
            *("status", "pillar", "other_pillars", "quick_win", "funding_source", "region_code", "expires_at"),
        ),
        Index("ix_initiative_organisation_id_id", "organisation_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    region_code: str = Field(foreign_key="region.code", max_length=5, index=True)
    status: str = Field(default=InitiativeStatus.draft, max_length=10)
    language: str = Field(default="id", max_length=2)
    title: str = Field(max_length=120)
    summary: str = Field(default="", max_length=500)
    problem: str = Field(default="", max_length=3000)
    offers: str = Field(default="", max_length=2000)
    owner_office: str = Field(default="", max_length=160)
    contact_role: str = Field(default="", max_length=160)
    contact_email: str = Field(default="", max_length=254)
    backup_email: str = Field(default="", max_length=254)
    pillar: str | None = Field(default=None, max_length=20)
    other_pillars: list[str] = Field(default_factory=list, sa_type=CodeList)
    sub_dimensions: list[str] = Field(default_factory=list, sa_type=CodeList)
    quick_win: bool = False
    master_plan_ref: str = Field(default="", max_length=300)
    rpjmd_ref: str = Field(default="", max_length=300)
    funding_source: str | None = Field(default=None, max_length=10)
    funding_band: str | None = Field(default=None, max_length=20)
    legal_instrument: str | None = Field(default=None, max_length=20)
    indicators: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    location: str = Field(default="", max_length=300)
    start_from: date | None = None
    duration_months: int | None = None
    minimum_tkt: int | None = None
    pilot: bool = False
    graduation_clause: str = Field(default="", max_length=1000)
    spbe_impact: str | None = Field(default=None, max_length=20)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    close_reason: str | None = Field(default=None, max_length=20)
    # What the list's text filter looks into: title and summary, lower-cased.
    search_text: str = Field(default="", max_length=800)
    version: int = 1
    created_by_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)

    @property
    def is_open(self) -> bool:
        """Whether partners may still come forward: published, perhaps in talks, and its time has not run out."""
        return self.status in OPEN_STATUSES and (self.expires_at is None or self.expires_at > now())


def takes_partners() -> ColumnElement[bool]:
    """The same in a query, but for the time. Written out: a database uses a partial index only where it reads the
    index's condition, and not where values are filled in.
    """
    return literal_column(f"initiative.{_TAKES_PARTNERS}", Boolean())


class Need(SQLModel, table=True):
    """One thing that an initiative seeks. Matched one by one, so each is a row."""

    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiative.id", index=True)
    position: int
    title: str = Field(max_length=120)
    detail: str = Field(default="", max_length=500)
    contribution: str = Field(max_length=20)


class Attachment(SQLModel, table=True):
    """A file that an initiative shows: to its own organisation, and once published to whoever is signed in."""

    __table_args__ = (Index("ix_attachment_initiative_id_id", "initiative_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiative.id")
    name: str = Field(max_length=150)
    kind: str = Field(max_length=4)
    sha256: str = Field(foreign_key="stored_file.sha256", max_length=64)
    size: int
    account_id: int = Field(foreign_key="account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
