"""The only ways in to what somebody owns: an object is obtained *for a viewer*, or it is not there.

Absent and forbidden raise the same NotFound. Whoever is not signed in is told to sign in before anything is looked
up, so that this too says nothing about what exists.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import SQLModel, and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import security
from matchmaker.errors import Forbidden, NotFound, SignInNeeded
from matchmaker.i18n import gettext as _
from models import (
    Account,
    Card,
    Conversation,
    Initiative,
    Interest,
    Membership,
    Message,
    Notice,
    Organisation,
    Session,
    now,
)
from models.vocabulary import CardStatus, InitiativeStatus, MemberState, MessageKind, NoticeKind, OrganisationKind

# What a reader who is no member may see: everything that was published, also after it ended.
PUBLIC_INITIATIVE = {s.value for s in InitiativeStatus} - {
    InitiativeStatus.draft,
    InitiativeStatus.in_review,
    InitiativeStatus.returned,
}
PUBLIC_CARD = {CardStatus.published.value, CardStatus.closed.value}
# Those who bring capabilities to a region.
PARTNERS = {OrganisationKind.company, OrganisationKind.academic}
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Member:
    """The viewer's place in one organisation."""

    organisation_id: int
    kind: str
    name: str
    region_code: str | None
    verified: bool
    is_admin: bool
    legal_form: str


@dataclass(frozen=True)
class Viewer:
    """Somebody signed in, with the organisations that they act for."""

    account_id: int
    session_id: int
    name: str
    email: str
    language: str
    is_office: bool
    memberships: tuple[Member, ...]

    def member_of(self, organisation_id: int | None) -> Member | None:
        return next((m for m in self.memberships if m.organisation_id == organisation_id), None)

    def acts_for(self, *kinds: str) -> bool:
        """Whether one of the viewer's organisations is of one of these kinds."""
        return any(m.kind in kinds for m in self.memberships)

    @property
    def organisation_ids(self) -> list[int]:
        return [m.organisation_id for m in self.memberships]


async def viewer_by_token(session: AsyncSession, token: str) -> Viewer | None:
    """Who holds this token, with their memberships: one query."""
    query = (
        select(Session.id, Account, Membership.is_admin, Organisation)
        .join(Account, and_(col(Account.id) == Session.account_id, col(Account.deleted_at).is_(None)))
        .outerjoin(
            Membership,
            and_(col(Membership.account_id) == Account.id, col(Membership.state) == MemberState.active),
        )
        .outerjoin(Organisation, col(Organisation.id) == Membership.organisation_id)
        .where(Session.token_hash == security.token_hash(token), Session.expires_at > now())
        .order_by(col(Membership.created_at), col(Organisation.id))
    )
    rows = (await session.exec(query)).all()
    if not rows:
        return None
    session_id, account = rows[0][0], rows[0][1]
    return Viewer(
        account_id=account.id or 0,
        session_id=session_id or 0,
        name=account.name,
        email=account.email or "",
        language=account.language,
        is_office=account.is_office,
        memberships=tuple(
            Member(o.id or 0, o.kind, o.name, o.region_code, o.verified_at is not None, bool(is_admin), o.legal_form)
            for _id, _account, is_admin, o in rows
            if o is not None
        ),
    )


def signed_in(viewer: Viewer | None) -> Viewer:
    if viewer is None:
        raise SignInNeeded(_("Sign in to continue."))
    return viewer


def office(viewer: Viewer | None) -> Viewer:
    """A member of the programme office; for others these pages do not exist."""
    if not signed_in(viewer).is_office:
        raise NotFound
    return signed_in(viewer)


def acting_member(viewer: Viewer | None, kinds: set[OrganisationKind], organisation_id: int | None) -> Member:
    """The organisation of one of ``kinds`` that the viewer acts for: the named one, or the first."""
    candidates = [m for m in signed_in(viewer).memberships if m.kind in kinds]
    if organisation_id is not None:
        candidates = [m for m in candidates if m.organisation_id == organisation_id]
    if not candidates and organisation_id is not None:
        raise NotFound
    if not candidates:
        region = OrganisationKind.region in kinds
        raise Forbidden(
            _("Only a member of a regional government can do this.")
            if region
            else _("Only a member of a company or an academic institution can do this.")
        )
    return candidates[0]


Row = TypeVar("Row", bound=SQLModel)


async def by_id(session: AsyncSession, table: type[Row], row_id: int, *, lock: bool = False) -> Row:
    """The row, or NotFound, also for an id that no row can have. ``lock`` holds it until the commit, as it is then and
    not as this transaction may have read it before. It lets rows be inserted that refer to this one.
    """
    if not 1 <= row_id <= LARGEST_ID:
        raise NotFound
    row = await session.get(
        table, row_id, populate_existing=lock, with_for_update={"key_share": True} if lock else None
    )
    if row is None:
        raise NotFound
    return row


async def organisation_to_read(session: AsyncSession, organisation_id: int) -> Organisation:
    """Organisations are public."""
    return await by_id(session, Organisation, organisation_id)


