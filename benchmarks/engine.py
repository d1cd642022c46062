"""The engine against its peers and against itself: ratios of medians from one interleaved run.

    python -m benchmarks.engine [--documents 10000 100000 1000000] [--queries 30] [--only NAME ...] [--folder DIR]

The collection is made up (engine_corpus.py): 100,000 terms by Zipf's law, about 105 different ones a document and 150
a query. A measure is "how many times faster than the peer" where the goal is ">=", and "how many times as much" where
it is "<="; milliseconds beside it are a note, as they are of the machine. "from text" is everything that a caller
waits for, "prepared" begins where a peer does that takes a vector. Peers: `pip install --group bench`. A million
documents take many minutes and 12 GB.
"""

import argparse
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import stopwordsiso

from benchmarks import engine_peers
from benchmarks.engine_changes import add_then_query, growth, pauses
from benchmarks.engine_corpus import (
    SHARES,
    Bench,
    Call,
    K,
    Times,
    cpu_over,
    interleaved,
    line,
    over,
)
from benchmarks.engine_memory import memory
from scoring import Document, Matcher
from scoring.glossary import entries
from scoring.query import Query
from scoring.ranking import best, contributions
from scoring.weighting import score

#: The largest collections that the peers which take long to build are given.
PEERS_UP_TO = 100_000
#: Bytes that are copied to measure how fast memory is.
COPIED = 1 << 28
#: Queries of all pairs, and in how many parts they are asked.
PAIRS, PARTS = 2_048, 8
#: Texts that are indexed, and their words.
TEXTS, WORDS = 5_000, 100
#: Of a text's words, how many are of the glossary; the others are stop words.
TELLING = 0.6
SEED = 7
#: Documents of the collection that building a larger one is compared with.
SMALL = 2_000


def build(bench: Bench) -> None:
    """How long a collection takes and how large it is, for each document, against a small one and its text."""
    texts = list(bench.corpus.documents(0, SMALL))
    size = statistics.mean(len(document.parts["t"]) for document in texts)
    calls: Mapping[str, Call] = {
        "fit": lambda _: Matcher().fit(texts),
        "draw": lambda _: list(bench.corpus.documents(0, SMALL)),
    }
    times = interleaved(calls, 5)
    small, drawing = (statistics.median(times[name].wall) / SMALL for name in ("fit", "draw"))
    each = bench.built / bench.size - drawing
    line(f"time for each document, against one of {SMALL:,}", each / small, "", f"{1.0 / each:,.0f} documents/s")
    files = {file.stem: file.stat().st_size for file in bench.saved.glob("index-*/*")}
    for name, kept in (("", lambda stem: not stem.startswith("text")), (" and a copy of its text", lambda _: True)):
        index = sum(count for stem, count in files.items() if kept(stem)) / bench.size
        line(f"bytes in files for each document{name}, against its text", index / size, "", f"{index:,.0f} bytes")


def single(bench: Bench) -> None:
    """One query, against each peer."""
    ours = {"text": bench.match, "prepared": bench.rank}
    goal = {100_000: ">= 200", 1_000_000: ">= 300"}.get(bench.size, "")
    against("sklearn cosine_similarity + argsort", engine_peers.sklearn_cosine, bench, ours, goal)
    goal = ">= 5" if bench.size >= 1_000_000 else ""
    against("scipy inverted + argpartition", engine_peers.scipy_inverted, bench, ours, goal)
    if bench.size <= PEERS_UP_TO:
        goal = ">= 1" if bench.size == PEERS_UP_TO else ""
        against("bm25s", engine_peers.by_bm25s, bench, ours, goal)
        against("tantivy", engine_peers.by_tantivy, bench, ours, goal)
        against("qdrant-edge", engine_peers.by_qdrant, bench, ours, goal)


def against(
    name: str, make: Callable[[Bench], engine_peers.Peer], bench: Bench, ours: Mapping[str, Call], goal: str
) -> None:
    """Print how much faster one query is than that of a peer: by the clock, and in time of all cores."""
    try:
        peer = make(bench)
    except ImportError as error:
        print(f"  {name}: {error.name} is not installed")
        return
    theirs = {"its prepared": peer.prepared} | ({"its text": peer.text} if peer.text else {})
    times = interleaved({**ours, **theirs}, bench.queries)
    for kind in ours:
        other = times.get(f"its {kind}", times["its prepared"])
        note = f"{times[kind]} against {other}; CPU {cpu_over(other, times[kind]):.3g}"
        line(f"{name}, {kind}", over(other, times[kind]), goal, note)


