"""A document as a question: what it looks for in texts of each language, and what each find is worth."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from .analysis import stem
from .cognates import cognates
from .collection import Snapshot
from .documents import Document, Language
from .glossary import Rendering, Unit, plainer, singly, units
from .growing import Floats, Ints
from .languages import LANGUAGES
from .reading import ReadPart, total
from .vocabulary import Vocabulary
from .weighting import saturation

#: Of a translated word's weight, what stays with the word as it is: names are not translated.
OWN_SHARE = 0.1

#: What tells one thing wanted from another: whether it is translated, and the terms of the word itself.
Key = tuple[bool, tuple[str, ...]]
#: Terms that something is sought by, and how often it was asked for times the share of each.
Sought = dict[str, float]


class Wanted(NamedTuple):
    """What a word or phrase of the query looks for in texts of one language: evidence by term, for one find.

    `key` says whether the word was written in the other language than these texts.
    """

    key: Key
    language: Language
    weights: dict[str, float]


class InLanguage(NamedTuple):
    """What a query looks for in texts of one language: its `own` words of it, how often, and what it `translated`.

    `numbers` of all terms sought together, -1 for those that no document has, and what one find of each is `worth`.
    """

    language: Language
    own: Sought
    translated: dict[Key, Sought]
    terms: list[str]
    numbers: Ints
    worth: Floats
    weights: Floats

    def wanted(self) -> Iterator[Wanted]:
        """Each word or phrase apart, with the evidence that one find is."""
        worth = dict(zip(self.terms, self.worth.tolist(), strict=True))
        for term, times in self.own.items():
            yield Wanted((False, (term,)), self.language, {term: times * worth[term]})
        for key, sought in self.translated.items():
            yield Wanted(key, self.language, {term: times * worth[term] for term, times in sought.items()})


@dataclass(frozen=True)
class Query:
    """What `document` asks of a collection.

    `terms` are the numbers of the terms sought that some document has, ascending, and `weights` the evidence
    that one find of each is: (sought,).
    """

    document: Document
    snapshot: Snapshot
    parts: list[ReadPart]
    in_languages: list[InLanguage]
    terms: Ints
    weights: Floats

    def dense(self) -> Floats:
        """Evidence for one find by number of the term: (terms of the collection,)."""
        weights = np.zeros(len(self.snapshot.vocabulary.terms))
        weights[self.terms] = self.weights
        return weights

    @contextmanager
    def laid_out(self) -> Iterator[Floats]:
        """The same for a moment, and at least so long: room that was cleared is used again, as asking for it costs."""
        width = len(self.snapshot.vocabulary.terms)
        cleared: list[Floats] = _room.__dict__.setdefault("cleared", [])
        weights = cleared.pop() if cleared else np.zeros(width)
        if weights.size < width:
            weights = np.zeros(2 * width)
        weights[self.terms] = self.weights
        try:
            yield weights
        finally:
            weights[self.terms] = 0.0
            cleared.append(weights)

    @cached_property
    def wanted(self) -> list[Wanted]:
        """The same by word or phrase, for explanations."""
        return [wanted for found in self.in_languages for wanted in found.wanted()]

    @cached_property
    def by_term(self) -> dict[int, float]:
        """Evidence for one find, by number of the term."""
        return dict(zip(self.terms.tolist(), self.weights.tolist(), strict=True))

    def label(self, wanted: Wanted) -> str:
        """How the query's author wrote it; its stems, where that is far down in a long text."""
        _, terms = wanted.key
        return self._labels.get(wanted.key) or " ".join(term.partition(":")[2] for term in terms)

    @cached_property
    def _labels(self) -> dict[Key, str]:
        found: dict[Key, str] = {}
        for part in self.parts:
            for unit in units(part.beginning, part.language):
                for translated, piece in [(True, unit), *((False, each) for each in singly(unit))]:
                    key = translated, tuple(token.term for token in piece.tokens)
                    found[key] = plainer(found.get(key), piece.label)
        return found


