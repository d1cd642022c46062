"""How a pair came to where it stands: the steps it has taken, and the way before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.states import ASIDE, Path, way
from models import Account, Conversation, Interest, Organisation, StateChange
from models.vocabulary import PairState, Step


@dataclass(frozen=True)
class ChangeRow:
    """``step`` is none for the interest that was sent; names are empty where the clock did it, and a person's also
    for a deleted account.
    """

    step: Step | None
    target: PairState
    at: datetime
    organisation_id: int | None = None
    organisation_name: str = ""
    account_name: str = ""
    reason: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Stop:
    """A state on the way. ``mark``: ``done``, ``now``, ``left`` (where the pair left the way) or ``ahead``."""

    state: PairState
    mark: str
    at: datetime | None


async def history_of(session: AsyncSession, conversation: Conversation) -> list[ChangeRow]:
    """From the interest on, in the order in which it happened."""
    query = (
        select(StateChange, Organisation.name, Account.name)
        .outerjoin(Organisation, col(Organisation.id) == StateChange.organisation_id)
        .outerjoin(Account, col(Account.id) == StateChange.account_id)
        .where(StateChange.conversation_id == conversation.id)
        .order_by(col(StateChange.id))
    )
    rows = (await session.exec(query)).all()
    return await _beginning(session, conversation) + [
        ChangeRow(
            Step(change.step),
            PairState(change.target),
            change.created_at,
            change.organisation_id,
            organisation or "",
            account or "",
            change.reason,
            change.note,
        )
        for change, organisation, account in rows
    ]


async def _beginning(session: AsyncSession, conversation: Conversation) -> list[ChangeRow]:
    """What the interest itself knows."""
    sender, receiver = aliased(Organisation), aliased(Organisation)
    sent_by, answered_by = aliased(Account), aliased(Account)
    query = (
        select(Interest, sender.name, receiver.name, sent_by.name, answered_by.name)  # type: ignore[call-overload]
        .join(sender, col(sender.id) == Interest.from_organisation_id)
        .join(receiver, col(receiver.id) == Interest.to_organisation_id)
        .join(sent_by, col(sent_by.id) == Interest.sent_by_id)
        .outerjoin(answered_by, col(answered_by.id) == Interest.answered_by_id)
        .where(Interest.id == conversation.interest_id)
    )
    interest, sender_name, receiver_name, sent_name, answered_name = (await session.exec(query)).one()
    sent = ChangeRow(None, PairState.sent, interest.created_at, interest.from_organisation_id, sender_name, sent_name)
    receiving = (interest.to_organisation_id, receiver_name)
    seen = [ChangeRow(Step.see, PairState.seen, interest.seen_at, *receiving)] if interest.seen_at else []
    accepted_at = interest.answered_at or conversation.created_at
    return [
        sent,
        *seen,
        ChangeRow(Step.accept, PairState.exploring, accepted_at, *receiving, answered_name or ""),
    ]


def stops_of(path: Path, state: PairState, history: Sequence[ChangeRow]) -> list[Stop]:
    """The way with what is behind and what is ahead. The look at an interest is no stop of its own: it may be missing.

    A pair that has left the way stands where it left it.
    """
    here = state if state not in ASIDE else _left_at(history)
    on_way: list[PairState] = [stop for stop in way(path) if stop != PairState.seen]
    position = on_way.index(here)
    reached = {change.target: change.at for change in history}
    return [
        Stop(stop, _mark(number - position, state), reached.get(stop) if number <= position else None)
        for number, stop in enumerate(on_way)
    ]


def _mark(distance: int, state: PairState) -> str:
    if distance:
        return "done" if distance < 0 else "ahead"
    if state in ASIDE:
        return "left"
    return "done" if state == PairState.finished else "now"


def _left_at(history: Sequence[ChangeRow]) -> PairState:
    return next((change.target for change in reversed(history) if change.target not in ASIDE), PairState.exploring)
