import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import BANDS, Document, Exposure, Facets, Match, Matcher, band

GOOD, WEAK = BANDS["strong"], BANDS["fair"] / 2
FacetsOf = Callable[[str], Facets]


def by(organisations: Mapping[str, str], small: Sequence[str] = ()) -> FacetsOf:
    """Facets of documents: the organisation by id, and who is small."""
    facets: dict[str, Facets] = {id: {"organisation": organisation} for id, organisation in organisations.items()}
    for id in small:
        facets[id] = {**facets.get(id, {}), "standing": {"small"}}
    return lambda id: facets.get(id, {})


def ranked(*ids: str, score: float = GOOD) -> list[Match]:
    """Matches in this order, best first, scores falling a little."""
    return [Match(id, score - at * 1e-6) for at, id in enumerate(ids)]


def numbered(many: int) -> list[str]:
    return [f"d{number:02}" for number in range(many)]


def ids(matches: Sequence[Match]) -> list[str]:
    return [match.id for match in matches]


def test_an_organisation_has_three_places_in_a_list() -> None:
    matches = ranked("a1", "a2", "b1", "a3", "a4", "a5", "b2")
    facets_of = by({match.id: match.id[0] for match in matches})
    assert ids(Exposure().choose(matches, 5, facets_of)) == ["a1", "a2", "b1", "a3", "b2"]
    assert ids(Exposure(most_in_list=1).choose(matches, 5, facets_of)) == ["a1", "b1"]


def test_a_document_of_several_organisations_counts_for_each() -> None:
    facets: dict[str, Facets] = {
        "ab": {"organisation": {"a", "b"}},
        "a": {"organisation": ["a"]},
        "b": {"organisation": "b"},
        "c": {"organisation": "c"},
    }
    chosen = Exposure(most_in_list=1).choose(ranked(*facets), 4, facets.__getitem__)
    assert ids(chosen) == ["ab", "c"]


def test_nobody_is_first_in_more_than_a_tenth_of_many_lists() -> None:
    fair = Exposure(least_tops=20)
    matches = ranked(*numbered(15))
    facets_of = by({id: id for id in numbered(15)})
    tops: Counter[str] = Counter()
    for lists in range(1, 1001):
        first = fair.choose(matches, 5, facets_of)[0]
        tops[first.id] += 1
        assert max(tops.values()) <= max(20, lists / 10)
    assert tops["d00"] == 100  # the cap costs no more than it says: who is best has its full share
    assert (fair.recorded.lists, dict(fair.recorded.tops)) == (1000, dict(tops))


def test_who_may_not_be_first_is_second_with_the_same_score() -> None:
    fair = Exposure(least_tops=1)
    matches = ranked("a", "b", "c")
    facets_of = by({id: id for id in "abc"})
    assert fair.choose(matches, 3, facets_of) == matches
    assert fair.choose(matches, 3, facets_of) == [matches[1], matches[0], matches[2]]


def test_a_few_lists_are_left_alone() -> None:
    fair = Exposure()
    matches = ranked("a", "b")
    assert all(fair.choose(matches, 2, by({"a": "a", "b": "b"})) == matches for _ in range(20))
    assert fair.choose(matches, 2, by({"a": "a", "b": "b"}))[0].id == "b"


def test_where_all_are_at_their_cap_the_best_is_first() -> None:
    fair = Exposure(least_tops=1)
    matches = ranked("a", "b")
    firsts = [fair.choose(matches, 2, by({"a": "a", "b": "b"}))[0].id for _ in range(5)]
    assert firsts == ["a", "b", "a", "a", "a"]


def test_what_is_weak_is_never_put_first() -> None:
    fair = Exposure(least_tops=1)
    matches = [Match("a", GOOD), *ranked("b", "c", score=WEAK)]
    facets_of = by({id: id for id in "abc"})
    assert [fair.choose(matches, 3, facets_of)[0].id for _ in range(3)] == ["a", "a", "a"]
    assert [fair.choose(matches[1:], 3, facets_of)[0].id for _ in range(3)] == ["b", "b", "b"]


