"""Puts mails into the outbox. They leave after the commit, and not at all if there is none."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.jobs.queue import Id, enqueue
from models import Account, Mail, Membership
from models.vocabulary import MemberState


async def queue_mail(
    session: AsyncSession,
    event: str,
    *,
    account_id: int | None = None,
    organisation_id: int | None = None,
    recipient: str = "",
    language: str = "",
    delay: float = 0,
    **ids: Id,
) -> Mail:
    """A mail of ``templates/emails/<event>``, to an account in its language, or to a mailbox in that ``language``.

    ``ids`` name what it tells of (see ``matchmaker.letters``); ``organisation_id``: as whose member it is told.
    """
    mail = Mail(
        event=event,
        account_id=account_id,
        organisation_id=organisation_id,
        recipient=recipient,
        language=language,
        ids=ids,
    )
    await _queue(session, mail, delay)
    return mail


async def _queue(session: AsyncSession, mail: Mail, delay: float = 0) -> None:
    session.add(mail)
    await session.flush()
    await enqueue(session, "send_mail", delay=delay, mail_id=mail.id)


async def mail_members(
    session: AsyncSession, event: str, organisation_id: int, *, admins: bool = False, **ids: Id
) -> None:
    """To each active member of an organisation, or to its ``admins`` alone."""
    query = (
        select(Membership.account_id)
        .join(Account, col(Account.id) == Membership.account_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.state == MemberState.active,
            col(Account.deleted_at).is_(None),
        )
        .order_by(col(Membership.account_id))
    )
    if admins:
        query = query.where(col(Membership.is_admin))
    for account_id in (await session.exec(query)).all():
        await _queue(session, Mail(event=event, account_id=account_id, organisation_id=organisation_id, ids=ids))
