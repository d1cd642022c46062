"""Texts as rows of counted terms: the forward index, from which scores are worked out exactly and explained."""

import sys
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .growing import Bytes, Floats, Growing, Ints
from .weighting import SATURATION, pivot

Numbers = NDArray[np.int64]


class Contributions(NamedTuple):
    """Evidence taken apart, (entries,) each: whose it is, by what term, how much. A term may come more than once."""

    owners: Numbers
    terms: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Rows:
    """Compressed sparse rows: row i has terms[starts[i]:starts[i + 1]], each as often as `counts` says.

    `starts` (rows + 1), `terms` and `counts` (entries; counts are capped at `weighting.MOST`), `lengths` (rows):
    all words that count, of a row.
    """

    starts: Numbers
    terms: Ints
    counts: Bytes
    lengths: Ints

    def __len__(self) -> int:
        return self.lengths.size

    def row(self, number: int) -> tuple[Ints, Bytes]:
        """Terms and counts of a row."""
        entries = slice(self.starts[number], self.starts[number + 1])
        return self.terms[entries], self.counts[entries]

    def take(self, numbers: Numbers) -> "Rows":
        """Copies of rows `numbers`."""
        owners, terms, counts, rows = self._entries(numbers)
        starts = np.append(0, np.cumsum(np.bincount(owners, minlength=rows)))
        return Rows(starts, terms, counts, self.lengths[numbers])

    def slice(self, first: int, last: int) -> "Rows":
        """The rows from `first` up to `last`, as views."""
        start, end = self.starts[first], self.starts[last]
        starts = self.starts[first : last + 1] - start
        return Rows(starts, self.terms[start:end], self.counts[start:end], self.lengths[first:last])

    def evidence(self, query: Floats, mean: float, numbers: Numbers | None = None) -> Floats:
        """The evidence that rows `numbers`, or all, are for `query` (terms,), which has idf in it: (rows,)."""
        lengths = self.lengths if numbers is None else self.lengths[numbers]
        return self.sums(query, numbers) / pivot(lengths, mean)

    def sums(self, query: Floats, numbers: Numbers | None = None) -> Floats:
        """The same before the pivot.

        Sums run in the order of the entries, so that equal texts have equal evidence wherever they are, and
        compiled or not: where a large collection has loaded the compiled loops, these do it.
        """
        if kernels := sys.modules.get(f"{__package__}.kernels"):
            chosen = np.arange(len(self)) if numbers is None else numbers
            return np.asarray(kernels.row_sums(self.starts, self.terms, self.counts, chosen, query, SATURATION))
        owners, terms, counts, rows = self._entries(numbers)
        return np.asarray(np.bincount(owners, query[terms] * SATURATION[counts], minlength=rows), np.float64)

    def contributions(self, query: Floats, mean: float, numbers: Numbers) -> Contributions:
        """The evidence of rows `numbers` taken apart: what `evidence` sums up, without the terms that do not count."""
        if kernels := sys.modules.get(f"{__package__}.kernels"):
            pivots = pivot(self.lengths[numbers], mean)
            return Contributions(
                *kernels.row_products(self.starts, self.terms, self.counts, numbers, query, SATURATION, pivots)
            )
        owners, terms, counts, _ = self._entries(numbers)
        values = query[terms] * SATURATION[counts]
        met = np.flatnonzero(values)
        owners = owners[met]
        return Contributions(owners, terms[met], values[met] / pivot(self.lengths[numbers], mean)[owners])

    def _entries(self, numbers: Numbers | None) -> tuple[Numbers, Ints, Bytes, int]:
        """Place of the row among `numbers`, term and count of each entry; how many rows."""
        if numbers is None:
            sizes = np.diff(self.starts)
            return np.repeat(np.arange(sizes.size), sizes), self.terms, self.counts, sizes.size
        starts = self.starts[numbers]
        sizes = self.starts[numbers + 1] - starts
        owners = np.repeat(np.arange(sizes.size), sizes)
        entries = (starts - (np.cumsum(sizes) - sizes))[owners] + np.arange(owners.size)
        return owners, self.terms[entries], self.counts[entries], sizes.size


class GrowingRows:
    """Rows that more are appended to."""

    def __init__(self, rows: Rows | None = None) -> None:
        nothing = np.empty(0, np.int32)
        rows = rows or Rows(np.zeros(1, np.int64), nothing, np.empty(0, np.uint8), nothing)
        self._starts, self._terms = Growing(rows.starts), Growing(rows.terms)
        self._counts, self._lengths = Growing(rows.counts), Growing(rows.lengths)

    def __len__(self) -> int:
        return len(self._lengths)

    def extend(self, rows: Rows) -> None:
        """Append copies of `rows`."""
        self._starts.append(rows.starts[1:] + self._starts.view()[-1])
        self._terms.append(rows.terms)
        self._counts.append(rows.counts)
        self._lengths.append(rows.lengths)

    def view(self) -> Rows:
        """What was appended so far."""
        return Rows(self._starts.view(), self._terms.view(), self._counts.view(), self._lengths.view())
