"""The work plan (Rencana Kerja) that a Nota Kesepakatan is carried out by."""

from matchmaker.papers.facts import PaperFacts, strong
from matchmaker.papers.parties import FIRST, SECOND
from matchmaker.papers.structure import (
    Block,
    PageBreak,
    Paragraph,
    Place,
    Signatures,
    Strong,
    Supplier,
    Table,
    Text,
    Title,
    given,
    said,
    text,
)

_OPEN = ("Keluaran kegiatan", "Jadwal kegiatan", "Penanggung jawab kegiatan", "Sumber dana kegiatan")


def work_plan(facts: PaperFacts) -> list[Block]:
    """One row for each need of the initiative; what is not known is left to fill in."""
    columns = ("No.", "Kegiatan", "Keluaran", "Jadwal", "Penanggung jawab", "Sumber dana")
    return [
        PageBreak(),
        Paragraph(text("LAMPIRAN NOTA KESEPAKATAN"), align="left"),
        Title(((Strong("RENCANA KERJA"),), (strong(facts.matter.upper()),))),
        Table(columns, _rows(facts), (7, 25, 20, 15, 18, 15)),
        said("Rencana Kerja ini dibuat untuk dilaksanakan sesuai dengan tugas dan kewenangan masing-masing pihak."),
        _signatures(facts),
    ]


def _rows(facts: PaperFacts) -> tuple[tuple[Text, ...], ...]:
    both = Supplier.both
    named = [f"“{need.title}”" for need in facts.needs] or [""]
    return tuple(
        (
            (f"{number}.",),
            given(title.strip("“”"), "Kegiatan dalam Rencana Kerja", both, 14),
            *[given(None, f"{what} {title}".strip(), both, 10) for what in _OPEN],
        )
        for number, title in enumerate(named, 1)
    )


def _signatures(facts: PaperFacts) -> Signatures:
    region, partner = Supplier.region_office, Supplier.partner
    return Signatures(
        (
            Place(
                (SECOND,),
                given(None, "Jabatan penanda tangan Rencana Kerja di pihak mitra", partner),
                given(None, "Nama penanda tangan Rencana Kerja di pihak mitra", partner),
            ),
            Place(
                (FIRST,),
                text("Kepala ", given(facts.office, "Perangkat daerah penanggung jawab", region)),
                given(None, "Nama kepala perangkat daerah", region),
            ),
        )
    )
