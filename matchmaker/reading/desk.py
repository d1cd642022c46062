"""What waits for somebody: unread messages and unanswered interests."""

from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer
from models import Conversation, Interest, Message, ReadMark
from models.vocabulary import InterestState


async def unread_by_conversation(session: AsyncSession, viewer: Viewer) -> dict[int, int]:
    """How many messages of the other side this member has not read, by conversation; only those with any."""
    own = viewer.organisation_ids
    query = (
        select(Message.conversation_id, func.count(col(Message.id)))
        .join(Conversation, col(Conversation.id) == Message.conversation_id)
        .outerjoin(
            ReadMark,
            and_(
                col(ReadMark.conversation_id) == Message.conversation_id,
                col(ReadMark.account_id) == viewer.account_id,
            ),
        )
        .where(
            or_(col(Conversation.region_side_id).in_(own), col(Conversation.partner_side_id).in_(own)),
            col(Message.organisation_id).not_in(own),
            col(Message.id) > func.coalesce(col(ReadMark.message_id), 0),
        )
        .group_by(col(Message.conversation_id))
    )
    return dict((await session.exec(query)).all())


async def interests_to_answer(session: AsyncSession, viewer: Viewer) -> int:
    query = select(func.count(col(Interest.id))).where(
        col(Interest.to_organisation_id).in_(viewer.organisation_ids), Interest.state == InterestState.sent
    )
    return (await session.exec(query)).one()
