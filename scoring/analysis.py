"""From a text to its terms: words cut out, stop words left out, stems, abbreviations written out.

A term is a stem of one language ("id:olah"): what looks alike in both languages means different things, and each
language has its own common words. Stop words: stopwordsiso (MIT), without those that mean something in this
field. Stems: `stems.tsv` for what Snowball gets wrong, else Snowball, by language.
"""

import csv
import re
import threading
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

import snowballstemmer
import stopwordsiso

from .documents import Language

#: A letter or digit, then letters, digits and combining marks.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
#: What the characters of ASCII become where a text has no others: small letters, digits, and blanks between words.
_PLAIN = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
#: What typesetting adds to texts that are ASCII otherwise: dashes, quotation marks, bullets; nothing of a word.
_TYPOGRAPHIC = "\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\xa0"
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


class Token(NamedTuple):
    """A word of a text: its term, as written, where, and whether it is too common to count."""

    term: str
    surface: str
    start: int
    end: int
    stop: bool


class Spelled(NamedTuple):
    """A word in lower case, its term, and whether it is too common to count."""

    word: str
    term: str
    stop: bool


class Form(NamedTuple):
    """A word's own term; the terms that it counts as, those of what it is short for too; whether it does not count."""

    term: str
    terms: tuple[str, ...]
    stop: bool


def tokens(text: str, language: Language) -> Iterator[Token]:
    """The words of `text` in order. What an abbreviation stands for follows it, in the same place."""
    vocabulary = _vocabulary(language)
    for found in _WORD.finditer(text):
        surface, start, end = found.group(), found.start(), found.end()
        word = surface.lower()
        term, terms, stop = vocabulary.look_up(word)
        if len(terms) > 1 and (language == "id" or surface.isupper()):
            yield from (Token(each, surface, start, end, False) for each in terms)
        elif len(word) <= LONGEST_WORD:
            yield Token(term, surface, start, end, stop)


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case, in order; a final sigma is final in its word, as `tokens` has it."""
    if not text.isascii():
        for character in _TYPOGRAPHIC:
            text = text.replace(character, " ")
    if text.isascii():
        return text.translate(_PLAIN).split()
    return [word.lower() for word in _WORD.findall(text)]


def surfaces_of(text: str) -> list[str]:
    """The same words as they are written."""
    return _WORD.findall(text)


def count(text: str, words: Sequence[str], language: Language, lead: int) -> tuple[dict[str, int], int]:
    """How often each term occurs in `text`, whose words are `words`; how many of the first `lead` that count it has.

    These count twice. The same as counting `tokens`, with one look-up for each different word.
    """
    look_up = _vocabulary(language).look_up
    counted: dict[str, int] = {}
    for word, times in Counter(words).items():
        for term in look_up(word).terms:
            counted[term] = counted.get(term, 0) + times
    short = _small_letters(text, words) if language == "en" else {}
    for word in short.values():
        for term in look_up(word).terms[1:]:
            counted[term] -= 1
    forms = (
        Form(form.term, form.terms[:1], form.stop) if at in short else form
        for at, form in enumerate(map(look_up, words))
    )
    leading = list(islice((form.terms for form in forms if not form.stop), lead))
    for terms in leading:
        for term in terms:
            counted[term] += 1
    return {term: times for term, times in counted.items() if times} if short else counted, len(leading)


def _small_letters(text: str, words: Sequence[str]) -> dict[int, str]:
    """By place, the words that are no abbreviations as they are in small letters: "pad" is a word, PAD is not."""
    known = _abbreviations().keys()
    if known.isdisjoint(words):
        return {}
    both = zip(words, surfaces_of(text), strict=True)
    return {at: word for at, (word, surface) in enumerate(both) if word in known and not surface.isupper()}


def looked_up_by(language: Language) -> Callable[[str], Form]:
    """What tells, of a word in lower case, what it is in `language`."""
    return _vocabulary(language).look_up


def spelled(phrase: str, language: Language) -> tuple[Spelled, ...]:
    """The words of `phrase`, which is in lower case, as they stand: nothing is written out."""
    vocabulary = _vocabulary(language)
    forms = ((word, vocabulary.look_up(word)) for word in _WORD.findall(phrase))
    return tuple(Spelled(word, form.term, form.stop) for word, form in forms)


def first_term(phrase: str, language: Language) -> str:
    """The term of the first word of `phrase`, which is in lower case."""
    found = _WORD.search(phrase)
    return _vocabulary(language).look_up(found.group()).term if found else ""


def stem(word: str, language: Language) -> str:
    """The term that `word` (any case) counts as."""
    return _vocabulary(language).look_up(word.lower()).term


class _Vocabulary:
    """What words are, remembered: stemming once a word form, not once a word."""

    def __init__(self, language: Language) -> None:
        self._language = language
        common = {word for word in stopwordsiso.stopwords(language) if len(word) > 2 or language == "id"}
        self._stop = common.difference(_KEPT[language].split()).union(_SHORT.split() if language == "en" else ())
        self._exceptions = _exceptions() if language == "id" else {}
        self._stemmer = snowballstemmer.stemmer(_ALGORITHM[language])
        self._known: dict[str, Form] = {}
        self._stemming = threading.Lock()  # a Snowball stemmer keeps the word in hand in itself

    def look_up(self, word: str) -> Form:
        """What `word`, in lower case, is."""
        known = self._known.get(word)
        if known is None:
            known = self._looked_up(word)
            if len(self._known) >= _CACHED_WORDS:
                self._known = {}
            if len(word) <= LONGEST_WORD:
                self._known[word] = known
        return known

    def _looked_up(self, word: str) -> Form:
        normal = word if word.isascii() else unicodedata.normalize("NFKC", word).lower()
        with self._stemming:
            term = f"{self._language}:{self._exceptions.get(normal) or self._stemmer.stemWord(normal[:LONGEST_WORD])}"
        if len(word) > LONGEST_WORD or len(normal) < 2 or normal in self._stop:
            return Form(term, (), True)
        written_out = _WORD.findall(_abbreviations().get(normal, {}).get(self._language, ""))
        return Form(term, (term, *(each for short in written_out for each in self.look_up(short).terms)), False)


@cache
def fingerprint() -> str:
    """Changes when the same text may get other terms: an index made before is then of no use."""
    made_of = [version(package) for package in ("snowballstemmer", "stopwordsiso")]
    made_of += [(files(__package__) / name).read_text(encoding="utf-8") for name in ("stems.tsv", "abbreviations.csv")]
    return f"{zlib.crc32(repr((made_of, _KEPT, _SHORT, LONGEST_WORD)).encode()):08x}"


@cache
def _vocabulary(language: Language) -> _Vocabulary:
    return _Vocabulary(language)


@cache
def abbreviation_rows() -> tuple[tuple[str, str, str], ...]:
    """(abbreviation, Indonesian words, English words), lower case, of `abbreviations.csv`."""
    lines = (files(__package__) / "abbreviations.csv").read_text(encoding="utf-8").splitlines()
    return tuple((short, long, gloss) for short, long, gloss in list(csv.reader(lines))[1:])


@cache
def _abbreviations() -> dict[str, dict[Language, str]]:
    return {short: {"id": long, "en": gloss} for short, long, gloss in abbreviation_rows()}


@cache
def _exceptions() -> dict[str, str]:
    """Root by word, of `stems.tsv`: where Snowball merges words of different roots, or misses a sound change."""
    lines = (files(__package__) / "stems.tsv").read_text(encoding="utf-8").splitlines()[1:]
    pairs = (line.split("\t") for line in lines)
    return {pair[0]: pair[1] for pair in pairs}
