"""A document as the scoring sees it: each part with its language and its words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .analysis import Token, tokens
from .documents import Document, Language
from .languages import LANGUAGES, detect


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part's name, its text, the language it is in, and its words in order, stop words included."""

    name: str
    text: str
    language: Language
    tokens: list[Token]


def read(document: Document) -> list[ReadPart]:
    """The parts of `document` that hold a word that counts."""
    given: Language | None = next((known for known in LANGUAGES if known == document.language), None)
    fallback = given or detect(" ".join(text[:400] for text in document.parts.values()))
    parts = []
    for name, text in document.parts.items():
        language = given or detect(text, fallback)
        words = list(tokens(text, language))
        if any(not word.stop for word in words):
            parts.append(ReadPart(name, text, language, words))
    return parts


def count(parts: Iterable[ReadPart]) -> Counter[str]:
    """How often each term that counts occurs in `parts`."""
    return Counter(token.term for part in parts for token in part.tokens if not token.stop)


def main_language(parts: Iterable[ReadPart]) -> Language:
    """The language that most words of `parts` are in."""
    words: Counter[Language] = Counter()
    for part in parts:
        words[part.language] += len(part.tokens)
    return "en" if words["en"] > words["id"] else "id"
