"""The loops that Python is too slow for, compiled by numba: they know arrays and no policy.

Imported only for collections too large to be read whole for each query: compiling takes seconds on a new
machine (kept on disk afterwards), and a small collection must not wait for it. All release the interpreter's
lock, so that threads search segments side by side.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .growing import Bytes, Ints

Floats32 = NDArray[np.float32]
Shorts = NDArray[np.uint16]

#: Rows that are passed over at a time.
_STRETCH = 256


@njit(nogil=True, cache=True)
def frequencies(terms: Ints, width: int) -> Ints:
    """How many entries each term has: (width,)."""
    counted = np.zeros(width, np.int32)
    for term in terms:
        counted[term] += 1
    return counted


@njit(nogil=True, cache=True)
def invert(
    row_starts: NDArray[np.int64],
    terms: Ints,
    impacts: Bytes,
    starts: Ints,
    dense_row: Ints,
    numbers: Shorts,
    codes: Bytes,
    dense: NDArray[np.uint8],
) -> None:
    """Write rows as lists: of a term with a dense row its impacts there, of the others number and impact.

    `starts` (terms + 1) says where the lists begin, `dense_row` (terms) which row a term has, or -1.
    """
    ends = starts[:-1].copy()
    for row in range(row_starts.size - 1):
        for entry in range(row_starts[row], row_starts[row + 1]):
            term = terms[entry]
            if dense_row[term] >= 0:
                dense[dense_row[term], row] = impacts[entry]
            else:
                numbers[ends[term]] = row
                codes[ends[term]] = impacts[entry]
                ends[term] += 1


@njit(nogil=True, cache=True, fastmath=True)
def accumulate(
    sums: Floats32,
    terms: Ints,
    weights: Floats32,
    starts: Ints,
    dense_row: Ints,
    numbers: Shorts,
    codes: Bytes,
    dense: NDArray[np.uint8],
) -> None:
    """sums[row] = sum over `terms` of weight * impact, for a query's terms that the lists know.

    Dense rows are added four at a time: the sums are read and written once for all of them.
    """
    sums[:] = 0.0
    many = np.flatnonzero(dense_row[terms] >= 0)
    of, worth = dense_row[terms[many]], weights[many]
    at = 0
    while at + 4 <= many.size:
        a, b, c, d = dense[of[at]], dense[of[at + 1]], dense[of[at + 2]], dense[of[at + 3]]
        v, w, x, y = worth[at], worth[at + 1], worth[at + 2], worth[at + 3]
        for row in range(sums.size):
            sums[row] += (
                v * np.float32(a[row]) + w * np.float32(b[row]) + x * np.float32(c[row]) + y * np.float32(d[row])
            )
        at += 4
    while at < many.size:
        impacts, weight = dense[of[at]], worth[at]
        for row in range(sums.size):
            sums[row] += weight * np.float32(impacts[row])
        at += 1
    for at in range(terms.size):
        term, weight = terms[at], weights[at]
        for entry in range(starts[term], starts[term + 1]):
            sums[numbers[entry]] += weight * np.float32(codes[entry])


@njit(nogil=True, cache=True)
def select(
    sums: Floats32,
    reach: Floats32,
    sure: Floats32,
    ended: Ints,
    version: int,
    allowed: NDArray[np.bool_],
    error: np.float32,
    heap: Floats32,
    found: Ints,
    uppers: Floats32,
) -> int:
    """Rows that may be among the best: numbers into `found`, the most they can have into `uppers`; how many.

    A row has at most (sum + error) * reach, and at least (sum - error) * sure. `heap` holds, smallest
    first, the highest lower bounds so far and is kept up. `allowed` is empty where all are. Most stretches of rows
    have none: they are passed over at once.
    """
    count = 0
    for start in range(0, sums.size, _STRETCH):
        end = min(start + _STRETCH, sums.size)
        if not _reaching(sums[start:end], reach[start:end], error, heap[0]):
            continue
        for row in range(start, end):
            upper = (sums[row] + error) * reach[row]
            if upper < heap[0] or sums[row] <= 0.0 or ended[row] <= version:
                continue
            if allowed.size and not allowed[row]:
                continue
            found[count] = row
            uppers[count] = upper
            count += 1
            lower = (sums[row] - error) * sure[row]
            if lower > heap[0]:
                _replace_lowest(heap, lower)
    return count


@njit(nogil=True, cache=True, fastmath=True)
def _reaching(sums: Floats32, reach: Floats32, more: np.float32, bar: np.float32) -> int:
    """How many rows have (sum + more) * reach of at least `bar`. Counting is done several rows at a time."""
    count = 0
    for row in range(sums.size):
        count += (sums[row] + more) * reach[row] >= bar
    return count


@njit(nogil=True, cache=True)
def _replace_lowest(heap: Floats32, value: np.float32) -> None:
    """Put `value` into a binary heap in place of its lowest."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= heap.size:
            break
        if child + 1 < heap.size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= value:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = value
