"""Text as people paste it, made fit to be kept."""

import re
import unicodedata
from functools import cache
from typing import Annotated

from pydantic import BeforeValidator

# What prints nothing: C0 and C1 but for tab and line feed, spaces of no width (a name of them would look like none, or
# like another's), and the overrides that make text read backwards
# (right-to-left script itself is welcome and needs none of them).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_BLANK_LINES = re.compile(r"\n{3,}")


# Putting marks in their order takes the square of their number, minutes for a body full of them. No script needs more
# than 30 on one letter (Unicode Standard Annex 15, Stream-Safe Text Format).
@cache
def _pile_of_marks() -> re.Pattern[str]:
    marks = "".join(mark for mark in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(mark))
    return re.compile(f"([{marks}]{{30}})[{marks}]+")


def clean_text(value: object) -> object:
    """Several lines: one form of Unicode, one kind of line end, no invisible controls, no blank edges."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    text = _pile_of_marks().sub(r"\1", _UNPRINTABLE.sub("", text))
    text = unicodedata.normalize("NFC", text)
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def clean_line(value: object) -> object:
    """One line: as ``clean_text``, every run of white space a single space."""
    text = clean_text(value)
    return " ".join(text.split()) if isinstance(text, str) else text


Line = Annotated[str, BeforeValidator(clean_line)]
Text = Annotated[str, BeforeValidator(clean_text)]
