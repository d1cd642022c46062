"""The log that matching indexes follow is cut from its beginning, and whoever was behind reads everything."""

from sqlmodel import col, select

from matchmaker.actions import cards
from matchmaker.actions.index import KEPT, forget_changes
from matchmaker.database import Database
from matchmaker.jobs.keeping import forget_old_changes
from matchmaker.jobs.queue import Work
from matchmaker.services import Services
from models import IndexChange
from tests.actions.test_matching import for_initiative
from tests.databases import settings_for
from tests.world import World, publish_card, publish_initiative, viewer_of


async def test_a_process_that_is_behind_the_cut_log_reads_everything(
    services: Services, url: str, database: Database, world: World
) -> None:
    initiative, closed = await publish_initiative(database, world.officer), await publish_card(database, world.founder)
    other = Services(settings_for(url))
    try:
        for each in (services, other):
            assert set(await for_initiative(each.database, each.matching, initiative)) == {closed}
        viewer = await viewer_of(database, world.founder)
        async with database.transaction() as session:
            await cards.close_card(session, viewer, closed)
        fresh = [await publish_card(database, world.founder) for _ in range(2)]
        assert set(await for_initiative(other.database, other.matching, initiative)) == set(fresh)
        newest = await logged(database)
        async with database.transaction() as session:
            await forget_changes(session, kept=0)
        assert await logged(database) == newest[-1:], "the newest stays, or its number would be given again"
        # One has seen the change that is left, the other has seen none of those since.
        for each in (services, other):
            assert set(await for_initiative(each.database, each.matching, initiative)) == set(fresh)
        fresh.append(await publish_card(database, world.lecturer))
        for each in (services, other):
            assert set(await for_initiative(each.database, each.matching, initiative)) == set(fresh)
    finally:
        await other.close()


async def logged(database: Database) -> list[int | None]:
    async with database.transaction(write=False) as session:
        return list((await session.exec(select(IndexChange.id).order_by(col(IndexChange.id)))).all())


async def test_the_log_is_cut_every_day(url: str, database: Database, world: World) -> None:
    for _time in range(3):
        await publish_card(database, world.founder)
    async with database.transaction() as session:
        session.add(IndexChange(id=KEPT + 2, kind="card", object_id=1))
    await forget_old_changes(Work(settings_for(url), database))
    assert await logged(database) == [3, KEPT + 2]
