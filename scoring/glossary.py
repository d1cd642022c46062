"""Words of one language in the other: the project's own glossary, and the glosses of the abbreviations."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from .analysis import Token, abbreviation_rows, first_term, spelled
from .documents import Language

#: A way to say it in the other language: its terms, each with an equal part of the share that the way has.
Rendering = tuple[tuple[str, ...], float]
#: A phrase: its words, or their terms.
Phrase = tuple[str, ...]

#: A phrase, one that means it in the other language, and how much of the meaning this one has.
_Pair = tuple[str, str, float]

#: More ways than these are rare ones, that would only thin out the others.
MOST_RENDERINGS = 5
#: What an entry is given by the abbreviations table, and one rendering against another by default.
_WEIGHT = 1.0


class Unit(NamedTuple):
    """A word of a text, or a phrase that the glossary knows as one ("rumah sakit")."""

    tokens: tuple[Token, ...]
    renderings: tuple[Rendering, ...]

    @property
    def label(self) -> str:
        """As written; the words that an abbreviation stands for are in its place and not repeated."""
        written = {(token.start, token.end): token.surface for token in self.tokens}
        return " ".join(written.values())


class _Phrases(NamedTuple):
    """The phrases of one language that begin with one term: renderings by exact words and by terms."""

    by_words: dict[Phrase, tuple[Rendering, ...]]
    by_terms: dict[Phrase, tuple[Rendering, ...]]
    longest: int

    def renderings(self, phrase: tuple[Token, ...]) -> tuple[Rendering, ...]:
        """Those of `phrase`; none, if it is not known as one."""
        # What an abbreviation stands for has its place: these are not words in a row.
        apart = all(one.end <= next.start for one, next in pairwise(phrase))
        words = tuple(token.surface.lower() for token in phrase)
        singular = (*words[:-1], words[-1].removesuffix("s"))
        exact = self.by_words.get(words) or self.by_words.get(singular) if apart else None
        return exact or self.by_terms.get(tuple(token.term for token in phrase), ())


def plainer(known: str | None, label: str) -> str:
    """The better of two ways to write a word: the one that is not capitalised for its place in a sentence."""
    return label if known is None or (label.islower() and not known.islower()) else known


def singly(unit: Unit) -> list[Unit]:
    """The words of `unit` that count, one by one."""
    return [Unit((token,), ()) for token in unit.tokens if not token.stop]


def units(text: Sequence[Token], language: Language) -> list[Unit]:
    """`text` cut into the longest phrases that the glossary knows, and single words, without stop words.

    An entry for the very word comes before one for its stem: "kehutanan" is forestry, though "hutan" is forest.
    """
    found: list[Unit] = []
    at = 0
    while at < len(text):
        phrases = _phrases(text[at].term, language)
        for length in range(min(phrases.longest, len(text) - at), 0, -1):
            phrase = tuple(text[at : at + length])
            renderings = phrases.renderings(phrase)
            if renderings and not all(token.stop for token in phrase):
                found.append(Unit(phrase, renderings))
                break
        else:
            length = 1
            if not text[at].stop:
                found.append(Unit((text[at],), ()))
        at += length
    return found


@cache
def entries() -> tuple[tuple[str, tuple[tuple[str, float], ...]], ...]:
    """(Indonesian headword, its English words with their weights) of `glossary.tsv` and of the abbreviations."""
    lines = (files(__package__) / "glossary.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = [_entry(line) for line in lines]
    for short, long, gloss in abbreviation_rows():
        found += [(short, ((gloss, _WEIGHT),)), (long, ((gloss, _WEIGHT),))]
    return tuple(found)


def _entry(line: str) -> tuple[str, tuple[tuple[str, float], ...]]:
    """`line` is "kerja<tab>work:4|job:2|labour": what is usual weighs more, 1 where nothing is said."""
    indonesian, english = line.split("\t")
    words = (word.partition(":") for word in english.split("|"))
    return indonesian, tuple((word, float(weight or _WEIGHT)) for word, _, weight in words)


def _phrases(first: str, language: Language) -> _Phrases:
    """The phrases that begin with the term `first`, worked out when a text first has it."""
    known = _known_phrases(language)
    if first not in known:
        entries = _by_first_term(language).get(first)
        if not entries:
            return _NO_PHRASES
        known[first] = _read_phrases(entries, language)
    return known[first]


@cache
def _known_phrases(language: Language) -> dict[str, _Phrases]:  # noqa: ARG001 - what the cache is kept by
    return {}


@cache
def _by_first_term(language: Language) -> dict[str, list[_Pair]]:
    """(phrase, phrase in the other language, its share of what the Indonesian one means), by first term."""
    found: dict[str, list[_Pair]] = {}
    for indonesian, english in entries():
        total = sum(weight for _, weight in english)
        for word, weight in english:
            source, target = (indonesian, word) if language == "id" else (word, indonesian)
            found.setdefault(first_term(source, language), []).append((source, target, weight / total))
    return found


def _read_phrases(pairs: Iterable[_Pair], language: Language) -> _Phrases:
    other: Language = "en" if language == "id" else "id"
    words: dict[Phrase, dict[Phrase, float]] = {}
    terms: dict[Phrase, dict[Phrase, float]] = {}
    for phrase, target, share in pairs:
        source = spelled(phrase, language)
        rendering = tuple(each.term for each in spelled(target, other) if not each.stop)
        if rendering:
            _put(words, tuple(each.word for each in source), rendering, share)
            _put(terms, tuple(each.term for each in source), rendering, share)
    return _Phrases(_shared(words), _shared(terms), max(map(len, terms), default=0))


def _put(found: dict[Phrase, dict[Phrase, float]], key: Phrase, rendering: Phrase, weight: float) -> None:
    renderings = found.setdefault(key, {})
    renderings[rendering] = max(renderings.get(rendering, 0.0), weight)


def _shared(found: dict[Phrase, dict[Phrase, float]]) -> dict[Phrase, tuple[Rendering, ...]]:
    """The heaviest renderings of each phrase, weights made into shares."""
    shared = {}
    for key, renderings in found.items():
        best = sorted(renderings.items(), key=lambda each: -each[1])[:MOST_RENDERINGS]
        total = sum(weight for _, weight in best)
        shared[key] = tuple((rendering, weight / total) for rendering, weight in best)
    return shared


_NO_PHRASES = _Phrases({}, {}, 0)
