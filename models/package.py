"""The papers of a cooperation as they were made from what was settled at the time: versions that never change."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now
from models.vocabulary import PackageState


class Package(SQLModel, table=True):
    """``written`` of ``total`` files; ``terms_number``: of the agreed version that it holds, None where none was."""

    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    number: int
    state: str = Field(default=PackageState.waiting, max_length=10)
    route: str = Field(max_length=12)
    written: int = 0
    total: int = 0
    terms_number: int | None = None
    decisions: int = 0
    # What was not known: [{"what", "who", "papers"}].
    missing: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    organisation_id: int = Field(foreign_key="organisation.id")
    account_id: int = Field(foreign_key="account.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PackageFile(SQLModel, table=True):
    __tablename__ = "package_file"
    __table_args__ = (UniqueConstraint("package_id", "paper", "format"),)

    id: int | None = Field(default=None, primary_key=True)
    package_id: int = Field(foreign_key="package.id")
    paper: str = Field(max_length=20)  # PaperKind
    format: str = Field(max_length=4)  # pdf or docx
    name: str = Field(max_length=120)
    sha256: str = Field(foreign_key="stored_file.sha256", max_length=64)
    size: int
