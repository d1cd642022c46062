"""Tells members of an organisation what has happened, and notes what they have read."""

from collections.abc import Collection, Iterable, Mapping

from sqlmodel import and_, col, exists, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from matchmaker import access
from matchmaker.access import Viewer, notices_for
from matchmaker.actions.events import begin_events, note_event
from matchmaker.database import insert_unless_present
from matchmaker.inputs.notices import MailChoices
from matchmaker.jobs.queue import enqueue
from matchmaker.mail_links import DIGEST
from models import Account, Membership, Message, Notice, NoticeMark, NoticePreference, ReadMark, now
from models.vocabulary import MAIL_DEFAULTS, EventKind, MailTiming, MemberState, NoticeKind

#: Seconds in which a message that is read in the app is not told by mail.
READ_WITHIN = 120


async def notify(
    session: AsyncSession,
    kind: NoticeKind,
    organisation_ids: Iterable[int],
    *,
    actor_id: int | None = None,
    account_id: int | None = None,
    detail: str = "",
    interest_id: int | None = None,
    conversation_id: int | None = None,
    row_id: int | None = None,
) -> None:
    """A notice for each of the organisations, within the present transaction: what is rolled back was never told."""
    notices = [
        Notice(
            organisation_id=organisation_id,
            account_id=account_id,
            actor_id=actor_id,
            kind=kind,
            detail=detail,
            interest_id=interest_id,
            conversation_id=conversation_id,
            row_id=row_id,
        )
        for organisation_id in organisation_ids
    ]
    await _tell(session, notices)


async def _tell(session: AsyncSession, notices: list[Notice]) -> None:
    """Ids are taken under the lock of the log: a mark up to one of them must not pass over what is still to come."""
    await begin_events(session)
    for notice in notices:
        session.add(notice)
        await session.flush()
        # Who reads a message as it comes needs no mail about it.
        delay = READ_WITHIN if notice.kind == NoticeKind.message else 0
        await enqueue(session, "mail_notice", delay=delay, notice_id=notice.id)
    latest = {(notice.organisation_id, notice.conversation_id): notice.id or 0 for notice in notices}
    for (organisation_id, conversation_id), notice_id in latest.items():
        await note_event(session, EventKind.notice, [organisation_id], notice_id, conversation_id)


async def tell_members(
    session: AsyncSession,
    kind: NoticeKind,
    organisation_id: int,
    account_ids: Iterable[int],
    *,
    detail: str,
    row_id: int | None = None,
) -> None:
    """Tells these alone of something within their organisation."""
    told = [
        Notice(organisation_id=organisation_id, account_id=account_id, kind=kind, detail=detail, row_id=row_id)
        for account_id in account_ids
    ]
    await _tell(session, told)


async def tell_of_message(
    session: AsyncSession, message: Message, organisation_id: int, *, but: Collection[int] = ()
) -> None:
    """Each member of the other side (``but`` some, who are told otherwise), unless they have a notice of messages in
    this conversation that they have not read yet.
    """
    members = _not_told_yet(message.conversation_id, organisation_id).where(
        col(Membership.account_id).not_in([message.author_id, *but])
    )
    told = [
        Notice(
            organisation_id=organisation_id,
            account_id=account_id,
            actor_id=message.organisation_id,
            kind=NoticeKind.message,
            conversation_id=message.conversation_id,
            row_id=message.id,
        )
        for account_id in (await session.exec(members)).all()
    ]
    await _tell(session, told)


def _not_told_yet(conversation_id: int, organisation_id: int) -> SelectOfScalar[int]:
    """Active members without a notice of messages in this conversation that they have not read yet."""
    waiting = exists().where(
        col(Notice.account_id) == Membership.account_id,
        col(Notice.kind) == NoticeKind.message,
        col(Notice.conversation_id) == conversation_id,
        col(Notice.id) > func.coalesce(col(NoticeMark.notice_id), 0),
        col(Notice.row_id) > func.coalesce(col(ReadMark.message_id), 0),
    )
    read = and_(
        col(ReadMark.account_id) == Membership.account_id,
        col(ReadMark.conversation_id) == conversation_id,
    )
    return (
        select(Membership.account_id)
        .outerjoin(NoticeMark, col(NoticeMark.account_id) == Membership.account_id)
        .outerjoin(ReadMark, read)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.state == MemberState.active,
            ~waiting,
        )
        .order_by(col(Membership.account_id))
    )


async def mark_notices_read(session: AsyncSession, viewer: Viewer | None, up_to: int | None = None) -> None:
    """All that the viewer is told, or up to one of them: what comes while somebody reads the list stays new."""
    viewer = access.signed_in(viewer)
    newest = select(func.max(Notice.id)).where(notices_for(viewer.account_id, viewer.organisation_ids))
    if up_to is not None:
        newest = newest.where(col(Notice.id) <= up_to)
    await _mark(session, viewer.account_id, (await session.exec(newest)).one() or 0)


async def begin_reading(session: AsyncSession, account_id: int, organisation_id: int) -> None:
    """A new member is not told what has happened before, unless they read notices already."""
    newest = select(func.max(Notice.id)).where(Notice.organisation_id == organisation_id)
    if await session.get(NoticeMark, account_id) is None:
        await _mark(session, account_id, (await session.exec(newest)).one() or 0)


async def _mark(session: AsyncSession, account_id: int, notice_id: int) -> None:
    values: dict[str, object] = {"account_id": account_id, "notice_id": notice_id, "read_at": now()}
    await insert_unless_present(session, NoticeMark, values, raising="notice_id", touching=("read_at",))


async def choose_mail(session: AsyncSession, viewer: Viewer | None, choices: MailChoices) -> None:
    """When the viewer gets mail about what. Kinds that are not named stay as they are."""
    account_id = access.signed_in(viewer).account_id
    await _choose(session, account_id, await _chosen(session, account_id), choices.named())


async def stop_mails(session: AsyncSession, account_id: int, topic: str | None) -> None:
    """By the link in a mail: no more of one kind, of the daily ones (``DIGEST``), or of any."""
    present = await _chosen(session, account_id)
    if topic == DIGEST:
        timings = MAIL_DEFAULTS | {NoticeKind(kind): chosen.mail for kind, chosen in present.items()}
        kinds = [kind for kind, timing in timings.items() if timing == MailTiming.daily]
    else:
        kinds = [kind for kind in NoticeKind if topic in (None, kind)]
    await _choose(session, account_id, present, dict.fromkeys(kinds, MailTiming.off))


async def _chosen(session: AsyncSession, account_id: int) -> dict[str, NoticePreference]:
    # Two choices at the same moment are made one after the other.
    await access.by_id(session, Account, account_id, lock=True)
    query = select(NoticePreference).where(NoticePreference.account_id == account_id)
    return {chosen.kind: chosen for chosen in (await session.exec(query)).all()}


async def _choose(
    session: AsyncSession,
    account_id: int,
    present: dict[str, NoticePreference],
    timings: Mapping[NoticeKind, MailTiming],
) -> None:
    for kind, timing in timings.items():
        chosen = present.get(kind) or NoticePreference(account_id=account_id, kind=kind, mail=timing)
        chosen.mail = timing
        session.add(chosen)
    await session.flush()
