"""What two sides have agreed on, or are about to: its papers, what is done and by when, and what came of it."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import CodeList, UtcDateTime, now


class Agreement(SQLModel, table=True):
    """One a conversation, whose state is its own too. ``ends_on``: of the paper under which the work is done."""

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", unique=True)
    ends_on: date | None = None
    # Days before that end which both sides have been reminded of.
    reminded: list[str] = Field(default_factory=list, sa_type=CodeList)
    result: str = Field(default="", max_length=3000)
    # Against the indicators of the initiative: name, baseline, target, reached.
    figures: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    # When each side agreed to show the result to everybody; it is public once both have.
    region_shows_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    partner_shows_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)

    @property
    def is_public(self) -> bool:
        return bool(self.closed_at and self.region_shows_at and self.partner_shows_at)


class AgreementStage(SQLModel, table=True):
    """A stage that was reached, with its paper: as a file, or where it lies."""

    __tablename__ = "agreement_stage"
    __table_args__ = (UniqueConstraint("agreement_id", "stage", name="uq_agreement_stage_agreement_id_stage"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = Field(foreign_key="agreement.id")
    stage: str = Field(max_length=14)
    done_on: date
    number: str = Field(default="", max_length=120)
    ends_on: date | None = None
    note: str = Field(default="", max_length=300)
    file_name: str = Field(default="", max_length=200)
    file_kind: str = Field(default="", max_length=8)
    file_size: int = 0
    sha256: str | None = Field(default=None, foreign_key="stored_file.sha256", max_length=64)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Milestone(SQLModel, table=True):
    """Something that is to be reached by a day, and what shows that it was."""

    __table_args__ = (Index("ix_milestone_agreement_id_due_on", "agreement_id", "due_on"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = Field(foreign_key="agreement.id")
    title: str = Field(max_length=160)
    due_on: date
    done_on: date | None = None
    evidence: str = Field(default="", max_length=1000)
    file_name: str = Field(default="", max_length=200)
    file_kind: str = Field(default="", max_length=8)
    file_size: int = 0
    sha256: str | None = Field(default=None, foreign_key="stored_file.sha256", max_length=64)
    organisation_id: int = Field(foreign_key="organisation.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Monitoring(SQLModel, table=True):
    """How one side saw a quarter. ``quarter``: 2027-Q1."""

    __table_args__ = (
        UniqueConstraint(
            "agreement_id", "organisation_id", "quarter", name="uq_monitoring_agreement_id_organisation_id_quarter"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = Field(foreign_key="agreement.id")
    organisation_id: int = Field(foreign_key="organisation.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    quarter: str = Field(max_length=7)
    progress: str = Field(max_length=1000)
    indicator: str = Field(default="", max_length=500)
    obstacle: str = Field(default="", max_length=1000)
    solution: str = Field(default="", max_length=1000)
    rating: int
    outlook: str = Field(max_length=8)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
