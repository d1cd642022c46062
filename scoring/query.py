"""A document as a question: for each language, what it looks for in texts of that language."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .analysis import stem
from .collection import Snapshot
from .documents import Language
from .glossary import Unit, plainer, singly, units
from .growing import Floats
from .languages import LANGUAGES
from .reading import ReadPart

#: Of an expanded word's weight, what stays with the word as it is: names are not translated.
OWN_SHARE = 0.1
#: What a word weighs more in the other language: a translation meets fewer words than the text itself would.
#: In a pool of both languages in equal parts (mix-smeru-adj of the evaluation), 18 % of the ten best were of
#: the other one without it, and 44 % with it.
GAIN = 1.45


class Wanted(NamedTuple):
    """What a word or phrase of the query looks for: weight by term, as part of a query of length 1.

    `terms` are those of the word itself, `label` is how the query's author wrote it; `translated` says that
    it was written in the other language than the texts it is sought in.
    """

    terms: tuple[str, ...]
    label: str
    weights: dict[str, float]
    translated: bool


Query = dict[Language, list[Wanted]]


def ask(parts: list[ReadPart], snapshot: Snapshot, expand: bool = True) -> Query:
    """What `parts` together look for in texts of each language, weighed by the idf of the collection.

    A word looks for itself in texts of its own language, and for its renderings in those of the other, with
    weights that sum to 1. Words that the collection does not know count in the query's length: a text that
    has all of the words which are known, but misses half of the query, is not a perfect match.
    """
    cut = [(part.language, unit) for part in parts for unit in units(part.tokens, part.language)]
    return {language: _weighed(_wanted(cut, language, snapshot, expand), snapshot) for language in LANGUAGES}


def vectors(query: Query, snapshot: Snapshot) -> Floats:
    """`query` as (terms, languages), idf included once more for the documents' side."""
    dense = np.zeros((snapshot.idf.size, len(LANGUAGES)))
    for column, language in enumerate(LANGUAGES):
        for wanted in query[language]:
            for term, weight in wanted.weights.items():
                at = snapshot.term_ids.get(term, snapshot.idf.size)
                if at < snapshot.idf.size:
                    dense[at, column] += weight * snapshot.idf[at]
    return dense


def _wanted(
    cut: Iterable[tuple[Language, Unit]], language: Language, snapshot: Snapshot, expand: bool
) -> list[Wanted]:
    """What the units look for in texts of `language`, by word frequency alone."""
    counts: Counter[tuple[bool, tuple[str, ...]]] = Counter()
    first: dict[tuple[bool, tuple[str, ...]], Unit] = {}
    labels: dict[tuple[bool, tuple[str, ...]], str] = {}
    for written_in, unit in cut:
        translated = written_in != language
        for piece in [unit] if translated and expand else singly(unit):
            key = translated, tuple(token.term for token in piece.tokens)
            counts[key] += 1
            first.setdefault(key, piece)
            labels[key] = plainer(labels.get(key), piece.label)
    found = []
    for key, times in counts.items():
        translated, terms = key
        sought = _expansion(first[key], language, snapshot) if translated else dict.fromkeys(terms, 1.0)
        frequency = 1.0 + float(np.log(times))
        weights = {term: share * frequency for term, share in sought.items()}
        found.append(Wanted(terms, labels[key], weights, translated))
    return found


def _expansion(unit: Unit, language: Language, snapshot: Snapshot) -> dict[str, float]:
    """Terms of `language` for a unit of the other, weights summing to 1; only known ones, if any are."""
    own = tuple(stem(token.surface, language) for token in unit.tokens if not token.stop)
    renderings = [(rendering, (1.0 - OWN_SHARE) / len(unit.renderings)) for rendering in unit.renderings]
    shares: dict[str, float] = {}
    for terms, share in [*renderings, (own, OWN_SHARE)]:
        for term in terms:
            shares[term] = shares.get(term, 0.0) + share / len(terms)
    known = {term: share for term, share in shares.items() if snapshot.knows(term)}
    total = sum(known.values())
    if not known:
        return dict.fromkeys(own, 1.0 / len(own))
    return {term: share / total for term, share in known.items()}


def _weighed(found: list[Wanted], snapshot: Snapshot) -> list[Wanted]:
    """With idf, and of length 1 together, before the gain."""
    totals: dict[str, float] = {}
    for wanted in found:
        for term, weight in wanted.weights.items():
            totals[term] = totals.get(term, 0.0) + weight
    idf = {term: snapshot.idf_of(term) for term in totals}
    length = math.sqrt(math.fsum((total * idf[term]) ** 2 for term, total in totals.items())) or 1.0
    weighed = []
    for terms, label, weights, translated in found:
        factor = (GAIN if translated else 1.0) / length
        sought = {term: weight * idf[term] * factor for term, weight in weights.items()}
        weighed.append(Wanted(terms, label, sought, translated))
    return weighed
