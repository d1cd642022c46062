"""Puts mails into the outbox. They leave after the commit, and not at all if there is none."""

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.jobs.queue import Id, enqueue
from models import Mail


async def queue_mail(
    session: AsyncSession,
    event: str,
    *,
    account_id: int | None = None,
    organisation_id: int | None = None,
    recipient: str = "",
    language: str = "",
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
    session.add(mail)
    await session.flush()
    await enqueue(session, "send_mail", mail_id=mail.id)
    return mail
