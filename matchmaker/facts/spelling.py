"""Names of regions as people type them: ``Kab. Pematang-Siantar`` and ``pematangsiantar`` are one spelling."""

import re
import unicodedata
from typing import NamedTuple

_KINDS = {
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "regency": "kabupaten",
    "kota": "kota",
    "kotamadya": "kota",
    "city": "kota",
}


class Folded(NamedTuple):
    """``kind`` is what the spelling says of itself, or None; ``whole`` keeps that word (Kotabaru is no kota)."""

    text: str
    kind: str | None
    whole: str


def folded(spelling: str) -> Folded:
    """Letters and digits alone, lower-case, without the kind: what two spellings of one name have in common."""
    plain = unicodedata.normalize("NFKD", spelling).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    whole = "".join(words)
    kind = None
    if len(words) > 1 and words[0] in _KINDS:
        kind = _KINDS[words.pop(0)]
        words = words[1:] if len(words) > 1 and words[0] in {"of", "adm", "administrasi"} else words
    elif len(words) > 1 and words[-1] in {"regency", "city"}:
        kind = _KINDS[words.pop()]
    return Folded("".join(words), kind, whole)
