"""What members of an organisation are told at once, in the order in which it became true."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now


class Event(SQLModel, table=True):
    """Something that happened, for one organisation. Ids grow in the order of commits (see matchmaker.live)."""

    __table_args__ = (Index("ix_event_organisation_id_id", "organisation_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    kind: str = Field(max_length=12)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    # The row that it is about, in the table that the kind tells: a message, an interest, a version of the terms.
    row_id: int
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
