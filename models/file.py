"""Files that the two sides of a conversation hand to one another."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now


class File(SQLModel, table=True):
    """A name under which there are versions. ``name_key``: the name as it is compared, so that capitals make no other
    file. ``newest`` is the number of the last version.
    """

    __table_args__ = (
        Index("uq_file_conversation_id_name_key", "conversation_id", "name_key", unique=True),
        Index("ix_file_conversation_id_changed_at", "conversation_id", "changed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    name: str = Field(max_length=150)
    name_key: str = Field(max_length=600)
    newest: int = 0
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class FileVersion(SQLModel, table=True):
    """Never changes and never goes: the other side may have relied on it."""

    __tablename__ = "file_version"
    __table_args__ = (Index("uq_file_version_file_id_number", "file_id", "number", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    file_id: int = Field(foreign_key="file.id")
    number: int
    sha256: str = Field(foreign_key="stored_file.sha256", max_length=64)
    size: int
    kind: str = Field(max_length=4)
    account_id: int = Field(foreign_key="account.id")
    organisation_id: int = Field(foreign_key="organisation.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
