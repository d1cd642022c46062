"""What is different between two texts, word by word.

The longest common run of words is found exactly, by bit-parallel arithmetic (Hyyrö 2004, "Bit-parallel LCS-length
computation revisited"): one pass of a few operations on one long integer for each word, so no text, however
repetitive, takes longer than another of its length. ``difflib`` takes the square of the words, or their cube.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
#: Beyond so many words the whole text counts as replaced. No section of ours has them.
MOST_WORDS = 10_000
#: A stretch that stayed between two that changed, but of fewer words than this, only makes both unreadable.
SHORTEST_ISLAND = 2


class Change(StrEnum):
    same = "same"
    removed = "removed"
    added = "added"


class Part(NamedTuple):
    change: Change
    text: str


def differences(before: str, after: str) -> list[Part]:
    """The parts of both texts in order; where words were exchanged, those removed come before those added.

    Without what was added they are the text before, without what was removed the text after.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    within = _compared(old[start : len(old) - end], new[start : len(new) - end])
    words = [(Change.same, word) for word in old[:start]] + within
    words += [(Change.same, word) for word in old[len(old) - end :]]
    return _joined(_without_islands(words))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


Words = list[tuple[Change, str]]


def _compared(old: list[str], new: list[str]) -> Words:
    if max(len(old), len(new)) > MOST_WORDS:
        return [(Change.removed, word) for word in old] + [(Change.added, word) for word in new]
    rows, answer = _rows(old, new), Words()
    i, j = len(old), len(new)
    # Back from the end, along what both have in common.
    while i or j:
        if i and (not j or rows[j] >> (i - 1) & 1):
            i -= 1
            answer.append((Change.removed, old[i]))
        elif not i or not rows[j - 1] >> (i - 1) & 1:
            j -= 1
            answer.append((Change.added, new[j]))
        else:
            i, j = i - 1, j - 1
            answer.append((Change.same, old[i]))
    return answer[::-1]


def _rows(old: list[str], new: list[str]) -> list[int]:
    """For each count of new words a number whose bit ``i`` is 0 where the old word ``i`` makes the run longer."""
    places: dict[str, int] = defaultdict(int)
    for i, word in enumerate(old):
        places[word] |= 1 << i
    every = (1 << len(old)) - 1
    row, rows = every, [every]
    for word in new:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & every
        rows.append(row)
    return rows


def _without_islands(words: Words) -> Words:
    """What stayed between two changes, but is too short to be read, counts as removed and added with them."""
    groups = [(kept, list(run)) for kept, run in groupby(words, lambda word: word[0] is Change.same)]
    answer = Words()
    for n, (kept, run) in enumerate(groups):
        inside = 0 < n < len(groups) - 1
        if kept and inside and sum(not word.isspace() for _change, word in run) < SHORTEST_ISLAND:
            answer += [(change, word) for _c, word in run for change in (Change.removed, Change.added)]
        else:
            answer += run
    return answer


def _joined(words: Words) -> list[Part]:
    parts = []
    for kept, run in groupby(words, lambda word: word[0] is Change.same):
        stretch = list(run)
        for change in (Change.same,) if kept else (Change.removed, Change.added):
            if text := "".join(word for c, word in stretch if c is change):
                parts.append(Part(change, text))
    return parts
