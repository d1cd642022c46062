"""A pair goes from state to state: who may take a step, whose turn it is then, and who is told."""

import pytest
from sqlmodel import select

from matchmaker import access
from matchmaker.actions.steps import take_step
from matchmaker.database import Database
from matchmaker.errors import Conflict, Forbidden
from models import Notice, StateChange
from models.vocabulary import PairState, Step
from tests.world import Person, Scene, World, viewer_of


async def step(
    database: Database, person: Person, conversation_id: int, taken: Step, reason: str | None = None
) -> None:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
        await take_step(session, viewer, conversation, taken, reason=reason)


async def test_a_step_gives_the_turn_and_tells_the_other_side(database: Database, world: World, scene: Scene) -> None:
    await step(database, world.founder, scene.conversation, Step.draft_terms)
    await step(database, world.officer, scene.conversation, Step.submit)
    async with database.transaction(write=False) as session:
        viewer = await viewer_of(database, world.officer)
        conversation = await access.conversation_to_read(session, viewer, scene.conversation)
        changes = (await session.exec(select(StateChange))).all()
        told = (await session.exec(select(Notice.organisation_id, Notice.detail).where(Notice.kind == "step"))).all()
    assert conversation.state == PairState.to_tkksd
    assert conversation.next_actor_id == world.officer.organisation_id
    assert conversation.due_at is not None
    assert [(c.source, c.target) for c in changes] == [("exploring", "terms_drafted"), ("terms_drafted", "to_tkksd")]
    assert list(told) == [(world.officer.organisation_id, "draft_terms"), (world.founder.organisation_id, "submit")]


async def test_what_is_the_regions_is_not_the_partners(database: Database, world: World, scene: Scene) -> None:
    await step(database, world.founder, scene.conversation, Step.draft_terms)
    with pytest.raises(Forbidden):
        await step(database, world.founder, scene.conversation, Step.submit)


async def test_no_step_is_skipped(database: Database, world: World, scene: Scene) -> None:
    with pytest.raises(Conflict, match="Penjajakan"):
        await step(database, world.officer, scene.conversation, Step.sign_pks)
