"""Text as people paste it, made fit to be kept."""

import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator

# Controls that print nothing: C0 and C1 but for tab and line feed, and the overrides that make text read backwards
# (right-to-left script itself is welcome and needs none of them).
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_text(value: object) -> object:
    """Several lines: one form of Unicode, one kind of line end, no invisible controls, no blank edges."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text))
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def clean_line(value: object) -> object:
    """One line: as ``clean_text``, every run of white space a single space."""
    text = clean_text(value)
    return " ".join(text.split()) if isinstance(text, str) else text


Line = Annotated[str, BeforeValidator(clean_line)]
Text = Annotated[str, BeforeValidator(clean_text)]
