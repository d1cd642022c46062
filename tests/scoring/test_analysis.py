from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.analysis import count, stem, surfaces_of, tokens, words_of
from scoring.counting import count_documents
from scoring.documents import Document
from scoring.languages import BIT, detect
from scoring.reading import read, total
from scoring.vocabulary import Vocabulary

WORDS = [
    "yang",
    "dan",
    "untuk",
    "the",
    "of",
    "with",
    "sampah",
    "waste",
    "UMKM",
    "PAD",
    "pad",
    "tik",
    "IoT",
    "x" * 50,
    "Ünal",
    "–",
]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kami membutuhkan mesin pencacah untuk pasar ikan", "id"),
        ("Jalan menuju kebun kopi rusak setiap musim hujan", "id"),
        ("We build cold storage for fishing villages", "en"),
        ("Training of teachers in remote schools", "en"),
    ],
)
def test_tells_the_language_of_a_sentence(text: str, language: str) -> None:
    assert detect(text, words_of(text)) == language


def test_a_text_without_words_has_the_language_given() -> None:
    assert detect("12 - 34 %", ["12", "34"], "en") == "en"
    assert detect("", []) == "id"


def test_a_short_part_follows_the_document() -> None:
    long = "Our company designs pumps for drinking water networks in small towns and villages."
    parts = read(Document("x", {"title": "BRIDA", "summary": long}))
    assert [part.language for part in parts] == ["en", "en"]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("pengelolaan", "mengelola", "id"), ("pelatihan", "melatih", "id"), ("farming", "farms", "en")],
)
def test_forms_of_a_word_are_one_term(one: str, other: str, language: str) -> None:
    assert stem(one, language) == stem(other.upper(), language)  # type: ignore[arg-type]


def test_stop_words_are_marked_and_words_of_the_field_are_not() -> None:
    assert [token.surface for token in tokens("The fire and the home of AI", "en") if not token.stop] == [
        "fire",
        "home",
        "AI",
    ]


def test_places_are_those_of_the_text_itself() -> None:
    text = "\x00ＡＢＣ cafe\u0301; Ünal_x"
    assert [(token.surface, text[token.start : token.end]) for token in tokens(text, "en")] == [
        (word, word) for word in ("ＡＢＣ", "cafe\u0301", "Ünal", "x")
    ]
    assert next(iter(tokens(text, "en"))).term == "en:abc"


def test_abbreviations_are_written_out_in_place() -> None:
    found = list(tokens("pelaku UMKM", "id"))
    assert {token.term for token in found[1:]} >= {stem(word, "id") for word in ("umkm", "usaha", "mikro")}
    assert {(token.start, token.end) for token in found[1:]} == {(7, 11)}


def test_terms_of_the_two_languages_are_apart() -> None:
    assert stem("data", "id") != stem("data", "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sampah pasar, sampah sungai; UMKM dan yang lain di BRIDA: pasar PASAR", "id"),
        ("A brake pad and the PAD of two regencies; TIK, tik.", "en"),
        ("ΟΔΟΣ İstanbul ｗａｓｔｅ cafe\u0301 x" + "y" * 50, "en"),
    ],
)
def test_counting_is_counting_the_words_of_the_text(text: str, language: str) -> None:
    counted, led = count(text, words_of(text), language, 3)  # type: ignore[arg-type]
    found = [token for token in tokens(text, language) if not token.stop]  # type: ignore[arg-type]
    places = sorted({token.start for token in found})[:3]
    expected = Counter(token.term for token in found) + Counter(t.term for t in found if t.start in places)
    assert (counted, led) == (expected, len(places))


def test_the_index_counts_what_reading_counts() -> None:
    documents = [
        Document("a", {"t": "Pelaku UMKM dan dinas", "s": "the PAD and a brake pad", "e": "... yang"}),
        Document("b", {"t": "Retribusi PAD. " * 300}, "id"),
        Document("c", {}),
    ]
    vocabulary = Vocabulary()
    counted = count_documents(documents, vocabulary)
    for at, document in enumerate(documents):
        terms, times = counted.wholes.row(at)
        found = {vocabulary.terms[term]: count for term, count in zip(terms, times.tolist(), strict=True)}
        assert found == {term: min(count, 255) for term, count in total(read(document)).items()}
    assert counted.part_counts.tolist() == [2, 0, 0]
    assert counted.languages.tolist() == [0b11, 0b01, 0]


@given(
    st.lists(
        st.builds(
            Document,
            st.uuids().map(str),
            st.dictionaries(st.sampled_from("abc"), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)),
            st.sampled_from([None, "id", "en", "fr"]),
        ),
        max_size=4,
    )
)
@settings(deadline=None, max_examples=40)
def test_many_at_once_are_counted_and_have_the_languages_as_one_by_one(documents: list[Document]) -> None:
    vocabulary = Vocabulary()
    counted = count_documents(documents, vocabulary)
    for at, document in enumerate(documents):
        terms, times = counted.wholes.row(at)
        found = {vocabulary.terms[term]: count for term, count in zip(terms, times.tolist(), strict=True)}
        parts = read(document)
        assert found == total(parts)
        assert counted.languages[at] == sum({BIT[part.language] for part in parts})


@pytest.mark.parametrize(
    "text",
    [
        "“Sampah pasar” – dan sungai… • UMKM\xa0desa’s x_y",
        "".join(map(chr, range(128))),
        "caf\u00e9 – ‘ΟΔΟΣ’ 10\u2013 20 e\u0301",
    ],
)
def test_words_are_those_of_the_text_whichever_way_they_are_cut(text: str) -> None:
    assert words_of(text) == [surface.lower() for surface in surfaces_of(text)]


def test_in_english_only_capitals_abbreviate() -> None:
    assert len(list(tokens("brake pad", "en"))) == 2
    assert len(list(tokens("brake PAD", "en"))) > 2
