"""Meetings that the two sides of a conversation arrange."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now
from models.vocabulary import MeetingState


class Meeting(SQLModel, table=True):
    """``organisation_id``: the side that proposed last; the other one chooses. ``starts_at``: what was chosen, kept as
    the time that calendars hold while another is sought. ``sequence`` grows with whatever calendars must learn.
    """

    __table_args__ = (
        Index("ix_meeting_conversation_id_id", "conversation_id", "id"),
        Index("ix_meeting_state_starts_at", "state", "starts_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    organisation_id: int = Field(foreign_key="organisation.id")
    account_id: int = Field(foreign_key="account.id")
    state: str = Field(default=MeetingState.proposed, max_length=9)
    minutes: int
    online: bool
    place: str = Field(max_length=300)
    agenda: str = Field(default="", max_length=1000)
    note: str = Field(default="", max_length=500)
    starts_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # What calendars know it by; an id of ours could be that of another installation.
    uid: str = Field(max_length=36)
    sequence: int = 0
    # Of which sequence both sides have been reminded.
    reminded: int = -1
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class MeetingSlot(SQLModel, table=True):
    """A time that is proposed."""

    __tablename__ = "meeting_slot"
    __table_args__ = (Index("ix_meeting_slot_meeting_id_starts_at", "meeting_id", "starts_at"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    starts_at: datetime = Field(sa_type=UtcDateTime)
