"""A document as the scoring sees it: each part with its language and its words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from .analysis import Token, count, tokens, words_of
from .documents import Document, Language
from .languages import LANGUAGES, detect, guess, told
from .weighting import LEAD

#: Characters of each part that tell the language of a document with short parts.
_SAMPLE = 400
#: And words, for the same.
_WORDS = 24
#: Characters of each part that explanations look at.
EXPLAINED = 10_000
#: Characters of each part of a query that are sought in the other language: forty pages.
TRANSLATED = 100_000


@dataclass(frozen=True)
class ReadPart:
    """A part's name, text and language; how often each term that counts occurs; how many of its words led."""

    name: str
    text: str
    language: Language
    counts: Mapping[str, int]
    lead: int

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words in order, stop words included; of a book, those that are translated."""
        return list(tokens(self.text[:TRANSLATED], self.language))

    @cached_property
    def beginning(self) -> list[Token]:
        """The words that explanations look at: all, but of a text that nobody reads to its end."""
        return self.tokens if len(self.text) <= EXPLAINED else list(tokens(self.text[:EXPLAINED], self.language))

    @cached_property
    def lead_end(self) -> int:
        """Where the words end that count twice."""
        places: set[int] = set()
        for token in self.beginning:
            if not token.stop:
                places.add(token.start)
                if len(places) == self.lead:
                    return token.end
        return EXPLAINED if self.lead else 0


def read(document: Document) -> list[ReadPart]:
    """The parts of `document` that hold a word that counts."""
    parts = []
    lead = LEAD
    for name, text, words, language in cut(document):
        counts, led = count(text, words, language, lead)
        if counts:
            parts.append(ReadPart(name, text, language, counts, led))
            lead -= led
    return parts


def cut(document: Document) -> Iterator[tuple[str, str, list[str], Language]]:
    """Name, text, words and language of each part."""
    given: Language | None = next((known for known in LANGUAGES if known == document.language), None)
    guessed = guesser(document)
    for name, text in document.parts.items():
        words = words_of(text)
        yield name, text, words, given or told(words) or guessed(text)


def guesser(document: Document) -> Callable[[str], Language]:
    """What tells the language of a part whose words do not: the model or, if unsure, all parts of `document`."""

    @cache
    def fallback() -> Language | None:
        if len(document.parts) == 1:
            return None
        beginnings = [text[:_SAMPLE] for text in document.parts.values()]
        return detect(" ".join(beginnings), [word for text in beginnings for word in words_of(text)[:_WORDS]])

    return lambda text: guess(text, fallback())


def total(parts: Iterable[ReadPart]) -> dict[str, int]:
    """How often each term that counts occurs in all of `parts`."""
    counts: dict[str, int] = {}
    for part in parts:
        if not counts:
            counts = dict(part.counts)
            continue
        for term, times in part.counts.items():
            counts[term] = counts.get(term, 0) + times
    return counts
