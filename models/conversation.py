"""The talk between two organisations about one pair of initiative and card."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now
from models.vocabulary import MessageKind, PairState


class Conversation(SQLModel, table=True):
    __table_args__ = (
        Index("ix_conversation_region_side_id_last_message_at", "region_side_id", "last_message_at"),
        Index("ix_conversation_partner_side_id_last_message_at", "partner_side_id", "last_message_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    interest_id: int = Field(foreign_key="interest.id", unique=True)
    initiative_id: int = Field(foreign_key="initiative.id")
    card_id: int = Field(foreign_key="card.id")
    region_side_id: int = Field(foreign_key="organisation.id")
    partner_side_id: int = Field(foreign_key="organisation.id")
    state: str = Field(default=PairState.exploring, max_length=14)
    # Whose turn it is, and until when: no state of a talk is silent about it.
    next_actor_id: int | None = Field(default=None, foreign_key="organisation.id")
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # What was done about silence since then, and when (matchmaker.actions.clock).
    reminded: int = 0
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_message_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Message(SQLModel, table=True):
    """Said to both sides, or a note that only the members of ``organisation_id`` may ever see.

    ``client_key``: made by who sends it, so that sending twice says it once. ``version`` grows with each edit.
    """

    __table_args__ = (
        Index("ix_message_conversation_id_id", "conversation_id", "id"),
        Index(
            "uq_message_conversation_id_author_id_client_key",
            "conversation_id",
            "author_id",
            "client_key",
            unique=True,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    author_id: int = Field(foreign_key="account.id")
    organisation_id: int = Field(foreign_key="organisation.id")
    kind: str = Field(default=MessageKind.message, max_length=10, sa_column_kwargs={"server_default": "message"})
    body: str = Field(max_length=10_000)
    client_key: str | None = Field(default=None, max_length=60)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    sent_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MessageVersion(SQLModel, table=True):
    """What a message said before it was edited, and until when."""

    __tablename__ = "message_version"

    message_id: int = Field(primary_key=True, foreign_key="message.id")
    version: int = Field(primary_key=True)
    body: str = Field(max_length=10_000)
    replaced_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Mention(SQLModel, table=True):
    """A member who was asked to look at a message."""

    __table_args__ = (Index("ix_mention_account_id", "account_id"),)

    message_id: int = Field(primary_key=True, foreign_key="message.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id")


class MessageDraft(SQLModel, table=True):
    """What a member has begun to write and not sent: nobody else's to see."""

    __tablename__ = "message_draft"

    conversation_id: int = Field(primary_key=True, foreign_key="conversation.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    kind: str = Field(default=MessageKind.message, max_length=10)
    body: str = Field(max_length=10_000)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ReadMark(SQLModel, table=True):
    """Up to which message a member has read; another member's mark is what 'read' means to the other side."""

    __tablename__ = "read_mark"

    conversation_id: int = Field(primary_key=True, foreign_key="conversation.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    message_id: int
    read_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class StateChange(SQLModel, table=True):
    """A step that a pair has taken. ``account_id`` is empty where the clock took it; ``reason`` is of the list."""

    __tablename__ = "state_change"
    __table_args__ = (Index("ix_state_change_conversation_id_id", "conversation_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    step: str = Field(max_length=14)
    source: str = Field(max_length=14)
    target: str = Field(max_length=14)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    reason: str | None = Field(default=None, max_length=20)
    note: str = Field(default="", max_length=1000)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
