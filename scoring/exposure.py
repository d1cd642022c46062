"""Fair exposure: nobody is first everywhere or fills a list, and the new and small are seen.

Scores stay as they are; only who is in a list, and in which place, changes. Three rules, all of them options:

- at most so many documents of an organisation in a list, as the upper bounds of Celis, Straszak, Vishnoi: Ranking
  with fairness constraints, ICALP 2018;
- at least so many places in every beginning of a list for the new and small, as Zehlike et al.: FA*IR: a fair top-k
  ranking algorithm, CIKM 2017 (the plain share, without its test of significance);
- at most so large a share of first places for an organisation, counted over the lists given so far, as in Biega,
  Gummadi, Weikum: Equity of attention, SIGIR 2018.

What they cost where they bring nothing, as a random fifth of the documents are small and all are relevant or not
whoever has them, is measured by `python benchmarks/exposure.py FOLDER`; nDCG@10 with the options as they are:

                                           need-sbir-a  reverse  need-thesis-a  reverse
    lists                                          700      483            284       54
    without                                       .450     .531           .462     .356
    each document an organisation                -.000    -.000          -.001    -.000
    one organisation has a third of them         -.027    -.022          -.009    -.004
    it is first in, without and with           35, 10   32, 10         31, 10   34, 32 %

So the reserved place costs next to nothing; the caps cost 1 to 6 % where one organisation has a third of a market.
"""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

from .bands import BANDS
from .documents import Facets, Match
from .facets import several
from .query import Query
from .ranking import Allowed, best

FacetsOf = Callable[[str], Facets]

#: So many candidates for each place of a list, and at least so many, are looked at.
_WIDER = 5
_CANDIDATES = 100
#: 0.29 * 100 is 28.999999999999996, and is meant as 29.
_ROUNDING = 1e-9


class Recorded(NamedTuple):
    """How many lists were given that had a first place, and how many of these places each organisation had."""

    lists: int
    tops: Mapping[str, int]


