"""Text as people paste it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.inputs.text import clean_line, clean_text


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  Sampah\u00a0pasar \t dan\r\nlaut  ", "Sampah pasar dan laut"),
        ("nol\x00byte", "nolbyte"),
        ("\ud800putus\udfff", "putus"),
        ("e\u0301", "\u00e9"),
        ("\u202eterbalik\u202c", "terbalik"),
        ("\ufeffawal", "awal"),
        ("مرحبا بكم", "مرحبا بكم"),
        ("👩‍👩‍👧 keluarga 🇮🇩", "👩‍👩‍👧 keluarga 🇮🇩"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_line_keeps_what_was_meant(pasted: str, kept: str) -> None:
    assert clean_line(pasted) == kept


def test_paragraphs_stay_and_empty_stretches_shrink() -> None:
    assert clean_text("Satu  \r\n\r\n\r\n\r\nDua\rTiga\n") == "Satu\n\nDua\nTiga"


@pytest.mark.parametrize("other", [None, 5, ["a"], {"a": 1}])
def test_what_is_no_text_is_left_for_the_check(other: object) -> None:
    assert clean_line(other) == clean_text(other) == other


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_one_that_can_be_stored_and_stays_so(text: str) -> None:
    for clean in (clean_text, clean_line):
        once = clean(text)
        assert isinstance(once, str)
        once.encode("utf-8")
        assert "\x00" not in once
        assert clean(once) == once
