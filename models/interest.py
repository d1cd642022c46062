"""An expression of interest: the only way in which a first contact is made."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now
from models.vocabulary import InterestState

_IS_OPEN = text("state IN ('sent', 'accepted') AND ended_at IS NULL")


class Interest(SQLModel, table=True):
    __table_args__ = (
        Index(
            "uq_interest_open_pair",
            "initiative_id",
            "card_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_interest_to_organisation_id_id", "to_organisation_id", "id"),
        Index("ix_interest_from_organisation_id_id", "from_organisation_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiative.id")
    card_id: int = Field(foreign_key="card.id", index=True)
    from_organisation_id: int = Field(foreign_key="organisation.id")
    to_organisation_id: int = Field(foreign_key="organisation.id")
    state: str = Field(default=InterestState.sent, max_length=10)
    message: str = Field(max_length=2000)
    first_step: str = Field(max_length=12)
    reason: str | None = Field(default=None, max_length=20)
    reason_note: str = Field(default="", max_length=1000)
    sent_by_id: int = Field(foreign_key="account.id")
    answered_by_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    # When the talk that came of it came to nothing: from then on the two sides may begin anew.
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # What was done about silence since then, and when (matchmaker.actions.clock).
    reminded: int = 0
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
