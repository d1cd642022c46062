"""The paper of a synergy: a Nota Kesepakatan, with its work plan."""

from matchmaker.papers.agreements import changes, decided, duration, matter, purpose
from matchmaker.papers.common import (
    BOTH,
    FIRST,
    PRIVACY,
    SECOND,
    agree,
    closing,
    contacts,
    many,
    numbers,
    parties,
    recitals,
    signatures,
    title_of,
)
from matchmaker.papers.facts import PaperFacts, strong
from matchmaker.papers.structure import (
    Articles,
    Block,
    PageBreak,
    Paper,
    Paragraph,
    Place,
    Signatures,
    Strong,
    Supplier,
    Table,
    Text,
    Title,
    clauses,
    given,
    text,
)

NK = "Nota Kesepakatan"


def memorandum(facts: PaperFacts) -> Paper:
    """Nota Kesepakatan: in the place of KB and PKS."""
    articles = Articles()
    purpose(articles, facts, NK)
    matter(articles, facts)
    articles.add(
        "PERAN PARA PIHAK",
        clauses(
            [text(FIRST, ":"), *facts.term("region_brings", "Yang disumbangkan pihak daerah")],
            [text(SECOND, ":"), *facts.term("partner_brings", "Yang disumbangkan pihak mitra")],
        ),
    )
    articles.add(
        "RENCANA KERJA",
        clauses(
            text(
                f"{NK} ini dilaksanakan menurut Rencana Kerja dalam Lampiran, yang menjadi bagian tidak terpisahkan."
            ),
            text("Rencana Kerja ditandatangani oleh pejabat yang ditunjuk ", BOTH, "."),
        ),
    )
    articles.add(
        "PEMBIAYAAN",
        many(
            [
                *facts.term("costs", "Siapa menanggung biaya apa"),
                text("Setiap pihak memakai anggaran masing-masing menurut peraturan perundang-undangan."),
            ],
            "(1)",
        ),
    )
    _knowledge(articles, facts)
    if facts.decisions:
        decided(articles, facts)
    duration(articles, facts, NK)
    articles.add(
        "PEMANTAUAN DAN EVALUASI",
        clauses(
            [text("Keberhasilan diukur dengan:"), *facts.term("success", "Ukuran keberhasilan")],
            text(BOTH, " memantau dan mengevaluasi pelaksanaannya setiap triwulan."),
        ),
    )
    articles.add(
        "PENYELESAIAN PERBEDAAN PENDAPAT",
        Paragraph(text("Perbedaan pendapat diselesaikan secara musyawarah untuk mufakat.")),
    )
    contacts(articles, facts)
    changes(articles, NK)
    closing(articles, NK)
    blocks: list[Block] = [
        title_of(NK, facts),
        *numbers(),
        *parties(facts),
        recitals(facts),
        *agree(facts, NK),
        *articles.blocks,
        signatures(facts),
        PageBreak(),
        *_work_plan(facts),
    ]
    return Paper("nota_kesepakatan", "nota-kesepakatan", NK, tuple(blocks))


def _knowledge(articles: Articles, facts: PaperFacts) -> None:
    articles.add(
        "DATA DAN PELINDUNGAN DATA PRIBADI",
        many(
            [
                *facts.term("data_privacy", "Data yang dipertukarkan dan pelindungannya"),
                text(BOTH, f" memproses data pribadi menurut {PRIVACY}."),
            ],
            "(1)",
        ),
    )
    articles.add(
        "KEKAYAAN INTELEKTUAL",
        many(facts.term("intellectual_property", "Kekayaan intelektual yang dibawa dan dihasilkan")),
    )


def _work_plan(facts: PaperFacts) -> list[Block]:
    """One row for each need of the initiative; what is not known is left to fill in."""
    region, partner = Supplier.region_office, Supplier.partner
    rows = tuple(
        (
            (f"{number}.",),
            text(need.title),
            given(None, f"Keluaran kegiatan “{need.title}”", Supplier.both, 14),
            given(None, f"Jadwal kegiatan “{need.title}”", Supplier.both, 10),
            given(None, f"Penanggung jawab kegiatan “{need.title}”", Supplier.both, 12),
            given(None, f"Sumber dana kegiatan “{need.title}”", Supplier.both, 10),
        )
        for number, need in enumerate(facts.needs, 1)
    )
    return [
        Paragraph(text("LAMPIRAN"), align="left"),
        Title(((Strong("RENCANA KERJA"),), (strong(facts.matter.upper()),))),
        Table(
            ("No.", "Kegiatan", "Keluaran", "Jadwal", "Penanggung jawab", "Sumber dana"), rows, (6, 26, 20, 15, 18, 15)
        ),
        Signatures(
            (
                Place(
                    (SECOND,),
                    given(None, "Jabatan penanda tangan Rencana Kerja di pihak mitra", partner),
                    given(None, "Nama penanda tangan Rencana Kerja di pihak mitra", partner),
                ),
                Place(
                    (FIRST,),
                    _office_head(facts),
                    given(None, "Nama kepala perangkat daerah", region),
                ),
            )
        ),
    ]


def _office_head(facts: PaperFacts) -> Text:
    return text("Kepala ", given(facts.office, "Perangkat daerah penanggung jawab", Supplier.region_office))
