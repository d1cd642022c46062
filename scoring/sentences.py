"""The sentence of a query and the sentence of a document that have most in common."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .analysis import Token
from .documents import Sentence, SentencePair
from .glossary import singly, units
from .query import Key, Query
from .reading import EXPLAINED, ReadPart

#: Characters of a sentence that are shown.
LONGEST_SENTENCE = 400
_END = re.compile(r"(?<=[.!?])\s+|[\r\n]+")


@dataclass(frozen=True)
class Candidate:
    """A sentence: where it is, and the terms that its words are or look for."""

    part: ReadPart
    start: int
    end: int
    weights: dict[str, float]
    places: dict[str, list[tuple[int, int]]]

    @cached_property
    def length(self) -> float:
        return math.sqrt(sum(weight * weight for weight in self.weights.values()))

    def shown(self, terms: set[str]) -> Sentence:
        """The sentence with the words of `terms` marked."""
        spans = {(start - self.start, end - self.start) for term in terms for start, end in self.places[term]}
        return Sentence(self.part.name, self.part.text[self.start : self.end], tuple(sorted(spans)))


@dataclass(frozen=True, slots=True)
class Questions:
    """The sentences of a query, and for each term which of them look for it, how much."""

    candidates: list[Candidate]
    asking: dict[str, list[tuple[int, float]]]


def best_pair(questions: Questions, document: list[ReadPart], idf: Mapping[str, float]) -> SentencePair | None:
    """The pair of the highest product of weights shared, set against the root of both lengths.

    Dividing by the lengths themselves would favour headings of two words, not dividing the longest sentences.
    Of equal pairs the first is taken.
    """
    best: tuple[Candidate, Candidate] | None = None
    highest = 0.0
    for answer in (_of_document(*cut, idf) for part in document for cut in _cut(part)):
        products: dict[int, float] = {}
        for term, weight in answer.weights.items():
            for number, asked in questions.asking.get(term, ()):
                products[number] = products.get(number, 0.0) + asked * weight
        for number in sorted(products):
            question = questions.candidates[number]
            value = products[number] / math.sqrt(question.length * answer.length)
            if value > highest:
                highest, best = value, (question, answer)
    if best is None:
        return None
    shared = best[0].weights.keys() & best[1].weights.keys()
    return SentencePair(best[0].shown(shared), best[1].shown(shared))


def questions(query: Query) -> Questions:
    """The sentences of a query, once for each language that they are sought in."""
    candidates: list[Candidate] = []
    asking: dict[str, list[tuple[int, float]]] = {}
    sought = {wanted.key: wanted.weights for wanted in query.wanted}
    for translated in (False, True):
        for cut in (cut for part in query.parts for cut in _cut(part)):
            candidate = _of_query(*cut, translated, sought)
            for term, weight in candidate.weights.items():
                asking.setdefault(term, []).append((len(candidates), weight))
            candidates.append(candidate)
    return Questions(candidates, asking)


def _of_document(part: ReadPart, start: int, end: int, words: Sequence[Token], idf: Mapping[str, float]) -> Candidate:
    places: dict[str, list[tuple[int, int]]] = {}
    for word in words:
        if not word.stop:
            places.setdefault(word.term, []).append((word.start, word.end))
    return Candidate(part, start, end, {term: idf[term] for term in places}, places)


def _of_query(
    part: ReadPart,
    start: int,
    end: int,
    words: Sequence[Token],
    translated: bool,
    sought: Mapping[Key, Mapping[str, float]],
) -> Candidate:
    weights: dict[str, float] = {}
    places: dict[str, list[tuple[int, int]]] = {}
    for unit in units(words, part.language):
        for piece in [unit] if translated else singly(unit):
            weighed = sought.get((translated, tuple(token.term for token in piece.tokens)), {})
            for term, weight in weighed.items():
                weights[term] = max(weights.get(term, 0.0), weight)
                spans = [(token.start, token.end) for token in piece.tokens if not token.stop]
                places.setdefault(term, []).extend(spans)
    return Candidate(part, start, end, weights, places)


def _cut(part: ReadPart) -> Iterator[tuple[ReadPart, int, int, list[Token]]]:
    """The sentences of `part` that have words: start, end and words of each."""
    ends = [found.start() for found in _END.finditer(part.text, 0, EXPLAINED)] + [len(part.text)]
    words: list[Token] = []
    at = 0
    for token in part.beginning:
        while token.start >= ends[at]:
            at += 1
            if words:
                yield part, words[0].start, max(word.end for word in words), words
            words = []
        if words and token.end - words[0].start > LONGEST_SENTENCE:
            yield part, words[0].start, max(word.end for word in words), words
            words = []
        words.append(token)
    if words:
        yield part, words[0].start, max(word.end for word in words), words
