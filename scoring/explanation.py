"""Why a document has its score: the same sum as in the ranking, taken apart by word."""

import math
from collections.abc import Iterable
from itertools import groupby

import numpy as np

from .analysis import Token, stem
from .documents import Explanation, Language, TermShare
from .languages import LANGUAGES
from .query import Query, Wanted
from .ranking import contributions
from .reading import ReadPart, read, total
from .sentences import Questions, best_pair
from .weighting import score

Places = dict[str, list[list[Token]]]
#: Evidence by term, of each thing wanted, by its place in `Query.wanted`.
Shares = dict[int, dict[str, float]]

#: Words that count, below which a text says too little to be judged by.
FEW_WORDS = 5
#: How many missing words are named.
MISSING = 5


def explain(query: Query, questions: Questions, position: int) -> Explanation:
    """The score of the document at `position` for `query`, whose sentences `questions` are."""
    parts = read(query.snapshot.texts[position])
    shares = _shares(query, position)
    places = _places(parts, {term for counted in shares.values() for term in counted})
    by_label: dict[str, float] = {}
    for number, counted in shares.items():
        label = _label(query, query.wanted[number], counted, places)
        by_label[label] = by_label.get(label, 0.0) + sum(counted.values())
    evidence = math.fsum(by_label.values())
    scored = float(score(evidence))
    terms = [TermShare(label, share * scored / evidence) for label, share in by_label.items()]
    return Explanation(
        score=scored,
        terms=tuple(sorted(terms, key=lambda term: (-term.share, term.term))),
        sentences=best_pair(questions, parts, _idf(query, parts)),
        missing=_missing(query, shares, parts),
        few_words=min(_words(query.parts), _words(parts)) < FEW_WORDS,
    )


def _shares(query: Query, position: int) -> Shares:
    """What each thing wanted found: where several want a term, its evidence is divided as they weigh it."""
    _, terms, values = contributions(query, np.array([position], np.int32))
    by_term: dict[int, float] = {}
    for term, value in zip(terms.tolist(), values.tolist(), strict=True):
        by_term[term] = by_term.get(term, 0.0) + value
    number_of = query.snapshot.vocabulary.terms.number
    shares: Shares = {}
    for at, wanted in enumerate(query.wanted):
        for term, weight in wanted.weights.items():
            number = number_of(term)
            if number in by_term:
                shares.setdefault(at, {})[term] = by_term[number] * weight / query.by_term[number]
    return shares


def _idf(query: Query, parts: Iterable[ReadPart]) -> dict[str, float]:
    """The idf of every term of `parts`."""
    vocabulary = query.snapshot.vocabulary
    found: dict[str, float] = {}
    for language in LANGUAGES:
        terms = list(total(part for part in parts if part.language == language))
        idf = vocabulary.idf(vocabulary.numbers(terms), language)
        found.update(zip(terms, idf.tolist(), strict=True))
    return found


def _label(query: Query, wanted: Wanted, counted: dict[str, float], places: Places) -> str:
    """The word of the query, and that of the document where it is another: "sampah / waste"."""
    ours = query.label(wanted)
    words = _counterpart(counted, places)
    theirs = " ".join(word.surface for word in words)
    expanded = any(stem(word.surface, _language(word)) != word.term for word in words)
    translated, _ = wanted.key
    if theirs and (translated or expanded) and theirs.lower() != ours.lower():
        return f"{ours} / {theirs}"
    return ours


def _language(word: Token) -> Language:
    return next(language for language in LANGUAGES if word.term.startswith(f"{language}:"))


def _counterpart(counted: dict[str, float], places: Places) -> list[Token]:
    """The words of the document that count most for one word of the query; neighbours, if a phrase does."""
    best: dict[str, Token] = {}
    highest = 0.0
    for words in (words for term in counted for words in places.get(term, ())):
        found = {word.term: word for word in words if word.term in counted}
        share = sum(counted[term] for term in found)
        if share > highest:
            highest, best = share, found
    return list(best.values())


def _places(document: list[ReadPart], terms: set[str]) -> Places:
    """For each of `terms` the runs of neighbouring words, all of `terms`, that it is in; of equal runs the first."""
    runs: dict[tuple[str, ...], list[Token]] = {}
    for part in document:
        for counts, run in groupby(part.beginning, key=lambda token: token.term in terms and not token.stop):
            if counts:
                words = list(run)
                runs.setdefault(tuple(word.term for word in words), words)
    places: Places = {}
    for terms_of_run, words in runs.items():
        for term in set(terms_of_run):
            places.setdefault(term, []).append(words)
    return places


def _missing(query: Query, shares: Shares, parts: list[ReadPart]) -> tuple[str, ...]:
    """The weightiest words of the query without a counterpart in the document; last those that nobody has."""
    languages = {part.language for part in parts} or set(LANGUAGES)
    met = {word for number in shares for word in query.label(query.wanted[number]).lower().split()}
    number_of, weights = query.snapshot.vocabulary.terms.number, dict[str, tuple[bool, float]]()
    for wanted in query.wanted:
        label = query.label(wanted)
        if wanted.language in languages and not met.issuperset(label.lower().split()):
            had = any(number_of(term) in query.by_term for term in wanted.weights)
            weights[label] = max(weights.get(label, (False, 0.0)), (had, sum(wanted.weights.values())))
    return tuple(sorted(sorted(weights), key=weights.__getitem__, reverse=True)[:MISSING])


def _words(parts: Iterable[ReadPart]) -> int:
    """How many words count; those that lead once only."""
    return sum(sum(part.counts.values()) - part.lead for part in parts)
