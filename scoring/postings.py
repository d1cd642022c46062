"""A block of documents the other way round: for each term, who has it. Answers nearly, and says how nearly.

Number in the block as uint16 and impact as uint8: three bytes a posting. A term that many have gets a dense
row, a byte for every document, which is added up several at a time. Impacts know neither idf nor lengths, so
that they stay true when other documents come and go.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .growing import Bytes, Ints
from .rows import Rows
from .weighting import SATURATION

#: Most documents in a block: numbers are uint16, and sums for all of them fit into a core's second cache.
BLOCK = 32_768
#: Impact of a word that occurs once: so that those of twice and three times are whole numbers too.
UNIT = 112
#: Share of the documents from which on a dense row is quicker than a list.
DENSE_FROM = 0.09
_IMPACTS: Bytes = np.rint(SATURATION * UNIT).astype(np.uint8)
#: How far an impact may be from the saturation it stands for, and from which count on.
ROUNDING = float(np.abs(_IMPACTS / UNIT - SATURATION).max())
_ROUNDED_FROM = int(np.flatnonzero(np.abs(_IMPACTS / UNIT - SATURATION) > 1e-9)[0])
#: Relative slack for sums in 32 bits.
SLACK = 1e-5


@dataclass(frozen=True, slots=True)
class Postings:
    """`starts` (terms + 1) into `numbers` and `codes` (entries); `dense_row` (terms): row of `dense`, or -1.

    `dense` is (dense terms, documents). `rounded` (terms) says whether some impact of the term is not exact.
    """

    starts: Ints
    dense_row: Ints
    numbers: NDArray[np.uint16]
    codes: Bytes
    dense: Bytes
    rounded: NDArray[np.bool_]

    def __len__(self) -> int:
        return int(self.dense.shape[1])


def postings(rows: Rows, width: int) -> Postings:
    """The postings of `rows`, at most `BLOCK`, over `width` terms."""
    from . import kernels  # noqa: PLC0415 - numba is for large collections only

    counted = kernels.frequencies(rows.terms, width)
    many = np.flatnonzero(counted > DENSE_FROM * len(rows))
    dense_row = np.full(width, -1, np.int32)
    dense_row[many] = np.arange(many.size)
    counted[many] = 0
    starts = np.append(0, np.cumsum(counted)).astype(np.int32)
    numbers, codes = np.empty(starts[-1], np.uint16), np.empty(starts[-1], np.uint8)
    dense = np.zeros((many.size, len(rows)), np.uint8)
    kernels.invert(rows.starts, rows.terms, rows.counts, _IMPACTS, starts, dense_row, numbers, codes, dense)
    rounded = np.zeros(width, np.bool_)
    rounded[rows.terms[rows.counts >= _ROUNDED_FROM]] = True
    return Postings(starts, dense_row, numbers, codes, dense, rounded)
