"""What people have said of suggestions, by what they say of them and by how they answer interests."""

from typing import NamedTuple

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Feedback, Interest
from models.vocabulary import InterestState, Reason, Verdict

# The reasons that speak of the match itself. Money, time, law and silence part those who fit each other, too.
OF_THE_MATCH = (Reason.not_our_need, Reason.capability_gap)


class PairVerdict(NamedTuple):
    """Whether a card and an initiative were said to suit each other."""

    initiative_id: int
    card_id: int
    useful: bool


async def verdicts(session: AsyncSession) -> list[PairVerdict]:
    """Every verdict that says something about the match, a pair as often as it was judged: the stated ones, then
    those of interests that were accepted or declined.
    """
    stated = (
        select(Feedback.initiative_id, Feedback.card_id, Feedback.verdict)
        .where(
            or_(
                col(Feedback.verdict) == Verdict.useful,
                col(Feedback.reason).is_(None),
                col(Feedback.reason).in_(OF_THE_MATCH),
            )
        )
        .order_by(col(Feedback.id))
    )
    answered = (
        select(Interest.initiative_id, Interest.card_id, Interest.state)
        .where(
            or_(
                col(Interest.state) == InterestState.accepted,
                (col(Interest.state) == InterestState.declined) & col(Interest.reason).in_(OF_THE_MATCH),
            )
        )
        .order_by(col(Interest.id))
    )
    good = {Verdict.useful.value, InterestState.accepted.value}
    rows = [*(await session.exec(stated)).all(), *(await session.exec(answered)).all()]
    return [PairVerdict(initiative_id, card_id, said in good) for initiative_id, card_id, said in rows]
