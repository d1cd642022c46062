"""Numbered points that both sides of a talk confirm."""

import asyncio
from typing import Any

import pytest
from sqlmodel import col, select

from matchmaker.actions import decisions
from matchmaker.database import Database
from matchmaker.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from matchmaker.inputs.terms import DecisionInput, RejectionInput
from matchmaker.inputs.validation import check
from matchmaker.settled import final_decisions
from models import Decision, Event, Message, Notice
from models.vocabulary import MessageKind, NoticeKind, PairState
from tests.actions import test_terms
from tests.actions.test_terms import put_at, talk_of
from tests.world import Person, Scene, World, accept_interest, viewer_of

POINT = {"title": "Visit before the harvest", "body": "Three people visit the markets in March."}


async def propose(database: Database, person: Person, talk: int, **changes: Any) -> int:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        given = check(DecisionInput, POINT | changes)
        return (await decisions.propose_decision(session, viewer, talk, given)).number


async def confirm(database: Database, person: Person, talk: int, number: int) -> str:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        return (await decisions.confirm_decision(session, viewer, talk, number)).state


async def withdraw(database: Database, person: Person, talk: int, number: int) -> str:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        return (await decisions.withdraw_decision(session, viewer, talk, number)).state


async def reject(database: Database, person: Person, talk: int, number: int) -> str:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        given = check(RejectionInput, {"reason": "Not in the rainy season."})
        return (await decisions.reject_decision(session, viewer, talk, number, given)).state


async def final(database: Database, talk: int) -> list[int]:
    async with database.transaction(write=False) as session:
        return [decision.number for decision in await final_decisions(session, talk)]


async def told(database: Database) -> list[tuple[int, str]]:
    query = select(Notice.organisation_id, Notice.detail).where(Notice.kind == NoticeKind.decision)
    async with database.transaction(write=False) as session:
        return [(side, detail) for side, detail in (await session.exec(query.order_by(col(Notice.id)))).all()]


async def test_both_sides_make_a_decision_final(database: Database, world: World, scene: Scene) -> None:
    talk, region, partner = scene.conversation, world.officer.organisation_id, world.founder.organisation_id
    assert await propose(database, world.officer, talk) == 1
    assert (await talk_of(database, talk)).next_actor_id == partner
    # Proposing was this side's yes: saying it again, also by a colleague, makes nothing final.
    assert await confirm(database, world.colleague, talk, 1) == "proposed"
    assert await final(database, talk) == []
    assert await confirm(database, world.founder, talk, 1) == "final"
    assert await confirm(database, world.founder, talk, 1) == "final"
    assert await final(database, talk) == [1]
    assert await told(database) == [(partner, "proposed"), (region, "confirmed")]
    with pytest.raises(Conflict):
        await withdraw(database, world.officer, talk, 1)


async def test_only_a_later_decision_replaces_one(database: Database, world: World, scene: Scene) -> None:
    talk = scene.conversation
    await propose(database, world.officer, talk)
    with pytest.raises(Invalid):
        await propose(database, world.founder, talk, replaces=1)
    await confirm(database, world.founder, talk, 1)
    assert await propose(database, world.founder, talk, title="Visit after the harvest", replaces=1) == 2
    assert await propose(database, world.officer, talk, title="No visit at all", replaces=1) == 3
    assert await final(database, talk) == [1]
    await confirm(database, world.officer, talk, 2)
    assert await final(database, talk) == [2]
    # Two cannot replace the same one.
    with pytest.raises(Conflict):
        await confirm(database, world.founder, talk, 3)
    with pytest.raises(Conflict):
        await propose(database, world.founder, talk, replaces=1)
    assert await final(database, talk) == [2]
    assert (await told(database))[-1] == (world.founder.organisation_id, "replaced")


async def test_a_proposal_is_withdrawn_by_its_own_side(database: Database, world: World, scene: Scene) -> None:
    talk = scene.conversation
    await propose(database, world.officer, talk)
    with pytest.raises(Forbidden):
        await withdraw(database, world.founder, talk, 1)
    assert await withdraw(database, world.colleague, talk, 1) == "withdrawn"
    assert await withdraw(database, world.officer, talk, 1) == "withdrawn"
    with pytest.raises(Conflict):
        await confirm(database, world.founder, talk, 1)
    # Its number is not given again.
    assert await propose(database, world.founder, talk) == 2
    partner = world.founder.organisation_id
    assert await told(database) == [
        (partner, "proposed"),
        (partner, "withdrawn"),
        (world.officer.organisation_id, "proposed"),
    ]


async def test_the_other_side_turns_a_proposal_down(database: Database, world: World, scene: Scene) -> None:
    talk, region = scene.conversation, world.officer.organisation_id
    await propose(database, world.officer, talk)
    with pytest.raises(Forbidden):
        await reject(database, world.colleague, talk, 1)
    assert await reject(database, world.founder, talk, 1) == "rejected"
    assert await reject(database, world.founder, talk, 1) == "rejected"
    for act in (confirm(database, world.founder, talk, 1), withdraw(database, world.officer, talk, 1)):
        with pytest.raises(Conflict):
            await act
    assert await final(database, talk) == []
    # Told once, and it is for the proposing side to go on.
    assert await told(database) == [(world.founder.organisation_id, "proposed"), (region, "rejected")]
    assert (await talk_of(database, talk)).next_actor_id == region
    async with database.transaction(write=False) as session:
        kept = (await session.exec(select(Decision))).one()
        shown = (await session.exec(select(Event.organisation_id).where(Event.kind == "decision"))).all()
    assert (kept.reason, kept.rejected_by_id) == ("Not in the rainy season.", world.founder.account_id)
    assert sorted(shown) == sorted([region, world.founder.organisation_id] * 2)
    assert await propose(database, world.officer, talk) == 2
    await confirm(database, world.founder, talk, 2)
    with pytest.raises(Conflict):
        await reject(database, world.founder, talk, 2)
    assert await final(database, talk) == [2]


