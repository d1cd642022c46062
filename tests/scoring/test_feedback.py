"""Feedback on a made-up market: a document is useful where its evidence part speaks of the matter and its province is
the query's; its title holds the query's words by chance.
"""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from scoring import Document, Match, Matcher
from scoring.feedback import Feedback, Judgement

PROVINCES = ["11", "31", "53"]
TOPICS, WORDS_EACH = 20, 20
JUDGED = 12


class Market:
    """Documents and queries on topics; `useful` is what a fair user says."""

    def __init__(self, seed: int, documents: int = 400, queries: int = 60) -> None:
        self._rng = np.random.default_rng(seed)
        self._depth: dict[str, float] = {}
        self.documents = [self._document(number) for number in range(documents)]
        self.queries = [self._query(number) for number in range(queries)]
        self.matcher = Matcher().fit(self.documents)

    def judgements(self, says: Callable[[Document, Document], bool], queries: slice = slice(None)) -> list[Judgement]:
        return [
            Judgement(query, found.id, says(query, found))
            for query in self.queries[queries]
            for found in self.found(query, JUDGED)
        ]

    def found(self, query: Document, k: int) -> Iterator[Document]:
        by_id = {document.id: document for document in self.documents}
        return (by_id[match.id] for match in self.matcher.match(query, k))

    def useful(self, query: Document, found: Document) -> bool:
        odds = 4.0 * self._depth[found.id] + 1.5 * (query.facets["province"] == found.facets["province"]) - 2.0
        return bool(self._rng.random() < 1.0 / (1.0 + math.exp(-odds)))

    def whim(self, _query: Document, _found: Document) -> bool:
        """Says what has nothing to do with either."""
        return bool(self._rng.random() < 0.5)

    def _document(self, number: int) -> Document:
        topic, depth = number % TOPICS, float(self._rng.random())
        self._depth[f"d{number:03}"] = depth
        parts = {
            "title": self._words(topic, 6, float(self._rng.random())),
            "description": self._words(topic, 20, 0.3),
            "evidence 1": self._words(topic, 5, depth),
            "evidence 2": self._words(topic, 5, depth),
        }
        return Document(f"d{number:03}", parts, "id", self._facets())

    def _query(self, number: int) -> Document:
        return Document(f"q{number:03}", {"problem": self._words(number % TOPICS, 12, 0.8)}, "id", self._facets())

    def _words(self, topic: int, count: int, of_topic: float) -> str:
        own = self._rng.random(count) < of_topic
        numbers = np.where(own, topic * WORDS_EACH, TOPICS * WORDS_EACH) + self._rng.integers(0, WORDS_EACH, count)
        return " ".join(f"kata{number}" for number in numbers)

    def _facets(self) -> dict[str, str]:
        return {"province": str(self._rng.choice(PROVINCES)), "kind": "company", "region": ""}


@pytest.fixture(scope="module")
def market() -> Market:
    return Market(1)


@pytest.fixture(scope="module")
def learned(market: Market) -> Feedback:
    """From what was said of the first half of the queries."""
    return Feedback().fit(market.matcher, market.judgements(market.useful, slice(0, 30)))


def order(matches: Sequence[Match], useful: set[str]) -> float:
    """The share of pairs, one useful and one not, that stand in the right order."""
    places = [(first.id in useful, second.id in useful) for at, first in enumerate(matches) for second in matches[at:]]
    told = [first for first, second in places if first != second]
    return sum(told) / len(told) if told else math.nan


def held_back(market: Market, feedback: Feedback) -> tuple[float, float]:
    """`order` on the second half of the queries: as the matcher has it, and with feedback."""
    before, after = [], []
    for query in market.queries[30:]:
        matches = market.matcher.match(query, JUDGED)
        useful = {found.id for found in market.found(query, JUDGED) if market.useful(query, found)}
        before.append(order(matches, useful))
        after.append(order(feedback.rerank(market.matcher, query, matches), useful))
    return float(np.nanmean(before)), float(np.nanmean(after))


def evidence(score: float) -> float:
    return score / (1.0 - score)


def moved(market: Market, feedback: Feedback, query: Document) -> list[float]:
    """What rerank multiplied the evidence of each document by; that it lost and invented none."""
    matches = market.matcher.match(query)
    changed = {match.id: match.score for match in feedback.rerank(market.matcher, query, matches)}
    assert changed.keys() == {match.id for match in matches}
    assert all(0.0 < score <= 1.0 for score in changed.values())
    return [evidence(changed[match.id]) / evidence(match.score) for match in matches]


def test_it_improves_what_was_held_back(market: Market, learned: Feedback) -> None:
    assert learned.active_
    assert learned.gain_ > 0.05
    before, after = held_back(market, learned)
    assert after > before + 0.05


