"""The term sheet of a talk, in versions that are never changed; who accepted each, and what was said of it."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now

#: Characters of one section.
LONGEST_SECTION = 4_000


class TermsVersion(SQLModel, table=True):
    """The whole sheet as one side proposed it; columns after the sections of the vocabulary."""

    __tablename__ = "terms_version"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    number: int
    organisation_id: int = Field(foreign_key="organisation.id")
    author_id: int = Field(foreign_key="account.id")
    purpose: str = Field(default="", max_length=LONGEST_SECTION)
    object: str = Field(default="", max_length=LONGEST_SECTION)
    scope: str = Field(default="", max_length=LONGEST_SECTION)
    location: str = Field(default="", max_length=LONGEST_SECTION)
    duration_months: int | None = None
    region_brings: str = Field(default="", max_length=LONGEST_SECTION)
    partner_brings: str = Field(default="", max_length=LONGEST_SECTION)
    costs: str = Field(default="", max_length=LONGEST_SECTION)
    data_privacy: str = Field(default="", max_length=LONGEST_SECTION)
    intellectual_property: str = Field(default="", max_length=LONGEST_SECTION)
    success: str = Field(default="", max_length=LONGEST_SECTION)
    graduation: str = Field(default="", max_length=LONGEST_SECTION)
    ending: str = Field(default="", max_length=LONGEST_SECTION)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class TermsAcceptance(SQLModel, table=True):
    """A side's yes to one version. Only those of the newest version count; the rest is history."""

    __tablename__ = "terms_acceptance"

    version_id: int = Field(primary_key=True, foreign_key="terms_version.id")
    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id")
    account_id: int = Field(foreign_key="account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class TermsComment(SQLModel, table=True):
    """Said of one section, while ``version_number`` was the version that was read. Both sides see it."""

    __tablename__ = "terms_comment"
    __table_args__ = (Index("ix_terms_comment_conversation_id_id", "conversation_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    version_number: int
    section: str = Field(max_length=24)
    organisation_id: int = Field(foreign_key="organisation.id")
    author_id: int = Field(foreign_key="account.id")
    body: str = Field(max_length=2000)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolved_by_id: int | None = Field(default=None, foreign_key="account.id")
