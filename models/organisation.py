"""Regional governments, companies and academic institutions, and who belongs to them."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now

_IS_REGION = text("kind = 'region'")


class Organisation(SQLModel, table=True):
    __table_args__ = (
        # One organisation speaks for a region.
        Index(
            "uq_organisation_region",
            "region_code",
            unique=True,
            sqlite_where=_IS_REGION,
            postgresql_where=_IS_REGION,
        ),
        Index("ix_organisation_verified_at_id", "verified_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=10)
    name: str = Field(max_length=160)
    legal_form: str = Field(max_length=30)
    # The region that it governs, or the seat of a company or campus.
    region_code: str | None = Field(default=None, foreign_key="region.code", max_length=5, index=True)
    description: str = Field(default="", max_length=1000)
    website: str = Field(default="", max_length=200)
    size_band: str | None = Field(default=None, max_length=10)
    founded: int | None = None
    kbli: str = Field(default="", max_length=5)
    kbli_edition: str = Field(default="", max_length=4)
    field_of_science: str = Field(default="", max_length=120)
    business_number: str = Field(default="", max_length=13)  # NIB
    tax_number: str = Field(default="", max_length=16)  # NPWP
    university_domain: str = Field(default="", max_length=120)
    local_content: str = Field(default="", max_length=200)  # TKDN or e-katalog
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verified_by_id: int | None = Field(default=None, foreign_key="account.id")
    is_demo: bool = False
    version: int = 1
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    __table_args__ = (Index("ix_membership_organisation_id_state", "organisation_id", "state"),)

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id")
    state: str = Field(max_length=10)  # MemberState
    is_admin: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