def test_it_learns_what_made_judgements_useful_and_says_so_in_numbers(learned: Feedback) -> None:
    weights = learned.weights_
    assert weights["part:evidence"] > 0.1 > weights["part:title"]
    assert weights["facet:province"] > 0.1
    assert weights["facet:kind"] == pytest.approx(0.0)  # what all share tells nothing
    assert "facet:region" not in weights
    rows = learned.numbers()
    assert [row.name for row in rows] == sorted(weights, key=lambda name: (-abs(weights[name]), name))
    assert all(1 / learned.most <= row.factor <= learned.most for row in rows)
    assert all((row.factor - 1.0) * row.weight >= 0.0 for row in rows)


def test_it_learns_nothing_from_whims() -> None:
    active = [
        Feedback().fit(market.matcher, market.judgements(market.whim)).active_
        for market in (Market(seed, documents=200, queries=40) for seed in range(4))
    ]
    assert active == [False] * 4


def test_what_changes_is_order_and_score_within_the_factor(market: Market, learned: Feedback) -> None:
    query = market.queries[40]
    matches = market.matcher.match(query)
    changed = learned.rerank(market.matcher, query, matches)
    assert changed == sorted(changed, key=lambda match: (-match.score, match.id))
    assert [match.id for match in changed] != [match.id for match in matches]
    factors = learned.factors(market.matcher, query, [match.id for match in matches])
    assert moved(market, learned, query) == pytest.approx(list(factors.values()), rel=1e-6)
    assert len({round(factor, 6) for factor in factors.values()}) > 5
    assert learned.rerank(market.matcher, query, []) == []


def test_what_is_gone_keeps_its_score(market: Market, learned: Feedback) -> None:
    gone = [Match("gone", 1.0), Match("also gone", 0.25)]
    assert learned.rerank(market.matcher, market.queries[0], gone) == gone
    nothing = Document("blank", {"problem": "..."})
    assert learned.rerank(market.matcher, nothing, [Match("d000", 1e-9)]) == [Match("d000", 1e-9)]


def test_it_is_off_below_the_least(market: Market) -> None:
    said = market.judgements(market.useful)
    scarce = [judgement._replace(useful=at < 39) for at, judgement in enumerate(said)]
    matches = market.matcher.match(market.queries[0])
    for few in ([], said[:199], scarce, [judgement._replace(useful=not judgement.useful) for judgement in scarce]):
        feedback = Feedback().fit(market.matcher, few)
        assert not feedback.active_
        assert feedback.judgements_ == len(few)
        assert feedback.rerank(market.matcher, market.queries[0], matches) == matches
        assert feedback.factors(market.matcher, market.queries[0], ["d000"]) == {"d000": 1.0}
        assert feedback.numbers() == []
    assert Feedback(least=150, least_of_each=20).fit(market.matcher, said[:199]).active_


def test_what_cannot_be_matched_does_not_count(market: Market) -> None:
    blank = Document("blank", {"problem": ""})
    said = [Judgement(query, id, True) for query in market.queries for id in ("gone", "")]
    said += [Judgement(blank, document.id, False) for document in market.documents]
    assert Feedback().fit(market.matcher, said).judgements_ == 0
    assert Feedback().fit(Matcher(), market.judgements(market.useful)).judgements_ == 0


def test_degenerate_judgements_leave_it_off(market: Market) -> None:
    everything = market.judgements(market.useful)
    same = Matcher().fit([Document(f"{at}", {"text": "sampah"}, "id") for at in range(300)])
    asked = [Document(f"q{at}", {"text": "sampah"}, "id") for at in range(20)]
    cases = [
        (market.matcher, [judgement._replace(useful=True) for judgement in everything]),
        (market.matcher, [judgement._replace(useful=False) for judgement in everything]),
        (market.matcher, [Judgement(market.queries[0], judgement.id, judgement.useful) for judgement in everything]),
        (same, [Judgement(query, f"{at}", at % 2 == 0) for query in asked for at in range(20)]),
        # Queries of which each knows useful documents only, or none.
        (market.matcher, [judgement._replace(useful=judgement.query.id < "q030") for judgement in everything]),
        # All that is useful in one query.
        (market.matcher, [judgement._replace(useful=judgement.query.id == "q000") for judgement in everything]),
    ]
    for matcher, said in cases:
        feedback = Feedback(least_of_each=0).fit(matcher, said)
        assert not feedback.active_
        assert feedback.weights_ == {}