def bytes_touched(bench: Bench) -> None:
    """One prepared query against copying as many bytes as the postings that it reads have."""
    sizes = [touched(query) for query in bench.prepared]
    if not any(sizes):
        print("  so small a collection has no postings")
        return
    source, target = np.ones(COPIED, np.uint8), np.zeros(COPIED, np.uint8)
    calls: Mapping[str, Call] = {"ours": bench.rank, "copy": lambda _: np.copyto(target, source)}
    times = interleaved(calls, bench.queries)
    copied = statistics.median(times["copy"].wall) / COPIED * statistics.median(sizes)
    goal = "<= 5" if bench.size >= 1_000_000 else ""
    note = f"{times['ours']}, {statistics.median(sizes) / 1e6:.3g} MB at {copied_speed(times['copy']):.3g} GB/s"
    line("bytes touched at the copy speed, by the clock", statistics.median(times["ours"].wall) / copied, goal, note)
    line("the same in time of all cores", statistics.median(times["ours"].cpu) / copied, goal)


def touched(query: Query) -> int:
    """Bytes of the postings that a query reads: three a posting, one a document for a dense row."""
    count = 0
    for segment in query.snapshot.segments:
        if segment.postings:
            lists = segment.postings
            terms = query.terms[query.terms < lists.dense_row.size]
            dense = lists.dense_row[terms] >= 0
            listed = terms[~dense]
            count += 3 * int((lists.starts[listed + 1] - lists.starts[listed]).sum()) + int(dense.sum()) * len(lists)
    return count


def copied_speed(times: Times) -> float:
    """In GB a second."""
    return COPIED / statistics.median(times.wall) / 1e9


def pairs(bench: Bench) -> None:
    """The best of all documents for each of many queries, in time of all cores."""
    asked = PAIRS if bench.size < 1_000_000 else 200
    many = Bench(bench.size, asked, bench.folder, given=bench.matcher)
    try:
        theirs = engine_peers.sweeps(many)
    except ImportError as error:
        print(f"  all pairs: {error.name} is not installed")
        return
    share = asked // PARTS
    calls: dict[str, Call] = {
        "text": lambda part: bench.matcher.match_all(many.asked[part * share : (part + 1) * share], K),
        "prepared": lambda part: best(many.prepared[part * share : (part + 1) * share], K),
    }
    for name, sweep in theirs.items():
        calls[name] = lambda part, sweep=sweep: sweep(part * share, (part + 1) * share)
    times = interleaved(calls, PARTS)
    for name, goal in {"scipy in chunks": ">= 3.5", "sparse_dot_topn on 2 threads": ">= 2"}.items():
        for kind in ("text", "prepared") if name in times else ():
            note = f"by the clock {over(times[name], times[kind]):.3g}; {asked} queries"
            ratio = cpu_over(times[name], times[kind])
            line(f"all pairs for each CPU second, {name}, {kind}", ratio, goal if bench.size >= 100_000 else "", note)


def filters(bench: Bench) -> None:
    """A query with a filter against the same one without."""
    calls: dict[str, Call] = {"none": bench.match}
    for share in SHARES:
        calls[str(share)] = lambda number, where={"kept": str(share)}: bench.matcher.match(
            bench.asked[number % bench.queries], K, where
        )
    times = interleaved(calls, 2 * bench.queries)
    for share in SHARES:
        note = f"{times[str(share)]} against {times['none']}"
        line(f"a filter that keeps {share:g} %, against none", over(times[str(share)], times["none"]), "<= 1.4", note)


