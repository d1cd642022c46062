"""Conversations and their messages."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer, side_of
from matchmaker.reading.listing import PAGE, Listing, behind, read_cursor, stretch
from matchmaker.states import OPEN, Path, Who, path_of
from models import Account, Card, Conversation, Initiative, Membership, Message, Organisation, ReadMark
from models.vocabulary import MemberState

MESSAGES_SHOWN = 200


@dataclass(frozen=True)
class ConversationRow:
    id: int
    state: str
    initiative_id: int
    initiative_title: str
    card_id: int
    card_title: str
    region_side_id: int
    region_side_name: str
    partner_side_id: int
    partner_side_name: str
    partner_legal_form: str
    own_side_id: int
    next_actor_id: int | None
    due_at: datetime | None
    last_message_at: datetime

    @property
    def other_name(self) -> str:
        return self.partner_side_name if self.own_side_id == self.region_side_id else self.region_side_name

    @property
    def my_turn(self) -> bool:
        return self.next_actor_id == self.own_side_id

    @property
    def path(self) -> Path:
        """Which papers the partner's legal form asks for."""
        return path_of(self.partner_legal_form)

    @property
    def side(self) -> Who:
        """On which side the viewer sits."""
        return Who.region if self.own_side_id == self.region_side_id else Who.partner

    @property
    def open(self) -> bool:
        """Whether the two sides talk."""
        return self.state in OPEN


async def list_conversations(
    session: AsyncSession,
    viewer: Viewer,
    cursor: str | None = None,
    limit: int = PAGE,
    conversation_id: int | None = None,
) -> Listing[ConversationRow]:
    """The viewer's organisations' conversations, the one spoken in last first; or the one with an id."""
    start = read_cursor(cursor)
    region_side, partner_side = aliased(Organisation), aliased(Organisation)
    own = viewer.organisation_ids
    query = (
        select(  # type: ignore[call-overload]
            Conversation, Initiative.title, Card.title, region_side.name, partner_side.name, partner_side.legal_form
        )
        .join(Initiative, col(Initiative.id) == Conversation.initiative_id)
        .join(Card, col(Card.id) == Conversation.card_id)
        .join(region_side, col(region_side.id) == Conversation.region_side_id)
        .join(partner_side, col(partner_side.id) == Conversation.partner_side_id)
        .where(
            or_(
                col(Conversation.region_side_id).in_(own),
                col(Conversation.partner_side_id).in_(own),
            ),
            *behind(start, Conversation.last_message_at, Conversation.id),
        )
        .order_by(col(Conversation.last_message_at).desc(), col(Conversation.id).desc())
        .limit(limit + 1)
    )
    if conversation_id is not None:
        query = query.where(Conversation.id == conversation_id)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda r: _row(viewer, *r), lambda r: (r.last_message_at, r.id))


def _row(
    viewer: Viewer,
    c: Conversation,
    initiative_title: str,
    card_title: str,
    region_name: str,
    partner_name: str,
    partner_legal_form: str,
) -> ConversationRow:
    return ConversationRow(
        id=c.id or 0,
        state=c.state,
        initiative_id=c.initiative_id,
        initiative_title=initiative_title,
        card_id=c.card_id,
        card_title=card_title,
        region_side_id=c.region_side_id,
        region_side_name=region_name,
        partner_side_id=c.partner_side_id,
        partner_side_name=partner_name,
        partner_legal_form=partner_legal_form,
        own_side_id=side_of(viewer, c),
        next_actor_id=c.next_actor_id,
        due_at=c.due_at,
        last_message_at=c.last_message_at,
    )


@dataclass(frozen=True)
class MessageRow:
    """``author_name`` is empty for a deleted account; ``read``: somebody of the other side has read it."""

    id: int
    body: str
    sent_at: datetime
    author_id: int
    author_name: str
    organisation_id: int
    organisation_name: str
    read: bool


async def messages_of(
    session: AsyncSession,
    conversation: Conversation,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = MESSAGES_SHOWN,
) -> list[MessageRow]:
    """In the order of sending: those behind ``after``, or the last ones (before ``before``)."""
    query = (
        select(Message, Account.name, Organisation.name)
        .join(Account, col(Account.id) == Message.author_id)
        .join(Organisation, col(Organisation.id) == Message.organisation_id)
        .where(Message.conversation_id == conversation.id)
    )
    if after is not None:
        rows = (await session.exec(query.where(col(Message.id) > after).order_by(col(Message.id)).limit(limit))).all()
    else:
        if before is not None:
            query = query.where(col(Message.id) < before)
        rows = list((await session.exec(query.order_by(col(Message.id).desc()).limit(limit))).all())[::-1]
    marks = await _read_by_side(session, conversation)
    return [_message(message, author, name, marks) for message, author, name in rows]


def _message(message: Message, author: str, organisation: str, marks: dict[int, int]) -> MessageRow:
    others = [mark for side, mark in marks.items() if side != message.organisation_id]
    return MessageRow(
        id=message.id or 0,
        body=message.body,
        sent_at=message.sent_at,
        author_id=message.author_id,
        author_name=author,
        organisation_id=message.organisation_id,
        organisation_name=organisation,
        read=any(mark >= (message.id or 0) for mark in others),
    )


async def _read_by_side(session: AsyncSession, conversation: Conversation) -> dict[int, int]:
    """How far each organisation has read: the furthest of its members."""
    query = (
        select(Membership.organisation_id, func.max(col(ReadMark.message_id)))
        .join(
            ReadMark,
            and_(
                col(ReadMark.account_id) == Membership.account_id,
                col(ReadMark.conversation_id) == conversation.id,
            ),
        )
        .where(
            col(Membership.organisation_id).in_((conversation.region_side_id, conversation.partner_side_id)),
            Membership.state == MemberState.active,
        )
        .group_by(col(Membership.organisation_id))
    )
    return dict((await session.exec(query)).all())
