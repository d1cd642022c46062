"""Several needs at once: which documents cover which of them, and the few that together cover most.

To cover as many needs as possible with a few documents is the maximum coverage problem. It is NP-hard; taking
the document that adds most, again and again, covers at least 1 - 1/e (63 %) of what the best choice of as many
documents does, and no quick method is better (Nemhauser, Wolsey, Fisher: An analysis of approximations for maximizing
submodular set functions I, 1978; Feige: A threshold of ln n for approximating set cover, 1998); half of it if each
organisation counts once (the same authors' part II, 1978).
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .bands import BANDS
from .documents import Document, Match
from .facets import Where, several
from .matcher import Matcher


class CoveredNeed(NamedTuple):
    """A need's id, and who covers it with which score, best first, ties by id; nobody if `by` is empty."""

    need: str
    by: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`needs` are all that were asked for, in that order; `open` the ids of those that nobody covers."""

    needs: tuple[CoveredNeed, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consortium:
    """`members` are ids in the order in which they were chosen: each covers needs that none before it does.

    `coverage` says which member covers which need with which score, and which needs stay open.
    """

    members: tuple[str, ...]
    coverage: Coverage


#: Per need, in their order, the score by document of those that cover it.
Table = list[dict[str, float]]


def coverage(
    matcher: Matcher, needs: Iterable[Document], ids: Iterable[str], least: float = BANDS["fair"]
) -> Coverage:
    """Which of the documents `ids` cover which of `needs`: those with a score of `least` or more, and above 0.

    Unknown ids cover nothing.
    """
    needs, ids = list(needs), list(ids)
    return _covered(needs, _table(matcher, needs, ids, least), ids)


def consortium(
    matcher: Matcher,
    needs: Iterable[Document],
    k: int = 20,
    most: int = 4,
    least: float = BANDS["fair"],
    where: Where | None = None,
    without: Where | None = None,
    facet: str | None = None,
) -> Consortium:
    """At most `most` documents, from the best `k` for each of `needs`, that together cover as many as possible.

    Each is the one that covers most needs which are still open; of several the one with the highest sum of
    scores for these, then the first by id. A document covers a need with a score of `least` or more. `where` and
    `without` are those of `Matcher.match`; with `facet`, such as "organisation", no value of it is there twice.
    """
    needs = list(needs)
    found = matcher.match_all(needs, k, where, without)
    ids = sorted({match.id for matches in found for match in matches if match.score >= least})
    table = _table(matcher, needs, ids, least)
    members = _greedy(table, most, {id: _values(matcher, id, facet) for id in ids})
    return Consortium(members, _covered(needs, table, members))


def _table(matcher: Matcher, needs: Sequence[Document], ids: Collection[str], least: float) -> Table:
    return [
        {id: score for id, score in matcher.scores(need, ids).items() if score >= least and score > 0.0}
        for need in needs
    ]


def _covered(needs: Sequence[Document], table: Table, ids: Collection[str]) -> Coverage:
    """The part of `table` that is about `ids`."""
    rows = []
    for need, scores in zip(needs, table, strict=True):
        by = [Match(id, scores[id]) for id in set(ids) if id in scores]
        rows.append(CoveredNeed(need.id, tuple(sorted(by, key=lambda match: (-match.score, match.id)))))
    return Coverage(tuple(rows), tuple(row.need for row in rows if not row.by))


def _greedy(table: Table, most: int, values: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Who adds most, one after another, until nobody does or there are `most`; `values` has all candidates by id."""
    members: list[str] = []
    uncovered, taken = table, frozenset[str]()
    while uncovered and len(members) < most:
        free = [id for id, own in values.items() if own.isdisjoint(taken)]
        _, _, member = min((_worth(id, uncovered) for id in free), default=(0, 0.0, ""))
        uncovered, before = [scores for scores in uncovered if member not in scores], len(uncovered)
        if len(uncovered) == before:
            break
        members.append(member)
        taken |= values[member]
    return tuple(members)


def _worth(id: str, uncovered: Table) -> tuple[int, float, str]:
    """What sorts candidates, best first: needs covered, sum of scores, id."""
    scores = [row[id] for row in uncovered if id in row]
    return -len(scores), -math.fsum(scores), id


def _values(matcher: Matcher, id: str, facet: str | None) -> frozenset[str]:
    return frozenset(several(matcher.facets_of(id).get(facet, ()))) if facet else frozenset()