def test_one_place_in_ten_is_for_the_small() -> None:
    matches = ranked(*numbered(40))
    chosen = Exposure().choose(matches, 20, by({}, small=["d33", "d35", "d36"]))
    assert ids(chosen) == [*numbered(9), "d33", *numbered(18)[9:], "d35"]
    assert all(match in matches for match in chosen)


@pytest.mark.parametrize(("place", "second"), [("d00", "d35"), ("d08", "d35"), ("d09", "d35")])
def test_a_place_that_a_small_one_has_by_its_score_is_its_reserved_one(place: str, second: str) -> None:
    chosen = Exposure().choose(ranked(*numbered(40)), 20, by({}, small=[place, "d35"]))
    assert ids(chosen) == [*numbered(19), second]


def test_no_reserved_place_is_given_to_what_is_weak() -> None:
    matches = [*ranked(*numbered(12)), Match("small", WEAK)]
    assert Exposure().choose(matches, 10, by({}, small=["small"])) == matches[:10]


def test_no_reserved_place_is_given_beyond_the_cap_of_a_list() -> None:
    matches = ranked(*numbered(14))
    organisations = {"d00": "a", "d11": "a", "d12": "b"}
    facets_of = by(organisations, small=["d11", "d12"])
    assert ids(Exposure(most_in_list=1).choose(matches, 10, facets_of)) == [*numbered(9), "d12"]


def test_fewer_than_ten_places_reserve_none() -> None:
    matches = ranked(*numbered(30))
    assert Exposure().choose(matches, 9, by({}, small=["d20"])) == matches[:9]
    assert ids(Exposure(reserved=0.2).choose(matches, 5, by({}, small=["d20"])))[-1] == "d20"


@pytest.mark.parametrize("many", [0, 1, 2, 7])
def test_fewer_candidates_than_places_are_all_shown(many: int) -> None:
    matches = ranked(*numbered(many))
    fair = Exposure()
    assert fair.choose(matches, 10, by({}, small=["d01"])) == matches
    assert fair.choose(matches, 0, by({})) == []
    assert fair.recorded.lists == (many > 0)


def test_without_any_facet_nothing_changes() -> None:
    matches = ranked(*numbered(30))
    fair = Exposure(most_in_list=1, least_tops=0)
    assert all(fair.choose(matches, 20, lambda _: {}) == matches[:20] for _ in range(50))


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abcdef"), st.booleans(), st.sampled_from([GOOD, BANDS["fair"], WEAK])), max_size=40
    ),
    k=st.integers(0, 25),
    most=st.integers(1, 4),
)
def test_any_list_is_within_the_rules(rows: list[tuple[str, bool, float]], k: int, most: int) -> None:
    rows = sorted(rows, key=lambda row: -row[2])
    organisations = {f"d{at}": row[0] for at, row in enumerate(rows)}
    small = [f"d{at}" for at, row in enumerate(rows) if row[1]]
    matches = [Match(f"d{at}", row[2]) for at, row in enumerate(rows)]
    facets_of = by(organisations, small)
    fair, again = Exposure(most_in_list=most, least_tops=1), Exposure(most_in_list=most, least_tops=1)
    for _ in range(3):
        chosen = fair.choose(matches, k, facets_of)
        assert chosen == again.choose(matches, k, facets_of)
        assert len(set(chosen)) == len(chosen) <= k
        assert set(chosen) <= set(matches)
        assert max(Counter(organisations[match.id] for match in chosen).values(), default=0) <= most
        assert (len(chosen) == k) or all(
            sum(organisations[match.id] == organisations[other.id] for match in chosen) == most
            for other in matches
            if other not in chosen
        )
        _nothing_weak_rose(matches, chosen)
        assert fair.enough(matches, k, facets_of) == (len(chosen) == k) or k == 0


