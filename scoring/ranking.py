"""The best documents for a query, exactly.

Postings tell each document's evidence nearly; whoever may be among the best by that is worked out exactly, from
the forward index. How far the sums of impacts may be off, and what parts may add to what the whole text has, bound
who that is.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .collection import Snapshot
from .documents import Match
from .growing import Floats, Ints
from .postings import BLOCK, ROUNDING, SLACK, UNIT, Postings
from .query import Query
from .rows import Contributions
from .segments import Segment
from .weighting import LEAST_PIVOT, SLOPE, pivot, score

#: Candidates beyond `k` that are worked out before the others are weeded.
_SURE = 12
#: Segments from which on threads pay.
_SHARED_FROM = 8
_WORKERS = os.cpu_count() or 1
#: With fewer documents allowed than one in so many, these are read one by one.
_FEW = 250

Allowed = NDArray[np.bool_]
Floats32 = NDArray[np.float32]


class Scratch:
    """Room for one thread's work on a segment, so that it is not asked for anew for every query."""

    def __init__(self) -> None:
        self.sums, self.uppers = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32)
        self.found = np.empty(BLOCK, np.int32)


class Best:
    """The candidates for one query's best `k`: where they are, and the most evidence that each can have."""

    def __init__(self, query: Query, k: int) -> None:
        self.query = query
        self.heap = np.zeros(k, np.float32)
        self.weights = (query.weights / UNIT).astype(np.float32)
        self.slack = np.float32(SLACK * query.weights.sum())
        self._positions: list[Ints] = []
        self._uppers: list[Floats32] = []

    def take(self, positions: Ints, uppers: Floats32) -> None:
        """Candidates of a segment."""
        self._positions.append(positions)
        self._uppers.append(uppers)

    def raise_bar(self, lowers: Floats32) -> None:
        """Know that there are documents with at least so much evidence."""
        self.heap[:] = np.sort(np.concatenate([self.heap, lowers]))[-self.heap.size :]

    def merge(self, other: "Best") -> None:
        """Take what another thread found."""
        self.raise_bar(other.heap)
        self._positions += other._positions
        self._uppers += other._uppers

    def matches(self) -> list[Match]:
        """The best, exactly: first those that promise most, then whoever may still be better than these."""
        snapshot, k = self.query.snapshot, self.heap.size
        positions, uppers = np.concatenate(self._positions), np.concatenate(self._uppers)
        order = np.argsort(-uppers, kind="stable")
        order = order[: int(np.searchsorted(-uppers[order], -self.heap[0], side="right"))]
        positions, uppers = positions[order], uppers[order]
        with self.query.laid_out() as dense:
            sure = exact(snapshot, positions[: k + _SURE], dense)
            if sure.size < positions.size:
                least = np.partition(sure, -k)[-k] * (1.0 - SLACK)
                rest = positions[sure.size : int(np.searchsorted(-uppers, -least, side="right"))]
                sure = np.concatenate([sure, exact(snapshot, rest, dense)])
        return _sorted(snapshot, positions[: sure.size], sure, k)


def best(queries: Sequence[Query], k: int, allowed: Allowed | None = None) -> list[list[Match]]:
    """For each query, all of one snapshot, the `k` documents of the highest scores above 0, ties by id."""
    if not queries:
        return []
    snapshot = queries[0].snapshot
    k = min(k, snapshot.size)
    if k <= 0:
        return [[] for _ in queries]
    if allowed is not None and np.count_nonzero(allowed) * _FEW <= snapshot.size:
        few = np.flatnonzero(allowed & (snapshot.ended > snapshot.version)).astype(np.int32)
        return [_sorted(snapshot, few, exact(snapshot, few, query.dense()), k) for query in queries]
    # The smallest first: it sets a bar for the others at little cost.
    segments = sorted((segment for segment in snapshot.segments if len(segment)), key=len)
    return [one.matches() for one in _swept(segments, queries, k, allowed)]


def _swept(segments: Sequence[Segment], queries: Sequence[Query], k: int, allowed: Allowed | None) -> list[Best]:
    """The candidates of all segments, for all queries in one sweep: a segment is read once for all of them."""
    if len(segments) < _SHARED_FROM or _WORKERS == 1:
        return _swept_by_one(segments, queries, k, allowed)
    shares = [segments[at::_WORKERS] for at in range(_WORKERS)]
    by_worker = list(_pool().map(lambda share: _swept_by_one(share, queries, k, allowed), shares))
    for others in by_worker[1:]:
        for one, other in zip(by_worker[0], others, strict=True):
            one.merge(other)
    return by_worker[0]


def _swept_by_one(
    segments: Sequence[Segment], queries: Sequence[Query], k: int, allowed: Allowed | None
) -> list[Best]:
    found = [Best(query, k) for query in queries]
    scratch = Scratch()
    for segment in segments:
        for one in found:
            covered = 0
            if segment.postings:
                covered = len(segment.postings)
                _by_postings(segment, segment.postings, one, allowed, scratch)
            if covered < len(segment):
                _by_reading(segment, covered, one, allowed)
    return found


