"""What the members of the demonstration's organisations were told of its talks, as if it had been told then."""

from datetime import datetime, timedelta

from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import other_side
from models import (
    Conversation,
    Decision,
    File,
    FileVersion,
    Interest,
    Meeting,
    Membership,
    Message,
    Notice,
    NoticeMark,
    ReadMark,
    TermsVersion,
    now,
)
from models.vocabulary import InterestState, MemberState, MessageKind, NoticeKind

#: What came before counts as read.
NEWS = timedelta(days=7)


async def load_notices(session: AsyncSession) -> None:
    """In the order of their moments, as ids of notices are."""
    told = [*await _of_interests(session), *await _of_messages(session), *await _of_acts(session)]
    read = 0
    for notice in sorted(told, key=lambda notice: notice.created_at):
        session.add(notice)
        await session.flush()
        read = notice.id or 0 if notice.created_at < now() - NEWS else read
    members = (await session.exec(select(Membership.account_id))).all()
    session.add_all(NoticeMark(account_id=account_id, notice_id=read) for account_id in members)


async def _of_interests(session: AsyncSession) -> list[Notice]:
    query = select(Interest, Conversation.id).outerjoin(Conversation, col(Conversation.interest_id) == Interest.id)
    told = []
    for interest, conversation_id in (await session.exec(query)).all():
        told.append(_notice(interest, "sent", interest.created_at))
        if interest.answered_at is not None:
            told.append(_notice(interest, interest.state, interest.answered_at, conversation_id))
    return told


def _notice(interest: Interest, detail: str, at: datetime, conversation_id: int | None = None) -> Notice:
    sides = (interest.from_organisation_id, interest.to_organisation_id)
    actor, organisation = sides if detail in (InterestState.sent, InterestState.withdrawn) else sides[::-1]
    return Notice(
        organisation_id=organisation,
        actor_id=actor,
        kind=NoticeKind.interest,
        detail=detail,
        interest_id=interest.id,
        conversation_id=conversation_id,
        created_at=at,
    )


async def _of_messages(session: AsyncSession) -> list[Notice]:
    """One for each member of the other side and conversation: of the first message that they have not read."""
    query = (
        select(Message, Membership)
        .join(Conversation, col(Conversation.id) == Message.conversation_id)
        .join(
            Membership,
            col(Membership.organisation_id).in_((Conversation.region_side_id, Conversation.partner_side_id)),
        )
        .outerjoin(
            ReadMark,
            and_(
                col(ReadMark.conversation_id) == Message.conversation_id,
                col(ReadMark.account_id) == Membership.account_id,
            ),
        )
        .where(
            Membership.state == MemberState.active,
            Message.kind == MessageKind.message,
            Membership.organisation_id != Message.organisation_id,
            col(ReadMark.message_id).is_(None) | (col(Message.id) > col(ReadMark.message_id)),
        )
        .order_by(col(Message.id).desc())
    )
    first = {(m.conversation_id, member.account_id): (m, member) for m, member in (await session.exec(query)).all()}
    return [
        Notice(
            organisation_id=member.organisation_id,
            account_id=member.account_id,
            actor_id=message.organisation_id,
            kind=NoticeKind.message,
            conversation_id=message.conversation_id,
            row_id=message.id,
            created_at=message.sent_at,
        )
        for message, member in first.values()
    ]


async def _of_acts(session: AsyncSession) -> list[Notice]:
    """What each side has written, handed over and proposed, told to the other one."""
    talks = {talk.id: talk for talk in (await session.exec(select(Conversation))).all()}
    files = (await session.exec(select(FileVersion, File.conversation_id).join(File))).all()
    acts: list[tuple[int, FileVersion | TermsVersion | Meeting | Decision, NoticeKind, str]] = [
        (talk_id, version, NoticeKind.file, "new" if version.number == 1 else "version") for version, talk_id in files
    ]
    for terms in (await session.exec(select(TermsVersion))).all():
        acts.append((terms.conversation_id, terms, NoticeKind.terms, "new"))
    for meeting in (await session.exec(select(Meeting))).all():
        acts.append((meeting.conversation_id, meeting, NoticeKind.meeting, "proposed"))
    for decision in (await session.exec(select(Decision))).all():
        acts.append((decision.conversation_id, decision, NoticeKind.decision, "proposed"))
    return [
        Notice(
            organisation_id=other_side(talks[talk_id], row.organisation_id),
            actor_id=row.organisation_id,
            kind=kind,
            detail=detail,
            conversation_id=talk_id,
            row_id=row.id,
            created_at=row.created_at,
        )
        for talk_id, row, kind, detail in acts
    ]
