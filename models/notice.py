"""What the members of an organisation are told."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now


class Notice(SQLModel, table=True):
    """For every member of an organisation, or for the one account that is named. ``row_id``: of the thing that the
    kind tells. ``actor_id``: the organisation whose doing it was; none where the clock speaks.
    """

    __table_args__ = (
        Index("ix_notice_organisation_id_id", "organisation_id", "id"),
        Index("ix_notice_account_id_id", "account_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    actor_id: int | None = Field(default=None, foreign_key="organisation.id")
    kind: str = Field(max_length=12)
    # Which of the things of this kind: a step, a day of a reminder.
    detail: str = Field(default="", max_length=20)
    interest_id: int | None = Field(default=None, foreign_key="interest.id")
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    row_id: int | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class NoticeMark(SQLModel, table=True):
    """Up to which notice an account has read. Ids of notices grow in the order of commits (see actions.notices)."""

    __tablename__ = "notice_mark"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    notice_id: int
    read_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class NoticePreference(SQLModel, table=True):
    """When an account gets mail about one kind of notices; without a row, as the vocabulary's defaults say."""

    __tablename__ = "notice_preference"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    kind: str = Field(primary_key=True, max_length=12)
    mail: str = Field(max_length=10)  # MailTiming


class NoticeMail(SQLModel, table=True):
    """A notice that an account is told by mail, too. Without ``mail_id`` it waits for the morning."""

    __tablename__ = "notice_mail"
    __table_args__ = (Index("ix_notice_mail_account_id_mail_id", "account_id", "mail_id"),)

    notice_id: int = Field(primary_key=True, foreign_key="notice.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    mail_id: int | None = Field(default=None, foreign_key="mail.id", index=True)
