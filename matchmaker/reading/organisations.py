"""Organisations, their members, and what waits for the programme office."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.reading.facets import YES, Chosen, Counts, Facet, conditions, count_facets
from matchmaker.reading.listing import PAGE, Listing, behind, contains_words, read_cursor, stretch
from models import Account, Card, Initiative, Membership, Organisation, now, takes_partners
from models.vocabulary import CardStatus, MemberState


@dataclass(frozen=True)
class MemberRow:
    account_id: int
    name: str
    email: str
    state: str
    is_admin: bool


_KIND = Facet(
    "kind",
    (Organisation.kind,),
    lambda kind: [kind],
    lambda codes: col(Organisation.kind).in_(codes),
)
_VERIFIED = Facet(
    "verified",
    (col(Organisation.verified_at).is_not(None),),
    lambda verified: [YES] if verified else [],
    lambda _codes: col(Organisation.verified_at).is_not(None),
)
_PROVINCE = Facet(
    "province",
    (Organisation.region_code,),
    lambda code: [code[:2]] if code else [],
    lambda codes: or_(*(col(Organisation.region_code).startswith(f"{code}.", autoescape=True) for code in codes)),
)
_FACETS = (_KIND, _VERIFIED, _PROVINCE)


def _named(text: str | None) -> list[ColumnElement[bool]]:
    return contains_words(func.lower(col(Organisation.name)), text)


async def count_organisations(session: AsyncSession, text: str | None, chosen: Chosen) -> Counts:
    """How many each choice would leave."""
    return await count_facets(session, lambda columns: select(*columns).where(*_named(text)), [_FACETS], chosen)


async def list_organisations(
    session: AsyncSession,
    *,
    text: str | None = None,
    kind: str | None = None,
    verified: bool | None = None,
    chosen: Chosen | None = None,
    among: list[int] | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Listing[Organisation]:
    """Newest first; only those with an id ``among`` some, if that is given."""
    query = select(Organisation).where(
        *_named(text),
        *conditions(_FACETS, chosen or {}),
        *behind(read_cursor(cursor), Organisation.created_at, Organisation.id),
    )
    if kind:
        query = query.where(Organisation.kind == kind)
    if among is not None:
        query = query.where(col(Organisation.id).in_(among))
    if verified is not None:
        column = col(Organisation.verified_at)
        query = query.where(column.is_not(None) if verified else column.is_(None))
    query = query.order_by(col(Organisation.created_at).desc(), col(Organisation.id).desc()).limit(limit + 1)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda row: row, lambda row: (row.created_at, row.id or 0))


async def members_of(session: AsyncSession, organisation_id: int) -> list[MemberRow]:
    """Active members and those who ask to become one; the latter first."""
    query = (
        select(Account, Membership)
        .join(Membership, col(Membership.account_id) == Account.id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(col(Membership.state).desc(), col(Membership.created_at))
    )
    return [
        MemberRow(a.id or 0, a.name, a.email or "", m.state, m.is_admin) for a, m in (await session.exec(query)).all()
    ]


@dataclass(frozen=True)
class Numbers:
    """The national picture in a few figures."""

    initiatives: int
    regions: int
    cards: int
    organisations: int


async def numbers(session: AsyncSession) -> Numbers:
    is_open = (takes_partners(), col(Initiative.expires_at) > now())
    query = select(
        select(func.count(col(Initiative.id))).where(*is_open).scalar_subquery(),
        select(func.count(func.distinct(col(Initiative.region_code)))).where(*is_open).scalar_subquery(),
        select(func.count(col(Card.id))).where(Card.status == CardStatus.published).scalar_subquery(),
        select(func.count(col(Organisation.id))).scalar_subquery(),
    )
    return Numbers(*(await session.exec(query)).one())


async def memberships_asked(session: AsyncSession) -> list[tuple[int, str, int, str, datetime]]:
    """Requests to join organisations that have no admin left: only the office can answer those."""
    admins = select(Membership.organisation_id).where(Membership.state == MemberState.active, col(Membership.is_admin))
    query = (
        select(Organisation, Account, Membership.created_at)
        .join(Membership, col(Membership.organisation_id) == Organisation.id)
        .join(Account, col(Account.id) == Membership.account_id)
        .where(Membership.state == MemberState.asked, col(Organisation.id).not_in(admins))
        .order_by(col(Membership.created_at))
        .limit(100)
    )
    rows = (await session.exec(query)).all()
    return [(o.id or 0, o.name, a.id or 0, a.name, asked_at) for o, a, asked_at in rows]
