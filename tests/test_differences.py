"""Word by word: nothing lost of either text, as much in common as there is, and no text that takes long."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.differences import Change, Part, _compared, differences

TEXTS = st.text(st.sampled_from("ab c.\n\u00e9"), max_size=40) | st.text(max_size=40)
WORDS = st.lists(st.sampled_from("abc"), max_size=12)


def without(parts: list[Part], change: Change) -> str:
    return "".join(part.text for part in parts if part.change is not change)


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_both_texts_come_out_whole(before: str, after: str) -> None:
    parts = differences(before, after)
    assert without(parts, Change.added) == before
    assert without(parts, Change.removed) == after
    assert all(part.text for part in parts)
    changes = [part.change for part in parts]
    assert (Change.added, Change.removed) not in pairwise(changes)


@given(WORDS, WORDS)
@settings(deadline=None)
def test_the_common_run_is_the_longest(old: list[str], new: list[str]) -> None:
    words = _compared(old, new)
    assert [word for change, word in words if change is not Change.added] == old
    assert [word for change, word in words if change is not Change.removed] == new
    longest = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, a in enumerate(old, 1):
        for j, b in enumerate(new, 1):
            longest[i][j] = longest[i - 1][j - 1] + 1 if a == b else max(longest[i - 1][j], longest[i][j - 1])
    assert sum(change is Change.same for change, _word in words) == longest[-1][-1]


def test_a_sentence_as_people_change_it() -> None:
    parts = differences(
        "Three people visit the markets in March, by boat.", "Two people visit the markets in April or May, by boat."
    )
    assert parts == [
        Part(Change.removed, "Three"),
        Part(Change.added, "Two"),
        Part(Change.same, " people visit the markets in "),
        Part(Change.removed, "March"),
        Part(Change.added, "April or May"),
        Part(Change.same, ", by boat."),
    ]


def test_a_word_between_two_changes_goes_with_them() -> None:
    parts = differences("satu dua tiga empat", "lima dua enam empat")
    assert parts[:2] == [Part(Change.removed, "satu dua tiga"), Part(Change.added, "lima dua enam")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("a " * 2000, "b " * 2000), ("a " * 2000, "a b " * 1000), ("," * 4000, ".," * 2000), ("x" * 4000, "y " * 2000)],
)
def test_no_text_takes_long(before: str, after: str) -> None:
    """The longest sections there can be, against each other. Generous: it is a tenth of it on a quiet machine."""
    start = time.process_time()
    parts = differences(before, after)
    assert time.process_time() - start < 3
    assert without(parts, Change.added) == before
    assert without(parts, Change.removed) == after


def test_beyond_all_measure_it_is_another_text() -> None:
    parts = differences("a " * 6000, "b " * 6000)
    assert [part.change for part in parts[:2]] == [Change.removed, Change.added]
    assert len(parts) <= 3
