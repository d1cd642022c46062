"""Sends what lies in the outbox."""

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import i18n
from matchmaker.jobs.queue import NoUse, Work, job
from matchmaker.letters import TELLERS
from matchmaker.mail import Letter, MailNotSent, MailRefused, compose, deliver
from matchmaker.mail_links import stop_path
from matchmaker.settings import Settings
from models import Account, Mail, Organisation, now
from models.vocabulary import MailState

#: A mail server may be away for an hour or two without anybody having to do something about it.
DELAYS = (10, 50, 250, 1250, 6250)


@job(delays=DELAYS)
async def send_mail(work: Work, *, mail_id: int) -> None:
    """Once: a mail that was sent is not sent again. It is again only where a process died between sending and
    noting it, and then under the same Message-ID.
    """
    async with work.database.transaction() as session:
        letter = await _written(session, mail_id, work.settings)
    if letter is None:
        return
    try:
        await deliver(work.settings, compose(work.settings, letter))
    except MailRefused as error:
        await _note(work, mail_id, MailState.failed, error.message)
        raise NoUse(error.message) from error
    except MailNotSent as error:
        await _note(work, mail_id, MailState.failed, error.message)
        raise
    await _note(work, mail_id, MailState.sent)


async def _written(session: AsyncSession, mail_id: int, settings: Settings) -> Letter | None:
    """None if it was sent, or nobody is there to get it, or there is nothing to tell any more."""
    mail = await session.get(Mail, mail_id)
    if mail is None or mail.state in (MailState.sent, MailState.dropped):
        return None
    account = await session.get(Account, mail.account_id) if mail.account_id else None
    to = account.email if account else mail.recipient
    language = (account.language if account else mail.language) or settings.language
    with i18n.in_language(language):
        told = await TELLERS[mail.event](session, mail) if to else None
    if told is None or not to:
        mail.state = MailState.dropped
        session.add(mail)
        return None
    organisation = await session.get(Organisation, mail.organisation_id) if mail.organisation_id else None
    who = {"name": account.name if account else "", "organisation": organisation.name if organisation else ""}
    number = f"mail-{mail.id}-{int(mail.created_at.timestamp())}"
    stop = _stop_link(settings, mail)
    # Mail programs show a button of their own for these two (RFC 8058).
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if stop else {}
    return Letter(number, to, language, mail.event, {**who, "stop_link": stop, **told}, headers)


def _stop_link(settings: Settings, mail: Mail) -> str:
    """To get no more of its kind, where it is of one that an account can choose: ``stop`` among its ids says which."""
    topic = mail.ids.get("stop")
    if mail.account_id is None or not topic:
        return ""
    return settings.base_url.rstrip("/") + stop_path(settings.secret_key, mail.account_id, str(topic))


async def _note(work: Work, mail_id: int, state: MailState, error: str = "") -> None:
    async with work.database.transaction() as session:
        mail = await session.get(Mail, mail_id, with_for_update=True)
        if mail is None:
            return
        mail.state, mail.error, mail.tries = state, error[:500], mail.tries + 1
        mail.sent_at = now() if state == MailState.sent else None
        session.add(mail)
