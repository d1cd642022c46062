"""The documents that can be matched: counts kept as they come, what follows from all of them renewed when
asked.

A term's weight in a row is (1 + ln count) * idf, with idf = 1 + ln((1 + n) / (1 + df)) over the n documents,
as scikit-learn's TfidfTransformer(sublinear_tf=True) has it. Rows keep the first factor, which never changes;
idf and lengths are renewed once after a change, so that adding one document does not weigh all the others
again.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .documents import Document
from .growing import Floats, Growing, GrowingRows, Ints
from .languages import LANGUAGES
from .reading import ReadPart, count, main_language

Where = Mapping[str, str | Collection[str]]

#: Removed documents are swept out when they are more than this and more than the living.
SWEEP = 500


@dataclass(frozen=True, slots=True)
class Rows:
    """Sublinear term frequencies (rows, terms), and each row's language, `LANGUAGES[i]`, and divisor (rows,).

    The divisor is the row's length, with idf, plus the mean length of all. It turns a product with a query of
    length 1 into a cosine times length / (length + mean): below 1, and less for rows so short that a chance
    word weighs much. In the order that it gives this is pivoted length normalisation with a slope of 0.5
    (Singhal, Buckley, Mitra: Pivoted document length normalization, SIGIR 1996).
    """

    matrix: sparse.csr_array
    divisors: Floats
    languages: Ints


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A collection at one moment; nothing in it changes any more, so that threads read it without a lock.

    `wholes` has a row for each document ever added, `parts` only for those with several parts: the rows
    part_starts[i] to part_starts[i + 1] are document i's.
    """

    documents: list[Document]
    term_ids: dict[str, int]
    idf: Floats
    highest_idf: float
    present: NDArray[np.bool_]
    alive: NDArray[np.bool_]
    wholes: Rows
    parts: Rows
    part_starts: Ints

    def knows(self, term: str) -> bool:
        """Whether a document has `term`; one that only removed or later documents have is unknown."""
        at = self.term_ids.get(term, self.idf.size)
        return at < self.idf.size and self.present.item(at)

    def idf_of(self, term: str) -> float:
        """The inverse document frequency, that of a term in no document for an unknown one."""
        at = self.term_ids.get(term, self.idf.size)
        return self.idf.item(at) if at < self.idf.size else self.highest_idf