def test_hostile_judgements_move_evidence_by_no_more_than_the_factor(market: Market) -> None:
    """Ten thousand each: that see nothing but the province, and hardly any penalty; that go by name; that contradict
    one another; that repeat one pair among honest ones.
    """
    every = [Judgement(query, found.id, True) for query in market.queries for found in market.found(query, 400)]
    province = {document.id: document.facets["province"] for document in market.documents}
    attacks = {
        "province": [one._replace(useful=one.query.facets["province"] == province[one.id]) for one in every[:10_000]],
        "name": [one._replace(useful=one.id < "d200") for one in every[:1_000]] * 10,
        "contradiction": [one._replace(useful=useful) for one in every[:1_000] for useful in (True, False)] * 5,
        "repetition": [*market.judgements(market.useful), *[every[0]] * 10_000],
    }
    for attack, said in attacks.items():
        feedback = Feedback(strength=1e9).fit(market.matcher, said)
        found = [factor for query in market.queries[::10] for factor in moved(market, feedback, query)]
        assert 1 / 1.5 - 1e-6 <= min(found) <= max(found) <= 1.5 + 1e-6
        if attack == "province":
            assert max(feedback.weights_.values()) > 10.0
            assert (min(found), max(found)) == pytest.approx((1 / 1.5, 1.5), rel=1e-6)
        assert (attack == "contradiction") <= (not feedback.active_)


def test_a_pair_counts_once_however_often_it_is_judged(market: Market) -> None:
    said = market.judgements(market.useful, slice(0, 30))
    flood = Feedback().fit(market.matcher, [*said, *[said[0]] * 10_000])
    assert flood.weights_ == Feedback().fit(market.matcher, said).weights_ != {}
    assert flood.judgements_ == len(said)


def test_it_does_not_feed_on_itself() -> None:
    """Users who call useful whatever stands in the upper half: learned again and again, nothing grows."""
    market = Market(2, queries=40)
    feedback = Feedback().fit(market.matcher, market.judgements(market.useful))
    first = max(map(abs, feedback.weights_.values()))
    for _ in range(3):
        said: list[Judgement] = []
        for query in market.queries:
            shown = feedback.rerank(market.matcher, query, market.matcher.match(query, JUDGED))
            said += [Judgement(query, match.id, at < JUDGED / 2) for at, match in enumerate(shown)]
        feedback = Feedback().fit(market.matcher, said)
        assert feedback.active_
        assert max(map(abs, feedback.weights_.values())) < 1.1 * first


def test_the_same_judgements_teach_the_same_in_any_order(market: Market) -> None:
    said = market.judgements(market.useful)
    first = Feedback().fit(market.matcher, said)
    again = Feedback().fit(market.matcher, reversed(said))
    assert first.active_
    assert again.to_dict() == first.to_dict()


def test_a_loaded_index_is_read_alike(market: Market, learned: Feedback, tmp_path: Path) -> None:
    market.matcher.save(tmp_path)
    loaded = Matcher.load(tmp_path)
    matches = loaded.match(market.queries[40])
    assert learned.rerank(loaded, market.queries[40], matches) == learned.rerank(
        market.matcher, market.queries[40], matches
    )


def test_it_is_saved_as_json(market: Market, learned: Feedback) -> None:
    saved = json.loads(json.dumps(learned.to_dict(), allow_nan=False))
    loaded = Feedback.from_dict(saved)
    assert loaded.to_dict() == learned.to_dict()
    matches = market.matcher.match(market.queries[40])
    assert loaded.rerank(market.matcher, market.queries[40], matches) == learned.rerank(
        market.matcher, market.queries[40], matches
    )
    assert not Feedback.from_dict(Feedback().to_dict()).active_


@pytest.mark.parametrize("change", [{"weights": None}, {"means": {}}, {"most": math.nan}, {"gain": "x"}])
def test_what_is_no_saved_feedback_is_refused(learned: Feedback, change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"saved feedback|most|could not convert"):
        Feedback.from_dict(learned.to_dict() | change)
    for number in (math.nan, math.inf, -math.inf):
        with pytest.raises(ValueError, match="number"):
            Feedback.from_dict({**learned.to_dict(), "weights": dict.fromkeys(learned.weights_, number)})


def test_extreme_saved_weights_stay_within_the_factor(market: Market, learned: Feedback) -> None:
    for number in (1e308, -1e308):
        extreme = Feedback.from_dict({**learned.to_dict(), "weights": dict.fromkeys(learned.weights_, number)})
        factors = moved(market, extreme, market.queries[40])
        assert 1 / 1.5 - 1e-6 <= min(factors) <= max(factors) <= 1.5 + 1e-6
        assert all(math.isfinite(row.factor) for row in extreme.numbers())


@pytest.mark.parametrize("options", [{"most": 0.9}, {"most": math.inf}, {"strength": 0.0}, {"strength": math.nan}])
def test_options_that_bound_nothing_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="strength"):
        Feedback(**options)
