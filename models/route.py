"""Which legal way a cooperation takes: reference data that the programme office keeps, and the answers of a talk."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel

from models.base import CodeList, UtcDateTime, now

_NATIONAL = text("region_code IS NULL")


def _one_of_each(table: str) -> tuple[Index, Index]:
    """Of a code there is one row for the country, and at most one variant for a region."""
    return (
        Index(f"uq_{table}_code", "code", unique=True, sqlite_where=_NATIONAL, postgresql_where=_NATIONAL),
        Index(f"uq_{table}_code_region_code", "code", "region_code", unique=True),
    )


class RouteGuide(SQLModel, table=True):
    """What a route asks for. Texts with several entries hold one a line, its title before a colon."""

    __tablename__ = "route_guide"
    __table_args__ = _one_of_each("route_guide")

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=12)  # Route
    # None: for the country. Otherwise a region's own variant, which replaces the national one there.
    region_code: str | None = Field(default=None, foreign_key="region.code", max_length=5)
    name_id: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    summary_id: str = Field(max_length=600)
    summary_en: str = Field(max_length=600)
    stages_id: str = Field(max_length=4000)
    stages_en: str = Field(max_length=4000)
    papers: list[str] = Field(default_factory=list, sa_type=CodeList)  # PaperKind
    other_papers_id: str = Field(default="", max_length=2000)
    other_papers_en: str = Field(default="", max_length=2000)
    signers_id: str = Field(max_length=2000)
    signers_en: str = Field(max_length=2000)
    limits_id: str = Field(default="", max_length=2000)
    limits_en: str = Field(default="", max_length=2000)
    uncertain_id: str = Field(default="", max_length=2000)
    uncertain_en: str = Field(default="", max_length=2000)
    legal_basis: str = Field(max_length=1000)
    version: int = 1
    # When somebody changed it by hand: from then on the files no longer do.
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RouteRule(SQLModel, table=True):
    """One row of the decision. ``decides``: the first row that holds names the route; the others are remarks, and each
    that holds is said. An empty list of codes holds for every answer.
    """

    __tablename__ = "route_rule"
    __table_args__ = _one_of_each("route_rule")

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=40)
    region_code: str | None = Field(default=None, foreign_key="region.code", max_length=5)
    position: int
    decides: bool = True
    legal_forms: list[str] = Field(default_factory=list, sa_type=CodeList)
    money: list[str] = Field(default_factory=list, sa_type=CodeList)
    apbd: list[str] = Field(default_factory=list, sa_type=CodeList)
    asset: list[str] = Field(default_factory=list, sa_type=CodeList)
    abroad: list[str] = Field(default_factory=list, sa_type=CodeList)
    # Where it leads; of a remark: the routes that it is about, empty for all.
    routes: list[str] = Field(default_factory=list, sa_type=CodeList)
    reason_id: str = Field(max_length=600)
    reason_en: str = Field(max_length=600)
    legal_basis: str = Field(max_length=1000)
    version: int = 1
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RouteChange(SQLModel, table=True):
    """Who changed which row of the two tables above, when, and what it said before and after; None: no row."""

    __tablename__ = "route_change"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=12)  # the table: guide or rule
    code: str = Field(max_length=40)
    region_code: str | None = Field(default=None, max_length=5)
    account_id: int = Field(foreign_key="account.id")
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class RouteAnswer(SQLModel, table=True):
    """The answers of a talk to the four questions, as either side last gave them."""

    __tablename__ = "route_answer"

    conversation_id: int = Field(primary_key=True, foreign_key="conversation.id")
    legal_form: str = Field(max_length=30)
    money_flow: str = Field(max_length=20)
    apbd: str = Field(max_length=20)
    asset_use: str = Field(max_length=20)
    abroad: str = Field(max_length=20)
    version: int = 1
    organisation_id: int = Field(foreign_key="organisation.id")
    account_id: int = Field(foreign_key="account.id")
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
