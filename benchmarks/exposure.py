"""What fair exposure costs: nDCG@10 with and without `scoring.Exposure`, and who is first how often.

    python benchmarks/exposure.py FOLDER [COLLECTION ...]

FOLDER holds collections (docs.jsonl, queries.jsonl, qrels.tsv), of which need-* are read if none are named, in both
directions. A random fifth of the documents are small. Organisations are, first, the documents themselves; then, the
same with a random third of the documents all in the hands of one. Neither has to do with who is relevant, so what is
printed is the price where the rules bring nothing in return. Figures are means over several seeds, each with its
own fifth, third and order of the queries; after the sign +- the standard deviation between them.

Columns: nDCG@10 and its difference from that of the plain lists; this in per cent; the share of all lists in which the
organisation that is first most often is first; how many organisations are ever first; the share of places among the
first ten that the small have; the share of lists of ten with a small one in them.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import log2
from pathlib import Path
from statistics import fmean, stdev

from benchmarks.bands import documents
from scoring import Document, Exposure, Facets, Match, Matcher

PLACES = 10
SEEDS = range(7, 17)
SMALL_SHARE, LARGE_SHARE = 0.2, 1 / 3
Grades = dict[str, dict[str, int]]
Lists = dict[str, list[Match]]
Figures = tuple[float, ...]

#: The rules one by one and together, as they are by default and tighter.
RULES: dict[str, Callable[[], Exposure]] = {
    "default": Exposure,
    "tops 0.10 alone": lambda: Exposure(reserved=0.0, most_in_list=PLACES),
    "in list 3 alone": lambda: Exposure(reserved=0.0, most_tops=1.0),
    "reserved 0.10 alone": lambda: Exposure(most_tops=1.0, most_in_list=PLACES),
    "tops 0.05 alone": lambda: Exposure(reserved=0.0, most_in_list=PLACES, most_tops=0.05, least_tops=10),
    "tops 0.02 alone": lambda: Exposure(reserved=0.0, most_in_list=PLACES, most_tops=0.02, least_tops=5),
    "reserved 0.20 alone": lambda: Exposure(most_tops=1.0, most_in_list=PLACES, reserved=0.2),
}


def grades(path: Path) -> Grades:
    """The relevance of documents by query."""
    found: Grades = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        found.setdefault(query, {})[document] = int(grade)
    return found


def reversed_grades(forward: Grades) -> Grades:
    """The relevance of queries by document."""
    found: Grades = {}
    for query, by_document in forward.items():
        for document, grade in by_document.items():
            found.setdefault(document, {})[query] = grade
    return found


def ndcg(matches: Sequence[Match], relevant: Mapping[str, int]) -> float:
    """nDCG@10 with gains of 2^grade - 1 (Burges et al.: Learning to rank using gradient descent, 2005)."""
    gains = [2.0 ** relevant.get(match.id, 0) - 1.0 for match in matches[:PLACES]]
    ideal = sorted((2.0**grade - 1.0 for grade in relevant.values()), reverse=True)[:PLACES]
    return _discounted(gains) / (_discounted(ideal) or 1.0)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def figures(lists: Lists, relevant: Grades, market: Mapping[str, Facets]) -> Figures:
    """The columns that are not differences, for lists by query."""
    tops = Counter(market[matches[0].id]["organisation"] for matches in lists.values() if matches)
    small = {id for id, facets in market.items() if facets["standing"] == "small"}
    return (
        fmean(ndcg(matches, relevant[query]) for query, matches in lists.items()),
        max(tops.values()) / len(lists),
        float(len(tops)),
        fmean(match.id in small for matches in lists.values() for match in matches),
        fmean(any(match.id in small for match in some) for some in lists.values() if len(some) == PLACES),
    )


def drawn(ids: Sequence[str], large_share: float, chance: random.Random) -> dict[str, Facets]:
    """Facets by document: who is small, and which organisation has it, one of them a share of all."""
    small = set(chance.sample(ids, round(SMALL_SHARE * len(ids))))
    large = set(chance.sample(ids, round(large_share * len(ids))))
    return {
        id: {"organisation": "large" if id in large else id, "standing": "small" if id in small else "known"}
        for id in ids
    }


def chosen(matches: Sequence[Match], fair: Exposure, market: Mapping[str, Facets]) -> list[Match]:
    """What the engine gives: it asks for all only where the first candidates do not fill the list."""
    first = matches[: fair.candidates(PLACES)]
    enough = fair.enough(first, PLACES, market.__getitem__)
    return fair.choose(first if enough else matches, PLACES, market.__getitem__)


def trial(candidates: Lists, relevant: Grades, ids: Sequence[str], large_share: float, seed: int) -> list[Figures]:
    """The figures of the plain lists and of each rule, for one market and one order of the queries."""
    chance = random.Random(seed)
    market = drawn(ids, large_share, chance)
    order = chance.sample(sorted(candidates), len(candidates))
    found = [figures({query: candidates[query][:PLACES] for query in order}, relevant, market)]
    for rule in RULES.values():
        fair = rule()
        lists = {query: chosen(candidates[query], fair, market) for query in order}
        found.append(figures(lists, relevant, market))
    return found


def print_figures(name: str, pool: Mapping[str, Document], asking: Mapping[str, Document], relevant: Grades) -> None:
    """Print two tables for one collection and direction."""
    matcher = Matcher().fit(pool.values(), asking.values())
    asked = [asking[id] for id in sorted(relevant)]
    found = matcher.match_all(asked, k=len(pool))
    candidates = dict(zip(sorted(relevant), found, strict=True))
    for market, large_share in {"every document its own": 0.0, "one has a third": LARGE_SHARE}.items():
        trials = [trial(candidates, relevant, sorted(pool), large_share, seed) for seed in SEEDS]
        print(f"\n{name}, {market}: {len(asked)} lists, {len(pool)} documents, {len(SEEDS)} seeds")
        print(f"{'':20}nDCG@10   change                   most tops  ever first  small's places  lists with small")
        plain = trials[0][0][0]
        for at, rule in enumerate(["plain", *RULES]):
            quality, *others = (fmean(column) for column in zip(*(each[at] for each in trials), strict=True))
            spread = stdev(each[at][0] for each in trials)
            lost = round(quality - plain, 9) + 0.0  # sums in another order differ a little; no -0.0
            change = f"{lost:+.4f} +- {spread:.4f} {lost / plain:+6.1%}"
            top, first, places, lists = others
            print(f"{rule:20}{quality:7.4f}   {change}{top:13.1%}{first:12.1f}{places:16.1%}{lists:18.1%}")


def main() -> None:
    """Print the tables of each collection and direction."""
    folder = Path(sys.argv[1])
    names = sys.argv[2:] or sorted(path.name for path in folder.iterdir() if path.name.startswith("need-"))
    for name in names:
        pool, queries = documents(folder / name / "docs.jsonl"), documents(folder / name / "queries.jsonl")
        forward = grades(folder / name / "qrels.tsv")
        print_figures(name, pool, queries, forward)
        back = reversed_grades(forward)
        print_figures(f"{name}/reverse", queries, {id: pool[id] for id in back}, back)


if __name__ == "__main__":
    main()
