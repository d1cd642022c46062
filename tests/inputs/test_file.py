"""What may be handed in is told by its content, and its name is made fit to be kept."""

from pathlib import Path

import pytest

from matchmaker.errors import Invalid
from matchmaker.i18n import in_language
from matchmaker.inputs.file import LONGEST_NAME, file_name, judge, name_key
from models.vocabulary import FileKind
from tests.documents import REFUSED, TAKEN


@pytest.mark.parametrize("kind", TAKEN)
def test_taken(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "whatever.exe"
    path.write_bytes(TAKEN[kind])
    assert judge(path) == kind


def test_every_kind_is_tried() -> None:
    assert set(TAKEN) == set(FileKind)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path) -> None:
    content, said = REFUSED[name]
    path = tmp_path / "harmless.pdf"
    path.write_bytes(content)
    with in_language("en"), pytest.raises(Invalid) as refusal:
        judge(path)
    assert said in refusal.value.errors["file"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Laporan akhir.pdf", "Laporan akhir.pdf"),
        ("LAPORAN.PDF", "LAPORAN.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Umbu\\surat.pdf", "surat.pdf"),
        ("laporan.exe", "laporan.exe.pdf"),
        ("gaji\u202efdp.exe", "gajifdp.exe.pdf"),
        ("a\u200bb\x00c\x1b[31m.pdf", "abc[31m.pdf"),
        ("  .hidden.pdf ", "hidden.pdf"),
        ("baris\nbaru.pdf", "baris baru.pdf"),
        ('a<b>"c|d?e*.pdf', "a_b__c_d_e_.pdf"),
        ("con.pdf", "_con.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("مذكرة.pdf", "مذكرة.pdf"),
        ("e\u0301tude.pdf", "étude.pdf"),
    ],
)
def test_names(given: str, kept: str) -> None:
    with in_language("en"):
        assert file_name(given, FileKind.pdf) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = file_name("p" * 300 + ".docx", FileKind.docx)
    assert (len(name), name[-6:]) == (LONGEST_NAME, "p.docx")
    assert file_name("foto.JPG", FileKind.jpeg) == "foto.JPG"
    assert file_name("foto.png", FileKind.jpeg) == "foto.png.jpeg"


def test_capitals_and_width_make_no_other_file() -> None:
    assert name_key("Laporan.PDF") == name_key("laporan.pdf") == name_key("ｌaporan.pdf")
