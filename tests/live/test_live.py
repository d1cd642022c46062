"""The stream of events within processes: nothing lost, nothing twice, in order, and for nobody else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import pytest

from matchmaker import live
from matchmaker.actions.events import note_event
from matchmaker.database import Database
from matchmaker.live import Live
from models import Event
from models.vocabulary import EventKind
from tests.databases import settings_for
from tests.world import World


@pytest.fixture
async def process(url: str) -> AsyncIterator[Callable[[], Live]]:
    """Makes what stands for one process each: a database of its own, and what follows it."""
    made: list[tuple[Live, Database]] = []

    def make() -> Live:
        database = Database(settings_for(url))
        made.append((Live(database), database))
        made[-1][0].start()
        return made[-1][0]

    yield make
    for one, database in made:
        await one.close()
        await database.close()


async def note(database: Database, numbers: list[int], *organisations: int) -> None:
    for number in numbers:
        async with database.transaction() as session:
            await note_event(session, EventKind.notice, organisations, number)


async def heard(stream: AsyncIterator[Event | None], count: int) -> list[int]:
    """What the next ``count`` events are about."""
    found: list[int] = []
    async with asyncio.timeout(20):
        while len(found) < count:
            if event := await anext(stream):
                found.append(event.row_id)
    return found


async def begun(stream: AsyncIterator[Event | None]) -> None:
    """Until the stream misses nothing any more; the second time, until it has read what there was."""
    assert await anext(stream) is None


async def test_events_come_in_order_to_those_whom_they_are_for(process: Callable[[], Live], world: World) -> None:
    region, company = world.officer.organisation_id, world.founder.organisation_id
    one, other = process(), process()
    officer = one.events([region], None, 0.1)
    founder = other.events([company], None, 0.1)
    await asyncio.gather(begun(officer), begun(founder))
    await note(one._database, [1, 2], region)
    await note(one._database, [3], region, company)
    await note(other._database, [4], company)
    assert await heard(officer, 3) == [1, 2, 3]
    # The other process was told by nobody and has looked by itself.
    assert await heard(founder, 2) == [3, 4]


async def test_who_comes_again_misses_nothing_and_gets_nothing_twice(
    process: Callable[[], Live], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "STRETCH", 3)
    region = world.officer.organisation_id
    here = process()
    stream = here.events([region], None, 0.1)
    await begun(stream)
    await note(here._database, [*range(5)], region)
    first = await anext(stream)
    assert first
    await stream.aclose()  # type: ignore[attr-defined]
    await note(here._database, [*range(5, 10)], region)
    again = here.events([region], first.id, 0.1)
    assert await heard(again, 4) == [1, 2, 3, 4]
    # While the past is read, more happens.
    await note(here._database, [10, 11], region)
    assert await heard(again, 7) == [5, 6, 7, 8, 9, 10, 11]
    await begun(again)


async def test_many_at_once_arrive_once_each_in_the_order_of_their_ids(
    process: Callable[[], Live], world: World
) -> None:
    region = world.officer.organisation_id
    writers, reader = [process() for _ in range(3)], process()
    stream = reader.events([region], None, 0.1)
    await begun(stream)
    await asyncio.gather(
        *[note(one._database, [*range(100 * at, 100 * at + 30)], region) for at, one in enumerate(writers)]
    )
    ids, about = [], []
    async with asyncio.timeout(20):
        while len(ids) < 90:
            if event := await anext(stream):
                ids.append(event.id or 0)
                about.append(event.row_id)
    assert ids == sorted(set(ids))
    assert sorted(about) == [100 * at + number for at in range(3) for number in range(30)]


async def test_what_is_rolled_back_is_never_told(process: Callable[[], Live], world: World) -> None:
    region = world.officer.organisation_id
    here = process()
    stream = here.events([region], None, 0.1)
    await begun(stream)
    with suppress(RuntimeError):
        async with here._database.transaction() as session:
            await note_event(session, EventKind.notice, [region], 1)
            raise RuntimeError
    await note(here._database, [2], region)
    assert await heard(stream, 1) == [2]


async def test_a_database_that_was_away_delays_and_loses_nothing(
    process: Callable[[], Live], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.05)
    region = world.officer.organisation_id
    here, writer = process(), process()
    stream = here.events([region], None, 0.1)
    for _time in range(2):
        await begun(stream)

    async def away() -> int:
        raise OSError("no line to the database")

    with monkeypatch.context() as patch:
        patch.setattr(here, "_read_stretch", away)
        await note(writer._database, [1, 2], region)
        for _pause in range(3):
            await begun(stream)
    assert await heard(stream, 2) == [1, 2]


async def test_a_reader_who_takes_nothing_is_let_go_and_can_go_on(
    process: Callable[[], Live], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_WAITING", 5)
    region = world.officer.organisation_id
    here, other = process(), process()
    slow, quick = here.events([region], None, 0.1), here.events([region], None, 0.1)
    for _time in range(2):
        await asyncio.gather(begun(slow), begun(quick))
    for number in range(20):
        await note(other._database, [number], region)
        assert await heard(quick, 1) == [number]
    got = [event async for event in slow if event]
    assert [event.row_id for event in got] == [0, 1, 2, 3, 4]
    assert await heard(here.events([region], got[-1].id, 0.1), 15) == [*range(5, 20)]


async def test_streams_end_with_the_process(process: Callable[[], Live], world: World) -> None:
    here = process()
    stream = here.events([world.officer.organisation_id], None, 5.0)
    await begun(stream)
    waiting = asyncio.create_task(anext(stream, "the end"))
    await asyncio.sleep(0.05)
    here.end_streams()
    assert await asyncio.wait_for(waiting, 1) == "the end"
    late = here.events([world.officer.organisation_id], None, 5.0)
    await begun(late)
    assert await asyncio.wait_for(anext(late, "the end"), 1) == "the end"
