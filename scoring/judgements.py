"""Judgements of suggestions, as numbers: what the evidence was made of, what query and document share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .documents import Document
from .facets import several
from .growing import Floats
from .matcher import Matcher
from .query import Query
from .reading import read
from .rows import Numbers


class Judgement(NamedTuple):
    """What somebody said of the document `id` as a suggestion for `query`."""

    query: Document
    id: str
    useful: bool


@dataclass(frozen=True)
class Judged:
    """Judged pairs in an order of their own: `values` (pairs, features named `names`), `evidence` (its logarithm),
    `useful` (the share of those who judged it that said so) and `queries` (a number each): (pairs,).
    """

    names: tuple[str, ...]
    values: Floats
    evidence: Floats
    useful: Floats
    queries: Numbers

    def some(self, rows: Numbers) -> "Judged":
        return Judged(self.names, self.values[rows], self.evidence[rows], self.useful[rows], self.queries[rows])


class Seen(NamedTuple):
    """A document as a query meets it: evidence, above 0, and features other than 0."""

    evidence: float
    values: Mapping[str, float]


def judged(matcher: Matcher, judgements: Iterable[Judgement]) -> Judged:
    """A pair counts once, however many judged it: who shouts loudest does not outweigh the others."""
    queries: dict[str, Document] = {}
    said: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for query, id, useful in judgements:
        queries[query.id] = query
        said[query.id][id].append(useful)
    found: list[tuple[int, Seen, float]] = []
    for number, query_id in enumerate(sorted(said)):
        by_id = said[query_id]
        for id, seen in seen_by(matcher, queries[query_id], sorted(by_id)).items():
            found.append((number, seen, sum(by_id[id]) / len(by_id[id])))
    names = sorted({name for _, seen, _ in found for name in seen.values})
    values = [[seen.values.get(name, 0.0) for name in names] for _, seen, _ in found]
    return Judged(
        tuple(names),
        np.array(values, np.float64).reshape(len(found), len(names)),
        np.log([seen.evidence for _, seen, _ in found]),
        np.array([useful for _, _, useful in found], np.float64),
        np.array([number for number, _, _ in found], np.int64),
    )


def seen_by(matcher: Matcher, document: Document, ids: Iterable[str]) -> dict[str, Seen]:
    """Those of `ids` that the collection has, and that have any evidence for `document`."""
    query = matcher.query(document)
    snapshot = query.snapshot
    positions = {id: snapshot.ids.number(id) for id in ids}
    by_segment: dict[int, dict[str, int]] = defaultdict(dict)
    for id, position in positions.items():
        if 0 <= position < snapshot.size:
            by_segment[snapshot.segment_of(position).first][id] = position
    seen: dict[str, Seen] = {}
    for there in by_segment.values():
        met = _met(query, list(there.values()))
        seen |= {id: one for id, one in zip(there, met, strict=True) if one.evidence > 0.0}
    return seen


def _met(query: Query, positions: list[int]) -> list[Seen]:
    """The documents at `positions`, all of one segment."""
    snapshot, dense = query.snapshot, query.dense()
    segment = snapshot.segment_of(positions[0])
    numbers = np.array(positions, np.int64) - segment.first
    evidence = segment.evidence(numbers, dense, snapshot.means, snapshot.rule)
    starts, ends = segment.part_starts[numbers], segment.part_starts[numbers + 1]
    rows = np.concatenate([np.arange(start, end) for start, end in zip(starts, ends, strict=True)])
    fits = np.split(segment.parts.evidence(dense, snapshot.means.part, rows), np.cumsum(ends - starts)[:-1])
    return [
        Seen(total, _values(query.document, snapshot.texts[position], of_parts))
        for total, position, of_parts in zip(evidence.tolist(), positions, fits, strict=True)
    ]


def _values(query: Document, document: Document, fits: Floats) -> dict[str, float]:
    """The features; `fits` is the evidence of each part that holds a word: (parts,), empty where there is one."""
    values: dict[str, float] = defaultdict(float)
    names = [part.name for part in read(document)]
    fits = np.ones(1) if fits.size == 0 else fits
    if len(names) == fits.size and fits.any():
        for name, share in zip(names, (fits / fits.sum()).tolist(), strict=True):
            values[f"part:{_kind(name)}"] += share
    for facet in document.facets.keys() & query.facets.keys():
        if {*several(document.facets[facet])} & {*several(query.facets[facet])} - {""}:
            values[f"facet:{facet}"] = 1.0
    return values


def _kind(part: str) -> str:
    """ "need 2" is one of the needs."""
    return part.rstrip("0123456789 ") or part
