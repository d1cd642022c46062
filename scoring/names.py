"""Strings by number and numbers by string, for vocabularies and ids: append-only, and shared from a file.

What was loaded stays in the file: bytes, where each string ends, and the numbers in the order of the strings,
in which a string is found by halving. What comes later is in a dictionary.
"""

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from .growing import Bytes, Ints

NameArrays = tuple[Bytes, NDArray[np.int64], Ints]

#: What lone surrogates, which are no text, are encoded with.
_ERRORS = "surrogatepass"
#: Strings that were looked for in vain and need not be again; what people ask for must not fill the memory.
_MOST_MISSED = 50_000


class Names:
    """Each string appended has the next number; of equal strings the last one counts."""

    def __init__(self, loaded: NameArrays | None = None) -> None:
        self._bytes, self._ends, self._order = loaded or _packed([])
        self._later: list[str] = []
        self._numbers: dict[str, int] = {}
        self._missed: set[str] = set()

    def __len__(self) -> int:
        return self._ends.size + len(self._later)

    def append(self, name: str) -> int:
        """The number of `name`, which is new or takes the place of an equal one."""
        number = self._ends.size + len(self._later)
        self._later.append(name)
        self._numbers[name] = number
        return number

    def number(self, name: str) -> int:
        """The number of `name`; -1 if it is unknown or forgotten."""
        known = self._numbers.get(name)
        return self._loaded_number(name) if known is None else known

    def numbers(self, names: Iterable[str]) -> list[int]:
        """`number` of each of `names`."""
        get, loaded = self._numbers.get, self._loaded_number
        return [loaded(name) if (known := get(name)) is None else known for name in names]

    def numbered(self, name: str) -> int:
        """The number of `name`, which gets one if it is unknown."""
        known = self._numbers.get(name)
        if known is None and self._order.size:
            known = self._loaded_number(name)
        return self.append(name) if known is None or known < 0 else known

    def forget(self, name: str) -> None:
        """`name` is unknown from now on; its number is not given again."""
        self._numbers[name] = -1

    def __getitem__(self, number: int) -> str:
        loaded = self._ends.size
        return self._loaded(number).decode(errors=_ERRORS) if number < loaded else self._later[number - loaded]

    def arrays(self) -> NameArrays:
        """Everything appended so far, to be loaded again."""
        return _packed([self[number] for number in range(len(self))])

    def _loaded(self, number: int) -> bytes:
        start = int(self._ends[number - 1]) if number else 0
        return self._bytes[start : int(self._ends[number])].tobytes()

    def _loaded_number(self, name: str) -> int:
        if not self._order.size or name in self._missed:
            return -1
        wanted = name.encode(errors=_ERRORS)
        at = bisect_left(self._order, wanted, key=self._loaded)
        if at == self._order.size or self._loaded(self._order[at]) != wanted:
            if len(self._missed) >= _MOST_MISSED:
                self._missed.clear()
            self._missed.add(name)
            return -1
        self._numbers[name] = int(self._order[at])
        return int(self._order[at])


def _packed(names: Iterable[str]) -> NameArrays:
    encoded = [name.encode(errors=_ERRORS) for name in names]
    ends = np.cumsum([len(name) for name in encoded], dtype=np.int64)
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    return np.frombuffer(b"".join(encoded), np.uint8), ends, np.array(order, np.int32)
