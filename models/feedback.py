"""What people say of suggestions."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now


class Feedback(SQLModel, table=True):
    """One account's latest verdict on one pair; ``created_at`` is when that was given."""

    __table_args__ = (UniqueConstraint("account_id", "initiative_id", "card_id"),)

    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiative.id")
    card_id: int = Field(foreign_key="card.id")
    # For which of the account's organisations it was said.
    organisation_id: int = Field(foreign_key="organisation.id")
    account_id: int = Field(foreign_key="account.id")
    verdict: str = Field(max_length=10)
    reason: str | None = Field(default=None, max_length=20)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
