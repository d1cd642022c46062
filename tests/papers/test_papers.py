"""The papers: all that is known is in them, what is not is a blank, and nothing that was written is markup."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from matchmaker.papers.blanks import blanks
from matchmaker.papers.facts import Need, PaperFacts, Settled, Terms, in_words
from matchmaker.papers.making import DRAFTS, papers_of
from matchmaker.papers.pdf import _told, as_pdf
from matchmaker.papers.structure import Article, Blank, Note, Paper, Signatures, Table, plain, stays
from matchmaker.papers.word import as_docx
from models.vocabulary import PaperKind

EVERY = [kind.value for kind in PaperKind]
TERMS = Terms(
    number=3,
    purpose="Mengurangi sampah organik.\nMelatih operator.",
    object="Sampah organik tiga pasar",
    scope="Memasang mesin\nMelatih operator",
    location="Waingapu",
    duration_months=24,
    region_brings="Tapak dan listrik",
    partner_brings="Dua mesin kompos",
    costs="Setiap pihak menanggung biayanya sendiri",
    data_privacy="Data berat sampah terbuka",
    intellectual_property="Rancangan mesin tetap milik mitra",
    success="Sampah ke TPA turun separuh",
    graduation="Dianggarkan lewat APBD",
    ending="Dengan pemberitahuan tiga bulan",
)
FACTS = PaperFacts(
    region_kind="kabupaten",
    region_name="Sumba Timur",
    province="Nusa Tenggara Timur",
    seat="Waingapu",
    partner_name="Universitas Contoh",
    partner_form="private_university",
    partner_form_name="perguruan tinggi swasta",
    partner_seat="Surabaya",
    title="Kompos dari sampah pasar",
    summary="Tiga pasar menyisakan enam ton sampah sehari.",
    problem="TPA hampir penuh.",
    offers="",
    office="Dinas Lingkungan Hidup",
    contact_role="Kepala Bidang Sampah",
    master_plan="",
    rpjmd="Misi 3",
    start_from=date(2027, 3, 1),
    card_title="Mesin kompos",
    card_summary="",
    card_description="Mesin kompos drum.",
    card_gets="Mesin",
    card_asks="Tapak",
    tkt=8,
    route_name="KSDPK",
    laws=("PP 28/2018", "PP 54/2017 (perlu dipastikan)"),
    money="setiap pihak menanggung biayanya sendiri",
    version=2,
    made_on=date(2026, 11, 30),
    needs=(Need("Teknologi kompos", "", "Teknologi"),),
)
FULL = replace(FACTS, terms=TERMS, decisions=(Settled(4, "Jadwal uji coba", "Tiga bulan di Pasar Inpres."),))
#: What markup languages would read as theirs, and what no file format may hold.
ODD = (
    "#panic() $x^2$ \\ @ref *_tebal_* <b>&amp; `kode` [a](b) {{ 7 }} ' \" \x00\x07\ufffe \u202egnaw\u202c "
    "\u0627\u0644\u0633 = judul"
)


def words(paper: Paper) -> str:
    return str(_told(paper))


def in_word(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*[p.text for p in document.paragraphs], *cells])


@pytest.mark.parametrize("kind", EVERY)
def test_both_formats_hold_what_is_known(kind: str) -> None:
    (paper,) = papers_of(FULL, [kind])
    assert as_pdf(paper).startswith(b"%PDF-")
    written = in_word(as_docx(paper))
    for said in ("Sumba Timur", "Universitas Contoh"):
        assert said.lower() in written.lower()
    for article in (block for block in paper.blocks if isinstance(block, Article)):
        assert "\n".join(article.lines) in written
    assert "PP 54/2017" not in written
    assert not [
        section for section in ("Memasang mesin", "Dua mesin kompos") if kind == "pks" and section not in written
    ]


def test_every_section_of_the_terms_and_every_decision_is_in_the_agreement() -> None:
    written = in_word(as_docx(papers_of(FULL, ["pks"])[0]))
    for name, value in vars(TERMS).items():
        for line in str(value).split("\n") if name not in ("number", "duration_months") else ():
            assert line in written, name
    assert "24 (dua puluh empat) bulan" in written
    assert "Tiga bulan di Pasar Inpres." in written
    assert "Mesin kompos" in written


def test_without_agreed_terms_their_places_are_blanks_and_the_foot_says_so() -> None:
    for paper in papers_of(FACTS, EVERY):
        assert "belum ada rancangan yang disepakati" in paper.note
    (paper,) = papers_of(FACTS, ["pks"])
    missing = {blank.what for blank, _titles in blanks([paper])}
    assert {"Ruang lingkup kerja sama", "Jangka waktu kerja sama (paling lama 60 bulan)"} <= missing
    assert "HAL-HAL YANG TELAH DISEPAKATI" not in words(paper)
    assert in_word(as_docx(paper)).count("[....") == words(paper).count("[....")
    # Those of the agreed sheet are gone once it is there.
    assert {b.what for b, _t in blanks(papers_of(FULL, ["pks"])) if b.who == "both"} == {
        "Pengadilan atau lembaga penyelesaian perselisihan yang dipilih"
    }


def test_what_is_missing_is_told_once_with_who_supplies_it_and_where() -> None:
    rows = blanks(papers_of(FACTS, EVERY))
    assert len(rows) == len({(blank.what, blank.who) for blank, _titles in rows})
    name = next(row for row in rows if row[0].what == "Nama lengkap Bupati Sumba Timur")
    assert name[0].who == "region_cooperation"
    assert {"Surat Penawaran", "Kesepakatan Bersama", "Perjanjian Kerja Sama"} <= set(name[1])


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("text", [ODD, "panjang " * 375, "satu\n\n\ndua\t tiga", "x" * 3000])
def test_what_anybody_wrote_stays_what_it_is(kind: str, text: str) -> None:
    odd: dict[str, Any] = {
        name: text
        for name, value in vars(FACTS).items()
        if isinstance(value, str) and name not in ("region_kind", "partner_form")
    }
    terms = Terms(**{name: text for name in vars(TERMS) if name not in ("number", "duration_months")}, number=1)
    decided = (Settled(1, text[:160], text),)
    facts = replace(FACTS, **odd, terms=terms, decisions=decided, needs=(Need(text, text, "x"),))
    (paper,) = papers_of(facts, [kind])
    # Once as markup, #panic() would stop the writer and $ or * would vanish.
    assert as_pdf(paper).startswith(b"%PDF-")
    written = in_word(as_docx(paper))
    assert plain(text.split("\n", maxsplit=1)[0]).lower() in written.lower()
    assert not re.search("[\x00-\x08\u202e]", written)


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("facts", [FACTS, FULL])
def test_nobody_signs_on_a_page_without_text(kind: str, facts: PaperFacts) -> None:
    (paper,) = papers_of(facts, [kind])
    signed = [at for at, block in enumerate(paper.blocks) if isinstance(block, Signatures)]
    assert signed
    for at in signed:
        assert stays(paper.blocks[at - 1], paper.blocks[at])
    # What a program for texts goes by: a paragraph that stays with the next, and a row that is never torn.
    body = docx.Document(io.BytesIO(as_docx(paper))).element.body
    whole = {
        table: [row.find(f".//{qn('w:cantSplit')}") for row in table.iter(qn("w:tr"))]
        for table in body.iter(qn("w:tbl"))
    }
    places = [
        table
        for table, rows in whole.items()
        if len(rows) == 3 and None not in rows and table.find(f".//{qn('w:tblHeader')}") is None
    ]
    assert len(places) == len(signed)
    for table in places:
        assert table.getprevious().find(f".//{qn('w:keepNext')}") is not None


@pytest.mark.parametrize("kind", ["letter_of_intent", "mou"])
def test_papers_with_a_party_abroad_speak_both_languages_and_say_what_is_open(kind: str) -> None:
    doubts = ("Negara asal harus punya hubungan diplomatik",)
    (paper,) = papers_of(replace(FULL, partner_form="foreign", uncertain=doubts), [kind])
    note = paper.blocks[0]
    assert isinstance(note, Note)
    assert doubts[0] in note.items
    written = in_word(as_docx(paper))
    for said in (
        *("Republik Indonesia", "Republic of Indonesia", "The Government of the Regency of Sumba Timur"),
        *("Regent of Sumba Timur", "Memasang mesin", doubts[0], "Untuk / For Universitas Contoh"),
    ):
        assert said in written
    # What was agreed on is in one language; the other is somebody's to supply.
    missing = {blank.what for blank, _titles in blanks([paper])}
    assert {"Terjemahan bahasa Inggris: ruang lingkup kerja sama", "Negara Universitas Contoh"} <= missing
    assert "meterai" not in written.lower()


def test_without_anything_known_every_table_still_has_a_row_to_fill_in() -> None:
    bare = replace(FACTS, summary="", problem="", needs=(), card_description="", card_gets="", card_asks="", tkt=None)
    for paper in papers_of(bare, EVERY):
        assert all(block.rows for block in paper.blocks if isinstance(block, Table))
        assert as_pdf(paper).startswith(b"%PDF-")
        assert "“”" not in in_word(as_docx(paper))


def test_lists_that_somebody_typed_get_the_paper_s_own_marks() -> None:
    typed = replace(TERMS, scope="- Memasang mesin\n2) Melatih operator\n• 3 kunjungan\na. 5.000 lubang\n-5 derajat")
    written = in_word(as_docx(papers_of(replace(FULL, terms=typed), ["pks"])[0]))
    scope = ("Memasang mesin", "Melatih operator", "3 kunjungan", "5.000 lubang", "-5 derajat")
    for letter, line in zip("abcde", scope, strict=True):
        assert f"{letter}.\t{line}\n" in written


def test_laws_come_by_their_rank() -> None:
    (paper,) = papers_of(replace(FACTS, laws=("Permendagri 22/2020", "PP 28/2018", "UU 23/2014")), ["kb"])
    written = in_word(as_docx(paper))
    ranks = [written.index(said) for said in ("Undang-Undang Nomor 23", "Peraturan Pemerintah", "Peraturan Menteri")]
    assert ranks == sorted(ranks)


def test_nobody_s_office_is_guessed() -> None:
    city = replace(FACTS, region_kind="kota", region_name="Denpasar")
    assert city.head == "Wali Kota Denpasar"
    assert FACTS.head == "Bupati Sumba Timur"
    assert replace(FACTS, partner_form="foreign").partner_head == "Pimpinan"
    assert [in_words(n) for n in (1, 11, 12, 20, 60)] == ["satu", "sebelas", "dua belas", "dua puluh", "enam puluh"]
    assert set(DRAFTS) == set(PaperKind)
    assert Blank("x", "partner", 3).dots == "[...]"  # type: ignore[arg-type]
