"""The engine while its collection changes: what an addition costs, what becomes of the results, how long one waits."""

import statistics
import threading
import time

import numpy as np

from benchmarks.engine_corpus import Bench, Call, Corpus, K, Times, interleaved, line, over
from scoring import Document, Matcher
from scoring.ranking import best

#: Recent documents, those without postings, that an addition is measured with.
RECENT = (0, 500, 970)
#: Additions measured at each.
ADDED = 30
#: How much a collection grows before it is compared with one that is fitted to all.
GROWTH = 0.1
#: Documents replaced in a second, of all; in how many steps; seconds of it and of quiet together.
REPLACED, STEPS, SECONDS = 0.01, 50, 40.0
#: Seconds of quiet and of changes take turns.
TURN = 2.0


def add_then_query(bench: Bench) -> None:
    """One document added and a query, against the query on the collection as it was before all additions."""
    matcher = bench.matcher
    before = bench.snapshot()

    def alone(number: int) -> None:
        best([bench.ask(bench.asked[number % bench.queries], before)], K)

    def added(number: int) -> None:
        matcher.add([fresh[number]])
        bench.match(number)

    for recent in RECENT:
        matcher.add(bench.grown(max(recent - uncovered(matcher), 0)))
        fresh = bench.grown(ADDED)
        calls: dict[str, Call] = {"alone": alone, "added": added}
        times = interleaved(calls, ADDED)
        note = f"{times['added']} against {times['alone']}"
        line(
            f"add, then query, {recent} recent, against the query",
            over(times["added"], times["alone"]),
            "<= 1.5",
            note,
        )


def uncovered(matcher: Matcher) -> int:
    """Documents that have no postings yet."""
    segments = matcher.collection_.snapshot(matcher.rule).segments
    return sum(len(segment) - (len(segment.postings) if segment.postings else 0) for segment in segments)


def growth(bench: Bench) -> None:
    """The best 20 after the collection grew, against those of a collection fitted to all at once."""
    matcher = bench.matcher
    matcher.add(bench.grown(int(GROWTH * bench.size)))
    fitted = Matcher().fit(bench.corpus.documents(0, bench.following))
    shared, apart = [], []
    for document in bench.asked:
        ours, theirs = dict(matcher.match(document, K)), dict(fitted.match(document, K))
        shared.append(len(ours.keys() & theirs.keys()) / K)
        apart += [abs(ours[id] - theirs[id]) for id in ours.keys() & theirs.keys()]
    line("overlap of the best 20 with a refit after 10 % growth", statistics.mean(shared), ">= 1")
    line("largest difference of their scores", max(apart))


def pauses(bench: Bench) -> None:
    """Queries while another thread replaces 1 % of the documents a second, against those in quiet.

    Once as it usually is, and once while so many were replaced that the collection is swept.
    """
    matcher, others = bench.matcher, Corpus(5)
    count = min(bench.size, round(REPLACED * bench.size * SECONDS / 2.0))
    quiet, changing = waits(bench, list(others.documents(0, count)), SECONDS)
    line("a query while documents are replaced, median against quiet", over(changing, quiet), "", str(changing))
    middle = statistics.median(quiet.wall)
    worst("quiet", quiet, middle)
    worst("while documents are replaced", changing, middle)
    swept = matcher.collection_
    left = len(matcher) - (len(swept.texts) - len(matcher)) - round(REPLACED * bench.size)
    for first in range(0, left, 1_000):
        matcher.add(others.documents(first, min(first + 1_000, left)))
    _, changing = waits(bench, list(others.documents(0, count)), 4.0 * TURN)
    name = "while documents are replaced and swept" if matcher.collection_ is not swept else "nearly swept"
    worst(name, changing, middle)


def worst(name: str, times: Times, quiet: float) -> None:
    """Print what the slowest calls took, against the median in quiet."""
    p99, slowest = float(np.percentile(times.wall, 99)), max(times.wall)
    line(f"p99, {name}, against the quiet median", p99 / quiet, "", f"{p99 * 1e3:.3g} ms of {len(times.wall)}")
    line(f"slowest, {name}, against the quiet median", slowest / quiet, "", f"{slowest * 1e3:.3g} ms")


def waits(bench: Bench, documents: list[Document], seconds: float) -> tuple[Times, Times]:
    """Times of queries in quiet and while `documents` replace others, by turns, for so long."""
    quiet, changing = Times(), Times()
    busy, done = threading.Event(), threading.Event()
    writer = threading.Thread(target=replace_by_turns, args=(bench, documents, busy, done))
    writer.start()
    number = 0
    try:
        for turn in range(round(seconds / TURN)):
            times = changing if turn % 2 else quiet
            (busy.set if turn % 2 else busy.clear)()
            until = time.perf_counter() + TURN
            while time.perf_counter() < until:
                number += 1
                times.run(lambda number=number: bench.match(number))
    finally:
        done.set()
        busy.set()
        writer.join()
    return quiet, changing


def replace_by_turns(bench: Bench, documents: list[Document], busy: threading.Event, done: threading.Event) -> None:
    """Replace documents at their pace, a step at a time, while `busy` is set."""
    step = max(1, round(REPLACED * bench.size / STEPS))
    for first in range(0, len(documents), step):
        busy.wait()
        if done.is_set():
            return
        began = time.perf_counter()
        bench.matcher.add(documents[first : first + step])
        time.sleep(max(0.0, 1.0 / STEPS - (time.perf_counter() - began)))