class Documents:
    """The documents and their counts. Not safe between threads: `Matcher` holds a lock around every call."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.positions: dict[str, int] = {}
        self.term_ids: dict[str, int] = {}
        self.wholes, self.parts = GrowingRows.empty(), GrowingRows.empty()
        self.part_starts = Growing(np.zeros(1, np.int32))
        self._by_facet: dict[tuple[str, str], set[int]] = {}
        self._snapshot: Snapshot | None = None

    def add(self, documents: Iterable[tuple[Document, list[ReadPart]]]) -> None:
        """Append documents, each with its parts as read; one with an id that is known replaces it."""
        for document, parts in documents:
            self.remove([document.id])
            self._append_rows(parts)
            self.register(document)

    def register(self, document: Document) -> None:
        """Make `document`, whose rows are in place, one that is found."""
        position = len(self.documents)
        # A copy: what the caller does to the mappings afterwards is not ours.
        self.documents.append(replace(document, parts=dict(document.parts), facets=dict(document.facets)))
        self.positions[document.id] = position
        for facet in facet_values(document):
            self._by_facet.setdefault(facet, set()).add(position)
        self._snapshot = None

    def remove(self, ids: Iterable[str]) -> None:
        """Forget the documents of `ids`; unknown ids are no error."""
        for id in ids:
            position = self.positions.pop(id, None)
            if position is not None:
                for facet in facet_values(self.documents[position]):
                    self._by_facet[facet].discard(position)
                self._snapshot = None
        if len(self.documents) - len(self.positions) > max(SWEEP, len(self.positions)):
            self.sweep()

    def sweep(self) -> None:
        """Start anew with the living, if any are dead. Earlier snapshots keep the old arrays and lists."""
        if len(self.positions) < len(self.documents):
            swept = Documents()
            swept.term_ids = self.term_ids
            part_starts = self.part_starts.view()
            for position in self.positions.values():
                swept.wholes.append_row(self.wholes, position)
                for row in range(part_starts[position], part_starts[position + 1]):
                    swept.parts.append_row(self.parts, row)
                swept.part_starts.append(np.array([len(swept.parts)], np.int32))
                swept.register(self.documents[position])
            vars(self).update(vars(swept))

    def allowed(self, where: Where) -> NDArray[np.bool_]:
        """Which documents have, in every facet of `where`, one of its values: (documents,)."""
        allowed = np.ones(len(self.documents), np.bool_)
        for facet, values in where.items():
            found = set().union(*(self._by_facet.get((facet, value), ()) for value in several(values)))
            has = np.zeros_like(allowed)
            has[list(found)] = True
            allowed &= has
        return allowed

    def snapshot(self) -> Snapshot:
        """The collection as it is now; worked out at the first call after a change."""
        if self._snapshot is None:
            width = len(self.term_ids)
            alive = np.zeros(len(self.documents), np.bool_)
            alive[list(self.positions.values())] = True
            starts, terms, _, _ = self.wholes.arrays()
            if len(self.positions) < len(self.documents):
                terms = terms[np.repeat(alive, np.diff(starts))]
            frequencies = np.bincount(terms, minlength=width)
            idf = 1.0 + np.log((1.0 + len(self.positions)) / (1.0 + frequencies))
            part_starts = self.part_starts.view()
            wholes = _weighed(self.wholes, idf, alive)
            parts = _weighed(self.parts, idf, np.repeat(alive, np.diff(part_starts)))
            self._snapshot = Snapshot(
                documents=self.documents,
                term_ids=self.term_ids,
                idf=idf,
                highest_idf=1.0 + math.log1p(len(self.positions)),
                present=frequencies > 0,
                alive=alive,
                wholes=wholes,
                parts=parts,
                part_starts=part_starts,
            )
        return self._snapshot

    def _append_rows(self, parts: list[ReadPart]) -> None:
        self._append_row(self.wholes, parts)
        if len(parts) > 1:  # an only part is the whole
            for part in parts:
                self._append_row(self.parts, [part])
        self.part_starts.append(np.array([len(self.parts)], np.int32))

    def _append_row(self, rows: GrowingRows, parts: list[ReadPart]) -> None:
        counts = count(parts)
        ids = [self.term_ids.setdefault(term, len(self.term_ids)) for term in counts]
        terms = np.array(ids, np.int32)
        order = np.argsort(terms)
        weights = 1.0 + np.log(np.array(list(counts.values()), np.float64))
        rows.append(terms[order], weights[order], LANGUAGES.index(main_language(parts)))


def several(values: str | Collection[str]) -> Collection[str]:
    """A facet's values as a collection, also where there is one."""
    return (values,) if isinstance(values, str) else values


def facet_values(document: Document) -> list[tuple[str, str]]:
    """Every (facet, value) of `document`."""
    return [(facet, value) for facet, values in document.facets.items() for value in several(values)]


def _weighed(rows: GrowingRows, idf: Floats, alive: NDArray[np.bool_]) -> Rows:
    starts, terms, weights, languages = rows.arrays()
    squares = sparse.csr_array((weights * weights, terms, starts), shape=(starts.size - 1, idf.size))
    lengths = np.sqrt(np.asarray(squares @ (idf * idf), np.float64))
    counted = lengths[alive & (lengths > 0.0)]
    # An exact sum, so that the order of the rows, which a sweep changes, does not show.
    mean = math.fsum(counted.tolist()) / counted.size if counted.size else 1.0
    return Rows(rows.matrix(idf.size), lengths + mean, languages)
