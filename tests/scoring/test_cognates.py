import pytest

from scoring import Document, Matcher
from scoring.cognates import cognates
from scoring.glossary import entries


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("fermentasi", "fermentation"),
        ("elektrolisis", "electrolysis"),
        ("fotosintesis", "photosynthesis"),
        ("biodegradasi", "biodegradation"),
        ("kromatografi", "chromatography"),
        ("hidrologi", "hydrology"),
        ("densitas", "density"),
        ("akustik", "acoustic"),
        ("reaktif", "reactive"),
        ("sedimentasi", "sedimentation"),
        ("struktur", "structure"),
    ],
)
def test_learned_words_are_found_by_their_spelling(indonesian: str, english: str) -> None:
    there, back = cognates(indonesian, "id"), cognates(english, "en")
    assert english in there or indonesian in back


@pytest.mark.parametrize("word", ["air", "ke", "", "naïve", "k" * 200, "12345"])
def test_other_words_have_few_or_none(word: str) -> None:
    assert len(cognates(word, "id")) <= 300
    assert len(cognates(word, "en")) <= 300


def test_a_word_that_the_glossary_lacks_meets_its_cognate_and_shows_both() -> None:
    word = "biofiltrasi"
    assert word not in {headword for headword, _ in entries()}
    matcher = Matcher().fit(
        [
            Document("en", {"t": "Biofiltration of odours from rubber factories"}, "en"),
            Document("no", {"t": "Lanterns for mountain villages"}, "en"),
        ]
    )
    asked = Document("q", {"t": f"Kami mencari {word} untuk pabrik"}, "id")
    assert matcher.match(asked)[0].id == "en"
    assert any(term.term == "biofiltrasi / Biofiltration" for term in matcher.explain(asked, "en").terms)
