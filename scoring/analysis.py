"""From a text to its terms: words cut out, stop words marked, stems, abbreviations written out.

Stop words: stopwordsiso (MIT), without those that mean something in this field. Stems: Snowball, by language.
"""

import csv
import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import snowballstemmer
import stopwordsiso

from .documents import Language

#: A letter or digit, then letters, digits and combining marks.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
#: Longer runs are keys, hashes and noise: no word of either language comes near.
LONGEST_WORD = 40
#: Words that stopwordsiso drops, but that tell one need or offer from another.
_KEPT: dict[Language, str] = {
    "id": "baru bulan dini jumlah kecil masalah masa panjang tempat tinggi umum waktu",
    "en": """
        area areas arpa bill bottom caption case cases cause causes changes clear computer contain contains
        copy date detail differ effect face faces fill fire fix free front full goods group groups high
        higher home html importance index information inner interest interests invention keys large length
        line long low lower man means member members men mil mill million mine move net novel null number
        numbers obtain old open order orders page pages part parts place places point points present problem
        problems research right ring room rooms round run section self sensible shed shell side sides
        similar site small state states stop sub system test text thick thin tip top turn value volume web
        webpage website well wells width work world young zero
    """,
}
#: The English words of two letters that are too common. Other pairs of letters are names: AI, UV, pH.
_SHORT = "am an as at be by do go he if in is it ll me my no of on or re so to up us ve we"
_ALGORITHM: dict[Language, str] = {"id": "indonesian", "en": "english"}
_CACHED_WORDS = 500_000
_SECOND_WORDS = frozenset(["pp"])  # what "satpol pp" ends in: no other abbreviation has two words


class Token(NamedTuple):
    """A word of a text: its term (the stem), as written, where, and whether it is too common to count."""

    term: str
    surface: str
    start: int
    end: int
    stop: bool


def tokens(text: str, language: Language) -> Iterator[Token]:
    """The words of `text` in order. What an abbreviation stands for follows it, in the same place."""
    vocabulary = _vocabulary(language)
    abbreviations = _abbreviations(language)
    previous: Token | None = None
    for found in _WORD.finditer(text):
        surface = found.group()
        if len(surface) > LONGEST_WORD:
            continue
        word = (surface if surface.isascii() else unicodedata.normalize("NFKC", surface)).lower()
        term, stop = vocabulary.look_up(word)
        token = Token(term, surface, found.start(), found.end(), stop)
        yield token
        short, start = word, token.start
        if word in _SECOND_WORDS and previous and f"{previous.surface.lower()} {word}" in abbreviations:
            short, start = f"{previous.surface.lower()} {word}", previous.start
        # In English "pad" and "tik" are words of their own: there only capitals make an abbreviation.
        if short in abbreviations and (language == "id" or surface.isupper()):
            surface = text[start : token.end]
            for term, stop in abbreviations[short]:
                yield Token(term, surface, start, token.end, stop)
        previous = token


def stem(word: str, language: Language) -> str:
    """The term that `word` (any case) counts as."""
    return _vocabulary(language).look_up(word.lower())[0]


class _Vocabulary:
    """Term and stop mark by word, remembered: stemming once a word form, not once a word."""

    def __init__(self, language: Language) -> None:
        common = {word for word in stopwordsiso.stopwords(language) if len(word) > 2 or language == "id"}
        self._stop = common.difference(_KEPT[language].split()).union(_SHORT.split() if language == "en" else ())
        self._stemmer = snowballstemmer.stemmer(_ALGORITHM[language])
        self._known: dict[str, tuple[str, bool]] = {}
        self._stemming = threading.Lock()  # a Snowball stemmer keeps the word in hand in itself

    def look_up(self, word: str) -> tuple[str, bool]:
        known = self._known.get(word)
        if known is None:
            with self._stemming:
                term: str = self._stemmer.stemWord(word)
            known = term, len(word) < 2 or word in self._stop
            if len(self._known) >= _CACHED_WORDS:
                self._known = {}
            self._known[word] = known
        return known


@cache
def _vocabulary(language: Language) -> _Vocabulary:
    return _Vocabulary(language)


@cache
def abbreviation_rows() -> tuple[tuple[str, str, str], ...]:
    """(abbreviation, Indonesian words, English words), lower case, of `abbreviations.csv`."""
    lines = (files(__package__) / "abbreviations.csv").read_text(encoding="utf-8").splitlines()
    return tuple((short, long, gloss) for short, long, gloss in list(csv.reader(lines))[1:])


@cache
def _abbreviations(language: Language) -> dict[str, tuple[tuple[str, bool], ...]]:
    vocabulary = _vocabulary(language)
    return {
        short: tuple(vocabulary.look_up(word) for word in _WORD.findall(long if language == "id" else gloss))
        for short, long, gloss in abbreviation_rows()
    }
