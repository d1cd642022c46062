import time

import pytest

from scoring import Document, Matcher


@pytest.fixture(scope="module")
def matcher(cards: list[Document]) -> Matcher:
    return Matcher().fit(cards)


def test_shares_sum_to_the_score_of_the_match(matcher: Matcher, need: Document) -> None:
    for match in matcher.match(need):
        why = matcher.explain(need, match.id)
        assert why.score == pytest.approx(match.score, abs=1e-7)
        assert sum(term.share for term in why.terms) == pytest.approx(match.score, abs=1e-5)
        assert [term.share for term in why.terms] == sorted((term.share for term in why.terms), reverse=True)
        assert all(term.share > 0 for term in why.terms)


def test_a_translated_term_shows_both_words(matcher: Matcher, need: Document) -> None:
    assert matcher.explain(need, "doctor").terms[0].term == "rumah sakit / hospitals"
    assert any(term.term.lower() == "sampah / waste" for term in matcher.explain(need, "sorting").terms)


def test_terms_are_words_of_the_text_and_not_stems(matcher: Matcher) -> None:
    why = matcher.explain(Document("q", {"t": "Kami mengangkut sampahnya"}), "compost")
    assert {term.term for term in why.terms} == {"sampahnya"}


def test_what_met_an_abbreviation_shows_it(matcher: Matcher, need: Document) -> None:
    assert "mikro / UMKM" in {term.term for term in matcher.explain(need, "compost").terms}


def test_a_phrase_is_named_by_both_of_its_words_where_the_document_has_both() -> None:
    matcher = Matcher().fit([Document("d", {"t": "Pembangunan rumah sakit umum"}, language="id")])
    why = matcher.explain(Document("q", {"t": "A hospital of our own"}, language="en"), "d")
    assert [term.term for term in why.terms] == ["hospital / rumah sakit"]


def test_the_best_sentences_and_the_words_they_share(matcher: Matcher, cards: list[Document], need: Document) -> None:
    pair = matcher.explain(need, "compost").sentences
    assert pair is not None
    assert pair.query.part in need.parts
    assert pair.query.text in need.parts[pair.query.part]
    assert pair.document.text in cards[1].parts[pair.document.part]
    marked = {pair.document.text[start:end] for start, end in pair.document.spans}
    assert marked
    assert marked <= {"sampah", "pasar", "rumah", "UMKM"}
    assert list(pair.query.spans) == sorted(pair.query.spans)


def test_the_pair_is_across_languages_too(matcher: Matcher, need: Document) -> None:
    pair = matcher.explain(need, "doctor").sentences
    assert pair is not None
    assert [pair.query.text[start:end] for start, end in pair.query.spans] == ["rumah", "sakit"]
    assert [pair.document.text[start:end] for start, end in pair.document.spans] == ["hospitals"]


def test_what_is_missing_did_not_count(matcher: Matcher, need: Document) -> None:
    why = matcher.explain(need, "doctor")
    assert "Usaha mikro" in why.missing
    named = {word for term in why.terms for word in term.term.lower().split()}
    assert not named & {word for label in why.missing for word in label.lower().split()}


def test_nothing_in_common_is_explained_by_nothing(matcher: Matcher, need: Document) -> None:
    why = matcher.explain(need, "blank")
    assert (why.score, why.terms, why.sentences, why.few_words) == (0.0, (), None, True)
    assert why.missing


def test_few_words_on_either_side(matcher: Matcher, need: Document) -> None:
    assert not matcher.explain(need, "sorting").few_words
    assert matcher.explain(Document("q", {"t": "sampah"}), "sorting").few_words


def test_an_unknown_id_is_a_key_error(matcher: Matcher, need: Document) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        matcher.explain(need, "nowhere")


def test_a_huge_text_is_paired_by_its_beginning(matcher: Matcher) -> None:
    long = Document("q", {"t": "sampah pasar. " + "kata lain lagi sekali " * 50_000})
    started = time.thread_time()
    pair = matcher.explain(long, "compost").sentences
    assert time.thread_time() - started < 5
    assert pair is not None
    assert len(pair.query.text) <= 400
