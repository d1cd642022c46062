"""``matchmaker rematch``: what the site suggests, for all initiatives at once, here and on a Dask cluster."""

import asyncio
import importlib
import io
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from matchmaker import cluster
from matchmaker.__main__ import _prepare
from matchmaker.asking import Filters
from matchmaker.database import Database
from matchmaker.errors import AppError
from matchmaker.matching import Matching
from matchmaker.progress import Progress
from scoring import Document, Matcher
from tests.databases import settings_for
from tests.world import Scene, World, publish_card, publish_initiative

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
async def posted(database: Database, world: World, scene: Scene) -> list[int]:
    """Initiatives that are published, beside drafts that are not."""
    title, summary = "Clean water for the villages of the hills", "Wells fall dry; we look for pumps and pipes. " * 3
    other = await publish_initiative(database, world.officer2, title=title, summary=summary)
    await publish_card(database, world.lecturer, title="Pumps that lift water by sunlight alone", summary=summary)
    return [scene.initiative, other]


def suggested(url: str, initiatives: list[int]) -> list[dict[str, Any]]:
    """What the site shows."""

    async def ask() -> list[dict[str, Any]]:
        database = Database(settings_for(url))
        matching = Matching(database)
        found = []
        async with database.transaction(write=False) as session:
            for row_id in initiatives:
                best = await matching.cards_for(session, row_id, Filters(), 20)
                matches = [{"card_id": s.row_id, "score": s.score, "band": s.band} for s in best]
                found.append({"initiative_id": row_id, "matches": matches})
        await database.close()
        return found

    return asyncio.run(ask())


def test_every_initiative_gets_what_the_site_suggests(say: Say, tmp_path: Path, url: str, posted: list[int]) -> None:
    status, output, progress = say("rematch", "--output", "found.jsonl", DATABASE_URL=url)
    assert (status, output) == (0, "The best of 3 cards for 2 initiatives are in found.jsonl.\n")
    assert "2 of 2 initiatives matched\n" in progress
    assert [path.name for path in tmp_path.iterdir()] == ["found.jsonl"]
    lines = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["initiative_id"] for line in lines] == posted
    assert min(len(line["matches"]) for line in lines) > 0
    assert lines == suggested(url, posted)

    for _again in range(2):
        status, output, progress = say("rematch", "--output", "-", "--limit", "1")
        assert status == 0
        assert "The best of 3 cards for 2 initiatives.\n" in progress
        shorter = [json.loads(line) for line in output.splitlines()]
        assert shorter == [line | {"matches": line["matches"][:1]} for line in lines]


def test_where_nothing_is_published_nothing_is_written(say: Say, tmp_path: Path) -> None:
    assert say("rematch")[2] == "matchmaker: the database is not up to date; run: matchmaker migrate\n"
    assert not list(tmp_path.iterdir())
    say("migrate")
    there = sorted((tmp_path / "var").iterdir())
    assert say("rematch") == (0, "No initiatives are published. Nothing was written.\n", "")
    assert sorted((tmp_path / "var").iterdir()) == there


def _no_room(*_anything: object) -> str:
    raise OSError("No space left on device")


def _asked_to_end(*_anything: object) -> str:
    os.kill(os.getpid(), signal.SIGTERM)
    return "\n"


