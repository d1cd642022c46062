"""What an account is told, and how much of it is new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer, notices_for
from matchmaker.notice_texts import address, sentence
from matchmaker.reading.desk import unread_messages
from matchmaker.reading.listing import PAGE, Listing, read_cursor, stretch
from models import (
    Account,
    Card,
    Conversation,
    Initiative,
    Interest,
    Membership,
    Notice,
    NoticeMark,
    NoticePreference,
    Organisation,
    ReadMark,
)
from models.vocabulary import MAIL_DEFAULTS, MemberState, NoticeKind

#: More unread notices than this are not counted: the page says "99+".
MOST_COUNTED = 100


@dataclass(frozen=True)
class NoticeRow:
    """A notice to one reader. ``interest_id`` is of the pair that it is about, if any, also after a talk has begun;
    ``other_name``: of the organisation on the other side of it; ``person``: who asks to join.
    """

    id: int
    kind: str
    detail: str
    created_at: datetime
    row_id: int | None
    actor_id: int | None
    organisation_id: int
    organisation_name: str
    interest_id: int | None
    conversation_id: int | None
    initiative_title: str | None
    card_title: str | None
    other_name: str | None
    person: str | None
    unread: bool

    @property
    def actor_name(self) -> str:
        if self.actor_id is None:
            return ""
        return self.organisation_name if self.actor_id == self.organisation_id else self.other_name or ""

    @property
    def text(self) -> str:
        """What has happened, in the language of the moment."""
        return self._said()

    @property
    def headline(self) -> str:
        """The same for a line of few words."""
        return self._said(brief=True)

    def _said(self, *, brief: bool = False) -> str:
        return sentence(
            self.kind,
            self.detail,
            actor=self.actor_name,
            person=self.person or "",
            organisation=self.organisation_name,
            brief=brief,
        )

    @property
    def address(self) -> str:
        return address(
            self.kind, self.detail, self.organisation_id, self.interest_id, self.conversation_id, self.row_id
        )

    @property
    def about(self) -> str:
        """What it is about, by its own name: an initiative, or the reader's organisation."""
        return self.initiative_title or self.organisation_name


def _is_unread(account_id: int) -> ColumnElement[bool]:
    """Behind the account's mark; and of messages, those that it has not seen in the conversation itself."""
    mark = select(NoticeMark.notice_id).where(NoticeMark.account_id == account_id).scalar_subquery()
    return and_(
        col(Notice.id) > func.coalesce(mark, 0),
        or_(
            col(Notice.kind) != NoticeKind.message,
            col(Notice.row_id) > func.coalesce(col(ReadMark.message_id), 0),
        ),
    )


def _reads(account_id: int) -> ColumnElement[bool]:
    return and_(
        col(ReadMark.conversation_id) == Notice.conversation_id,
        col(ReadMark.account_id) == account_id,
    )


def notices_query(account_id: int, organisation_ids: list[int]) -> Select[Any]:
    """All that the account is told, the latest first, as ``NoticeRow`` takes it."""
    own, other, person = aliased(Organisation), aliased(Organisation), aliased(Account)
    sender, receiver = col(Interest.from_organisation_id), col(Interest.to_organisation_id)
    columns: tuple[Any, ...] = (
        Notice.id,
        Notice.kind,
        Notice.detail,
        Notice.created_at,
        Notice.row_id,
        Notice.actor_id,
        Notice.organisation_id,
        own.name,
        Interest.id,
        Notice.conversation_id,
        Initiative.title,
        Card.title,
        other.name,
        person.name,
        _is_unread(account_id),
    )
    query: Select[Any] = select(*columns)
    return (
        query.join(own, col(own.id) == Notice.organisation_id)
        .outerjoin(Conversation, col(Conversation.id) == Notice.conversation_id)
        .outerjoin(Interest, col(Interest.id) == func.coalesce(col(Notice.interest_id), col(Conversation.interest_id)))
        .outerjoin(Initiative, col(Initiative.id) == Interest.initiative_id)
        .outerjoin(Card, col(Card.id) == Interest.card_id)
        .outerjoin(other, col(other.id) == case((sender == Notice.organisation_id, receiver), else_=sender))
        .outerjoin(person, and_(col(Notice.kind) == NoticeKind.membership, col(person.id) == Notice.row_id))
        .outerjoin(ReadMark, _reads(account_id))
        .where(notices_for(account_id, organisation_ids))
        .order_by(col(Notice.id).desc())
    )