class Exposure:
    """Chooses lists and remembers who was first in them; one instance for all lists that are to be fair together.

    Options: `facet`, whose values are the organisations; `most_in_list`, documents of one organisation in a list
    (1 up); `most_tops`, share of the lists recorded in which one organisation may be first (above 0, to 1);
    `least_tops`, how often it may be, whatever the share, so that markets with few lists or few organisations are
    left alone at first; `reserved`, share of the places that are for the small (0 to 1); `small`, a facet and its
    values that say who is.

    What is weak (`scoring.BANDS`) is never put first or into a reserved place: it is there by its score or not at
    all. Documents without the facet are held back by no cap; of several organisations of one document, each counts.
    A reserved place that no candidate deserves goes to the next best, as does a first place for which all that
    are not weak are at their cap.

    Threads: lists are counted one after another under a lock. Equal calls in equal order give equal lists.
    """

    def __init__(
        self,
        facet: str = "organisation",
        *,
        most_in_list: int = 3,
        most_tops: float = 0.1,
        least_tops: int = 20,
        reserved: float = 0.1,
        small: tuple[str, str | Collection[str]] = ("standing", ("new", "small")),
    ) -> None:
        if most_in_list < 1 or least_tops < 0 or not 0.0 < most_tops <= 1.0 or not 0.0 <= reserved <= 1.0:
            raise ValueError("most_in_list must be at least 1, least_tops 0; shares within 0 and 1, most_tops above 0")
        self.facet, self.most_in_list = facet, most_in_list
        self.most_tops, self.least_tops = most_tops, least_tops
        self.reserved = reserved
        self.small_facet, self.small_values = small[0], frozenset(several(small[1]))
        self._lock = threading.Lock()
        self._lists = 0
        self._tops: Counter[str] = Counter()

    @property
    def recorded(self) -> Recorded:
        """What was counted so far; a copy."""
        with self._lock:
            return Recorded(self._lists, MappingProxyType(dict(self._tops)))

    def candidates(self, k: int) -> int:
        """How many matches `choose` should be given for a list of `k`."""
        return max(_WIDER * k, _CANDIDATES)

    def enough(self, matches: Sequence[Match], k: int, facets_of: FacetsOf) -> bool:
        """Whether a list of `k` can be made of `matches` within the cap of a list. Counts nothing."""
        counts: Counter[str] = Counter()
        fitting = 0
        for match in matches:
            fitting += self._enter(match, counts, facets_of)
            if fitting >= k:
                return True
        return False

    def choose(self, matches: Sequence[Match], k: int, facets_of: FacetsOf) -> list[Match]:
        """A list of up to `k` of `matches`, which come best first; who is first in it is counted.

        Of every first n places, `reserved` * n, rounded down, are for the small: with a tenth one in the first
        ten and two in the first twenty, each in the last of these places unless a small one has a better place
        by its score. Lists of fewer than ten have none. The list is shorter than `k` where the cap of a list
        leaves fewer.
        """
        if k <= 0 or not matches:
            return []
        facets_of = cache(facets_of)
        chosen = [self._first(matches, facets_of)]
        counts = Counter(self._organisations(chosen[0], facets_of))
        left = [match for match in matches if match != chosen[0]]
        while len(chosen) < k and (match := self._next(chosen, left, counts, facets_of)):
            self._enter(match, counts, facets_of)
            left.remove(match)
            chosen.append(match)
        return chosen

    def _first(self, matches: Sequence[Match], facets_of: FacetsOf) -> Match:
        """The best that may be first; the best of all if nobody may."""
        # Short, as at most 1 / most_tops organisations can be at their cap; the counts must not change meanwhile.
        with self._lock:
            most = max(self.least_tops, self.most_tops * (self._lists + 1) + _ROUNDING)
            good = takewhile(_good, matches)
            free = (m for m in good if all(self._tops[o] + 1 <= most for o in self._organisations(m, facets_of)))
            first = next(free, matches[0])
            self._lists += 1
            self._tops.update(self._organisations(first, facets_of))
        return first

    def _next(
        self, chosen: Sequence[Match], left: Sequence[Match], counts: Counter[str], facets_of: FacetsOf
    ) -> Match | None:
        """The best of `left` that fits; the best small one, if the place is reserved and one deserves it."""
        owed = int(self.reserved * (len(chosen) + 1) + _ROUNDING)
        if owed and sum(self._small(match, facets_of) for match in chosen) < owed:
            for match in takewhile(_good, left):
                if self._small(match, facets_of) and self._fits(match, counts, facets_of):
                    return match
        return next((match for match in left if self._fits(match, counts, facets_of)), None)

    def _enter(self, match: Match, counts: Counter[str], facets_of: FacetsOf) -> bool:
        """Count `match` as in the list, if it fits."""
        fits = self._fits(match, counts, facets_of)
        if fits:
            counts.update(self._organisations(match, facets_of))
        return fits

    def _fits(self, match: Match, counts: Counter[str], facets_of: FacetsOf) -> bool:
        return all(counts[each] < self.most_in_list for each in self._organisations(match, facets_of))

    def _organisations(self, match: Match, facets_of: FacetsOf) -> frozenset[str]:
        return frozenset(several(facets_of(match.id).get(self.facet, ())))

    def _small(self, match: Match, facets_of: FacetsOf) -> bool:
        return not self.small_values.isdisjoint(several(facets_of(match.id).get(self.small_facet, ())))


def fairest(
    queries: Sequence[Query], k: int, allowed: Allowed | None, fair: Exposure, facets_of: FacetsOf
) -> list[list[Match]]:
    """`ranking.best`, but `fair` chooses from its `candidates`; from more if these do not fill a list within the cap.

    A small document behind these candidates is not found for a reserved place, however many there are.
    """
    if k <= 0:
        return [[] for _ in queries]
    found = []
    for query, matches in zip(queries, best(queries, fair.candidates(k), allowed), strict=True):
        asked, candidates = fair.candidates(k), matches
        while len(candidates) == asked and not fair.enough(candidates, k, facets_of):
            asked *= _WIDER
            [candidates] = best([query], asked, allowed)
        found.append(fair.choose(candidates, k, facets_of))
    return found


def _good(match: Match) -> bool:
    return match.score >= BANDS["fair"]
