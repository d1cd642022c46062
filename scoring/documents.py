"""What goes in and what comes out: plain, immutable values without behaviour."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Language = Literal["id", "en"]
Facets = Mapping[str, str | Collection[str]]


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be matched.

    `parts` are texts scored apart (title, summary ...), by name. `language` is "id", "en" or None: detected
    for each part. `facets` are what `Matcher.match(where=...)` filters by: a value, or several.
    """

    id: str
    parts: Mapping[str, str]
    language: str | None = None
    facets: Facets = field(default_factory=dict)


class Match(NamedTuple):
    """A document of the collection and its score, above 0 and at most 1."""

    id: str
    score: float


class TermShare(NamedTuple):
    """A term as a reader knows it ("sampah", or "sampah / waste") and its share of the score."""

    term: str
    share: float


class Sentence(NamedTuple):
    """A sentence, the part it comes from, and the (start, end) within `text` of each word that counts."""

    part: str
    text: str
    spans: tuple[tuple[int, int], ...]


class SentencePair(NamedTuple):
    """The sentence of the query and the sentence of the document that have most in common."""

    query: Sentence
    document: Sentence


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document has its score.

    The shares of `terms` sum to `score` (within 1e-5), best first. `sentences` is None where no two sentences
    share a word. `missing` holds the query's weightiest words without a counterpart in the document.
    `few_words` says that either side is too short for the score to mean much.
    """

    score: float
    terms: tuple[TermShare, ...]
    sentences: SentencePair | None
    missing: tuple[str, ...]
    few_words: bool
