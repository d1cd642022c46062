"""Notices by mail: at once, or gathered in the morning, as each reader has chosen."""

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import notice_letters  # noqa: F401 - so that its mails know what to tell
from matchmaker.actions.clock import Reminder
from matchmaker.actions.mail import queue_mail
from matchmaker.i18n import local_day
from matchmaker.jobs.processes import schedule
from matchmaker.jobs.queue import Work, enqueue, job
from matchmaker.mail_links import DIGEST
from matchmaker.reading.notices import NoticeRow, is_backup, mail_timings, notices_to, organisations_of, readers_of
from models import Notice, NoticeMail, now
from models.vocabulary import MailTiming, NoticeKind


@job
async def mail_notice(work: Work, *, notice_id: int) -> None:
    """To whom it tells something that they have not seen in the app meanwhile. Done twice, it is as done once."""
    async with work.database.transaction() as session:
        notice = await session.get(Notice, notice_id)
        if notice is None:
            return
        done = set((await session.exec(select(NoticeMail.account_id).where(NoticeMail.notice_id == notice_id))).all())
        for account_id, organisation_ids in (await readers_of(session, notice)).items():
            told = await notices_to(session, account_id, organisation_ids, [notice_id])
            if account_id not in done and told and told[0].unread:
                await _mail(session, account_id, told[0])


async def _mail(session: AsyncSession, account_id: int, notice: NoticeRow) -> None:
    timing = (await mail_timings(session, account_id))[notice.kind]
    if timing == MailTiming.off:
        return
    kept = NoticeMail(notice_id=notice.id, account_id=account_id)
    if timing == MailTiming.immediate:
        mail = await queue_mail(
            session,
            await _event(session, account_id, notice),
            account_id=account_id,
            organisation_id=notice.organisation_id,
            stop=notice.kind,
            notice_id=notice.id,
            interest_id=notice.interest_id,
        )
        kept.mail_id = mail.id
    session.add(kept)
    await session.flush()


async def _event(session: AsyncSession, account_id: int, notice: NoticeRow) -> str:
    """The folder of its templates: of some there is more to say than a sentence."""
    about = (notice.kind, notice.detail)
    if about == (NoticeKind.interest, "sent"):
        return "interest"
    if about == (NoticeKind.reminder, Reminder.backup.name) and await is_backup(session, account_id, notice):
        return "silence"
    return "notice"


@schedule(hour=7)
@job
async def mail_digests(work: Work) -> None:
    """Every morning: a mail to each account for which something was gathered."""
    async with work.database.transaction() as session:
        waiting = select(NoticeMail.account_id).where(col(NoticeMail.mail_id).is_(None)).distinct()
        for account_id in (await session.exec(waiting)).all():
            once = f"mail_digest:{account_id}:{local_day(now())}"
            await enqueue(session, "mail_digest", once=once, account_id=account_id)


@job
async def mail_digest(work: Work, *, account_id: int) -> None:
    """All that was gathered since the last one, in one mail. What is no news any more is left out."""
    async with work.database.transaction() as session:
        own = [col(NoticeMail.account_id) == account_id, col(NoticeMail.mail_id).is_(None)]
        gathered = (await session.exec(select(NoticeMail).where(*own).with_for_update())).all()
        timings = await mail_timings(session, account_id)
        organisation_ids = await _organisations(session, account_id)
        rows = await notices_to(session, account_id, organisation_ids, [kept.notice_id for kept in gathered])
        told = {row.id for row in rows if row.unread and timings[row.kind] != MailTiming.off}
        if told:
            mail = await queue_mail(session, "digest", account_id=account_id, stop=DIGEST)
            for kept in gathered:
                if kept.notice_id in told:
                    kept.mail_id = mail.id
                    session.add(kept)
            await session.flush()
        await session.exec(delete(NoticeMail).where(*own))


async def _organisations(session: AsyncSession, account_id: int) -> list[int]:
    return (await organisations_of(session, [account_id])).get(account_id, [])
