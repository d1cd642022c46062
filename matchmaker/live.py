"""Live updates: one reader of the log of events for all open streams of this process.

The log is the truth, and everything else only says when to look at it: a commit of this process at once, a word of
another process by Redis, and in any case the clock. So a lost word, a broker that is down or a database that was away
delays an event by a second and loses none. A stream tells its reader the ids, and begins where the reader left off.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from sqlmodel import col, func, select

from matchmaker.database import Database
from models import Event

log = structlog.get_logger()
#: Seconds after which the log is looked at although nobody said a word.
LOOK_EVERY = 1.0
#: Events read at a time.
STRETCH = 500
#: Events that wait for a reader on a slow line. One who has more to come begins anew from the database.
MOST_WAITING = 1_000


class Broker(Protocol):
    """Carries a word from one process to all: 'the log grew', and nothing else."""

    async def say(self) -> None: ...

    async def listen(self, heard: asyncio.Event) -> None:
        """Sets ``heard`` at each word; runs until it is cancelled, whatever happens to the line."""


@dataclass(eq=False)
class _Stream:
    """What waits for one reader; None ends it."""

    organisation_ids: Collection[int]
    waiting: asyncio.Queue[Event | None] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING + 1))

    def offer(self, event: Event) -> None:
        if event.organisation_id in self.organisation_ids and not self.waiting.full():
            # Into the last place goes the end.
            self.waiting.put_nowait(event if self.waiting.qsize() < MOST_WAITING else None)

    def end(self) -> None:
        if not self.waiting.full():
            self.waiting.put_nowait(None)


class Live:
    """``broker``: None where one process serves all."""

    def __init__(self, database: Database, broker: Broker | None = None) -> None:
        self._database, self._broker = database, broker
        self._streams: set[_Stream] = set()
        self._grew = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._seen = 0
        self._ending = False

    def start(self) -> None:
        self._database.log_grew = self._tell
        self._begin(self._read_on())
        if self._broker:
            self._begin(self._broker.listen(self._grew))

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _tell(self) -> None:
        self._grew.set()
        if self._broker:
            self._begin(self._broker.say())

    def end_streams(self) -> None:
        self._ending = True
        for stream in self._streams:
            stream.end()

    async def close(self) -> None:
        self.end_streams()
        tasks = [*self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def events(
        self, organisation_ids: Collection[int], after: int | None, pause: float
    ) -> AsyncIterator[Event | None]:
        """What happens for these organisations behind the event ``after`` (None: from now on), in order, none twice.

        None to begin with, when nothing will be missed any more, and after every ``pause`` seconds of silence. It ends
        when this process does, or when more waits than a slow line takes: who comes again with the last id that they
        got misses nothing.
        """
        newest = await self._newest()
        if not self._streams:
            # Nobody has followed for a while, and what was before is read below.
            self._seen = newest
        stream = _Stream(organisation_ids)
        self._streams.add(stream)
        try:
            yield None
            sent = newest if after is None else after
            async for event in self._logged(organisation_ids, sent):
                sent = event.id or 0
                yield event
            while not self._ending:
                try:
                    event_ = await asyncio.wait_for(stream.waiting.get(), pause)
                except TimeoutError:
                    yield None
                    continue
                if event_ is None:
                    return
                if (event_.id or 0) > sent:
                    yield event_
        finally:
            self._streams.discard(stream)

    async def _newest(self) -> int:
        async with self._database.transaction(write=False) as session:
            return (await session.exec(select(func.max(Event.id)))).one() or 0

    async def _logged(self, organisation_ids: Collection[int], after: int) -> AsyncIterator[Event]:
        while True:
            async with self._database.transaction(write=False) as session:
                query = select(Event).where(col(Event.id) > after, col(Event.organisation_id).in_(organisation_ids))
                events = (await session.exec(query.order_by(col(Event.id)).limit(STRETCH))).all()
            for event in events:
                after = event.id or 0
                yield event
            if len(events) < STRETCH:
                return

    async def _read_on(self) -> None:
        """Reads the log for all streams, for as long as this process lives."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._grew.wait(), LOOK_EVERY)
            self._grew.clear()
            try:
                while self._streams and await self._read_stretch() == STRETCH:
                    pass
            except Exception:
                # The database is away. Streams stay open, and go on when it is back.
                log.exception("events not read")

    async def _read_stretch(self) -> int:
        async with self._database.transaction(write=False) as session:
            query = select(Event).where(col(Event.id) > self._seen).order_by(col(Event.id)).limit(STRETCH)
            events = (await session.exec(query)).all()
        for event in events:
            self._seen = event.id or 0
            for stream in self._streams:
                stream.offer(event)
        return len(events)
