"""Arrays that only grow at the end, so that a view taken earlier never changes."""

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Scalar = TypeVar("Scalar", bound=np.generic)


class Growing(Generic[Scalar]):
    """A one-dimensional array with room at the end: appending costs what is appended, on average."""

    def __init__(self, start: NDArray[Scalar]) -> None:
        self._room = start
        self._size = start.size

    def append(self, values: NDArray[Scalar]) -> None:
        size = self._size + values.size
        if size > self._room.size:
            room = np.empty(max(size, 2 * self._room.size, 1024), dtype=self._room.dtype)
            room[: self._size] = self._room[: self._size]
            self._room = room
        self._room[self._size : size] = values
        self._size = size

    def view(self) -> NDArray[Scalar]:
        """What was appended so far. Later appends write behind it."""
        return self._room[: self._size]


class GrowingRows:
    """A sparse matrix that gets rows, each of one language: sublinear term frequencies 1 + ln(count).

    `starts` (rows + 1), `terms` and `weights` (entries) are the compressed sparse rows that scipy knows as
    indptr, indices and data; `languages` (rows) are positions in `LANGUAGES`. Up to 2**31 entries.
    """

    def __init__(self, starts: Ints, terms: Ints, weights: Floats, languages: Ints) -> None:
        self.starts, self.terms = Growing(starts), Growing(terms)
        self.weights, self.languages = Growing(weights), Growing(languages)

    @classmethod
    def empty(cls) -> "GrowingRows":
        return cls(np.zeros(1, np.int32), np.empty(0, np.int32), np.empty(0), np.empty(0, np.int32))

    def append(self, terms: Ints, weights: Floats, language: int) -> None:
        last = self.starts.view()[-1]
        self.terms.append(terms)
        self.weights.append(weights)
        self.languages.append(np.array([language], np.int32))
        self.starts.append(np.array([last + terms.size], np.int32))

    def append_row(self, rows: "GrowingRows", row: int) -> None:
        """Append a copy of a row of `rows`."""
        starts, terms, weights, languages = rows.arrays()
        entries = slice(starts[row], starts[row + 1])
        self.append(terms[entries], weights[entries], int(languages[row]))

    def __len__(self) -> int:
        return int(self.starts.view().size - 1)

    def arrays(self) -> tuple[Ints, Ints, Floats, Ints]:
        """Views, in the order that the class takes them."""
        return self.starts.view(), self.terms.view(), self.weights.view(), self.languages.view()

    def matrix(self, width: int) -> sparse.csr_array:
        """Views as a matrix (rows, width)."""
        starts, terms, weights, _ = self.arrays()
        return sparse.csr_array((weights, terms, starts), shape=(starts.size - 1, width), copy=False)