async def list_notices(
    session: AsyncSession, viewer: Viewer, cursor: str | None = None, limit: int = PAGE
) -> Listing[NoticeRow]:
    """What the viewer is told, the latest first."""
    start = read_cursor(cursor)
    query = notices_query(viewer.account_id, viewer.organisation_ids).limit(limit + 1)
    if start is not None:
        query = query.where(col(Notice.id) < start.row_id)
    rows = (await session.exec(query)).all()  # type: ignore[call-overload]
    return stretch(rows, limit, lambda r: NoticeRow(*r), lambda n: (n.created_at, n.id))


@dataclass(frozen=True)
class Unread:
    """What is new to an account: messages by conversation, and how many notices; ``of_messages``: how many of the
    notices tell of messages, by conversation.
    """

    messages: dict[int, int]
    notices: int
    of_messages: dict[int, int]


async def unread(session: AsyncSession, viewer: Viewer) -> Unread:
    """One question, as every page asks it."""
    few = _unread_notices(viewer).limit(MOST_COUNTED).subquery()
    notices = select(few.c.about, func.count()).group_by(few.c.about)
    rows = dict((await session.exec(union_all(unread_messages(viewer), notices))).all())  # type: ignore[call-overload]
    return Unread(
        messages={about: count for about, count in rows.items() if about > 0},
        notices=sum(count for about, count in rows.items() if about <= 0),
        of_messages={-about: count for about, count in rows.items() if about < 0},
    )


def _unread_notices(viewer: Viewer) -> Select[Any]:
    """``about``: the conversation with its sign turned, for notices of messages; 0 for others."""
    of_message = col(Notice.kind) == NoticeKind.message
    about: Any = case((of_message, -col(Notice.conversation_id)), else_=0).label("about")
    query: Select[Any] = select(about)
    return query.outerjoin(ReadMark, _reads(viewer.account_id)).where(
        notices_for(viewer.account_id, viewer.organisation_ids), _is_unread(viewer.account_id)
    )


async def mail_timings(session: AsyncSession, account_id: int) -> dict[str, str]:
    """When the account gets mail about each kind."""
    query = select(NoticePreference.kind, NoticePreference.mail).where(NoticePreference.account_id == account_id)
    chosen = dict((await session.exec(query)).all())
    return {kind.value: chosen.get(kind, timing.value) for kind, timing in MAIL_DEFAULTS.items()}


async def notices_to(
    session: AsyncSession, account_id: int, organisation_ids: list[int], notice_ids: Collection[int]
) -> list[NoticeRow]:
    """Those of some notices that the account is told, the latest first."""
    query = notices_query(account_id, organisation_ids).where(col(Notice.id).in_(notice_ids))
    rows = (await session.exec(query)).all()  # type: ignore[call-overload]
    return [NoticeRow(*row) for row in rows]


async def is_backup(session: AsyncSession, account_id: int, notice: NoticeRow) -> bool:
    """Whether a silent talk is this account's to mind: as an admin of a side that has named no mailbox for it."""
    no_mailbox = or_(
        col(Initiative.organisation_id) != notice.organisation_id, func.coalesce(Initiative.backup_email, "") == ""
    )
    query = (
        select(Membership.account_id)
        .join(Interest, col(Interest.id) == notice.interest_id)
        .join(Initiative, col(Initiative.id) == Interest.initiative_id)
        .where(
            Membership.account_id == account_id,
            Membership.organisation_id == notice.organisation_id,
            Membership.state == MemberState.active,
            col(Membership.is_admin),
            no_mailbox,
        )
    )
    return (await session.exec(query)).first() is not None


async def readers_of(session: AsyncSession, notice: Notice) -> dict[int, list[int]]:
    """Who may be told it, with their organisations: the account that it names, or all members."""
    if notice.account_id is not None:
        return {notice.account_id: [], **await organisations_of(session, [notice.account_id])}
    members = select(Membership.account_id).where(
        Membership.organisation_id == notice.organisation_id, Membership.state == MemberState.active
    )
    return await organisations_of(session, (await session.exec(members)).all())


async def organisations_of(session: AsyncSession, account_ids: Collection[int]) -> dict[int, list[int]]:
    """Of each account, the organisations that it is an active member of."""
    query = (
        select(Membership.account_id, Membership.organisation_id)
        .where(col(Membership.account_id).in_(account_ids), Membership.state == MemberState.active)
        .order_by(col(Membership.account_id), col(Membership.organisation_id))
    )
    found: dict[int, list[int]] = {}
    for account_id, organisation_id in (await session.exec(query)).all():
        found.setdefault(account_id, []).append(organisation_id)
    return found
