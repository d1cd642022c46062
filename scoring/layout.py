"""How segments lie in files: each kind of array of all of them one behind the other, in one file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .postings import Postings
from .rows import Rows
from .segments import Segment

Arrays = dict[str, NDArray[Any]]
#: How many values of each array are a segment's.
Sizes = dict[str, int]

_ROWS = ("starts", "terms", "counts", "lengths")
_POSTINGS = ("starts", "dense_row", "numbers", "codes", "dense", "rounded")


def packed(segments: Sequence[Segment]) -> tuple[Arrays, list[Sizes]]:
    """The arrays of `segments` joined, and the sizes that they are taken apart by."""
    apart = [_apart(segment) for segment in segments]
    names = {name: None for arrays in apart for name in arrays}
    joined = {name: np.concatenate([arrays[name].ravel() for arrays in apart if name in arrays]) for name in names}
    return joined, [{name: array.size for name, array in arrays.items()} for arrays in apart]


def unpacked(arrays: Mapping[str, NDArray[Any]], sizes: Sequence[Sizes]) -> Iterator[Segment]:
    """The segments that `packed` was given, as views of `arrays`."""
    starts = dict.fromkeys(arrays, 0)
    first = 0
    for of in sizes:
        taken = {name: arrays[name][starts[name] : starts[name] + size] for name, size in of.items()}
        for name, size in of.items():
            starts[name] += size
        yield _together(taken, first)
        first += taken["languages"].size


def _apart(segment: Segment) -> Arrays:
    arrays: Arrays = {"part_starts": segment.part_starts, "languages": segment.languages}
    for kind, rows in (("wholes", segment.wholes), ("parts", segment.parts)):
        arrays |= {f"{kind}_{name}": getattr(rows, name) for name in _ROWS}
    if segment.postings:
        arrays |= {f"postings_{name}": getattr(segment.postings, name) for name in _POSTINGS}
        arrays["postings_covered"] = np.array([len(segment.postings)])
    return arrays


def _together(arrays: Arrays, first: int) -> Segment:
    rows = {kind: Rows(*(arrays[f"{kind}_{name}"] for name in _ROWS)) for kind in ("wholes", "parts")}
    postings = None
    if "postings_dense_row" in arrays:
        lists = {name: arrays[f"postings_{name}"] for name in _POSTINGS}
        dense_terms = int(lists["dense_row"].max(initial=-1)) + 1
        dense = lists.pop("dense").reshape(dense_terms, int(arrays["postings_covered"][0]))
        postings = Postings(**lists, dense=dense)
    return Segment(
        first=first,
        wholes=rows["wholes"],
        parts=rows["parts"],
        part_starts=arrays["part_starts"],
        languages=arrays["languages"],
        postings=postings,
    )
