"""``matchmaker rematch``: the best cards of every published initiative, worked out here or on a Dask cluster."""

import asyncio
import json
import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import cluster
from matchmaker.cluster import Answer, Batch
from matchmaker.database import Database
from matchmaker.errors import AppError
from matchmaker.matchable import card_documents, initiative_documents
from matchmaker.progress import Progress
from matchmaker.settings import Settings
from models import Card, Initiative
from scoring import Document, Match, Matcher, band

#: Rows that are read at a time.
_ROWS = 1_000
#: Initiatives that are matched at a time, here or by a worker.
_BATCH = 64

if TYPE_CHECKING:
    from distributed import Client

Read = Callable[[AsyncSession, Sequence[int]], Awaitable[list[Document]]]


@dataclass(frozen=True)
class Wanted:
    """``output``: None for standard output. ``dask``: the address of a scheduler, whose workers see ``shared``."""

    output: Path | None
    limit: int
    dask: str | None
    shared: Path


def data_folder(settings: Settings) -> Path:
    """Where results lie unless something else is said: beside the embedded database, or in ``var``."""
    return settings.sqlite_path.parent if settings.sqlite_path else Path("var")


def rematch(settings: Settings, wanted: Wanted) -> str:
    """Writes a line of JSON for each published initiative, or nothing at all; answers what to say about it.

    These are the suggestions of the site: there, one's own cards are left out as well, but a region has none.
    """
    with _stopped_in_order(), cluster.connected(wanted.dask) if wanted.dask else nullcontext() as client:
        initiatives, matcher = _read_all(settings)
        if not initiatives or not len(matcher):
            return f"No {'cards' if initiatives else 'initiatives'} are published. Nothing was written."
        batches = [initiatives[at : at + _BATCH] for at in range(0, len(initiatives), _BATCH)]
        with (
            _written_whole(wanted.output) as file,
            _matched(matcher, batches, wanted, client) as answers,
            Progress(len(initiatives), "initiatives matched") as progress,
        ):
            for batch, answer in zip(batches, answers, strict=True):
                file.writelines(_line(*each) for each in zip(batch, answer, strict=True))
                progress.advance(len(batch))
    where = f" are in {wanted.output}" if wanted.output else ""
    return f"The best of {len(matcher):,} cards for {len(initiatives):,} initiatives{where}."


@contextmanager
def _matched(
    matcher: Matcher, batches: Sequence[Batch], wanted: Wanted, client: "Client | None"
) -> Iterator[Iterator[Answer]]:
    """The matches of each batch, in order."""
    if client is None:
        yield (matcher.match_all(batch, wanted.limit) for batch in batches)
        return
    with (
        cluster.published(client, matcher, wanted.shared) as folder,
        closing(cluster.answers(client, folder, batches, wanted.limit)) as answers,
    ):
        yield answers


def _line(initiative: Document, matches: Iterable[Match]) -> str:
    found = [{"card_id": int(match.id), "score": match.score, "band": band(match.score)} for match in matches]
    return json.dumps({"initiative_id": int(initiative.id), "matches": found}) + "\n"


def _read_all(settings: Settings) -> tuple[list[Document], Matcher]:
    """The published initiatives by id, and a matcher of the published cards that has learned the words of both.

    Rows are read some at a time, so that a million cards need not be in memory as rows, nor a transaction last long.
    """
    with asyncio.Runner() as runner:
        database = Database(settings)
        try:
            initiatives = list(_documents(runner, database, Initiative, initiative_documents, "initiatives read"))
            cards = _documents(runner, database, Card, card_documents, "cards read")
            return initiatives, Matcher().fit(cards, asking=initiatives)
        finally:
            runner.run(database.close())


def _documents(
    runner: asyncio.Runner, database: Database, table: type[Initiative | Card], read: Read, what: str
) -> Iterator[Document]:
    async def ids() -> Sequence[int | None]:
        async with database.transaction(write=False) as session:
            return (await session.exec(select(table.id).order_by(col(table.id)))).all()

    async def documents(some: Sequence[int]) -> list[Document]:
        async with database.transaction(write=False) as session:
            return sorted(await read(session, some), key=lambda document: int(document.id))

    there = [row_id or 0 for row_id in runner.run(ids())]
    with Progress(len(there), what) as progress:
        for at in range(0, len(there), _ROWS):
            some = there[at : at + _ROWS]
            yield from runner.run(documents(some))
            progress.advance(len(some))


@contextmanager
def _written_whole(output: Path | None) -> Iterator[IO[str]]:
    """A file that becomes ``output`` at the end, or is gone; None: one that is then copied to standard output."""
    if output is None:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
            yield file
            file.seek(0)
            shutil.copyfileobj(file, sys.stdout)
        return
    target = output.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("x", encoding="utf-8") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _stopped_in_order() -> Iterator[None]:
    """Who is asked to end, by Ctrl+C or by a service manager, clears away what is half-done."""
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        raise AppError("stopped before the end; nothing was written") from None
    finally:
        signal.signal(signal.SIGTERM, former)
