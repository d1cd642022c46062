"""Interests and conversations of the demonstration, under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts
from matchmaker.access import other_side
from matchmaker.actions.demo_agreements import load_agreement
from matchmaker.actions.demo_arranged import load_files, load_meetings
from matchmaker.actions.demo_terms import Talk, load_terms
from matchmaker.actions.initiatives import follow_talks
from matchmaker.actions.interests import ANSWER_WITHIN
from matchmaker.facts.demo import read_all
from matchmaker.storage import Storage
from models import Account, Card, Conversation, Initiative, Interest, Message, Organisation, ReadMark, now
from models.vocabulary import InterestState, MessageKind


@dataclass(frozen=True)
class Cast:
    """Who talks: accounts and their organisations by the key of the talk, and what is talked about by title."""

    accounts: Mapping[str, Account]
    organisations: Mapping[str, Organisation]
    initiatives: Mapping[str, Initiative]
    cards: Mapping[str, Card]


async def load_talks(session: AsyncSession, storage: Storage, cast: Cast) -> None:
    for entry in read_all("talks", "talk"):
        await _load_talk(session, storage, cast, entry)


async def _load_talk(session: AsyncSession, storage: Storage, cast: Cast, entry: Mapping[str, Any]) -> None:
    interest = _interest(cast, entry)
    session.add(interest)
    await session.flush()
    if interest.state != InterestState.accepted:
        return
    talk = await _opened(session, cast, entry, interest)
    first = {"from": entry["from"], "hours": 0, "body": entry["message"]}
    for said in [first, *entry["messages"]]:
        await _say(session, talk, said)
    await load_terms(session, talk, entry)
    await load_files(session, storage, talk, entry)
    await load_meetings(session, talk, entry)
    if "agreement" in entry:
        initiative = cast.initiatives[entry["initiative"]]
        await load_agreement(
            session, talk.conversation, entry["agreement"], cast.accounts, cast.organisations, initiative
        )
    await follow_talks(session, talk.conversation.initiative_id)


async def _opened(session: AsyncSession, cast: Cast, entry: Mapping[str, Any], interest: Interest) -> Talk:
    initiative, card = cast.initiatives[entry["initiative"]], cast.cards[entry["card"]]
    conversation = Conversation(
        interest_id=interest.id or 0,
        initiative_id=interest.initiative_id,
        card_id=interest.card_id,
        region_side_id=initiative.organisation_id,
        partner_side_id=card.organisation_id,
        created_at=interest.answered_at or now(),
    )
    session.add(conversation)
    await session.flush()
    return Talk(
        conversation,
        lambda hours: _begun(entry) + timedelta(hours=hours),
        cast.accounts,
        {key: organisation.id or 0 for key, organisation in cast.organisations.items()},
        ZoneInfo(facts.time_zone(initiative.region_code)),
    )


async def _say(session: AsyncSession, talk: Talk, said: Mapping[str, Any]) -> None:
    conversation = talk.conversation
    message = Message(
        conversation_id=conversation.id or 0,
        author_id=talk.accounts[said["from"]].id or 0,
        organisation_id=talk.sides[said["from"]],
        kind=said.get("kind", MessageKind.message),
        body=said["body"],
        sent_at=talk.at(said["hours"]),
    )
    session.add(message)
    await session.flush()
    # Whoever writes has read what came before.
    await session.merge(
        ReadMark(conversation_id=message.conversation_id, account_id=message.author_id, message_id=message.id or 0)
    )
    if message.kind == MessageKind.note:
        return
    conversation.last_message_at = message.sent_at
    conversation.next_actor_id = other_side(conversation, message.organisation_id)
    conversation.due_at = message.sent_at + ANSWER_WITHIN
    session.add(conversation)


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
