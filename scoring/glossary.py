"""Words of one language in the other: the project's own glossary, and the glosses of the abbreviations."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from .analysis import Token, abbreviation_rows, tokens
from .documents import Language

#: A way to say it in the other language: its terms, each with an equal part of the weight.
Rendering = tuple[str, ...]


class Unit(NamedTuple):
    """A word of a text, or a phrase that the glossary knows as one ("rumah sakit")."""

    tokens: tuple[Token, ...]
    renderings: tuple[Rendering, ...]

    @property
    def label(self) -> str:
        """As written; the words that an abbreviation stands for are in its place and not repeated."""
        written = {(token.start, token.end): token.surface for token in self.tokens}
        return " ".join(written.values())


def plainer(known: str | None, label: str) -> str:
    """The better of two ways to write a word: the one that is not capitalised for its place in a sentence."""
    return label if known is None or (label.islower() and not known.islower()) else known


def singly(unit: Unit) -> list[Unit]:
    """The words of `unit` that count, one by one."""
    return [Unit((token,), ()) for token in unit.tokens if not token.stop]


def units(text: Sequence[Token], language: Language) -> list[Unit]:
    """`text` cut into the longest phrases that the glossary knows, and single words, without stop words."""
    known, longest = _glossary(language), _longest(language)
    found: list[Unit] = []
    at = 0
    while at < len(text):
        for length in range(min(longest.get(text[at].term, 0), len(text) - at), 0, -1):
            phrase = tuple(text[at : at + length])
            renderings = known.get(tuple(token.term for token in phrase))
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
def entries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(Indonesian headword, its English words) of `glossary.tsv` and of the abbreviations."""
    lines = (files(__package__) / "glossary.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = [(indonesian, tuple(english.split("|"))) for indonesian, english in map(_columns, lines)]
    for short, long, gloss in abbreviation_rows():
        found += [(short, (gloss,)), (long, (gloss,))]
    return tuple(found)


def _columns(line: str) -> tuple[str, str]:
    indonesian, english = line.split("\t")
    return indonesian, english


@cache
def _glossary(language: Language) -> dict[tuple[str, ...], tuple[Rendering, ...]]:
    """Renderings by the terms of a phrase of `language`, in the order of the glossary."""
    other: Language = "en" if language == "id" else "id"
    found: dict[tuple[str, ...], dict[Rendering, None]] = {}
    for indonesian, english in entries():
        for word in english:
            source, target = (indonesian, word) if language == "id" else (word, indonesian)
            key = tuple(token.term for token in _spelled(source, language))
            found.setdefault(key, {})[_rendering(target, other)] = None
    return {key: tuple(renderings) for key, renderings in found.items()}


@cache
def _longest(language: Language) -> dict[str, int]:
    """How many words the longest phrase of the glossary has, by its first term."""
    found: dict[str, int] = {}
    for key in _glossary(language):
        found[key[0]] = max(found.get(key[0], 0), len(key))
    return found


def _spelled(phrase: str, language: Language) -> list[Token]:
    """The words of `phrase` alone, without what an abbreviation adds in the same place."""
    spelled: list[Token] = []
    for token in tokens(phrase, language):
        if not spelled or token.start >= spelled[-1].end:
            spelled.append(token)
    return spelled


def _rendering(phrase: str, language: Language) -> Rendering:
    spelled = _spelled(phrase, language)
    return tuple(token.term for token in spelled if not token.stop) or tuple(token.term for token in spelled)
