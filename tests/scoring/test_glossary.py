import re
from importlib.resources import files

import pytest

from scoring.analysis import stem, tokens
from scoring.glossary import units


def test_every_line_has_one_headword_and_its_english() -> None:
    lines = (files("scoring") / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "indonesian\tenglish"
    rows = [line.split("\t") for line in lines[1:]]
    assert all(len(row) == 2 and row[0] == row[0].strip().lower() and all(row[1].split("|")) for row in rows)
    heads = [row[0] for row in rows]
    assert len(heads) >= 3000
    assert heads == sorted(set(heads))
    weights = re.compile(r"[^:|]+(:[1-9])?(\|[^:|]+(:[1-9])?)*")
    assert [row for row in rows if not weights.fullmatch(row[1])] == []


def test_the_longest_phrase_wins() -> None:
    cut = units(list(tokens("biaya rumah sakit daerah", "id")), "id")
    assert [unit.label for unit in cut] == ["biaya", "rumah sakit", "daerah"]
    assert (stem("hospital", "en"),) in dict(cut[1].renderings)


def test_it_reads_both_ways() -> None:
    (unit,) = units(list(tokens("hospitals", "en")), "en")
    assert (stem("rumah", "id"), stem("sakit", "id")) in dict(unit.renderings)
    assert sum(share for _, share in unit.renderings) == pytest.approx(1)


def test_the_very_word_comes_before_its_stem() -> None:
    (forestry,), (forest,) = units(list(tokens("kehutanan", "id")), "id"), units(list(tokens("hutan", "id")), "id")
    assert max(forestry.renderings, key=lambda each: each[1])[0] == (stem("forestry", "en"),)
    assert max(forest.renderings, key=lambda each: each[1])[0] == (stem("forest", "en"),)
    (hospitals,) = units(list(tokens("hospitals", "en")), "en")
    assert not any("id:ramah" in terms for terms, _ in hospitals.renderings)  # which is hospitality


def test_stop_words_are_not_sought() -> None:
    assert units(list(tokens("yang dan the masing-masing", "id")), "id")[0].label == "the"