async def organisation_to_edit(session: AsyncSession, viewer: Viewer | None, organisation_id: int) -> Organisation:
    """For its active members."""
    if signed_in(viewer).member_of(organisation_id) is None:
        raise NotFound
    return await by_id(session, Organisation, organisation_id, lock=True)


async def organisation_to_administer(
    session: AsyncSession, viewer: Viewer | None, organisation_id: int
) -> Organisation:
    """For its admins, and for the programme office, which can put any organisation in order."""
    viewer = signed_in(viewer)
    member = viewer.member_of(organisation_id)
    if not viewer.is_office and (member is None or not member.is_admin):
        raise NotFound
    return await by_id(session, Organisation, organisation_id, lock=True)


async def initiative_to_read(session: AsyncSession, viewer: Viewer | None, initiative_id: int) -> Initiative:
    """Published ones are public; a draft is its organisation's alone."""
    initiative = await by_id(session, Initiative, initiative_id)
    own = viewer is not None and viewer.member_of(initiative.organisation_id)
    if initiative.status not in PUBLIC_INITIATIVE and not own:
        raise NotFound
    return initiative


async def initiative_to_edit(session: AsyncSession, viewer: Viewer | None, initiative_id: int) -> Initiative:
    viewer = signed_in(viewer)
    initiative = await by_id(session, Initiative, initiative_id, lock=True)
    if viewer.member_of(initiative.organisation_id) is None:
        raise NotFound
    return initiative


async def card_to_read(session: AsyncSession, viewer: Viewer | None, card_id: int) -> Card:
    """Published ones are public; a draft is its organisation's alone."""
    card = await by_id(session, Card, card_id)
    own = viewer is not None and viewer.member_of(card.organisation_id)
    if card.status not in PUBLIC_CARD and not own:
        raise NotFound
    return card


async def card_to_edit(session: AsyncSession, viewer: Viewer | None, card_id: int) -> Card:
    viewer = signed_in(viewer)
    card = await by_id(session, Card, card_id, lock=True)
    if viewer.member_of(card.organisation_id) is None:
        raise NotFound
    return card


async def _interest(
    session: AsyncSession, viewer: Viewer | None, interest_id: int, *, lock: bool = False
) -> tuple[Interest, Viewer]:
    viewer = signed_in(viewer)
    return await by_id(session, Interest, interest_id, lock=lock), viewer


async def interest_to_read(session: AsyncSession, viewer: Viewer | None, interest_id: int) -> Interest:
    """For members of either side."""
    interest, viewer = await _interest(session, viewer, interest_id)
    if not {interest.from_organisation_id, interest.to_organisation_id} & set(viewer.organisation_ids):
        raise NotFound
    return interest


async def interest_to_answer(session: AsyncSession, viewer: Viewer | None, interest_id: int) -> Interest:
    """For members of the side that it was sent to."""
    interest, viewer = await _interest(session, viewer, interest_id, lock=True)
    if viewer.member_of(interest.to_organisation_id) is None:
        raise NotFound
    return interest


async def interest_to_withdraw(session: AsyncSession, viewer: Viewer | None, interest_id: int) -> Interest:
    """For members of the side that sent it."""
    interest, viewer = await _interest(session, viewer, interest_id, lock=True)
    if viewer.member_of(interest.from_organisation_id) is None:
        raise NotFound
    return interest


def side_of(viewer: Viewer, conversation: Conversation) -> int:
    """The organisation on whose side the viewer sits, or NotFound."""
    sides = (conversation.region_side_id, conversation.partner_side_id)
    own = next((side for side in sides if viewer.member_of(side)), None)
    if own is None:
        raise NotFound
    return own


def other_side(conversation: Conversation, own_side: int) -> int:
    region, partner = conversation.region_side_id, conversation.partner_side_id
    return partner if own_side == region else region


async def conversation_to_read(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, *, lock: bool = False
) -> Conversation:
    """For every member of both organisations, to read and to write."""
    viewer = signed_in(viewer)
    conversation = await by_id(session, Conversation, conversation_id, lock=lock)
    side_of(viewer, conversation)
    return conversation


def readable_by(organisation_ids: Collection[int]) -> ColumnElement[bool]:
    """The condition on messages of a conversation that members of these organisations may see: what was said to both
    sides, and their own internal notes. Every query for messages carries it.
    """
    return or_(col(Message.kind) == MessageKind.message, col(Message.organisation_id).in_(organisation_ids))


def notices_for(account_id: int, organisation_ids: Sequence[int]) -> ColumnElement[bool]:
    """What this account is told: what all members of its organisations are, but for their own doings, and what it
    alone is. Of its place in an organisation it hears also where it has none.
    """
    own = list(organisation_ids)
    for_all = and_(
        col(Notice.account_id).is_(None), or_(col(Notice.actor_id).is_(None), col(Notice.actor_id).not_in(own))
    )
    for_one = col(Notice.account_id) == account_id
    return or_(
        and_(col(Notice.organisation_id).in_(own), or_(for_all, for_one)),
        and_(for_one, col(Notice.kind) == NoticeKind.membership),
    )