def shares(bench: Bench) -> None:
    """What explains the results of a query, against the query."""
    matcher, number_of = bench.matcher, bench.matcher.collection_.ids.number
    results = [bench.match(number) for number in range(bench.queries)]
    apart: list[float] = []

    def by_term(number: int) -> None:
        at = number % bench.queries
        positions = np.array([number_of(match.id) for match in results[at]], np.int32)
        found = contributions(bench.prepared[at], positions)
        summed = score(np.bincount(found.owners, found.values, minlength=positions.size))
        apart.append(float(np.abs(summed - [match.score for match in results[at]]).max()))

    def explained(number: int) -> None:
        at = number % bench.queries
        for match in results[at]:
            found = matcher.explain(bench.asked[at], match.id)
            apart.append(abs(sum(term.share for term in found.terms) - match.score))

    calls: dict[str, Call] = {"query": bench.match, "prepared": bench.rank, "shares": by_term, "all": explained}
    times = interleaved(calls, bench.queries)
    line("shares by term of 20 results, of their query", over(times["shares"], times["query"]), "<= 0.1")
    line("the same, of the prepared query", over(times["shares"], times["prepared"]), "", str(times["shares"]))
    line(
        "explanations in full of 20 results, of their query", over(times["all"], times["query"]), "", str(times["all"])
    )
    line("largest difference between shares and score", max(apart), "<= 1e-5")


def indexing(_bench: Bench) -> None:
    """Texts that are read, their language found, and indexed, against scikit-learn with its defaults."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    except ImportError as error:
        print(f"  indexing text: {error.name} is not installed")
        return
    texts = sentences()
    documents = [Document(str(number), {"t": text}) for number, text in enumerate(texts)]
    calls: Mapping[str, Call] = {
        "ours": lambda _: Matcher().fit(documents),
        "theirs": lambda _: TfidfVectorizer().fit_transform(texts),
    }
    first = Times()
    first.run(lambda: calls["ours"](0))
    times = interleaved(calls, 5)
    at_first = statistics.median(times["theirs"].wall) / first.wall[0]
    note = f"{TEXTS / statistics.median(times['ours'].wall):,.0f} documents/s; with each word met first {at_first:.3g}"
    line("texts indexed, against TfidfVectorizer", over(times["theirs"], times["ours"]), ">= 1.5", note)


def sentences() -> list[str]:
    """Texts of Indonesian and of English words as they are in the glossary, and of stop words."""
    chance = random.Random(SEED)
    indonesian = [word for headword, _ in entries() for word in headword.split()]
    english = [word for _, renderings in entries() for phrase, _ in renderings for word in phrase.split()]
    kinds = ((indonesian, sorted(stopwordsiso.stopwords("id"))), (english, sorted(stopwordsiso.stopwords("en"))))

    def words(number: int) -> Iterator[str]:
        telling, common = kinds[number % 2]
        for at in range(WORDS):
            word = chance.choice(telling if chance.random() < TELLING else common)
            yield word.capitalize() if at % 12 == 0 else word + "." * (at % 12 == 11)

    return [" ".join(words(number)) for number in range(TEXTS)]


#: What changes the collection is last.
SECTIONS: dict[str, Callable[[Bench], None]] = {
    "single": single,
    "bytes": bytes_touched,
    "pairs": pairs,
    "filters": filters,
    "shares": shares,
    "memory": memory,
    "build": build,
    "indexing": indexing,
    "add": add_then_query,
    "growth": growth,
    "pauses": pauses,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    parser.add_argument("--queries", type=int, default=30)
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), metavar="NAME")
    parser.add_argument("--folder", type=Path, help="where indexes are written; a temporary one by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        for at, size in enumerate(options.documents):
            run(Bench(size, options.queries, Path(name)), options.only, first=at == 0)
            gc.unfreeze()
            gc.collect()


def run(bench: Bench, only: list[str], first: bool) -> None:
    """All sections that are asked for; what does not depend on the size once only."""
    began = time.perf_counter()
    tail = bench.snapshot().segments[0].wholes
    asked = statistics.mean(query.terms.size for query in bench.prepared)
    print(f"\n{bench.size:,} documents of {np.diff(tail.starts).mean():.1f} different terms, ", end="")
    print(f"{bench.queries} queries of {asked:.1f} that the collection knows")
    for name, section in SECTIONS.items():
        if name in only and (first or name != "indexing"):
            print(name)
            section(bench)
            gc.collect()
    print(f"  ({time.perf_counter() - began:,.0f} s)")


if __name__ == "__main__":
    main()
