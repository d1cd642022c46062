import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import BANDS, Document, Match, Matcher, consortium, coverage
from tests.scoring import oracle

NEEDS = [
    Document("waste", {"text": "Pengolahan sampah pasar menjadi kompos belum berjalan."}, language="id"),
    Document("clinic", {"text": "Puskesmas kepulauan membutuhkan konsultasi dokter jarak jauh."}, language="id"),
    Document("flood", {"text": "Early warning of floods along the river for villages."}, language="en"),
    Document("batik", {"text": "Perajin batik ingin menjual ke luar negeri."}, language="id"),
]


def card(id: str, text: str, organisation: str, language: str = "id") -> Document:
    return Document(id, {"text": text}, language, {"organisation": organisation})


CARDS = [
    card("compost", "Mesin kompos dan pengolahan sampah organik dari pasar tradisional.", "hijau"),
    card("sorting", "Machines that sort market waste and make compost of what is organic.", "sorter", "en"),
    card("telemedicine", "Remote consultation with doctors for health centres on islands.", "klinik", "en"),
    card("sensor", "Sensor tinggi air sungai dan peringatan dini banjir untuk desa.", "hijau"),
    card(
        "both",
        "Kami memasang sensor peringatan dini banjir di sungai. Kami juga mengolah sampah pasar menjadi kompos.",
        "ganda",
    ),
    card("bridge", "Perencanaan jembatan gantung dan jalan.", "jalan"),
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher().fit(CARDS, NEEDS)


def test_scores_are_those_of_match(matcher: Matcher) -> None:
    for need in NEEDS:
        matches = {match.id: match.score for match in matcher.match(need)}
        scores = matcher.scores(need, [document.id for document in CARDS])
        assert scores == {document.id: matches.get(document.id, 0.0) for document in CARDS}
    assert 0.0 in scores.values()


def test_scores_leave_unknown_and_removed_ids_out(matcher: Matcher) -> None:
    assert list(matcher.scores(NEEDS[0], ["nobody", "compost", "compost"])) == ["compost"]
    assert matcher.scores(NEEDS[0], []) == {}
    assert matcher.scores(Document("empty", {}), ["compost"]) == {"compost": 0.0}
    other = Matcher().fit(CARDS).remove(["compost"])
    assert list(other.scores(NEEDS[0], ["compost", "sorting"])) == ["sorting"]
    assert Matcher().scores(NEEDS[0], ["compost"]) == {}


def test_facets_of_a_document(matcher: Matcher) -> None:
    assert matcher.facets_of("sensor") == {"organisation": "hijau"}
    assert matcher.facets_of("nobody") == {}


def test_coverage_says_who_covers_what_and_what_is_open(matcher: Matcher) -> None:
    found = coverage(matcher, NEEDS, ["telemedicine", "sorting", "compost", "bridge", "nobody"])
    assert [row.need for row in found.needs] == [need.id for need in NEEDS]
    by = {row.need: row.by for row in found.needs}
    assert {match.id for match in by["waste"]} == {"compost", "sorting"}
    assert [match.id for match in by["clinic"]] == ["telemedicine"]
    assert (by["flood"], by["batik"], found.open) == ((), (), ("flood", "batik"))
    assert all(list(row) == sorted(row, key=lambda match: -match.score) for row in by.values())
    assert by["clinic"] == (Match("telemedicine", matcher.scores(NEEDS[1], ["telemedicine"])["telemedicine"]),)


def test_the_least_score_decides_what_covers(matcher: Matcher) -> None:
    [match] = coverage(matcher, NEEDS[1:2], ["telemedicine"]).needs[0].by
    assert coverage(matcher, NEEDS[1:2], ["telemedicine"], least=match.score).open == ()
    assert coverage(matcher, NEEDS[1:2], ["telemedicine"], least=match.score + 1e-9).open == ("clinic",)
    assert coverage(matcher, NEEDS[3:], ["bridge"], least=0.0).open == ("batik",)  # nothing in common is no cover


def test_one_card_that_covers_two_needs_is_preferred(matcher: Matcher) -> None:
    found = consortium(matcher, NEEDS)
    assert found.members == ("both", "telemedicine")
    assert found.coverage.open == ("batik",)
    assert {row.need: [match.id for match in row.by] for row in found.coverage.needs} == {
        "waste": ["both"],
        "clinic": ["telemedicine"],
        "flood": ["both"],
        "batik": [],
    }
    assert consortium(matcher, reversed(NEEDS)).members == found.members


def test_two_needs_covered_count_for_more_than_one_covered_better() -> None:
    wide = card("wide", "Jasa umum: jalan, gedung, listrik, taman, pagar, atap, cat, kompos dan banjir.", "umum")
    specialist = Document("specialist", NEEDS[1].parts, "id")
    matcher = Matcher().fit([wide, specialist], NEEDS)
    least = 0.1
    scores = [matcher.scores(need, ["wide"])["wide"] for need in (NEEDS[0], NEEDS[2])]
    assert min(scores) >= least
    assert sum(scores) < matcher.scores(NEEDS[1], ["specialist"])["specialist"]
    assert consortium(matcher, NEEDS, least=least).members == ("wide", "specialist")


def test_a_card_that_is_among_the_best_for_one_need_counts_for_all(matcher: Matcher) -> None:
    assert "both" not in {match.id for match in matcher.match(NEEDS[0], 2)}
    assert consortium(matcher, NEEDS, k=2).members == ("both", "telemedicine")
    assert len(consortium(matcher, NEEDS, k=1).members) == 3


def test_filters_and_the_number_of_members_hold(matcher: Matcher) -> None:
    without = consortium(matcher, NEEDS, without={"organisation": "ganda"})
    assert set(without.members) == {"telemedicine", "sensor", matcher.match(NEEDS[0], 1)[0].id}
    assert consortium(matcher, NEEDS, where={"organisation": "klinik"}).members == ("telemedicine",)
    few = consortium(matcher, NEEDS, most=1)
    assert few.members == ("both",)
    assert few.coverage.open == ("clinic", "batik")
    nobody = consortium(matcher, NEEDS, most=0)
    assert (nobody.members, len(nobody.coverage.open)) == ((), len(NEEDS))


def test_an_organisation_is_there_once_if_asked_so(matcher: Matcher) -> None:
    needs = [NEEDS[0], NEEDS[2]]
    pair = consortium(matcher, needs, without={"organisation": ["ganda", "sorter"]})
    assert set(pair.members) == {"compost", "sensor"}
    once = consortium(matcher, needs, without={"organisation": ["ganda", "sorter"]}, facet="organisation")
    assert len(once.members) == 1
    assert len(once.coverage.open) == 1
    others = consortium(matcher, needs, without={"organisation": "ganda"}, facet="organisation")
    assert others.members == ("sensor", "sorting")


def test_of_equal_cards_the_first_by_id_is_chosen() -> None:
    same = [Document(id, CARDS[0].parts, "id") for id in ("c", "a", "b")]
    matcher = Matcher().fit([*same, *CARDS[2:]])
    assert consortium(matcher, NEEDS[:1]).members == ("a",)
    assert consortium(matcher, [NEEDS[0], NEEDS[0]]).coverage.needs[1].need == "waste"


def test_no_cover_no_needs_no_cards(matcher: Matcher) -> None:
    nobody = consortium(matcher, NEEDS[3:])
    assert (nobody.members, nobody.coverage.open) == ((), ("batik",))
    assert consortium(matcher, []).coverage == coverage(matcher, [], ["compost"])
    assert consortium(matcher, []).coverage.needs == ()
    assert coverage(matcher, NEEDS, []).open == tuple(need.id for need in NEEDS)
    assert consortium(Matcher(), NEEDS).members == ()
    wordless = Document("wordless", {"text": "..."})
    assert consortium(matcher, [wordless]).coverage.open == ("wordless",)


TEXTS = st.lists(
    st.lists(st.sampled_from(oracle.WORDS), min_size=1, max_size=6).map(lambda words: [words]), max_size=7
)


@settings(max_examples=60, deadline=None)
@given(cards=TEXTS, needs=TEXTS, most=st.integers(1, 3))
def test_any_consortium_covers_nearly_what_the_best_one_does(
    cards: list[list[list[str]]], needs: list[list[list[str]]], most: int
) -> None:
    matcher = Matcher().fit(oracle.document(f"c{at}", card) for at, card in enumerate(cards))
    asked = [oracle.document(f"n{at}", need) for at, need in enumerate(needs)]
    ids = [f"c{at}" for at in range(len(cards))]
    covers = {id: {need.id for need in asked if matcher.scores(need, [id])[id] >= BANDS["fair"]} for id in ids}
    found = consortium(matcher, asked, most=most)
    covered: set[str] = set()
    for member in found.members:
        assert covers[member] - covered  # each adds a need
        covered |= covers[member]
    assert len(found.members) <= most
    assert found.coverage == coverage(matcher, asked, found.members)
    assert set(found.coverage.open) == {need.id for need in asked} - covered
    optimum = max(
        len(set[str]().union(*map(covers.__getitem__, some))) for some in combinations(ids, min(most, len(ids)))
    )
    assert len(covered) >= (1 - 1 / math.e) * optimum
