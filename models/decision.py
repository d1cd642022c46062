"""The numbered points that both sides of a talk confirm."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now
from models.vocabulary import DecisionState


class Decision(SQLModel, table=True):
    """Proposing it is the own side's yes; with the other side's it is final and never changes, but a later one may
    replace it. A number once given stays, also where the proposal was withdrawn or turned down.
    """

    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    number: int
    title: str = Field(max_length=160)
    body: str = Field(max_length=3000)
    state: str = Field(default=DecisionState.proposed, max_length=10)
    organisation_id: int = Field(foreign_key="organisation.id")
    author_id: int = Field(foreign_key="account.id")
    # What it came of, if that was said: a message, or a section of the terms.
    message_id: int | None = Field(default=None, foreign_key="message.id")
    section: str | None = Field(default=None, max_length=24)
    replaces_id: int | None = Field(default=None, foreign_key="decision.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_by_id: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rejected_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rejected_by_id: int | None = Field(default=None, foreign_key="account.id")
    # Why the other side turned it down.
    reason: str = Field(default="", max_length=300)
