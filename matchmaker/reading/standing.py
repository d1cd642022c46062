"""How things stand between somebody and the pairs that are suggested to them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import and_, col, or_, select, true
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer
from models import Card, Conversation, Feedback, Initiative, Interest
from models.vocabulary import InterestState

Pair = tuple[int, int]


@dataclass(frozen=True)
class Standing:
    """What the viewer said of a pair, and the latest interest between its two sides, if the viewer is on one.

    ``ended``: the talk that came of it came to nothing.
    """

    verdict: str | None = None
    reason: str | None = None
    interest_id: int | None = None
    state: str | None = None
    incoming: bool = False
    conversation_id: int | None = None
    ended: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there is an interest that waits or was accepted: a pair has one at most."""
        return not self.ended and self.state in {InterestState.sent, InterestState.accepted}


async def standings(
    session: AsyncSession, viewer: Viewer | None, initiative_ids: Collection[int], card_ids: Collection[int]
) -> dict[Pair, Standing]:
    """By (initiative, card), in one query; pairs about which nothing was said or sent may be missing."""
    if viewer is None or not viewer.memberships or not initiative_ids or not card_ids:
        return {}
    query = _between(viewer).where(col(Initiative.id).in_(initiative_ids), col(Card.id).in_(card_ids))
    # A pair that was refused once may have been tried again: the latest counts.
    rows = (await session.exec(query.order_by(col(Interest.id)))).all()
    return {
        (initiative_id, card_id): Standing(verdict, reason, interest, state, bool(incoming), talk, bool(ended))
        for initiative_id, card_id, verdict, reason, interest, state, incoming, talk, ended in rows
    }


def _between(viewer: Viewer) -> Any:
    """Pairs of which the viewer has said something, or between whose sides, one their own, something was sent."""
    own = viewer.organisation_ids
    said = and_(
        col(Feedback.initiative_id) == Initiative.id,
        col(Feedback.card_id) == Card.id,
        col(Feedback.account_id) == viewer.account_id,
    )
    sent = and_(
        col(Interest.initiative_id) == Initiative.id,
        col(Interest.card_id) == Card.id,
        or_(col(Interest.from_organisation_id).in_(own), col(Interest.to_organisation_id).in_(own)),
    )
    return (
        select(  # type: ignore[call-overload,misc]
            Initiative.id,
            Card.id,
            Feedback.verdict,
            Feedback.reason,
            Interest.id,
            Interest.state,
            col(Interest.to_organisation_id).in_(own),
            Conversation.id,
            col(Interest.ended_at).is_not(None),
        )
        .select_from(Initiative)
        .join(Card, true())
        .outerjoin(Feedback, said)
        .outerjoin(Interest, sent)
        .outerjoin(Conversation, col(Conversation.interest_id) == Interest.id)
        .where(or_(col(Feedback.id).is_not(None), col(Interest.id).is_not(None)))
    )