def _nothing_weak_rose(matches: list[Match], chosen: list[Match]) -> None:
    """What is weak has nothing behind it that is not, and keeps its order."""
    weak = [match for match in chosen if band(match.score) == "weak"]
    assert chosen[len(chosen) - len(weak) :] == weak
    assert weak == sorted(weak, key=matches.index)


def test_threads_count_every_list() -> None:
    fair = Exposure(most_tops=0.1, least_tops=5)
    matches, facets_of = ranked(*numbered(15)), by({id: id for id in numbered(15)})

    def ask() -> None:
        for _ in range(100):
            assert len(fair.choose(matches, 10, facets_of)) == 10

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorded = fair.recorded
    assert recorded.lists == sum(recorded.tops.values()) == 400
    assert max(recorded.tops.values()) == 40


@pytest.mark.parametrize(
    "options", [{"most_in_list": 0}, {"most_tops": 0.0}, {"most_tops": 1.1}, {"reserved": -0.1}, {"least_tops": -1}]
)
def test_wrong_options_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="most_in_list"):
        Exposure(**options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def market() -> Matcher:
    """One organisation with 120 cards that fit best, 30 others with one each, two of them new; unrelated needs."""
    many = [Document(f"big{number:03}", _text(30), "id", {"organisation": "big"}) for number in range(120)]
    few = [
        Document(
            f"own{number:02}",
            _text(30 - number),
            "id",
            {"organisation": f"o{number}", "standing": "new" if number in {20, 25} else "known"},
        )
        for number in range(30)
    ]
    asking = [Document(f"asks{number}", {"text": "kapal nelayan"}, "id") for number in range(2_000)]
    return Matcher().fit([*many, *few], asking)


def _text(times: int) -> dict[str, str]:
    return {"text": "pengolahan sampah pasar " * times + "armada gudang kantor " * (30 - times)}


NEED = Document("need", {"text": "Pengolahan sampah pasar dan terminal"}, language="id")


def test_the_engine_looks_further_where_one_organisation_has_the_first_places(market: Matcher) -> None:
    plain = market.match(NEED, 20)
    assert all(match.id.startswith("big") for match in plain)
    fair = Exposure()
    chosen = market.match(NEED, 20, fair=fair)
    assert len(chosen) == 20
    assert band(market.scores(NEED, ["own25"])["own25"]) != "weak"
    assert sum(match.id.startswith("big") for match in chosen) == 3
    assert {"own20", "own25"} <= {match.id for match in chosen}
    scores = market.scores(NEED, ids(chosen))
    assert all(match.score == scores[match.id] for match in chosen)
    assert fair.recorded.lists == 1


def test_without_it_nothing_changes_and_filters_still_hold(market: Matcher) -> None:
    before = market.match(NEED, 20)
    chosen = market.match_all([NEED] * 30, 10, without={"organisation": "big"}, fair=Exposure())
    assert all(match.id.startswith("own") for matches in chosen for match in matches)
    assert [len(matches) for matches in chosen] == [10] * 30
    assert {matches[0].id for matches in chosen} == {"own00", "own01"}  # twenty times, then the next
    assert market.match(NEED, 20) == before


def test_the_same_calls_give_the_same_lists(market: Matcher) -> None:
    needs = [NEED, Document("other", {"text": "Gudang pelabuhan untuk pasar"}, language="id")] * 20
    lists = [market.match_all(needs, 10, fair=Exposure(least_tops=3)) for _ in range(2)]
    one_by_one = Exposure(least_tops=3)
    assert lists[0] == lists[1] == [market.match(need, 10, fair=one_by_one) for need in needs]


def test_documents_without_facets_and_odd_k_are_no_error(cards: list[Document], need: Document) -> None:
    matcher = Matcher().fit(cards)
    assert matcher.match(need, 10, fair=Exposure()) == matcher.match(need, 10)
    assert matcher.match(need, 0, fair=Exposure()) == matcher.match(need, -1, fair=Exposure()) == []
    assert Matcher().match(need, fair=Exposure()) == []
