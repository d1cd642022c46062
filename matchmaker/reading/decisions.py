"""The numbered points of a talk."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, Conversation, Decision, Organisation
from models.vocabulary import DecisionState

DECISIONS_SHOWN = 300


@dataclass(frozen=True)
class DecisionRow:
    """``replaces``, ``replaced_by``: numbers; ``replaced_by`` once that later decision is final. Names are empty for
    deleted accounts, ``confirmed_by`` also as long as nobody has.
    """

    id: int
    number: int
    title: str
    body: str
    state: str
    organisation_id: int
    organisation_name: str
    author_id: int
    author_name: str
    created_at: datetime
    confirmed_at: datetime | None
    confirmed_by: str
    withdrawn_at: datetime | None
    rejected_at: datetime | None
    reason: str
    message_id: int | None
    section: str | None
    replaces: int | None
    replaced_by: int | None

    @property
    def binding(self) -> bool:
        """Final, and in force."""
        return self.state == DecisionState.final and self.replaced_by is None


async def decisions_of(
    session: AsyncSession,
    conversation: Conversation,
    *,
    after: int = 0,
    limit: int = DECISIONS_SHOWN,
    number: int | None = None,
) -> list[DecisionRow]:
    """By their numbers, those behind ``after``; or the one with a number."""
    earlier, later, confirmer = aliased(Decision), aliased(Decision), aliased(Account)
    replaced = and_(
        # Of the same talk by itself; said so that it is found by the index of the talk.
        col(later.conversation_id) == Decision.conversation_id,
        col(later.replaces_id) == Decision.id,
        col(later.state) == DecisionState.final,
    )
    query = (
        select(  # type: ignore[call-overload]
            Decision, Organisation.name, Account.name, confirmer.name, earlier.number, later.number
        )
        .join(Organisation, col(Organisation.id) == Decision.organisation_id)
        .join(Account, col(Account.id) == Decision.author_id)
        .outerjoin(confirmer, col(confirmer.id) == Decision.confirmed_by_id)
        .outerjoin(earlier, col(earlier.id) == Decision.replaces_id)
        .outerjoin(later, replaced)
        .where(Decision.conversation_id == conversation.id, col(Decision.number) > after)
        .order_by(col(Decision.number))
        .limit(limit)
    )
    if number is not None:
        query = query.where(Decision.number == number)
    return [_row(*row) for row in (await session.exec(query)).all()]


def _row(
    decision: Decision,
    organisation: str,
    author: str,
    confirmer: str | None,
    replaces: int | None,
    replaced_by: int | None,
) -> DecisionRow:
    return DecisionRow(
        id=decision.id or 0,
        number=decision.number,
        title=decision.title,
        body=decision.body,
        state=decision.state,
        organisation_id=decision.organisation_id,
        organisation_name=organisation,
        author_id=decision.author_id,
        author_name=author,
        created_at=decision.created_at,
        confirmed_at=decision.confirmed_at,
        confirmed_by=confirmer or "",
        withdrawn_at=decision.withdrawn_at,
        rejected_at=decision.rejected_at,
        reason=decision.reason,
        message_id=decision.message_id,
        section=decision.section,
        replaces=replaces,
        replaced_by=replaced_by,
    )