def ask(document: Document, parts: list[ReadPart], snapshot: Snapshot, expand: bool = True) -> Query:
    """What `parts`, which are `document` as read, together look for in the collection.

    A word looks for itself in texts of its own language, and for its renderings in those of the other, with
    shares that sum to 1. What is sought in each language has length 1 together. Words that the collection
    does not know count in that: a text that has all of the words which are known, but misses half of the
    query, is not a perfect match.
    """
    vocabulary = snapshot.vocabulary
    found = [
        _weighed(_own(parts, language), _translated(parts, language, vocabulary, expand), language, vocabulary)
        for language in LANGUAGES
        if vocabulary.speaks(language)
    ]
    terms = np.concatenate([_NONE, *(each.numbers for each in found)])
    weights = np.concatenate([np.zeros(0), *(each.weights for each in found)])
    order = np.argsort(terms)
    order = order[int(np.searchsorted(terms[order], 0)) :]
    return Query(document, snapshot, parts, found, terms[order], weights[order])


def _own(parts: Iterable[ReadPart], language: Language) -> Sought:
    """What words of `language` look for in texts of it."""
    counts = total(part for part in parts if part.language == language)
    times = saturation(np.array(list(counts.values()), np.float64)).tolist()
    return dict(zip(counts, times, strict=True))


def _translated(
    parts: Iterable[ReadPart], language: Language, vocabulary: Vocabulary, expand: bool
) -> dict[Key, Sought]:
    """What words of the other language look for in texts of `language`."""
    counts: Counter[Key] = Counter()
    first: dict[Key, Unit] = {}
    for part in (part for part in parts if part.language != language):
        for unit in units(part.tokens, part.language):
            for piece in [unit] if expand else singly(unit):
                key = True, tuple(token.term for token in piece.tokens)
                counts[key] += 2 if piece.tokens[0].start < part.lead_end else 1
                first.setdefault(key, piece)
    times = saturation(np.array(list(counts.values()), np.float64)).tolist()
    return {
        key: {term: share * count for term, share in _expansion(first[key], language, vocabulary).items()}
        for key, count in zip(counts, times, strict=True)
    }


def _expansion(unit: Unit, language: Language, vocabulary: Vocabulary) -> dict[str, float]:
    """Terms of `language` for a unit of the other, shares summing to 1; only known ones, if any are."""
    own = tuple(stem(token.surface, language) for token in unit.tokens if not token.stop)
    renderings = unit.renderings or _cognates(unit, language)
    shares: dict[str, float] = {}
    for terms, share in [*((terms, share * (1.0 - OWN_SHARE)) for terms, share in renderings), (own, OWN_SHARE)]:
        for term in terms:
            shares[term] = shares.get(term, 0.0) + share / len(terms)
    known = {term: share for term, share in shares.items() if vocabulary.number(term) >= 0}
    if not known:
        return dict.fromkeys(own, 1.0 / len(own))
    whole = sum(known.values())
    return {term: share / whole for term, share in known.items()}


def _cognates(unit: Unit, language: Language) -> tuple[Rendering, ...]:
    """What a word that the glossary does not have may be in `language`."""
    token = unit.tokens[0]
    written_in: Language = "en" if language == "id" else "id"
    terms = {stem(word, language) for word in cognates(token.surface.lower(), written_in)}
    return tuple(((term,), 1.0 / len(terms)) for term in sorted(terms))


def _weighed(own: Sought, translated: dict[Key, Sought], language: Language, vocabulary: Vocabulary) -> InLanguage:
    """With idf and of length 1 together, and once more with the idf that a find has."""
    totals = dict(own)
    for sought in translated.values():
        for term, times in sought.items():
            totals[term] = totals.get(term, 0.0) + times
    terms = list(totals)
    numbers = vocabulary.numbers(terms)
    idf = vocabulary.idf(numbers, language)
    sums = np.array(list(totals.values()), np.float64)
    length = float(np.sqrt(np.sum((sums * idf) ** 2))) or 1.0
    worth = idf * idf / length
    return InLanguage(language, own, translated, terms, numbers, worth, sums * worth)


_NONE = np.empty(0, np.int32)
_room = threading.local()
