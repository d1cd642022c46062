"""What the benchmarks of the engine share: a made-up collection, calls timed in turn, and lines of figures.

Terms follow Zipf's law, so a few are in most documents and most are in hardly any: that is what the speed of a
search depends on. Everything is made anew from its number when it is asked for, so that a million documents need
no room before they are in an index.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring import Document, Match, Matcher
from scoring.collection import Snapshot
from scoring.query import Query, ask
from scoring.ranking import best
from scoring.reading import read

#: Different terms there are, tokens of a document (about 105 different ones), of a query (about 150 different).
TERMS, DRAWN, ASKED = 100_000, 135, 200
#: Documents made at a time.
CHUNK = 1_000
#: Results asked for.
K = 20
#: Shares of the collection, in per cent, that filters keep.
SHARES = (0.3, 1.0, 3.0, 10.0, 30.0)
#: Slow calls are not repeated for longer than this, but at least so often.
SECONDS, LEAST = 150.0, 5

Call = Callable[[int], Any]


class Corpus:
    """Documents by number, the same ones for the same `seed`: as terms, as texts and as a matrix of counts."""

    def __init__(self, seed: int, drawn: int = DRAWN) -> None:
        self.seed, self.drawn = seed, drawn
        share = 1.0 / np.arange(1, TERMS + 1)
        self._reached = np.cumsum(share / share.sum())
        self._words = np.array([f"w{term}" for term in range(TERMS)])

    def terms(self, first: int, last: int) -> Iterator[NDArray[np.int64]]:
        """Terms of the documents from `first` up to `last`, in chunks: (documents, drawn)."""
        for chunk in range(first // CHUNK, -(-last // CHUNK)):
            chance = np.random.default_rng((self.seed, chunk)).random((CHUNK, self.drawn))
            drawn = np.minimum(np.searchsorted(self._reached, chance), TERMS - 1)
            yield drawn[max(first - chunk * CHUNK, 0) : last - chunk * CHUNK]

    def documents(self, first: int, last: int) -> Iterator[Document]:
        """The same as texts, with a facet for each of `SHARES` that keeps the document."""
        rows = chain.from_iterable(self._words[terms].tolist() for terms in self.terms(first, last))
        for number, words in enumerate(rows, first):
            place = number * 0.6180339887498949 % 1.0  # spread evenly over 0 to 1
            kept = [str(share) for share in SHARES if place * 100.0 < share]
            yield Document(str(number), {"t": " ".join(words)}, "en", {"kept": kept} if kept else {})

    def counts(self, first: int, last: int, dtype: Any = np.float32) -> Any:
        """The same as a sparse matrix: (documents, terms)."""
        from scipy.sparse import csr_array, csr_matrix, vstack  # noqa: PLC0415 - for peers only

        chunks = []
        for terms in self.terms(first, last):
            starts = np.arange(terms.shape[0] + 1, dtype=np.int32) * self.drawn
            ones = np.ones(terms.size, dtype)
            chunk = csr_array((ones, terms.ravel().astype(np.int32), starts), shape=(terms.shape[0], TERMS))
            chunk.sum_duplicates()
            chunks.append(csr_matrix(chunk))
        return vstack(chunks, format="csr")


@dataclass
class Bench:
    """A collection of `size` documents in our engine, and queries to ask it and its peers."""

    size: int
    queries: int
    folder: Path
    corpus: Corpus = field(default_factory=lambda: Corpus(2))
    asking: Corpus = field(default_factory=lambda: Corpus(3, ASKED))
    #: Ours, if it is there already.
    given: Matcher | None = None
    #: The next document's number: some measures let the collection grow.
    following: int = 0
    #: Seconds that our collection took, drawing its documents included.
    built: float = 0.0

    def __post_init__(self) -> None:
        self.following = self.size

    @cached_property
    def matcher(self) -> Matcher:
        """Ours, of the first `size` documents; of a few ones first, so that no measure waits for a compiler."""
        if self.given:
            return self.given
        Matcher().fit(self.corpus.documents(0, 5_000)).match(self.asked[0])
        began = time.perf_counter()
        matcher = Matcher().fit(self.corpus.documents(0, self.size))
        self.built = time.perf_counter() - began
        gc.collect()
        gc.freeze()  # the collector shall not look through all documents in the midst of a peer's call, or of ours
        return matcher

    @cached_property
    def saved(self) -> Path:
        """The folder that ours is saved in."""
        self.matcher.save(self.folder / str(self.size))
        return self.folder / str(self.size)

    @cached_property
    def asked(self) -> list[Document]:
        """The queries."""
        return list(self.asking.documents(0, self.queries))

    @cached_property
    def prepared(self) -> list[Query]:
        """The queries as the ranking takes them."""
        return [self.ask(document) for document in self.asked]

    def snapshot(self) -> Snapshot:
        """The collection as it is now."""
        return self.matcher.collection_.snapshot(self.matcher.rule)

    def ask(self, document: Document, snapshot: Snapshot | None = None) -> Query:
        return ask(document, read(document), snapshot or self.snapshot(), self.matcher.expand)

    def match(self, number: int) -> list[Match]:
        """A query, from its text to its matches."""
        return self.matcher.match(self.asked[number % self.queries], K)

    def rank(self, number: int) -> list[list[Match]]:
        """A query that is prepared."""
        return best([self.prepared[number % self.queries]], K)

    def grown(self, count: int) -> list[Document]:
        """The next `count` documents."""
        first, self.following = self.following, self.following + count
        return list(self.corpus.documents(first, self.following))


class Times:
    """How long the calls of one kind took, in seconds: by the clock, and of all cores together."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def run(self, call: Callable[[], object]) -> None:
        """Time one call more."""
        clock, used = time.perf_counter(), time.process_time()
        call()
        self.cpu.append(time.process_time() - used)
        self.wall.append(time.perf_counter() - clock)

    def __str__(self) -> str:
        p95 = float(np.percentile(self.wall, 95))
        return f"{statistics.median(self.wall) * 1e3:.3g} (p95 {p95 * 1e3:.3g}) ms"


def interleaved(calls: Mapping[str, Call], rounds: int, seconds: float = SECONDS) -> dict[str, Times]:
    """Every call once a round, with the number of the round; who follows whom changes from round to round.

    Each was called once before, so that nothing is measured that is done only once.
    """
    for call in calls.values():
        call(0)
    times = {name: Times() for name in calls}
    began = time.perf_counter()
    names = list(calls)
    for number in range(rounds):
        at = number % len(names)
        for name in names[at:] + names[:at]:
            times[name].run(lambda name=name: calls[name](number))  # noqa: B023 - called at once
        if number + 1 >= LEAST and time.perf_counter() - began > seconds:
            break
    return times


def over(one: Times, other: Times) -> float:
    """The median time by the clock of `one` over that of `other`."""
    return statistics.median(one.wall) / statistics.median(other.wall)


def cpu_over(one: Times, other: Times) -> float:
    """The same for the time of all cores together."""
    return statistics.median(one.cpu) / statistics.median(other.cpu)


def line(name: str, ratio: float, reach: str = "", note: str = "") -> None:
    """Print a measure; `reach` is such as ">= 200" or "<= 1.5"."""
    met = ""
    if reach:
        sign, limit = reach.split()
        met = "yes" if (ratio >= float(limit) if sign == ">=" else ratio <= float(limit)) else "NO"
    print(f"  {name:<70}{ratio:>9.4g}  {reach:<9}{met:<4} {note}".rstrip(), flush=True)
