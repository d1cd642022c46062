"""Background work that has failed, and how much waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import FailedJob, Mail
from models.vocabulary import MailState

SHOWN = 50


@dataclass(frozen=True)
class Failure:
    """``recipient``: of a mail to a mailbox, or empty; ``event``: what a mail tells, or empty."""

    id: int
    name: str
    event: str
    recipient: str
    tries: int
    error: str
    failed_at: datetime


@dataclass(frozen=True)
class Failures:
    """The newest of them, how many there are, and how many mails wait to be sent."""

    items: list[Failure]
    count: int
    mails_waiting: int


async def failures(session: AsyncSession) -> Failures:
    waiting = select(func.count(col(Mail.id))).where(Mail.state == MailState.waiting).scalar_subquery()
    counted = (await session.exec(select(func.count(col(FailedJob.id)), waiting))).one()
    # Which mail a job was about stands in its ids; those of a page are few, so they are looked up together.
    rows = (await session.exec(select(FailedJob).order_by(col(FailedJob.id).desc()).limit(SHOWN))).all()
    numbers = [row.ids.get("mail_id") for row in rows if row.name == "send_mail"]
    found = (await session.exec(select(Mail).where(col(Mail.id).in_(numbers)))).all() if numbers else []
    mails = {mail.id: mail for mail in found}
    return Failures([_failure(row, mails) for row in rows], counted[0], counted[1])


def _failure(row: FailedJob, mails: dict[int | None, Mail]) -> Failure:
    number = row.ids.get("mail_id")
    mail = mails.get(number) if isinstance(number, int) else None
    return Failure(
        id=row.id or 0,
        name=row.name,
        event=mail.event if mail else "",
        recipient=mail.recipient if mail else "",
        tries=row.tries,
        error=row.error,
        failed_at=row.failed_at,
    )