async def test_a_link_stays_within_the_talk(database: Database, world: World, scene: Scene) -> None:
    talk, other = scene.conversation, await accept_interest(database, world.officer, scene.interest)
    async with database.transaction(write=False) as session:
        here, there = [
            (await session.exec(select(Message.id).where(Message.conversation_id == t))).one() for t in (talk, other)
        ]
    assert await propose(database, world.officer, talk, message_id=here, section="scope") == 1
    async with database.transaction() as session:
        note = Message(
            conversation_id=talk,
            author_id=world.officer.account_id,
            organisation_id=world.officer.organisation_id,
            kind=MessageKind.note,
            body="For our own eyes.",
        )
        session.add(note)
    # Not even its own side links a note: the other would learn that there is one.
    for message_id in (there, note.id, 2**31 - 1):
        with pytest.raises(Invalid) as refusal:
            await propose(database, world.officer, talk, message_id=message_id)
        assert list(refusal.value.errors) == ["message_id"]
    await confirm(database, world.founder, talk, 1)
    with pytest.raises(Invalid):
        await propose(database, world.officer, other, replaces=1)


async def test_a_strangers_decision_is_not_there(database: Database, world: World, scene: Scene) -> None:
    await propose(database, world.officer, scene.conversation)
    for person in (world.officer2, world.lecturer, world.stranger):
        for act in (confirm, withdraw, reject):
            with pytest.raises(NotFound):
                await act(database, person, scene.conversation, 1)
        with pytest.raises(NotFound):
            await propose(database, person, scene.conversation)
    for number in (0, 2, -1, 2**40):
        with pytest.raises(NotFound):
            await confirm(database, world.founder, scene.conversation, number)


async def test_a_closed_talk_decides_nothing(database: Database, world: World, scene: Scene) -> None:
    await propose(database, world.officer, scene.conversation)
    await put_at(database, scene.conversation, PairState.withdrawn)
    for act in (
        propose(database, world.officer, scene.conversation),
        confirm(database, world.founder, scene.conversation, 1),
        withdraw(database, world.officer, scene.conversation, 1),
        reject(database, world.founder, scene.conversation, 1),
    ):
        with pytest.raises(Conflict):
            await act
    assert await final(database, scene.conversation) == []


async def test_numbers_without_gaps_or_doubles(database: Database, world: World, scene: Scene) -> None:
    people = [world.officer, world.founder, world.colleague] * 5
    numbers = await asyncio.gather(*(propose(database, person, scene.conversation) for person in people))
    assert sorted(numbers) == list(range(1, 16))


async def test_confirmed_or_withdrawn_but_never_both(database: Database, world: World, scene: Scene) -> None:
    talk = scene.conversation
    for number in range(1, 5):
        await propose(database, world.officer, talk)
        answers = await asyncio.gather(
            confirm(database, world.founder, talk, number),
            withdraw(database, world.officer, talk, number),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, AppError) for answer in answers) == 1
    async with database.transaction(write=False) as session:
        rows = (await session.exec(select(Decision).order_by(col(Decision.number)))).all()
    assert all((row.confirmed_at is None) != (row.withdrawn_at is None) for row in rows)
    assert await final(database, talk) == [row.number for row in rows if row.state == "final"]


async def test_two_that_replace_the_same_confirmed_at_once(database: Database, world: World, scene: Scene) -> None:
    talk = scene.conversation
    await propose(database, world.officer, talk)
    await confirm(database, world.founder, talk, 1)
    await propose(database, world.officer, talk, replaces=1)
    await propose(database, world.founder, talk, replaces=1)
    answers = await asyncio.gather(
        confirm(database, world.founder, talk, 2), confirm(database, world.officer, talk, 3), return_exceptions=True
    )
    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    assert len(await final(database, talk)) == 1


async def test_once_the_terms_are_agreed_a_confirmation_waits_for_no_answer(
    database: Database, world: World, scene: Scene
) -> None:
    talk, region, partner = scene.conversation, world.officer.organisation_id, world.founder.organisation_id
    await test_terms.propose(database, world.officer, talk, 0, **test_terms.SHEET)
    await propose(database, world.founder, talk)
    assert await confirm(database, world.officer, talk, 1) == "final"
    assert (await talk_of(database, talk)).next_actor_id == partner
    await test_terms.accept(database, world.officer, talk, 1)
    await test_terms.accept(database, world.founder, talk, 1)
    await propose(database, world.founder, talk)
    assert await confirm(database, world.officer, talk, 2) == "final"
    # The region's, who confirmed: what follows is the TKKSD.
    assert (await talk_of(database, talk)).next_actor_id == region
    await propose(database, world.officer, talk)
    assert (await talk_of(database, talk)).next_actor_id == partner
    await withdraw(database, world.officer, talk, 3)
    assert (await talk_of(database, talk)).next_actor_id == region
