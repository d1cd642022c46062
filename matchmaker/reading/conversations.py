"""Conversations: the list, what is found in it, and one of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer, readable_by, side_of
from matchmaker.reading.desk_talks import own_draft
from matchmaker.reading.listing import PAGE, Listing, behind, contains_words, read_cursor, stretch
from matchmaker.states import OPEN, Path, Who, path_of
from models import Card, Conversation, Initiative, Message, MessageDraft, Organisation


@dataclass(frozen=True)
class ConversationRow:
    """``draft``: what the viewer has begun to write in it, and ``draft_kind`` for whom."""

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
    draft: str
    draft_kind: str

    @property
    def own_name(self) -> str:
        return self.region_side_name if self.own_side_id == self.region_side_id else self.partner_side_name

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
    search: str = "",
) -> Listing[ConversationRow]:
    """The viewer's organisations' conversations, the one spoken in last first; or the one with an id; or those whose
    titles, sides, or a message that the viewer may see hold all words of ``search``.
    """
    query = _of(viewer).where(*behind(read_cursor(cursor), Conversation.last_message_at, Conversation.id))
    if conversation_id is not None:
        query = query.where(Conversation.id == conversation_id)
    if search:
        titles = func.lower(Initiative.title + " " + Card.title + " " + _region_side.name + " " + _partner_side.name)
        said = select(Message.id).where(Message.conversation_id == Conversation.id, *says(viewer, search))
        query = query.where(or_(and_(*contains_words(titles, search)), said.exists()))
    newest_first = (col(Conversation.last_message_at).desc(), col(Conversation.id).desc())
    rows = (await session.exec(query.order_by(*newest_first).limit(limit + 1))).all()
    return stretch(rows, limit, lambda r: _row(viewer, *r), lambda r: (r.last_message_at, r.id))


_region_side, _partner_side = aliased(Organisation), aliased(Organisation)


def _of(viewer: Viewer) -> Any:
    """All conversations of the viewer's organisations, with what a row tells."""
    own = viewer.organisation_ids
    return (
        select(  # type: ignore[call-overload]
            Conversation,
            Initiative.title,
            Card.title,
            _region_side.name,
            _partner_side.name,
            _partner_side.legal_form,
            MessageDraft.body,
            MessageDraft.kind,
        )
        .join(Initiative, col(Initiative.id) == Conversation.initiative_id)
        .join(Card, col(Card.id) == Conversation.card_id)
        .join(_region_side, col(_region_side.id) == Conversation.region_side_id)
        .join(_partner_side, col(_partner_side.id) == Conversation.partner_side_id)
        .outerjoin(MessageDraft, own_draft(viewer))
        .where(or_(col(Conversation.region_side_id).in_(own), col(Conversation.partner_side_id).in_(own)))
    )


def says(viewer: Viewer, search: str) -> list[ColumnElement[bool]]:
    """The conditions that the viewer may see a message, and that it holds all words of ``search``."""
    return [readable_by(viewer.organisation_ids), *contains_words(func.lower(col(Message.body)), search)]


def _row(
    viewer: Viewer,
    c: Conversation,
    initiative_title: str,
    card_title: str,
    region_name: str,
    partner_name: str,
    partner_legal_form: str,
    draft: str | None,
    draft_kind: str | None,
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
        draft=draft or "",
        draft_kind=draft_kind or "",
    )
