"""What the members of the demonstration's organisations were told of its talks, as if it had been told then."""

from datetime import datetime

from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Conversation, Interest, Membership, Message, Notice, ReadMark
from models.vocabulary import InterestState, MemberState, NoticeKind


async def load_notices(session: AsyncSession) -> None:
    """In the order of their moments, as ids of notices are."""
    told = [*await _of_interests(session), *await _of_messages(session)]
    for notice in sorted(told, key=lambda notice: notice.created_at):
        session.add(notice)
        await session.flush()


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
