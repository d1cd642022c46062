"""Why a document has its score: the same sum as `ranking.scores`, taken apart by word."""

import math
from collections.abc import Iterator

import numpy as np

from .analysis import Token, stem
from .asked import Asked
from .collection import Rows, Snapshot
from .documents import Explanation, Language, TermShare
from .glossary import units
from .growing import Floats
from .languages import LANGUAGES
from .query import Query, Wanted
from .ranking import DECIMALS, Rule
from .reading import ReadPart, count
from .sentences import best_pair

Places = dict[tuple[Language, str], list[list[Token]]]

#: Words that count, below which a text says too little to be judged by.
FEW_WORDS = 5
#: How many missing words are named.
MISSING = 5


def explain(
    snapshot: Snapshot,
    position: int,
    rule: Rule,
    asked: Asked,
    document: list[ReadPart],
) -> Explanation:
    """The score of the document at `position`, which `document` is as read, for what is asked."""
    query = asked.query
    shares: dict[tuple[Language, int], dict[str, float]] = {}
    for language, weights in _weights(snapshot, position, rule, asked):
        for number, wanted in enumerate(query[language]):
            for term, weight in wanted.weights.items():
                product = weight * weights.get(snapshot.term_ids.get(term, -1), 0.0)
                if product > 0.0:
                    counted = shares.setdefault((language, number), {})
                    counted[term] = counted.get(term, 0.0) + product
    places = _places(document, {term for counted in shares.values() for term in counted})
    by_label: dict[str, float] = {}
    for (language, number), counted in shares.items():
        label = _label(query[language][number], language, counted, places)
        by_label[label] = by_label.get(label, 0.0) + sum(counted.values())
    total = math.fsum(by_label.values())
    terms = [TermShare(label, share / max(total, 1.0)) for label, share in by_label.items()]
    return Explanation(
        score=min(round(total, DECIMALS), 1.0),
        terms=tuple(sorted(terms, key=lambda term: (-term.share, term.term))),
        sentences=best_pair(asked.questions, document, snapshot.idf_of),
        missing=_missing(snapshot, position, query, shares),
        few_words=min(count(asked.parts).total(), count(document).total()) < FEW_WORDS,
    )


def _weights(
    snapshot: Snapshot, position: int, rule: Rule, asked: Asked
) -> Iterator[tuple[Language, dict[int, float]]]:
    """What each row of a document puts on each term, by the scoring rule: language, weight by term id."""
    first, last = snapshot.part_starts[position : position + 2]
    yield _row(snapshot.wholes, position, snapshot.idf, rule.whole if last > first else 1.0)
    if last > first:
        rows = snapshot.parts
        products: Floats = np.asarray(rows.matrix[first:last] @ asked.vectors, np.float64)
        fits = products[np.arange(last - first), rows.languages[first:last]] / rows.divisors[first:last]
        best = np.argsort(-fits, kind="stable")[: rule.best_parts]
        for row in best:
            yield _row(rows, int(first + row), snapshot.idf, (1.0 - rule.whole) / best.size)


def _row(rows: Rows, row: int, idf: Floats, coefficient: float) -> tuple[Language, dict[int, float]]:
    entries = slice(rows.matrix.indptr[row], rows.matrix.indptr[row + 1])
    terms = rows.matrix.indices[entries]
    weights = rows.matrix.data[entries] * idf[terms] * (coefficient / rows.divisors[row])
    return LANGUAGES[rows.languages[row]], dict(zip(terms.tolist(), weights.tolist(), strict=True))


def _label(wanted: Wanted, language: Language, counted: dict[str, float], places: Places) -> str:
    """The word of the query, and that of the document where it is another: "sampah / waste"."""
    words = _counterpart(language, counted, places)
    theirs = " ".join(word.surface for word in words)
    expanded = any(stem(word.surface, language) != word.term for word in words)
    if (wanted.translated or expanded) and theirs.lower() != wanted.label.lower():
        return f"{wanted.label} / {theirs}"
    return wanted.label


def _counterpart(language: Language, counted: dict[str, float], places: Places) -> list[Token]:
    """The words of the document that count most for one word of the query; neighbours, if a phrase does."""
    best: dict[str, Token] = {}
    highest = 0.0
    for words in (words for term in counted for words in places.get((language, term), ())):
        share = sum(counted.get(word.term, 0.0) for word in words)
        if share > highest:
            highest, best = share, {word.term: word for word in words if word.term in counted}
    return list(best.values())


def _places(document: list[ReadPart], terms: set[str]) -> Places:
    """For each of `terms`, by language, the phrases that hold it: those words of them that are of `terms`."""
    places: dict[tuple[Language, str], dict[tuple[str, ...], list[Token]]] = {}
    for part in document:
        for unit in units(part.tokens, part.language):
            words = [token for token in unit.tokens if token.term in terms and not token.stop]
            key = tuple(token.term for token in words)
            for term in key:
                places.setdefault((part.language, term), {}).setdefault(key, words)
    return {term: list(found.values()) for term, found in places.items()}


def _missing(
    snapshot: Snapshot, position: int, query: Query, shares: dict[tuple[Language, int], dict[str, float]]
) -> tuple[str, ...]:
    """The weightiest words of the query without a counterpart in the document."""
    language = LANGUAGES[snapshot.wholes.languages[position]]
    met = {word for of, number in shares for word in query[of][number].label.lower().split()}
    weights: dict[str, float] = {}
    for wanted in query[language]:
        if not met.issuperset(wanted.label.lower().split()):
            weights[wanted.label] = weights.get(wanted.label, 0.0) + sum(wanted.weights.values())
    return tuple(sorted(weights, key=lambda label: (-weights[label], label))[:MISSING])
