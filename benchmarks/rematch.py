"""The best cards of many initiatives, in one process and on a Dask cluster of this machine, and what more would take.

    python -m benchmarks.rematch [--cards 10000 50000] [--queries 256] [--rounds 5] [--workers 2]

Texts are made up: about 125 words in four parts, by turns Indonesian and English, words by Zipf's law from the
glossary, stop words, and names that hardly anybody else has. Processor time is what counts, as other work on the
machine does not change it much; the clock is in notes. A query costs its reading, and a sweep over all cards, so the
time at a million cards is told from a line through the smallest and the largest collection that were measured.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path

import stopwordsiso
from distributed import Client, LocalCluster

from matchmaker import cluster
from scoring import Document, Match, Matcher
from scoring.glossary import entries

#: What the extrapolation is for.
INITIATIVES, CARDS = 100_000, 1_000_000
LIMIT, BATCH = 20, 64
PARTS = {"title": 8, "summary": 25, "description": 80, "evidence": 12}
#: Of a text's words, so many are stop words, and so many names; and so many names there are.
STOPS, NAMES, NAMED = 0.4, 0.05, 300_000
SEED = 5
#: How many rounds' worth of queries go before, in which code is compiled, files are mapped and words are met first.
WARMING = 6


class Corpus:
    """Documents by number, the same each time."""

    def __init__(self) -> None:
        chance = random.Random(SEED)
        telling = {
            "id": [headword for headword, _ in entries()],
            "en": sorted({phrase for _, renderings in entries() for phrase, _ in renderings}),
        }
        self._words: dict[str, list[str]] = {}
        for language, words in telling.items():
            chance.shuffle(words)
            self._words[language] = words
        self._reached = {
            language: list(accumulate(1.0 / (at + 5) for at in range(len(words))))
            for language, words in self._words.items()
        }
        self._stops = {language: sorted(stopwordsiso.stopwords(language)) for language in telling}

    def documents(self, kind: str, first: int, last: int) -> Iterator[Document]:
        """Those from ``first`` up to ``last``."""
        for number in range(first, last):
            chance = random.Random(f"{kind}{number}")
            language = ("id", "en")[number % 2]
            parts = {name: self._text(chance, language, length) for name, length in PARTS.items()}
            yield Document(str(number), parts)

    def _text(self, chance: random.Random, language: str, length: int) -> str:
        names, stops = round(NAMES * length), round(STOPS * length)
        words = [f"Nama{chance.randrange(NAMED)}" for _ in range(names)]
        words += chance.choices(self._stops[language], k=stops)
        words += chance.choices(
            self._words[language], cum_weights=self._reached[language], k=max(1, length - names - stops)
        )
        chance.shuffle(words)
        return " ".join(word + "." * (at % 12 == 11) for at, word in enumerate(words))


@dataclass
class Seconds:
    """Of each round: by the clock, and of all processors together."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def run(self, call: Callable[[], list[list[Match]]], used: Callable[[], float]) -> list[list[Match]]:
        clock, before = time.perf_counter(), used()
        found = call()
        self.wall.append(time.perf_counter() - clock)
        self.cpu.append(used() - before)
        return found

    @property
    def clock(self) -> float:
        """Of a round, the first aside."""
        return statistics.median(self.wall[1:])

    def cpu_of(self, queries: int) -> float:
        """Of one of a round's ``queries``."""
        return statistics.median(self.cpu[1:]) / queries


@dataclass(frozen=True)
class Measured:
    """Processor seconds: of a query in one process, of one on the cluster, to build a card; and bytes of a card."""

    cards: int
    query: float
    clustered: float
    build: float
    size: float


