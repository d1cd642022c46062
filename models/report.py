"""What protects organisations from one another: blocks, and reports to the programme office."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now


class Block(SQLModel, table=True):
    """An organisation takes no first contact from another."""

    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id")
    blocked_id: int = Field(primary_key=True, foreign_key="organisation.id")
    account_id: int = Field(foreign_key="account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Report(SQLModel, table=True):
    """What a member of an organisation tells the programme office about another one, until it is dealt with."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    about_id: int = Field(foreign_key="organisation.id")
    account_id: int = Field(foreign_key="account.id")
    reason: str = Field(max_length=20)  # ReportReason
    note: str = Field(default="", max_length=1000)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    dealt_with_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    dealt_with_by_id: int | None = Field(default=None, foreign_key="account.id")
