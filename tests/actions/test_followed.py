"""An initiative follows its talks, and is matched as long as further partners may come."""

from sqlmodel import col, func, select

from matchmaker.actions import initiatives
from matchmaker.database import Database
from matchmaker.inputs.initiative import Closing
from matchmaker.states import Path, initiative_status
from models import Conversation, IndexChange, Initiative
from models.vocabulary import PairState
from tests.world import Scene, World, accept_interest, viewer_of


async def moved(database: Database, scene: Scene, state: PairState, conversation_id: int = 0) -> tuple[str, bool, int]:
    """The initiative's status once a talk stands at ``state``, whether it is open, and what the index was told."""
    async with database.transaction() as session:
        talk = await session.get_one(Conversation, conversation_id or scene.conversation)
        talk.state = state
        session.add(talk)
        before = (await session.exec(select(func.count(col(IndexChange.id))))).one()
        await initiatives.follow_talks(session, scene.initiative)
        after = (await session.exec(select(func.count(col(IndexChange.id))))).one()
        initiative = await session.get_one(Initiative, scene.initiative)
        return initiative.status, initiative.is_open, after - before


async def test_it_stays_open_while_it_is_talked_about(database: Database, scene: Scene) -> None:
    async with database.transaction(write=False) as session:
        initiative = await session.get_one(Initiative, scene.initiative)
    assert (initiative.status, initiative.is_open) == ("in_talks", True)


async def test_it_is_matched_no_more_once_agreed_and_again_when_nothing_came_of_it(
    database: Database, scene: Scene
) -> None:
    assert await moved(database, scene, PairState.kb_signed) == ("in_talks", True, 0)
    assert await moved(database, scene, PairState.pks_signed) == ("agreed", False, 1)
    assert await moved(database, scene, PairState.running) == ("running", False, 0)
    assert await moved(database, scene, PairState.finished) == ("done", False, 0)
    assert await moved(database, scene, PairState.withdrawn) == ("published", True, 1)


async def test_of_several_talks_the_one_that_came_furthest_counts(
    database: Database, world: World, scene: Scene
) -> None:
    second = await accept_interest(database, world.officer, scene.interest)
    assert (await moved(database, scene, PairState.running))[0] == "running"
    assert (await moved(database, scene, PairState.stale, second))[0] == "running"
    assert (await moved(database, scene, PairState.finished))[0] == "done"
    assert (await moved(database, scene, PairState.exploring, second))[0] == "in_talks"


async def test_what_is_closed_stays_closed(database: Database, world: World, scene: Scene) -> None:
    viewer = await viewer_of(database, world.officer)
    async with database.transaction() as session:
        await initiatives.close_initiative(session, viewer, scene.initiative, Closing(reason="other"))
    assert await moved(database, scene, PairState.running) == ("closed", False, 0)


async def test_every_status_of_a_talk_is_followed() -> None:
    assert {initiative_status(s, p) for s in PairState for p in Path} == set(initiatives.FOLLOWING)
