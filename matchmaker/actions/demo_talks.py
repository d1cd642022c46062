"""Interests and conversations of the demonstration, under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import other_side
from matchmaker.actions.demo_agreements import load_agreement
from matchmaker.actions.demo_terms import Talk, load_terms
from matchmaker.actions.initiatives import follow_talks
from matchmaker.actions.interests import ANSWER_WITHIN
from matchmaker.facts.demo import read_all
from models import Account, Card, Conversation, Initiative, Interest, Message, Organisation, ReadMark, now
from models.vocabulary import InterestState


@dataclass(frozen=True)
class Cast:
    """Who talks: accounts and their organisations by the key of the talk, and what is talked about by title."""

    accounts: Mapping[str, Account]
    organisations: Mapping[str, Organisation]
    initiatives: Mapping[str, Initiative]
    cards: Mapping[str, Card]


async def load_talks(session: AsyncSession, cast: Cast) -> None:
    for entry in read_all("talks", "talk"):
        await _load_talk(session, cast, entry)


async def _load_talk(session: AsyncSession, cast: Cast, entry: Mapping[str, Any]) -> None:
    interest = _interest(cast, entry)
    session.add(interest)
    await session.flush()
    if interest.state != InterestState.accepted:
        return
    conversation = Conversation(
        interest_id=interest.id or 0,
        initiative_id=interest.initiative_id,
        card_id=interest.card_id,
        region_side_id=cast.initiatives[entry["initiative"]].organisation_id,
        partner_side_id=cast.cards[entry["card"]].organisation_id,
        created_at=interest.answered_at or now(),
    )
    session.add(conversation)
    await session.flush()
    first = {"from": entry["from"], "hours": 0, "body": entry["message"]}
    for said in [first, *entry["messages"]]:
        message = Message(
            conversation_id=conversation.id or 0,
            author_id=cast.accounts[said["from"]].id or 0,
            organisation_id=cast.organisations[said["from"]].id or 0,
            body=said["body"],
            sent_at=_begun(entry) + timedelta(hours=said["hours"]),
        )
        session.add(message)
        await session.flush()
        # Whoever writes has read what came before.
        mark = ReadMark(
            conversation_id=message.conversation_id, account_id=message.author_id, message_id=message.id or 0
        )
        await session.merge(mark)
    conversation.last_message_at = message.sent_at
    conversation.next_actor_id = other_side(conversation, message.organisation_id)
    conversation.due_at = message.sent_at + ANSWER_WITHIN
    session.add(conversation)
    talk = Talk(
        conversation,
        lambda hours: _begun(entry) + timedelta(hours=hours),
        cast.accounts,
        {key: organisation.id or 0 for key, organisation in cast.organisations.items()},
    )
    await load_terms(session, talk, entry)
    initiative = cast.initiatives[entry["initiative"]]
    if "agreement" in entry:
        await load_agreement(session, conversation, entry["agreement"], cast.accounts, cast.organisations, initiative)
    await follow_talks(session, conversation.initiative_id)


def _begun(entry: Mapping[str, Any]) -> datetime:
    """Nine in the morning in western Indonesia, some days ago."""
    nine = now().replace(hour=2, minute=0, second=0, microsecond=0)
    return nine - timedelta(days=entry["days_ago"])


def _interest(cast: Cast, entry: Mapping[str, Any]) -> Interest:
    initiative, card = cast.initiatives[entry["initiative"]], cast.cards[entry["card"]]
    sender = cast.organisations[entry["from"]].id or 0
    answered = entry["state"] != InterestState.sent
    return Interest(
        initiative_id=initiative.id or 0,
        card_id=card.id or 0,
        from_organisation_id=sender,
        to_organisation_id=card.organisation_id
        if sender == initiative.organisation_id
        else initiative.organisation_id,
        state=entry["state"],
        message=entry["message"],
        first_step=entry["first_step"],
        reason=entry.get("reason"),
        reason_note=entry.get("note", ""),
        sent_by_id=cast.accounts[entry["from"]].id or 0,
        created_at=_begun(entry),
        answered_at=_begun(entry) + timedelta(hours=8) if answered else None,
        due_at=_begun(entry) + ANSWER_WITHIN,
    )
