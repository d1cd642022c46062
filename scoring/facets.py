"""Which documents have which facet, and which a filter leaves."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .documents import Facets as FacetsOfDocument
from .growing import Growing, Ints

Where = Mapping[str, str | Collection[str]]


class FacetCount(NamedTuple):
    """How many documents a value of a facet was given."""

    facet: str
    value: str
    documents: int


class Facets:
    """Positions of documents by facet and value, removed documents included."""

    def __init__(self) -> None:
        self._positions: dict[str, dict[str, Growing[np.int32]]] = {}

    def append(self, position: int, facets: FacetsOfDocument) -> None:
        """The document at `position`, behind all others, has `facets`."""
        for facet, values in facets.items():
            by_value = self._positions.setdefault(facet, {})
            for value in several(values):
                if value not in by_value:
                    by_value[value] = Growing(np.empty(0, np.int32))
                by_value[value].append(np.array([position], np.int32))

    def allowed(self, where: Where, without: Where, size: int) -> NDArray[np.bool_]:
        """Which of the first `size` documents have, in every facet of `where`, one of its values, and no value of
        any facet of `without`: (size,)."""
        allowed = np.ones(size, np.bool_)
        for facet, values in where.items():
            allowed &= self._having(facet, values, size)
        for facet, values in without.items():
            allowed &= ~self._having(facet, values, size)
        return allowed

    def arrays(self) -> tuple[list[FacetCount], Ints]:
        """Counts, and the positions one after another in the same order."""
        found = [
            (f, v, positions.view()) for f, by_value in self._positions.items() for v, positions in by_value.items()
        ]
        positions = np.concatenate([np.empty(0, np.int32), *(each for _, _, each in found)])
        return [FacetCount(facet, value, each.size) for facet, value, each in found], positions

    @classmethod
    def loaded(cls, counts: Collection[FacetCount], positions: Ints) -> "Facets":
        """What `arrays` gave."""
        facets = cls()
        start = 0
        for facet, value, count in counts:
            facets._positions.setdefault(facet, {})[value] = Growing(positions[start : start + count])
            start += count
        return facets

    def _having(self, facet: str, values: str | Collection[str], size: int) -> NDArray[np.bool_]:
        having = np.zeros(size, np.bool_)
        by_value = self._positions.get(facet, {})
        for value in several(values):
            if value in by_value:
                positions = by_value[value].view()
                having[positions[: np.searchsorted(positions, size)]] = True
        return having


def several(values: str | Collection[str]) -> Collection[str]:
    """A facet's values as a collection, also where there is one."""
    return (values,) if isinstance(values, str) else values
