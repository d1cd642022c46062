"""Term sheets and decisions of the demonstration's talks, and what they answer to the questions of the route."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import other_side
from matchmaker.actions.editing import write_fields
from matchmaker.actions.steps import give_turn
from matchmaker.routes import QUESTIONS
from matchmaker.states import STEPS
from models import (
    Account,
    Conversation,
    Decision,
    RouteAnswer,
    StateChange,
    TermsAcceptance,
    TermsComment,
    TermsVersion,
)
from models.vocabulary import DecisionState, PairState, Step, TermsSection

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Talk:
    """``at``: the moment that many hours after the talk began; who speaks and for whom, by key; ``zone``: the region's
    clock.
    """

    conversation: Conversation
    at: Callable[[int], datetime]
    accounts: Mapping[str, Account]
    sides: Mapping[str, int]
    zone: ZoneInfo


async def load_terms(session: AsyncSession, talk: Talk, entry: Row) -> None:
    for number, row in enumerate(entry.get("terms", []), 1):
        await _load_version(session, talk, number, row)
    for row in entry.get("remark", []):
        session.add(_remark(talk, len(entry["terms"]), row))
    for number, row in enumerate(entry.get("decision", []), 1):
        session.add(_decision(talk, number, row))
    if "route" in entry:
        session.add(_answers(talk, entry["route"]))
    if entry.get("terms"):
        session.add(_first_step(talk, entry["terms"][0]))
        talk.conversation.state = PairState.terms_drafted
        give_turn(talk.conversation, talk.sides[entry["terms"][-1]["from"]])
    session.add(talk.conversation)
    await session.flush()


async def _load_version(session: AsyncSession, talk: Talk, number: int, row: Row) -> None:
    version = TermsVersion(number=number, **signed(talk, row))
    write_fields(version, {name.value: row[name] for name in TermsSection if name in row})
    session.add(version)
    await session.flush()
    for who in row.get("accepted_by", []):
        session.add(
            TermsAcceptance(
                version_id=version.id or 0,
                organisation_id=talk.sides[who],
                account_id=talk.accounts[who].id or 0,
                created_at=talk.at(row["hours"] + 1),
            )
        )


def signed(talk: Talk, row: Row) -> dict[str, Any]:
    """Where, by whom and when."""
    return {
        "conversation_id": talk.conversation.id or 0,
        "organisation_id": talk.sides[row["from"]],
        "author_id": talk.accounts[row["from"]].id or 0,
        "created_at": talk.at(row["hours"]),
    }


def _remark(talk: Talk, version: int, row: Row) -> TermsComment:
    return TermsComment(version_number=version, section=row["section"], body=row["body"], **signed(talk, row))


def _decision(talk: Talk, number: int, row: Row) -> Decision:
    decision = Decision(
        number=number, title=row["title"], body=row["body"], section=row.get("section"), **signed(talk, row)
    )
    if "confirmed" in row:
        other = other_side(talk.conversation, talk.sides[row["from"]])
        confirmer = next(key for key, side in talk.sides.items() if side == other)
        decision.state, decision.confirmed_at = DecisionState.final, talk.at(row["confirmed"])
        decision.confirmed_by_id = talk.accounts[confirmer].id
    return decision


def _answers(talk: Talk, row: Row) -> RouteAnswer:
    return RouteAnswer(
        conversation_id=talk.conversation.id or 0,
        **{question: row[question] for question in QUESTIONS},
        organisation_id=talk.sides[row["from"]],
        account_id=talk.accounts[row["from"]].id or 0,
        updated_at=talk.at(row["hours"]),
    )


def _first_step(talk: Talk, row: Row) -> StateChange:
    return StateChange(
        conversation_id=talk.conversation.id or 0,
        step=Step.draft_terms,
        source=PairState.exploring,
        target=STEPS[Step.draft_terms].target,
        organisation_id=talk.sides[row["from"]],
        account_id=talk.accounts[row["from"]].id,
        created_at=talk.at(row["hours"]),
    )
