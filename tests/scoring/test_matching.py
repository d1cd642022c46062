import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfTransformer

from scoring import BANDS, Document, Match, Matcher, band
from scoring.query import GAIN
from scoring.reading import read

WORDS = ["sampah", "sungai", "kopi", "pasar", "nelayan", "jalan", "sekolah", "listrik", "banjir", "sawah"]
DOCUMENTS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=1, max_size=4),
    ),
    max_size=8,
)
QUERIES = st.lists(st.sampled_from(WORDS), max_size=8)


def card(number: int, parts: list[list[str]]) -> Document:
    return Document(f"d{number}", {str(at): " ".join(part) for at, part in enumerate(parts)}, language="id")


def weights(documents: list[list[str]], texts: list[list[str]]) -> np.ndarray:
    """TF-IDF of `texts`, not yet divided by length, with idf of `documents`: scikit-learn's own."""
    counts = [[text.count(word) for word in WORDS] for text in documents]
    transformer = TfidfTransformer(sublinear_tf=True, norm=None).fit(np.array(counts))
    return transformer.transform([[text.count(word) for word in WORDS] for text in texts]).toarray()


def oracle(documents: dict[str, list[list[str]]], query: list[str], k: int) -> list[Match]:
    """The scoring rule as `scoring.ranking` states it, from scratch."""
    wholes = {id: [word for part in parts for word in part] for id, parts in documents.items()}
    several = {id: [part for part in parts if part] for id, parts in documents.items()}
    several = {id: parts for id, parts in several.items() if len(parts) > 1}
    if not documents or not query:
        return []
    asked = weights(list(wholes.values()), [query])[0]
    asked /= np.linalg.norm(asked)

    def fits(texts: list[list[str]], pool: list[list[str]]) -> list[float]:
        lengths = np.linalg.norm(weights(list(wholes.values()), pool), axis=1) if pool else np.zeros(0)
        mean = lengths[lengths > 0].mean() if (lengths > 0).any() else 1.0
        rows = weights(list(wholes.values()), texts)
        return list(rows @ asked / (np.linalg.norm(rows, axis=1) + mean))

    pool_of_parts = [part for parts in several.values() for part in parts]
    found = []
    for id, words in wholes.items():
        whole = best = fits([words], list(wholes.values()))[0]
        if id in several:
            best = float(np.mean(sorted(fits(several[id], pool_of_parts), reverse=True)[:3]))
        score = round(0.7 * whole + 0.3 * best, 9)
        if score > 0:
            found.append(Match(id, score))
    return sorted(found, key=lambda match: (-match.score, match.id))[:k]


@settings(max_examples=60, deadline=None)
@given(
    DOCUMENTS,
    st.lists(st.integers(0, 6)),
    DOCUMENTS,
    st.lists(st.sampled_from(WORDS), max_size=8),
    st.integers(0, 7),
)
def test_after_any_additions_and_removals_it_is_the_rule_from_scratch(
    first: list[tuple[int, list[list[str]]]],
    removed: list[int],
    added: list[tuple[int, list[list[str]]]],
    query: list[str],
    k: int,
) -> None:
    matcher = Matcher().fit(card(*document) for document in first)
    asked = Document("q", {"text": " ".join(query)}, language="id")
    matcher.match(asked)
    matcher.remove(f"d{number}" for number in removed)
    for document in added:
        matcher.add([card(*document)]).match(asked)
    left = {f"d{number}": parts for number, parts in first if number not in removed}
    left |= {f"d{number}": parts for number, parts in added}
    expected = oracle(left, query, k)
    found = matcher.match(asked, k)
    assert [match.score for match in found] == pytest.approx([match.score for match in expected], abs=1e-8)
    scores = {match.id: match.score for match in oracle(left, query, len(left))}
    assert all(math.isclose(match.score, scores[match.id], abs_tol=1e-8) for match in found)
    assert len(matcher) == len(left)


def test_sweeping_the_removed_changes_nothing(cards: list[Document], need: Document) -> None:
    matcher = Matcher().fit([*cards, *(card(number, [WORDS, WORDS[:3]]) for number in range(1200))])
    matcher.remove(f"d{number}" for number in range(1200))
    assert len(matcher.documents_.documents) < 1200
    assert matcher.match(need) == Matcher().fit(cards).match(need)


def test_indonesian_and_english_find_each_other(cards: list[Document], need: Document) -> None:
    matcher = Matcher().fit(cards)
    assert [match.id for match in matcher.match(need)][:2] == ["compost", "sorting"]
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
    assert GAIN > 1


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


def test_without_parts_and_stop_words_it_is_scikit_learns_tf_idf() -> None:
    texts = [["sampah", "sampah", "sungai"], ["kopi", "sungai"], ["kopi"]]
    matcher = Matcher(whole=1.0).fit(card(at, [text]) for at, text in enumerate(texts))
    snapshot = matcher.documents_.snapshot()
    counted = Counter(word.term for part in read(card(0, [texts[0]])) for word in part.tokens)
    expected = weights(texts, [texts[0]])[0]
    row = {term: snapshot.idf_of(term) * (1 + math.log(times)) for term, times in counted.items()}
    assert sorted(row.values()) == pytest.approx(sorted(expected[expected > 0]))


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