def measured(cards: int, corpus: Corpus, client: Client, options: argparse.Namespace, folder: Path) -> Measured:
    """One collection: built, saved, and asked in turn in this process and on the cluster."""
    documents = list(corpus.documents("card", 0, cards))
    asked = list(corpus.documents("initiative", 0, options.queries * (options.rounds + WARMING)))
    began = time.process_time()
    matcher = Matcher().fit(documents, asking=asked)
    build = (time.process_time() - began) / cards
    del documents
    here, mapped, there = Seconds(), Seconds(), Seconds()
    with cluster.published(client, matcher, folder) as saved:
        size = sum(file.stat().st_size for file in saved.rglob("*") if file.is_file()) / cards
        loaded = Matcher.load(saved)
        for batches in dealt_out(asked, options.queries):
            found = here.run(lambda batches=batches: in_process(matcher, batches), time.process_time)
            again = mapped.run(lambda batches=batches: in_process(loaded, batches), time.process_time)
            same = there.run(lambda batches=batches: on_cluster(client, saved, batches), lambda: used_by(client))
            assert found == again == same
    query, clustered = here.cpu_of(options.queries), there.cpu_of(options.queries)
    print(f"\n{cards:,} cards, {options.queries} queries, median of {options.rounds} rounds")
    print(
        f"  in process: {1 / query:,.0f} queries a processor second; {options.queries / here.clock:,.0f} by the clock"
    )
    print(f"  processor time from mapped files, against that: {mapped.cpu_of(options.queries) / query:.2f}")
    print(f"  processor time on the cluster, against that: {clustered / query:.2f}")
    print(f"  {options.workers} workers, by the clock: {here.clock / there.clock:.2f} times as fast as one process")
    print(f"  built: {1 / build:,.0f} cards a processor second; {size:,.0f} bytes a card in files", flush=True)
    return Measured(cards, query, clustered, build, size)


def dealt_out(asked: list[Document], queries: int) -> list[list[list[Document]]]:
    """The batches of each round. The first has more, as words that were met before are read sooner.

    No two rounds ask the same.
    """
    starts = [0, *range(WARMING * queries, len(asked), queries), len(asked)]
    return [[asked[at : min(at + BATCH, end)] for at in range(start, end, BATCH)] for start, end in pairwise(starts)]


def in_process(matcher: Matcher, batches: list[list[Document]]) -> list[list[Match]]:
    return [found for batch in batches for found in matcher.match_all(batch, LIMIT)]


def on_cluster(client: Client, saved: Path, batches: list[list[Document]]) -> list[list[Match]]:
    return [found for answer in cluster.answers(client, saved, batches, LIMIT) for found in answer]


def used_by(client: Client) -> float:
    """Processor seconds of all workers so far."""
    return sum(client.run(time.process_time).values())


def extrapolated(figures: list[Measured]) -> None:
    """What 100,000 initiatives against a million cards take."""
    first, last = figures[0], figures[-1]
    each = (last.query - first.query) / (last.cards - first.cards)
    fixed = max(0.0, first.query - each * first.cards)
    query = fixed + each * CARDS
    hours = INITIATIVES * query / 3600
    print(f"\nA query: {fixed * 1e3:.2f} ms, and {each * 1e9:.1f} ns for each card, of processor time")
    print(f"{INITIATIVES:,} initiatives against {CARDS:,} cards:")
    print(
        f"  {query * 1e3:.1f} ms a query: {hours:.2f} core-hours, {INITIATIVES / hours:,.0f} initiatives a core-hour"
    )
    overhead = statistics.median(each.clustered / each.query for each in figures)
    print(f"  on a cluster {overhead:.2f} times as much: {hours * overhead:.2f} core-hours")
    at_most = last.query * CARDS / last.cards * INITIATIVES / 3600
    print(f"  at most {at_most:.2f}, if all of a query's time grew with the cards")
    print(f"  building before: {last.build * CARDS / 3600:.2f} core-hours; {last.size * CARDS / 1e9:.1f} GB of files")
    for between in figures[1:-1]:
        told = fixed + each * between.cards
        print(f"  the line at {between.cards:,} cards, against what was measured there: {told / between.query:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, nargs="+", default=[10_000, 50_000], metavar="N")
    parser.add_argument("--queries", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    corpus = Corpus()
    local = {"processes": True, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with (
        tempfile.TemporaryDirectory() as name,
        LocalCluster(n_workers=options.workers, **local) as machine,
        Client(machine) as client,
    ):
        extrapolated([measured(cards, corpus, client, options, Path(name)) for cards in sorted(options.cards)])


if __name__ == "__main__":
    main()
