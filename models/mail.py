"""The outbox: mails that an action asked for, sent once it was committed."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, now
from models.vocabulary import MailState


class Mail(SQLModel, table=True):
    """A mail to an account, or to a mailbox that is no account's. Its text is made when it is sent, of the rows that
    ``ids`` name. Its id is the number in its Message-ID: sent twice, it is still one mail.
    """

    __table_args__ = (Index("ix_mail_state_id", "state", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    # Which folder of templates/emails says it.
    event: str = Field(max_length=20)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    # The organisation as whose member, or for whom, somebody is written to.
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    recipient: str = Field(default="", max_length=254)
    # Of a mailbox; an account has its own.
    language: str = Field(default="", max_length=2)
    ids: dict[str, int | str | None] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default=MailState.waiting, max_length=8)
    tries: int = 0
    error: str = Field(default="", max_length=500)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
