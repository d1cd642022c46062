import pytest

from scoring import BANDS, Document, Matcher, band
from tests.scoring import oracle


def test_sweeping_the_removed_changes_nothing(cards: list[Document], need: Document) -> None:
    many = [oracle.document(f"d{number}", [oracle.WORDS, oracle.WORDS[:3]]) for number in range(1200)]
    matcher = Matcher().fit([*cards, *many])
    matcher.remove(document.id for document in many)
    assert len(matcher.collection_.texts) < 1200
    assert matcher.match(need) == Matcher().fit(cards).match(need)


def test_indonesian_and_english_find_each_other(cards: list[Document], need: Document) -> None:
    matcher = Matcher().fit(cards)
    assert {match.id for match in matcher.match(need)[:2]} == {"compost", "sorting"}
    english = Document("q", {"text": "We compost organic waste from markets with small enterprises"})
    assert matcher.match(english)[0].id == "compost"
    assert "sorting" not in {match.id for match in Matcher(expand=False).fit(cards).match(need)}


def test_an_abbreviation_meets_what_it_stands_for_in_both_languages() -> None:
    pool = [
        Document("id", {"t": "pendampingan usaha mikro kecil dan menengah"}, language="id"),
        Document("en", {"t": "loans for micro small and medium enterprises"}, language="en"),
        Document("no", {"t": "jembatan gantung"}, language="id"),
    ]
    found = Matcher().fit(pool).match(Document("q", {"t": "UMKM"}, language="id"))
    assert {match.id for match in found} == {"id", "en"}


def test_scores_stay_between_zero_and_one_also_for_a_perfect_translation() -> None:
    pool = [Document(str(at), {"t": "waste " * at}, language="en") for at in range(1, 30)]
    scores = [match.score for match in Matcher().fit(pool).match(Document("q", {"t": "sampah"}, language="id"))]
    assert 0 < min(scores) <= max(scores) <= 1


def test_what_was_added_is_found_at_once_and_what_was_removed_not(cards: list[Document], need: Document) -> None:
    matcher = Matcher().fit(cards)
    matcher.add([Document("new", {"t": need.parts["problem"]})])
    assert matcher.match(need)[0].id == "new"
    matcher.add([Document("new", {"t": "kapal"})])
    assert "new" not in {match.id for match in matcher.match(need)}
    matcher.remove(["compost", "unknown"])
    assert "compost" not in {match.id for match in matcher.match(need)}
    assert "compost" not in matcher
    assert "sorting" in matcher


def test_facets_filter_by_any_of_the_allowed_values(cards: list[Document], need: Document) -> None:
    matcher = Matcher().fit(cards)
    by = {
        "living": matcher.match(need, where={"pillar": "living"}),
        "both": matcher.match(need, where={"pillar": {"living", "economy"}, "province": ["NTT"]}),
        "none": matcher.match(need, where={"unknown": "x"}),
    }
    assert [[match.id for match in found] for found in by.values()] == [
        ["sorting", "doctor"],
        ["sorting"],
        [],
    ]
    everything = {match.id: match.score for match in matcher.match(need)}
    assert all(match.score == everything[match.id] for match in by["living"])


def test_k_cuts_and_ties_are_broken_by_id(need: Document) -> None:
    same = [Document(f"{number:04}", {"a": "sampah pasar", "b": "sampah"}) for number in reversed(range(1000))]
    found = Matcher().fit(same).match(need, k=3)
    assert [match.id for match in found] == ["0000", "0001", "0002"]
    assert len({match.score for match in found}) == 1
    assert Matcher().fit(same).match(need, k=0) == []


def test_match_all_is_match_for_each(cards: list[Document], need: Document) -> None:
    matcher = Matcher().fit(cards)
    assert matcher.match_all([need, cards[3]], k=2) == [matcher.match(need, 2), matcher.match(cards[3], 2)]


def test_bands() -> None:
    assert [band(score) for score in (1.0, BANDS["strong"], BANDS["fair"], 0.0)] == [
        "strong",
        "strong",
        "fair",
        "weak",
    ]


@pytest.mark.parametrize("options", [{"whole": 1.1}, {"best_parts": 0}])
def test_wrong_options_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="whole"):
        Matcher(**options)  # type: ignore[arg-type]
