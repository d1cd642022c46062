"""The messages of a conversation, as a member of one of its sides may see them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import literal, null, union_all
from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer, other_side, readable_by
from models import (
    Account,
    Conversation,
    Membership,
    Mention,
    Message,
    MessageDraft,
    MessageVersion,
    Organisation,
    ReadMark,
)
from models.vocabulary import MemberState, MessageKind

MESSAGES_SHOWN = 50


@dataclass(frozen=True)
class Earlier:
    """What a message said before it was edited, and until when."""

    body: str
    replaced_at: datetime


@dataclass(frozen=True)
class MemberRow:
    """``read_up_to``: the last message that they have read."""

    account_id: int
    name: str
    organisation_id: int
    read_up_to: int


@dataclass(frozen=True)
class MessageRow:
    """``author_name`` is empty for a deleted account; ``read``: somebody of the other side has read it; ``key``: the
    author's own; ``mentions``: account and name.
    """

    id: int
    kind: str
    body: str
    sent_at: datetime
    edited_at: datetime | None
    version: int
    key: str | None
    author_id: int
    author_name: str
    organisation_id: int
    organisation_name: str
    read: bool
    mentions: list[tuple[int, str]] = field(default_factory=list)
    versions: list[Earlier] = field(default_factory=list)


@dataclass(frozen=True)
class Talk:
    """A stretch of a conversation, and the members of both sides, the reader's own first."""

    messages: list[MessageRow]
    members: list[MemberRow]
    read_by_other: int


async def talk_of(
    session: AsyncSession,
    conversation: Conversation,
    own_side: int,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = MESSAGES_SHOWN,
) -> Talk:
    """In the order of sending: those behind ``after``, or the last ones (before ``before``). Notes only of
    ``own_side``.
    """
    query = (
        select(Message, Account.name, Organisation.name)
        .join(Account, col(Account.id) == Message.author_id)
        .join(Organisation, col(Organisation.id) == Message.organisation_id)
        .where(Message.conversation_id == conversation.id, readable_by([own_side]))
    )
    if after is not None:
        rows = (await session.exec(query.where(col(Message.id) > after).order_by(col(Message.id)).limit(limit))).all()
    else:
        if before is not None:
            query = query.where(col(Message.id) < before)
        rows = list((await session.exec(query.order_by(col(Message.id).desc()).limit(limit))).all())[::-1]
    members = await _members(session, conversation, own_side)
    read = {
        side: max((m.read_up_to for m in members if m.organisation_id == side), default=0)
        for side in _sides(conversation)
    }
    more = await _appended(session, [message.id or 0 for message, _author, _organisation in rows])
    return Talk(
        messages=[
            _message(message, author, organisation, read[other_side(conversation, message.organisation_id)], more)
            for message, author, organisation in rows
        ],
        members=members,
        read_by_other=read[other_side(conversation, own_side)],
    )


def _sides(conversation: Conversation) -> tuple[int, int]:
    return conversation.region_side_id, conversation.partner_side_id


_Appended = tuple[dict[int, list[tuple[int, str]]], dict[int, list[Earlier]]]


def _message(message: Message, author: str, organisation: str, read_up_to: int, more: _Appended) -> MessageRow:
    row_id = message.id or 0
    return MessageRow(
        id=row_id,
        kind=message.kind,
        body=message.body,
        sent_at=message.sent_at,
        edited_at=message.edited_at,
        version=message.version,
        key=message.client_key,
        author_id=message.author_id,
        author_name=author,
        organisation_id=message.organisation_id,
        organisation_name=organisation,
        read=message.kind == MessageKind.message and read_up_to >= row_id,
        mentions=more[0].get(row_id, []),
        versions=more[1].get(row_id, []),
    )


async def _members(session: AsyncSession, conversation: Conversation, own_side: int) -> list[MemberRow]:
    """Active members with how far each has read; what an organisation has read is the furthest of its members."""
    query = (
        select(Account.id, Account.name, Membership.organisation_id, ReadMark.message_id)
        .join(Membership, col(Membership.account_id) == Account.id)
        .outerjoin(
            ReadMark,
            and_(col(ReadMark.account_id) == Account.id, col(ReadMark.conversation_id) == conversation.id),
        )
        .where(
            col(Membership.organisation_id).in_(_sides(conversation)),
            Membership.state == MemberState.active,
            col(Account.deleted_at).is_(None),
        )
        .order_by(col(Account.name), col(Account.id))
    )
    rows = [MemberRow(i or 0, name, side, mark or 0) for i, name, side, mark in (await session.exec(query)).all()]
    return sorted(rows, key=lambda row: row.organisation_id != own_side)


async def _appended(session: AsyncSession, message_ids: Sequence[int]) -> _Appended:
    """Who was asked to look at these messages, and what they said before: one question for both."""
    mention: tuple[Any, ...] = (Mention.message_id, Mention.account_id, Account.name, literal(0), null())
    mentioned: Any = (
        select(*mention)
        .join(Account, col(Account.id) == Mention.account_id)
        .where(col(Mention.message_id).in_(message_ids))
    )
    earlier: tuple[Any, ...] = (
        MessageVersion.message_id,
        literal(0).label("account_id"),
        MessageVersion.body,
        MessageVersion.version,
        MessageVersion.replaced_at,
    )
    said_before: Any = select(*earlier).where(col(MessageVersion.message_id).in_(message_ids))
    both: Any = union_all(said_before, mentioned).subquery()
    query: Any = select(both).order_by(both.c.message_id, both.c.version, both.c.account_id)
    mentions: dict[int, list[tuple[int, str]]] = {}
    versions: dict[int, list[Earlier]] = {}
    rows = (await (await session.connection()).execute(query)).all()
    for message_id, account_id, text, _version, replaced_at in rows:
        if account_id:
            mentions.setdefault(message_id, []).append((account_id, text))
        else:
            versions.setdefault(message_id, []).append(Earlier(text, replaced_at))
    return mentions, versions


async def draft_of(session: AsyncSession, viewer: Viewer | None, conversation_id: int) -> MessageDraft | None:
    """What this member has begun to write in a conversation of theirs."""
    await access.conversation_to_read(session, viewer, conversation_id)
    query = select(MessageDraft).where(
        MessageDraft.conversation_id == conversation_id,
        MessageDraft.account_id == access.signed_in(viewer).account_id,
    )
    return (await session.exec(query)).one_or_none()
