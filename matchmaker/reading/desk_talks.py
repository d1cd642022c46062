"""Open conversations as the desk shows them, with what is due of their meetings and agreements: one query."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer
from matchmaker.inputs.agreement import today
from matchmaker.reading.desk import MOST
from matchmaker.states import OPEN
from models import (
    Agreement,
    AgreementStage,
    Card,
    Conversation,
    Initiative,
    Meeting,
    MessageDraft,
    Milestone,
    Monitoring,
    Organisation,
    now,
)
from models.vocabulary import MeetingState, PairState, Stage

#: How long before its day something is due enough for a desk.
MEETING_WITHIN, MILESTONE_WITHIN = timedelta(days=7), timedelta(days=14)
END_WITHIN = timedelta(days=30)
#: A quarter is reported on within so many days after its end.
REPORT_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class DeskTalk:
    """An open conversation; ``mine``: it is the viewer's side's turn; ``draft``: begun to be written by the viewer.

    What is near, or late, is said beside it: the next meeting; of the agreement the first milestone that is not
    reached, its last day, and, while the work runs, since when and of which quarter the viewer's side last reported.
    """

    id: int
    due_at: datetime | None
    last_message_at: datetime
    initiative_title: str
    card_title: str
    other: str
    mine: bool
    draft: bool
    meeting_at: datetime | None
    agreement_id: int | None
    milestone: str | None
    milestone_due: date | None
    ends_on: date | None
    running_since: date | None
    reported: str | None
    state: str

    @property
    def report_due(self) -> tuple[str, date] | None:
        """The first quarter on which the viewer's side has not reported, once it has ended, and by when it should."""
        if self.running_since is None:
            return None
        begun = self.running_since.year * 4 + (self.running_since.month - 1) // 3
        behind = int(self.reported[:4]) * 4 + int(self.reported[-1]) if self.reported else begun
        number = max(begun, behind)
        months = 3 * (number + 1)
        last_day = date(months // 12, months % 12 + 1, 1) - timedelta(days=1)
        if last_day >= today():
            return None
        return f"{number // 4}-Q{number % 4 + 1}", last_day + REPORT_AFTER


def own_draft(viewer: Viewer) -> ColumnElement[bool]:
    """Joins what the viewer has begun to write in a conversation: one row or none."""
    return and_(
        col(MessageDraft.conversation_id) == Conversation.id, col(MessageDraft.account_id) == viewer.account_id
    )


_BEGUN = and_(col(AgreementStage.agreement_id) == Agreement.id, col(AgreementStage.stage) == Stage.running)


async def desk_talks(session: AsyncSession, viewer: Viewer) -> list[DeskTalk]:
    """Where it is the viewer's turn or something is due first, the most urgent on top."""
    own, other = viewer.organisation_ids, aliased(Organisation)
    in_region, mine = col(Conversation.region_side_id).in_(own), col(Conversation.next_actor_id).in_(own)
    theirs = case((in_region, col(Conversation.partner_side_id)), else_=col(Conversation.region_side_id))
    meeting, milestone, milestone_due = (
        _next_meeting(),
        _milestone(col(Milestone.title)),
        _milestone(col(Milestone.due_on)),
    )
    ends_on = case((col(Agreement.ends_on) <= today() + END_WITHIN, col(Agreement.ends_on)))
    running_since = case((col(Conversation.state) == PairState.running, col(AgreementStage.done_on)))
    near = or_(
        mine, meeting.is_not(None), milestone_due.is_not(None), ends_on.is_not(None), running_since.is_not(None)
    )
    columns: tuple[Any, ...] = (
        *(
            Conversation.id,
            Conversation.due_at,
            Conversation.last_message_at,
            Initiative.title,
            Card.title,
            other.name,
        ),
        *(mine, col(MessageDraft.account_id).is_not(None), meeting, Agreement.id, milestone, milestone_due),
        *(ends_on, running_since, _last_report(own), Conversation.state),
    )
    query = (
        select(*columns)
        .join(Initiative, col(Initiative.id) == Conversation.initiative_id)
        .join(Card, col(Card.id) == Conversation.card_id)
        .join(other, col(other.id) == theirs)
        .outerjoin(MessageDraft, own_draft(viewer))
        .outerjoin(Agreement, col(Agreement.conversation_id) == Conversation.id)
        .outerjoin(AgreementStage, _BEGUN)
        .where(or_(in_region, col(Conversation.partner_side_id).in_(own)), col(Conversation.state).in_(OPEN))
        .order_by(case((near, 0), else_=1), col(Conversation.due_at), col(Conversation.id))
        .limit(MOST)
    )
    return [DeskTalk(*row) for row in (await session.exec(query)).all()]


def _next_meeting() -> Any:
    """When the next one that both sides have chosen begins, if that is soon."""
    return (
        select(func.min(col(Meeting.starts_at)))
        .where(
            Meeting.conversation_id == Conversation.id,
            Meeting.state == MeetingState.chosen,
            col(Meeting.starts_at).between(now(), now() + MEETING_WITHIN),
        )
        .scalar_subquery()
    )


def _milestone(column: Any) -> Any:
    """Of the first milestone that is near or late, and not reached."""
    return (
        select(column)
        .where(
            Milestone.agreement_id == Agreement.id,
            col(Milestone.done_on).is_(None),
            col(Milestone.due_on) <= today() + MILESTONE_WITHIN,
        )
        .order_by(col(Milestone.due_on), col(Milestone.id))
        .limit(1)
        .scalar_subquery()
    )


def _last_report(own: list[int]) -> Any:
    """The last quarter on which the viewer's side has reported; quarters sort as they are written."""
    return (
        select(func.max(col(Monitoring.quarter)))
        .where(Monitoring.agreement_id == Agreement.id, col(Monitoring.organisation_id).in_(own))
        .scalar_subquery()
    )
