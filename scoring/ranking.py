"""The scoring rule, and the best documents by it.

    score = whole * fit(whole document) + (1 - whole) * mean of the `best_parts` best fit(part)
    fit(text) = query . text / (|text| + mean |text| of the collection), of TF-IDF vectors, |query| = 1

It is a sum over terms, and the same for a need against offers and an offer against needs. A document with one
part has fit(whole document) for both. `collection.Rows` says where the divisor comes from.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .collection import Rows, Snapshot
from .documents import Match
from .growing import Floats, Ints

#: Scores are told apart to this many decimals; what differs by less is rounding, and a tie.
DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Rule:
    """`whole`: weight of the whole document, 0 to 1, against its best parts; `best_parts`: how many, 1 up."""

    whole: float
    best_parts: int


def scores(snapshot: Snapshot, query: Floats, rule: Rule) -> Floats:
    """The score of every document, (documents,), for a query (terms, languages); 0 for removed ones."""
    wholes = _fits(snapshot.wholes, query)
    parts = _fits(snapshot.parts, query)
    counts = np.diff(snapshot.part_starts)
    owners = np.repeat(np.arange(counts.size), counts)
    chosen = best_parts(parts, owners, snapshot.part_starts, rule)
    sums = np.bincount(owners[chosen], parts[chosen], minlength=counts.size)
    several = counts > 0
    best = np.where(several, sums / np.clip(counts, 1, rule.best_parts), wholes)
    mixed = rule.whole * wholes + (1.0 - rule.whole) * best
    return np.round(np.where(snapshot.alive, mixed, 0.0), DECIMALS).clip(0.0, 1.0)


def best_parts(fits: Floats, owners: NDArray[np.intp], starts: Ints, rule: Rule) -> NDArray[np.intp]:
    """Rows of the best parts of each owner, at most `rule.best_parts`; the first of equal ones."""
    if np.diff(starts).max(initial=0) <= rule.best_parts:
        return np.arange(fits.size)  # all are among the best: no need to sort
    order = np.lexsort((-fits, owners))
    place = np.arange(order.size) - starts[owners[order]]
    return order[place < rule.best_parts]


def best(snapshot: Snapshot, scored: Floats, k: int) -> list[Match]:
    """The `k` documents of the highest scores above 0, ties by id."""
    found = np.flatnonzero(scored > 0.0)
    if 0 < k < found.size:
        lowest = np.partition(scored[found], found.size - k)[found.size - k]
        found = found[scored[found] >= lowest]  # all that tie for the last place: the id decides among them
    matches = [Match(snapshot.documents[at].id, float(scored[at])) for at in found]
    return sorted(matches, key=lambda match: (-match.score, match.id))[: max(k, 0)]


def _fits(rows: Rows, query: Floats) -> Floats:
    products: Floats = np.asarray(rows.matrix @ query, np.float64)
    return products[np.arange(rows.languages.size), rows.languages] / rows.divisors