@pytest.mark.parametrize(
    ("at_each", "said"), [(_no_room, "No space left"), (_asked_to_end, "stopped before the end; nothing was written")]
)
def test_what_fails_half_way_leaves_what_was_there(
    say: Say,
    tmp_path: Path,
    url: str,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    at_each: Callable[..., str],
    said: str,
) -> None:
    assert scene.initiative
    former = tmp_path / "found.jsonl"
    former.write_text("as it was")
    # The module: the package's attribute of this name is its function.
    monkeypatch.setattr(importlib.import_module("matchmaker.rematch"), "_line", at_each)
    status, output, complaint = say("rematch", "--output", "found.jsonl", DATABASE_URL=url)
    assert (status, output) == (1, "")
    assert complaint.splitlines()[-1].startswith(f"matchmaker: {said}")
    assert former.read_text() == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["found.jsonl"]
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@contextmanager
def silent() -> Iterator[str]:
    """Something that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


def test_a_scheduler_that_does_not_answer_is_one_line(
    say: Say, tmp_path: Path, url: str, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scene.initiative
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with silent() as address:
        for nobody in ("127.0.0.1:1", address):
            status, output, complaint = say("rematch", "--dask", nobody, "--output", "x.jsonl", DATABASE_URL=url)
            assert (status, output) == (1, "")
            assert complaint == f"matchmaker: no Dask scheduler answers at {nobody} within 0.5 s\n"
    assert not list(tmp_path.iterdir())


def test_without_the_extra_it_is_said_how_to_install_it(
    say: Say, url: str, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scene.initiative
    monkeypatch.setitem(sys.modules, "distributed", None)
    status, _output, complaint = say("rematch", "--dask", "127.0.0.1:1", DATABASE_URL=url)
    assert status == 1
    assert complaint.endswith("run: pip install 'temu-mitra[cluster]'\n")
    assert complaint.count("\n") == 1


def test_a_terminal_shows_one_line_that_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress(1_500, "cards read") as progress:
        monkeypatch.setattr(progress, "_pause", 0.0)
        progress.advance(1_000)
        progress.advance(500)
    assert screen.getvalue() == "\r1,000 of 1,500 cards read\r1,500 of 1,500 cards read\r1,500 of 1,500 cards read\n"


@contextmanager
def cluster_of(workers: int) -> Iterator[Any]:
    """A Dask cluster of so many processes of this machine."""
    from distributed import LocalCluster

    options = {"processes": True, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0", "host": "127.0.0.1"}
    with LocalCluster(n_workers=workers, silence_logs=logging.CRITICAL, **options) as made:
        yield made


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Any]:
    with cluster_of(2) as made:
        yield made


@pytest.mark.slow
def test_a_cluster_of_two_writes_the_same(say: Say, tmp_path: Path, two_workers: Any) -> None:
    from distributed import Client

    asyncio.run(_prepare(settings_for("sqlite+aiosqlite:///var/matchmaker.db"), with_demo=True))
    status, output, _progress = say("rematch")
    assert (status, output) == (0, "The best of 168 cards for 68 initiatives are in var/suggestions.jsonl.\n")
    there = sorted((tmp_path / "var").iterdir())
    (tmp_path / "shared").mkdir()
    for shared in ((), ("--shared", "shared")):
        address = two_workers.scheduler_address
        status, _output, progress = say("rematch", "--dask", address, "--output", "clustered.jsonl", *shared)
        assert status == 0
        assert "68 of 68 initiatives matched\n" in progress
        one, two = (tmp_path / "var" / "suggestions.jsonl"), (tmp_path / "clustered.jsonl")
        assert two.read_text(encoding="utf-8").splitlines() == one.read_text(encoding="utf-8").splitlines()
    assert sorted((tmp_path / "var").iterdir()) == there
    assert not list((tmp_path / "shared").iterdir())
    with Client(two_workers) as client:
        # Both took part, with no more of the application than they need; neither holds on to the cards.
        known = client.run(lambda: [name in sys.modules for name in ("scoring", "matchmaker.database")])
        assert list(known.values()) == [[True, False]] * 2
        assert [info.currsize for info in client.run(cluster._matcher.cache_info).values()] == [0, 0]


CARDS = [Document(str(number), {"title": f"composting machine {number} for markets"}) for number in range(30)]


@pytest.mark.slow
def test_workers_that_do_not_see_the_folder_are_named_as_the_cause(tmp_path: Path, two_workers: Any) -> None:
    with (
        cluster.connected(two_workers.scheduler_address) as client,
        pytest.raises(AppError, match=r"a worker cannot read the cards; do all see the folder --shared\?.*gone"),
    ):
        list(cluster.answers(client, tmp_path / "gone", [CARDS], 3))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("end", "said"),
    [
        (lambda made: made.scale(0), "the Dask cluster has no workers left"),
        (lambda made: made.close(), "the Dask cluster failed: "),
    ],
    ids=["workers", "scheduler"],
)
def test_a_cluster_that_ends_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: Callable[[Any], None], said: str
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 5.0)
    matcher = Matcher().fit(CARDS)
    with (  # noqa: PT012 - what is below takes it half way
        cluster_of(1) as made,
        pytest.raises(AppError, match=said),
        cluster.connected(made.scheduler_address) as client,
        cluster.published(client, matcher, tmp_path) as folder,
    ):
        answers = cluster.answers(client, folder, ([card] for card in CARDS), 3)
        assert next(answers) == matcher.match_all([CARDS[0]], 3)
        end(made)
        list(answers)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_cluster_without_workers_is_one_line(
    say: Say, url: str, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scene.initiative
    monkeypatch.setattr(cluster, "PATIENCE", 2.0)
    with cluster_of(0) as made:
        status, _output, complaint = say("rematch", "--dask", made.scheduler_address, DATABASE_URL=url)
        assert status == 1
        assert complaint == f"matchmaker: the Dask scheduler at {made.scheduler_address} has no workers\n"
