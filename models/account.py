"""Who may enter: accounts, their sessions, and the counters that slow guessing down."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now


class Account(SQLModel, table=True):
    """A person. A deleted one keeps its row without any personal data, so that what it wrote stays readable."""

    id: int | None = Field(default=None, primary_key=True)
    # Lower-cased; NULL once deleted, so that the address is free again.
    email: str | None = Field(default=None, max_length=254, unique=True)
    name: str = Field(max_length=120)
    password_hash: str = Field(max_length=200)
    language: str = Field(default="id", max_length=2)
    is_office: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Session(SQLModel, table=True):
    """A signed-in browser or an API token. Only the hash of its secret is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: str = Field(max_length=5)  # "web" or "token"
    user_agent: str = Field(default="", max_length=200)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class Attempt(SQLModel, table=True):
    """How often something was tried for one key within one window; counted by a single upsert."""

    key: str = Field(primary_key=True, max_length=64)
    window: int = Field(primary_key=True)
    count: int


class IdempotentAnswer(SQLModel, table=True):
    """The first answer to a POST that carried an Idempotency-Key, kept in that POST's own transaction."""

    __tablename__ = "idempotent_answer"
    __table_args__ = (
        UniqueConstraint("caller", "key"),
        Index("ix_idempotent_answer_created_at", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    caller: str = Field(max_length=40)
    key: str = Field(max_length=200)
    request_hash: str = Field(max_length=64)
    status: int = 0
    body: str = ""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
