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
def row_sums(
    starts: NDArray[np.int64],
    terms: Ints,
    counts: Bytes,
    numbers: NDArray[np.int64],
    query: NDArray[np.float64],
    saturation: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Sum over the entries of each row of `numbers` of query * saturation, in the order of the entries: (rows,)."""
    sums = np.zeros(numbers.size)
    for at in range(numbers.size):
        for entry in range(starts[numbers[at]], starts[numbers[at] + 1]):
            sums[at] += query[terms[entry]] * saturation[counts[entry]]
    return sums


@njit(nogil=True, cache=True)
def row_products(
    starts: NDArray[np.int64],
    terms: Ints,
    counts: Bytes,
    numbers: NDArray[np.int64],
    query: NDArray[np.float64],
    saturation: NDArray[np.float64],
    pivots: NDArray[np.float64],
) -> tuple[NDArray[np.int64], Ints, NDArray[np.float64]]:
    """The products of `row_sums` over `pivots` (rows,) that are not 0: place among `numbers`, term, value."""
    room = 0
    for number in numbers:
        room += starts[number + 1] - starts[number]
    owners, of, values = np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room)
    count = 0
    for at in range(numbers.size):
        for entry in range(starts[numbers[at]], starts[numbers[at] + 1]):
            value = query[terms[entry]] * saturation[counts[entry]]
            if value != 0.0:
                owners[count], of[count], values[count] = at, terms[entry], value / pivots[at]
                count += 1
    return owners[:count], of[:count], values[:count]


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
    counts: Bytes,
    impact_of: Bytes,
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
                dense[dense_row[term], row] = impact_of[counts[entry]]
            else:
                numbers[ends[term]] = row
                codes[ends[term]] = impact_of[counts[entry]]
                ends[term] += 1


@njit(nogil=True, cache=True, fastmath=True)
def accumulate(
    sums: Floats32,
    terms: Ints,
    weights: Floats32,
    starts: Ints,
    dense_row: Ints,
    rounded: NDArray[np.bool_],
    rounding: np.float32,
    numbers: Shorts,
    codes: Bytes,
    dense: NDArray[np.uint8],
) -> np.float32:
    """sums[row] = sum over `terms` of weight * impact; how far the impacts of `rounded` terms may put a sum off.

    Terms beyond the lists are newer than they are. Dense rows are added four at a time: the sums are read and
    written once for all of them.
    """
    sums[:] = 0.0
    error = np.float32(0.0)
    of, worth = np.empty(terms.size, np.int32), np.empty(terms.size, np.float32)
    many = 0
    for at in range(terms.size):
        term, weight = terms[at], weights[at]
        if term >= dense_row.size:
            continue
        if rounded[term]:
            error += weight * rounding
        if dense_row[term] >= 0:
            of[many], worth[many] = dense_row[term], weight
            many += 1
        for entry in range(starts[term], starts[term + 1]):
            sums[numbers[entry]] += weight * np.float32(codes[entry])
    _add_dense(sums, of[:many], worth[:many], dense)
    return error


@njit(nogil=True, cache=True, fastmath=True)
def _add_dense(sums: Floats32, of: Ints, worth: Floats32, dense: NDArray[np.uint8]) -> None:
    at = 0
    while at + 4 <= of.size:
        a, b, c, d = dense[of[at]], dense[of[at + 1]], dense[of[at + 2]], dense[of[at + 3]]
        v, w, x, y = worth[at], worth[at + 1], worth[at + 2], worth[at + 3]
        for row in range(sums.size):
            sums[row] += (
                v * np.float32(a[row]) + w * np.float32(b[row]) + x * np.float32(c[row]) + y * np.float32(d[row])
            )
        at += 4
    while at < of.size:
        impacts, weight = dense[of[at]], worth[at]
        for row in range(sums.size):
            sums[row] += weight * np.float32(impacts[row])
        at += 1


@njit(nogil=True, cache=True)
def select(
    sums: Floats32,
    lengths: Ints,
    several: NDArray[np.bool_],
    rule: tuple[np.float32, np.float32, np.float32],
    ended: Ints,
    version: int,
    allowed: NDArray[np.bool_],
    error: np.float32,
    heap: Floats32,
    found: Ints,
    uppers: Floats32,
) -> int:
    """Rows that may be among the best: numbers into `found`, the most they can have into `uppers`; how many.

    `rule` is (least pivot, slope, whole): the pivot of a row is least pivot + slope * its length. A row has at most
    (sum + error) / pivot; one with several parts has `whole` of that, and for the rest at most what it would have as
    the shortest text. At least it has (sum - error) / pivot, or `whole` of that. `heap` holds, smallest first, the
    highest lower bounds so far and is kept up. `allowed` is empty where all are. Most stretches of rows have none:
    they are passed over at once.
    """
    least_pivot, slope, whole = rule
    count = 0
    for start in range(0, sums.size, _STRETCH):
        end = min(start + _STRETCH, sums.size)
        stretch = slice(start, end)
        if not _reaching(sums[stretch], lengths[stretch], several[stretch], rule, error, heap[0]):
            continue
        for row in range(start, end):
            if sums[row] <= 0.0 or ended[row] <= version or (allowed.size and not allowed[row]):
                continue
            pivot = least_pivot + slope * np.float32(lengths[row])
            share = whole if several[row] else np.float32(1.0)
            upper = (sums[row] + error) * (share / pivot + (np.float32(1.0) - share) / least_pivot)
            if upper < heap[0]:
                continue
            found[count] = row
            uppers[count] = upper
            count += 1
            lower = (sums[row] - error) * share / pivot
            if lower > heap[0]:
                _replace_lowest(heap, lower)
    return count


@njit(nogil=True, cache=True, fastmath=True)
def _reaching(
    sums: Floats32,
    lengths: Ints,
    several: NDArray[np.bool_],
    rule: tuple[np.float32, np.float32, np.float32],
    error: np.float32,
    bar: np.float32,
) -> int:
    """How many rows can have `bar` or more, and some that nearly do. Counting is done several rows at a time."""
    least_pivot, slope, whole = rule
    bar *= np.float32(1.0 - 1e-5)
    rest = (np.float32(1.0) - whole) / least_pivot
    count = 0
    for row in range(sums.size):
        pivot = least_pivot + slope * np.float32(lengths[row])
        parts = np.float32(several[row])
        reach = np.float32(1.0) + parts * (whole - np.float32(1.0) + rest * pivot)
        count += (sums[row] + error) * reach >= bar * pivot
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
