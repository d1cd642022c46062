"""Arrays that only grow at the end, so that a view taken earlier never changes."""

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Scalar = TypeVar("Scalar", bound=np.generic)


class Growing(Generic[Scalar]):
    """A one-dimensional array with room at the end: appending costs what is appended, on average."""

    def __init__(self, start: NDArray[Scalar]) -> None:
        self._room = start
        self._size = start.size

    def append(self, values: NDArray[Scalar]) -> None:
        size = self._size + values.size
        if size == self._size:
            return
        if size > self._room.size:
            self._move(max(size, 2 * self._room.size, 1024))
        self._room[self._size : size] = values
        self._size = size

    def view(self) -> NDArray[Scalar]:
        """What was appended so far. Later appends write behind it."""
        return self._room[: self._size]

    def writable(self) -> NDArray[Scalar]:
        """The same, for values that may change in place: a copy first, where it is a file or another's."""
        if not self._room.flags.writeable:
            self._move(self._size)
        return self._room[: self._size]

    def __len__(self) -> int:
        return self._size

    def _move(self, room: int) -> None:
        moved = np.empty(room, dtype=self._room.dtype)
        moved[: self._size] = self._room[: self._size]
        self._room = moved
