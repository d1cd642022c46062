"""What mails of notices tell: who has done what, about what, and where to look. Never what was written."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.letters import Told, tells
from matchmaker.reading.notices import NoticeRow, notices_to, organisations_of
from models import Mail, NoticeMail


async def _told(session: AsyncSession, mail: Mail, notice_ids: Sequence[int]) -> list[NoticeRow]:
    """As the account may see them by now: whoever has left an organisation hears no more of it."""
    account_id = mail.account_id or 0
    own = (await organisations_of(session, [account_id])).get(account_id, [])
    return await notices_to(session, account_id, own, notice_ids)


@tells("notice")
async def tell_notice(session: AsyncSession, mail: Mail) -> Told:
    told = await _told(session, mail, [int(mail.ids["notice_id"] or 0)])
    return {"notice": told[0]} if told else None


@tells("digest")
async def tell_digest(session: AsyncSession, mail: Mail) -> Told:
    """``groups``: (what it is about, whom with, its notices from the first to the last)."""
    gathered = select(NoticeMail.notice_id).where(NoticeMail.mail_id == mail.id).order_by(col(NoticeMail.notice_id))
    groups: dict[tuple[int | None, int], list[NoticeRow]] = {}
    for notice in reversed(await _told(session, mail, (await session.exec(gathered)).all())):
        groups.setdefault((notice.interest_id, notice.organisation_id), []).append(notice)
    if not groups:
        return None
    count = sum(len(notices) for notices in groups.values())
    return {"count": count, "groups": [(ns[0].about, ns[0].other_name, ns) for ns in groups.values()]}
