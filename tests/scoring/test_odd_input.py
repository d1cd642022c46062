import subprocess
import sys
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Document, Matcher

PARTS = st.dictionaries(st.text(max_size=5), st.text(max_size=200), max_size=3)
ODD = ["", " \n\t", "...!?", "\x00\x01\x1b[m", "\ud800", "yang dan di", "a", "\u200b\u202e", "x" * 100_000]


@settings(max_examples=80, deadline=None)
@given(
    parts=st.dictionaries(st.text(max_size=5), st.text(max_size=200), max_size=3),
    language=st.sampled_from(["id", "en", "xx", None]),
)
def test_any_text_is_matched_and_explained(
    parts: dict[str, str], language: str | None, cards: list[Document], need: Document
) -> None:
    odd = Document("odd", parts, language)
    matcher = Matcher().fit([*cards, odd])
    for asked in (odd, need):
        for match in matcher.match(asked):
            assert 0 < match.score <= 1
            why = matcher.explain(asked, match.id)
            assert sum(term.share for term in why.terms) == pytest.approx(match.score, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "...!?", "\x00\x01\x1b[m", "\ud800", "yang dan di", "a", "\u200b\u202e", "x" * 100_000],
)
def test_a_text_without_a_word_matches_nothing(text: str, cards: list[Document], need: Document) -> None:
    empty = Document("empty", {"t": text})
    matcher = Matcher().fit([empty, *cards])
    assert matcher.match(empty) == []
    assert "empty" not in {match.id for match in matcher.match(need)}


def test_a_document_without_parts_matches_nothing() -> None:
    assert Matcher().fit([Document("a", {})]).match(Document("q", {})) == []


def test_an_empty_collection_answers_with_nothing(need: Document) -> None:
    assert Matcher().match(need) == []
    assert Matcher().fit([]).match(need, where={"pillar": "x"}) == []


@pytest.mark.parametrize("text", ["sampah", "水 sampah мусор 🚮 قمامة", "SAMPAH\x00SAMPAH", "ｓａｍｐａｈ"])
def test_one_word_in_any_dress_is_found(text: str, cards: list[Document]) -> None:
    matcher = Matcher().fit([Document("odd", {"t": text}, language="id"), *cards])
    assert "odd" in {match.id for match in matcher.match(Document("q", {"t": "sampah"}, language="id"))}


@pytest.mark.slow
def test_ten_megabytes_are_one_document(cards: list[Document], need: Document) -> None:
    huge = Document("huge", {"t": "pengangkutan persampahan " * 400_000})
    matcher = Matcher().fit([huge, *cards])
    assert "huge" in {match.id for match in matcher.match(need)}


def test_queries_run_while_documents_come_and_go(cards: list[Document], need: Document) -> None:
    matcher = Matcher().fit(cards)
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(40):
                assert matcher.match(need)
                assert matcher.explain(need, "sorting").score > 0
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(60):
        matcher.add([Document(f"n{number}", {"t": f"sampah pasar kata{number}"})]).remove([f"n{number - 5}"])
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_small_market_needs_neither_a_model_nor_a_compiler_nor_scikit_learn() -> None:
    script = """
import sys
from scoring import Document, Matcher
text = "We build machines that sort the waste of the markets, number"
pool = [Document(f"{n}", {"t": f"{text} {n}"}) for n in range(500)]
assert Matcher().fit(pool).match(Document("q", {"t": "Kami membutuhkan mesin untuk memilah sampah di pasar"}))
print([name for name in ("py3langid", "numba", "sklearn") if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_words_are_not_remembered_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.forms._MOST", 100)
    matcher = Matcher()
    for number in range(20):
        text = " ".join(f"kata{number}x{each}" for each in range(50))
        matcher.add([Document("same", {"t": f"{text} {'panjang' * 2000}"}, language="id")])
    words = matcher.collection_.vocabulary.forms.words
    assert len(words) == len(words.listed) - 1 <= 100
    assert max(map(len, words)) <= 40
    assert matcher.match(Document("q", {"t": "kata19x7"}, language="id"))[0].id == "same"
