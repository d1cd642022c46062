"""Agreements of the demonstration: one that is running, one that is finished and tells publicly what came of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.actions.steps import give_turn
from matchmaker.i18n import local_day
from matchmaker.states import STEPS
from models import (
    Account,
    Agreement,
    AgreementStage,
    Conversation,
    Initiative,
    Milestone,
    Monitoring,
    Organisation,
    StateChange,
    now,
)
from models.vocabulary import PairState, Step

People = Mapping[str, Account]
Sides = Mapping[str, Organisation]


async def load_agreement(
    session: AsyncSession,
    talk: Conversation,
    entry: Mapping[str, Any],
    accounts: People,
    organisations: Sides,
    initiative: Initiative,
) -> None:
    """``entry``: the steps that the pair has taken, and what stands in its agreement."""
    for taken in entry["steps"]:
        _step(session, talk, taken, accounts, organisations)
    give_turn(talk, talk.region_side_id)
    agreement = Agreement(
        conversation_id=talk.id or 0,
        ends_on=_day(-entry["ends_in_days"]),
        created_at=_moment(entry["stages"][0]["days_ago"]),
    )
    if "result" in entry:
        moment = _moment(entry["steps"][-1]["days_ago"])
        agreement.result, agreement.closed_at = entry["result"], moment
        agreement.region_shows_at = agreement.partner_shows_at = moment
        agreement.figures = [
            {**indicator, "reached": reached}
            for indicator, reached in zip(initiative.indicators, entry["figures"], strict=True)
        ]
    session.add_all([talk, agreement])
    await session.flush()
    session.add_all([*_rows(agreement.id or 0, entry, organisations)])
    await session.flush()


def _step(
    session: AsyncSession, talk: Conversation, taken: Mapping[str, Any], accounts: People, organisations: Sides
) -> None:
    step = Step(taken["step"])
    session.add(
        StateChange(
            conversation_id=talk.id or 0,
            step=step,
            source=talk.state,
            target=STEPS[step].target,
            organisation_id=organisations[taken["from"]].id,
            account_id=accounts[taken["from"]].id,
            created_at=_moment(taken["days_ago"]),
        )
    )
    talk.state = PairState(STEPS[step].target)


def _rows(
    agreement_id: int, entry: Mapping[str, Any], organisations: Sides
) -> list[AgreementStage | Milestone | Monitoring]:
    stages = [
        AgreementStage(
            agreement_id=agreement_id,
            stage=s["stage"],
            done_on=_day(s["days_ago"]),
            number=s.get("number", ""),
            note=s.get("note", ""),
        )
        for s in entry["stages"]
    ]
    milestones = [
        Milestone(
            agreement_id=agreement_id,
            title=m["title"],
            organisation_id=organisations[m["from"]].id or 0,
            due_on=_day(m["due_days_ago"]),
            done_on=_day(m["done_days_ago"]) if "done_days_ago" in m else None,
            evidence=m.get("evidence", ""),
        )
        for m in entry["milestones"]
    ]
    reports = [
        Monitoring(
            agreement_id=agreement_id,
            organisation_id=organisations[m["from"]].id or 0,
            quarter=_quarter(_day(m["days_ago"])),
            **{name: value for name, value in m.items() if name not in {"from", "days_ago"}},
        )
        for m in entry["monitoring"]
    ]
    return [*stages, *milestones, *reports]


def _moment(days_ago: int) -> datetime:
    """In the morning, some days ago."""
    return now().replace(hour=2, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)


def _day(days_ago: int) -> date:
    return local_day(_moment(days_ago))


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"