def _by_postings(segment: Segment, lists: Postings, one: Best, allowed: Allowed | None, scratch: Scratch) -> None:
    from . import kernels  # noqa: PLC0415 - numba is for large collections only

    size, first, snapshot = len(lists), segment.first, one.query.snapshot
    sums = scratch.sums[:size]
    error = kernels.accumulate(
        sums,
        one.query.terms,
        one.weights,
        lists.starts,
        lists.dense_row,
        lists.rounded,
        _ROUNDING,
        lists.numbers,
        lists.codes,
        lists.dense,
    )
    count = kernels.select(
        sums,
        segment.wholes.lengths[:size],
        segment.several[:size],
        (_LEAST_PIVOT, np.float32(SLOPE / snapshot.means.whole), np.float32(snapshot.rule.whole)),
        snapshot.ended_in(segment)[:size],
        snapshot.version,
        _NONE if allowed is None else allowed[first : first + size],
        np.float32(error + one.slack),
        one.heap,
        scratch.found,
        scratch.uppers,
    )
    one.take(scratch.found[:count] + np.int32(first), scratch.uppers[:count].copy())


def _by_reading(segment: Segment, covered: int, one: Best, allowed: Allowed | None) -> None:
    """The documents that have no postings yet, read whole: those from `covered` on."""
    snapshot = one.query.snapshot
    rows = segment.wholes.slice(covered, len(segment))
    with one.query.laid_out() as dense:
        sums = rows.sums(dense)
    present = (sums > 0.0) & (snapshot.ended_in(segment)[covered:] > snapshot.version)
    if allowed is not None:
        present &= allowed[segment.first + covered : segment.first + len(segment)]
    numbers = np.flatnonzero(present)
    pivots = pivot(rows.lengths[numbers], snapshot.means.whole)
    share = np.where(segment.several[covered:][numbers], snapshot.rule.whole, 1.0)
    lowers = sums[numbers] * share / pivots
    uppers = lowers + sums[numbers] * (1.0 - share) / LEAST_PIVOT
    one.raise_bar((lowers * (1.0 - SLACK)).astype(np.float32))
    one.take((numbers + segment.first + covered).astype(np.int32), (uppers * (1.0 + SLACK)).astype(np.float32))


def exact(snapshot: Snapshot, positions: Ints, dense: Floats) -> Floats:
    """The evidence of documents, from the forward index: (positions,)."""
    found = np.zeros(positions.size)
    for segment, here in _by_segment(snapshot, positions):
        numbers = positions[here] - np.int64(segment.first)
        found[here] = segment.evidence(numbers, dense, snapshot.means, snapshot.rule)
    return found


def contributions(query: Query, positions: Ints) -> Contributions:
    """The same taken apart by term; owners are places in `positions`."""
    snapshot = query.snapshot
    found = []
    with query.laid_out() as dense:
        for segment, here in _by_segment(snapshot, positions):
            numbers = positions[here] - np.int64(segment.first)
            owners, terms, values = segment.contributions(numbers, dense, snapshot.means, snapshot.rule)
            found.append((here[owners], terms, values))
    return Contributions(*(np.concatenate(arrays) for arrays in zip(*found, strict=True)))


def _by_segment(snapshot: Snapshot, positions: Ints) -> Iterator[tuple[Segment, NDArray[np.intp]]]:
    """Each segment that holds some of `positions`, and which."""
    blocks = positions // BLOCK
    for block in sorted(set(blocks.tolist())):
        yield snapshot.segments[block], np.flatnonzero(blocks == block)


def _sorted(snapshot: Snapshot, positions: Ints, evidence: Floats, k: int) -> list[Match]:
    """The best `k`, ties by id."""
    scores = score(evidence)
    found = np.flatnonzero(scores > 0.0)
    if k < found.size:
        lowest = np.partition(scores[found], found.size - k)[found.size - k]
        found = found[scores[found] >= lowest]  # all that tie for the last place: the id decides among them
    ids = [snapshot.ids[position] for position in positions[found].tolist()]
    matches = [Match(id, value) for id, value in zip(ids, scores[found].tolist(), strict=True)]
    return sorted(matches, key=lambda match: (-match.score, match.id))[:k]


_NONE = np.empty(0, np.bool_)
_LEAST_PIVOT, _ROUNDING = np.float32(LEAST_PIVOT), np.float32(ROUNDING * UNIT)


@cache
def _pool() -> ThreadPoolExecutor:
    """Kernels release the interpreter's lock; numba's own threads cannot be used from several at a time."""
    return ThreadPoolExecutor(max_workers=_WORKERS, thread_name_prefix="scoring")
