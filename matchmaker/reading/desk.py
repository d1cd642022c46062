"""What waits for somebody: unread messages, interests to answer, drafts, requests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, literal, null, union_all
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer, readable_by
from matchmaker.matching import Kind
from models import (
    OPEN_STATUSES,
    Account,
    Card,
    Conversation,
    Initiative,
    Interest,
    Membership,
    Message,
    Organisation,
    ReadMark,
    now,
)
from models.vocabulary import InitiativeStatus, InterestState, MemberState

#: More than a desk shows; beyond it the lists of their own go on.
MOST = 50


def unread_messages(viewer: Viewer) -> Select[Any]:
    """How many messages of the other side this member has not read, by conversation; only those with any."""
    own = viewer.organisation_ids
    columns: tuple[Any, ...] = (Message.conversation_id, func.count(col(Message.id)))
    query: Select[Any] = select(*columns)
    return (
        query.join(Conversation, col(Conversation.id) == Message.conversation_id)
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
            readable_by(own),
            col(Message.id) > func.coalesce(col(ReadMark.message_id), 0),
        )
        .group_by(col(Message.conversation_id))
    )


@dataclass(frozen=True)
class DeskInterest:
    """``incoming``: sent to an organisation of the viewer's; ``other``: who is on the other side."""

    id: int
    state: str
    reason: str | None
    due_at: datetime
    seen_at: datetime | None
    created_at: datetime
    answered_at: datetime | None
    initiative_title: str
    card_title: str
    other: str
    incoming: bool


async def desk_interests(session: AsyncSession, viewer: Viewer) -> list[DeskInterest]:
    """Unanswered ones first, the most urgent of them on top; then the others, the last answered first."""
    own, other = viewer.organisation_ids, aliased(Organisation)
    incoming = col(Interest.to_organisation_id).in_(own)
    columns: tuple[Any, ...] = (
        Interest.id,
        Interest.state,
        Interest.reason,
        Interest.due_at,
        Interest.seen_at,
        Interest.created_at,
        Interest.answered_at,
        Initiative.title,
        Card.title,
        other.name,
        incoming,
    )
    query = (
        select(*columns)
        .join(Initiative, col(Initiative.id) == Interest.initiative_id)
        .join(Card, col(Card.id) == Interest.card_id)
        .join(
            other,
            col(other.id) == case((incoming, col(Interest.from_organisation_id)), else_=Interest.to_organisation_id),
        )
        .where(or_(col(Interest.from_organisation_id).in_(own), incoming))
        .order_by(
            case((col(Interest.state) == InterestState.sent, 0), else_=1),
            col(Interest.answered_at).desc(),
            col(Interest.due_at),
            col(Interest.id),
        )
        .limit(MOST)
    )
    return [DeskInterest(*row) for row in (await session.exec(query)).all()]


@dataclass(frozen=True)
class OwnItem:
    """An initiative or a card of the viewer's organisations."""

    kind: Kind
    id: int
    title: str
    status: str
    organisation: str
    updated_at: datetime
    published_at: datetime | None
    expires_at: datetime | None

    @property
    def is_draft(self) -> bool:
        return self.status == InitiativeStatus.draft

    @property
    def is_open(self) -> bool:
        """Whether it is matched: published, and its time has not run out."""
        return self.status in OPEN_STATUSES and (self.expires_at is None or self.expires_at > now())


async def own_items(session: AsyncSession, viewer: Viewer) -> list[OwnItem]:
    """Drafts first, then what is published, then the rest; of each what was written last first, and not all."""
    own = viewer.organisation_ids
    queries = [_own_columns("initiative", Initiative, own), _own_columns("card", Card, own)]
    both: Any = union_all(*queries).subquery()
    place = func.row_number().over(partition_by=both.c.rank, order_by=(both.c.written_at.desc(), both.c.row_id.desc()))
    placed: Any = select(both, place.label("place")).subquery()
    query = select(placed).where(placed.c.place <= MOST).order_by(placed.c.rank, placed.c.place)
    rows = (await (await session.connection()).execute(query)).all()
    return [OwnItem(*row[:-2]) for row in rows]


def _own_columns(kind: Kind, table: Any, own: list[int]) -> Any:
    columns: tuple[Any, ...] = (
        literal(kind).label("kind"),
        table.id.label("row_id"),
        table.title,
        table.status,
        Organisation.name,
        table.updated_at.label("written_at"),
        table.published_at,
        (table.expires_at if kind == "initiative" else null()).label("expires_at"),
        case({"draft": 0, "published": 1}, value=table.status, else_=2).label("rank"),
    )
    joined = select(*columns).join(Organisation, col(Organisation.id) == table.organisation_id)
    return joined.where(table.organisation_id.in_(own))


@dataclass(frozen=True)
class Request:
    """Somebody who asks to join an organisation of which the viewer is an admin."""

    name: str
    organisation_id: int
    organisation: str
    asked_at: datetime


async def requests_to_join(session: AsyncSession, viewer: Viewer) -> list[Request]:
    ids = [m.organisation_id for m in viewer.memberships if m.is_admin]
    if not ids:
        return []
    query = (
        select(Account.name, Organisation.id, Organisation.name, Membership.created_at)
        .join(Membership, col(Membership.account_id) == Account.id)
        .join(Organisation, col(Organisation.id) == Membership.organisation_id)
        .where(col(Organisation.id).in_(ids), Membership.state == MemberState.asked)
        .order_by(col(Membership.created_at), col(Account.id))
        .limit(MOST)
    )
    return [Request(name, i or 0, organisation, at) for name, i, organisation, at in (await session.exec(query)).all()]


async def asked_to_join(session: AsyncSession, viewer: Viewer) -> list[tuple[int, str]]:
    """(id, name) of the organisations whose answer the viewer waits for."""
    query = (
        select(Organisation.id, Organisation.name)
        .join(Membership, col(Membership.organisation_id) == Organisation.id)
        .where(Membership.account_id == viewer.account_id, Membership.state == MemberState.asked)
    )
    return [(row_id or 0, name) for row_id, name in (await session.exec(query)).all()]


@dataclass(frozen=True)
class Unverified:
    """An organisation that waits for the programme office."""

    id: int
    name: str
    kind: str
    created_at: datetime


async def organisations_to_verify(session: AsyncSession) -> list[Unverified]:
    """Those that have waited longest first."""
    query = (
        select(Organisation.id, Organisation.name, Organisation.kind, Organisation.created_at)
        .where(col(Organisation.verified_at).is_(None))
        .order_by(col(Organisation.created_at), col(Organisation.id))
        .limit(MOST)
    )
    return [Unverified(row_id or 0, name, kind, at) for row_id, name, kind, at in (await session.exec(query)).all()]
