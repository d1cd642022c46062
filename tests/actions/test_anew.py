"""A pair that came to nothing begins anew, and whoever was turned down waits for it."""

import asyncio
from datetime import datetime, timedelta

import pytest

from matchmaker.actions import interests
from matchmaker.actions.steps import take_step_by_clock
from matchmaker.database import Database
from matchmaker.errors import Conflict
from matchmaker.inputs.contact import Refusal
from matchmaker.reading.standing import standings
from models import Conversation, Interest, StateChange
from models.vocabulary import Reason, Step
from tests.actions.test_steps import step
from tests.world import Person, Scene, World, accept_interest, express_interest, viewer_of

SAID_NO = "pernah menolak pasangan ini"
LATER = timedelta(days=30)


async def decline(database: Database, person: Person, interest: int) -> None:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        await interests.decline_interest(session, viewer, interest, Refusal(reason=Reason.no_budget))


async def long_ago(database: Database, table: type[Interest] | type[StateChange], row_id: int, name: str) -> None:
    """As if it had happened thirty days earlier."""
    async with database.transaction() as session:
        row = await session.get_one(table, row_id)
        moment: datetime = getattr(row, name)
        setattr(row, name, moment - LATER)
        session.add(row)


async def test_who_was_declined_waits_and_the_other_need_not(database: Database, world: World, scene: Scene) -> None:
    await decline(database, world.officer, scene.interest)
    with pytest.raises(Conflict, match=SAID_NO):
        await express_interest(database, world.founder, scene.initiative, scene.card)
    # Another pair of the same two is another matter.
    assert await express_interest(database, world.officer, scene.initiative, scene.card)


async def test_thirty_days_later_it_may_be_asked_again(database: Database, world: World, scene: Scene) -> None:
    await decline(database, world.officer, scene.interest)
    await long_ago(database, Interest, scene.interest, "answered_at")
    assert await express_interest(database, world.founder, scene.initiative, scene.card)


async def test_what_was_withdrawn_is_sent_again_at_once(database: Database, world: World, scene: Scene) -> None:
    viewer = await viewer_of(database, world.founder)
    async with database.transaction() as session:
        await interests.withdraw_interest(session, viewer, scene.interest)
    assert await express_interest(database, world.founder, scene.initiative, scene.card)


async def test_a_talk_that_was_left_begins_anew(database: Database, world: World, scene: Scene) -> None:
    await step(database, world.officer, scene.conversation, Step.leave, Reason.no_budget)
    with pytest.raises(Conflict, match=SAID_NO):
        await express_interest(database, world.founder, scene.initiative, scene.other_card)
    # Whoever left may come back, once: then there is an open interest again.
    again = await express_interest(database, world.officer, scene.initiative, scene.other_card)
    with pytest.raises(Conflict, match="masih terbuka"):
        await express_interest(database, world.officer, scene.initiative, scene.other_card)
    talk = await accept_interest(database, world.founder, again)
    assert talk != scene.conversation
    async with database.transaction(write=False) as session:
        old, new = [await session.get_one(Conversation, row_id) for row_id in (scene.conversation, talk)]
    assert (old.state, new.state) == ("withdrawn", "exploring")


async def test_who_was_left_waits_thirty_days(database: Database, world: World, scene: Scene) -> None:
    await step(database, world.officer, scene.conversation, Step.leave, Reason.no_budget)
    await long_ago(database, StateChange, 1, "created_at")
    viewer = await viewer_of(database, world.founder)
    pair = (scene.initiative, scene.other_card)
    async with database.transaction(write=False) as session:
        before = (await standings(session, viewer, *[[row_id] for row_id in pair]))[pair]
    assert (before.is_open, before.ended) == (False, True)
    assert await express_interest(database, world.founder, *pair)


async def test_silence_turns_nobody_down_and_is_taken_up_again_only_where_nothing_new_began(
    database: Database, world: World, scene: Scene
) -> None:
    async with database.transaction() as session:
        talk = await session.get_one(Conversation, scene.conversation)
        await take_step_by_clock(session, talk, Step.go_stale, Reason.no_reply)
    await step(database, world.founder, scene.conversation, Step.reopen)
    with pytest.raises(Conflict, match="masih terbuka"):
        await express_interest(database, world.founder, scene.initiative, scene.other_card)
    await step(database, world.founder, scene.conversation, Step.give_up, Reason.no_reply)
    assert await express_interest(database, world.founder, scene.initiative, scene.other_card)
    with pytest.raises(Conflict, match="memulai lagi"):
        await step(database, world.officer, scene.conversation, Step.reopen)
    async with database.transaction(write=False) as session:
        assert (await session.get_one(Conversation, scene.conversation)).state == "unreachable"


async def test_begun_anew_or_reopened_but_never_both(database: Database, world: World, scene: Scene) -> None:
    await step(database, world.founder, scene.conversation, Step.give_up, Reason.no_reply)
    answers = await asyncio.gather(
        express_interest(database, world.founder, scene.initiative, scene.other_card),
        step(database, world.officer, scene.conversation, Step.reopen),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
