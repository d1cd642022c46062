"""Documents in runs of up to a block: sealed ones never change, the last one takes what is new."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .counting import Counted
from .growing import Bytes, Floats, Growing, Ints
from .postings import Postings
from .rows import Contributions, GrowingRows, Numbers, Rows

Owners = NDArray[np.intp]


class Means(NamedTuple):
    """Mean lengths, in words that count, of whole documents and of the parts of those with several."""

    whole: float
    part: float


class _Parts(NamedTuple):
    """Rows of the parts of some documents, whose each is, and where each document's begin (documents + 1)."""

    rows: Numbers
    owners: Owners
    starts: Numbers


@dataclass(frozen=True, slots=True)
class Rule:
    """`whole`: weight of the whole document, 0 to 1, against its best parts; `best_parts`: how many, 1 up."""

    whole: float
    best_parts: int


@dataclass(frozen=True)
class Segment:
    """Documents `first` and following: each a row of `wholes`, and, if it has several parts, one of `parts` each.

    `part_starts` (documents + 1) says which; `languages` (documents) has bit i for LANGUAGES[i]. `postings` are
    those of the first documents, or None.
    """

    first: int
    wholes: Rows
    parts: Rows
    part_starts: Ints
    languages: Bytes
    postings: Postings | None

    def __len__(self) -> int:
        return len(self.wholes)

    def evidence(self, numbers: Numbers, query: Floats, means: Means, rule: Rule) -> Floats:
        """The evidence that documents `numbers` (counted within the segment) are for `query`: (documents,).

        rule.whole * whole document + (1 - rule.whole) * mean of the best parts; a document with one part is
        its whole.
        """
        wholes = self.wholes.evidence(query, means.whole, numbers)
        parts = self._parts_of(numbers)
        if not parts.rows.size:
            return wholes
        fits = self.parts.evidence(query, means.part, parts.rows)
        chosen = best_parts(fits, parts.owners, parts.starts, rule)
        sums = np.bincount(parts.owners[chosen], fits[chosen], minlength=numbers.size)
        counts = np.diff(parts.starts)
        best = np.where(counts > 0, sums / np.clip(counts, 1, rule.best_parts), wholes)
        return np.asarray(rule.whole * wholes + (1.0 - rule.whole) * best)

    def contributions(self, numbers: Numbers, query: Floats, means: Means, rule: Rule) -> Contributions:
        """The same taken apart by term."""
        wholes = self.wholes.contributions(query, means.whole, numbers)
        parts = self._parts_of(numbers)
        if not parts.rows.size:
            return wholes
        fits = self.parts.evidence(query, means.part, parts.rows)
        chosen = best_parts(fits, parts.owners, parts.starts, rule)
        counts = np.diff(parts.starts)
        share = np.where(counts > 0, rule.whole, 1.0)
        of_part = (1.0 - rule.whole) / np.clip(counts, 1, rule.best_parts)[parts.owners[chosen]]
        found = self.parts.contributions(query, means.part, parts.rows[chosen])
        return Contributions(
            np.concatenate([wholes.owners, parts.owners[chosen][found.owners]]),
            np.concatenate([wholes.terms, found.terms]),
            np.concatenate([wholes.values * share[wholes.owners], found.values * of_part[found.owners]]),
        )

    def counted(self, numbers: Numbers) -> Counted:
        """Documents `numbers` as they were counted."""
        parts = self._parts_of(numbers)
        return Counted(
            self.wholes.take(numbers), self.parts.take(parts.rows), np.diff(parts.starts), self.languages[numbers]
        )

    def _parts_of(self, numbers: Numbers) -> _Parts:
        starts = np.zeros(numbers.size + 1, np.int64)
        if not len(self.parts):
            return _Parts(starts[:0], starts[:0], starts)
        counts = self.part_starts[numbers + 1] - self.part_starts[numbers]
        np.cumsum(counts, out=starts[1:])
        owners = np.repeat(np.arange(numbers.size), counts)
        rows = (self.part_starts[numbers] - starts[:-1])[owners] + np.arange(starts[-1])
        return _Parts(rows, owners, starts)

    @cached_property
    def several(self) -> NDArray[np.bool_]:
        """Which documents have more than one part: (documents,)."""
        return np.diff(self.part_starts) > 0


def best_parts(fits: Floats, owners: Owners, starts: Numbers, rule: Rule) -> Owners:
    """Rows of the best parts of each owner, at most `rule.best_parts`; the first of equal ones."""
    if np.diff(starts).max(initial=0) <= rule.best_parts:
        return np.arange(fits.size)  # all are among the best: no need to sort
    order = np.lexsort((-fits, owners))
    place = np.arange(order.size) - starts[owners[order]]
    return order[place < rule.best_parts]


class Tail:
    """The segment that is being filled."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.postings: Postings | None = None
        self._wholes, self._parts = GrowingRows(), GrowingRows()
        self._part_starts = Growing(np.zeros(1, np.int32))
        self._languages = Growing(np.empty(0, np.uint8))

    @classmethod
    def of(cls, segment: Segment) -> "Tail":
        """A tail that begins with what `segment` has."""
        tail = cls(segment.first)
        tail.postings = segment.postings
        tail._wholes, tail._parts = GrowingRows(segment.wholes), GrowingRows(segment.parts)
        tail._part_starts, tail._languages = Growing(segment.part_starts), Growing(segment.languages)
        return tail

    def __len__(self) -> int:
        return len(self._wholes)

    def append(self, counted: Counted) -> None:
        """Append documents."""
        starts = len(self._parts) + np.cumsum(counted.part_counts)
        self._wholes.extend(counted.wholes)
        self._parts.extend(counted.parts)
        self._part_starts.append(starts.astype(np.int32))
        self._languages.append(counted.languages)

    def extend(self, segment: Segment, numbers: Numbers) -> None:
        """Append copies of documents of `segment`."""
        self.append(segment.counted(numbers))

    def view(self) -> Segment:
        """What was appended so far."""
        return Segment(
            self.first,
            self._wholes.view(),
            self._parts.view(),
            self._part_starts.view(),
            self._languages.view(),
            self.postings,
        )
