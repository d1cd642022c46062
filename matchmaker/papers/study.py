"""The skeleton of a feasibility study: what is known already, and every heading that a reviewer looks for."""

from matchmaker.papers.common import laws, many
from matchmaker.papers.facts import PaperFacts, strong
from matchmaker.papers.structure import (
    Chapters,
    Pairs,
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
    paragraphs,
    text,
)

_PARTNER, _REGION, _BOTH = Supplier.partner, Supplier.region_office, Supplier.both


def feasibility_study(facts: PaperFacts) -> Paper:
    chapters = Chapters()
    chapters.add(
        "PENDAHULUAN",
        *[_flow(line) for line in paragraphs(facts.summary, "Ringkasan kebutuhan", _REGION)],
        Paragraph(text("Tujuan kerja sama:")),
        many(facts.term("purpose", "Tujuan kerja sama")),
    )
    chapters.add(
        "KONDISI DAN KEBUTUHAN DAERAH",
        *[_flow(line) for line in paragraphs(facts.problem, "Masalah dan siapa yang terdampak", _REGION)],
        Table(
            ("No.", "Kebutuhan", "Rincian"),
            tuple(((f"{n}.",), text(need.title), text(need.detail or "–")) for n, need in enumerate(facts.needs, 1)),
            (8, 40, 52),
        ),
    )
    _technical(chapters, facts)
    _legal(chapters, facts)
    _money(chapters, facts)
    _effects(chapters)
    chapters.add(
        "KESIMPULAN DAN REKOMENDASI",
        Paragraph(
            text(
                "Berdasarkan uraian di atas, kerja sama ini dinilai ",
                given(None, "Kesimpulan kelayakan (layak atau belum layak, dan alasannya)", _PARTNER, 40),
                ".",
            )
        ),
    )
    return Paper(
        "feasibility_study",
        "studi-kelayakan",
        "Studi Kelayakan",
        (
            Title(
                (
                    (Strong("STUDI KELAYAKAN KERJA SAMA"),),
                    (strong(facts.matter.upper()),),
                    (strong(facts.region.upper()),),
                )
            ),
            Pairs(
                (
                    ("Pemerintah daerah", (facts.government,)),
                    ("Mitra", text(facts.partner_name, " (", facts.partner_form_name, ")")),
                    ("Penyusun", given(None, "Tim penyusun studi kelayakan", _PARTNER)),
                )
            ),
            *chapters.blocks,
            _signature(facts),
        ),
    )


def _flow(line: Text) -> Paragraph:
    return Paragraph(line, indented=True)


def _technical(chapters: Chapters, facts: PaperFacts) -> None:
    proofs: tuple[tuple[Text, ...], ...] = tuple(
        (text(p.client), text(p.year or "–"), text(p.result or "–")) for p in facts.proofs
    ) or ((given(None, "Bukti penerapan sebelumnya", _PARTNER, 14),) * 3,)
    chapters.add(
        "ASPEK TEKNIS",
        Paragraph(text("Kemampuan mitra: ", Strong(facts.card_title), ".")),
        *[_flow(line) for line in paragraphs(facts.card_description, "Uraian teknis", _PARTNER)],
        Pairs(
            (
                ("Kesiapan (TKT)", given(facts.tkt, "Tingkat kesiapterapan teknologi", _PARTNER, 6)),
                ("Yang diperoleh daerah", given(facts.card_gets, "Yang diperoleh daerah", _PARTNER)),
                ("Yang dibutuhkan mitra", given(facts.card_asks, "Yang dibutuhkan mitra", _PARTNER)),
            )
        ),
        Paragraph(text("Bukti penerapan sebelumnya:")),
        Table(("Di mana", "Tahun", "Hasil"), proofs, (32, 13, 55)),
        Paragraph(text("Lokasi dan kesiapan tapak:")),
        many(facts.term("location", "Lokasi kerja sama")),
    )


def _legal(chapters: Chapters, facts: PaperFacts) -> None:
    chapters.add(
        "ASPEK HUKUM DAN KELEMBAGAAN",
        Paragraph(text("Jalur hukum: ", Strong(facts.route_name), ".")),
        laws(facts),
        *([Paragraph(text("Yang perlu dipastikan pada bagian hukum daerah:"))] if facts.uncertain else []),
        *([clauses(*[(line,) for line in facts.uncertain], style="a.")] if facts.uncertain else []),
        Paragraph(text("Legalitas mitra: ", given(None, "Akta, izin, dan NPWP mitra", _PARTNER, 40))),
    )


def _money(chapters: Chapters, facts: PaperFacts) -> None:
    parts = ("Biaya awal (investasi)", "Biaya operasi per tahun", "Penghematan atau pendapatan per tahun")
    rows = tuple(
        (
            text(part),
            given(None, f"{part}: bagian daerah", _REGION, 12),
            given(None, f"{part}: bagian mitra", _PARTNER, 12),
        )
        for part in parts
    )
    chapters.add(
        "ASPEK EKONOMI DAN KEUANGAN",
        Paragraph(text("Arah pembiayaan menurut jawaban para pihak: ", facts.money, ".")),
        many(facts.term("costs", "Siapa menanggung biaya apa")),
        Table(("Komponen", "Bagian daerah (Rp)", "Bagian mitra (Rp)"), rows, (44, 28, 28)),
        Paragraph(
            text(
                "Analisis kelayakan finansial (misalnya NPV, IRR, atau masa pengembalian): ",
                given(None, "Hasil analisis finansial", _PARTNER, 40),
            )
        ),
    )


def _effects(chapters: Chapters) -> None:
    chapters.add(
        "ASPEK SOSIAL DAN LINGKUNGAN",
        Paragraph(text("Manfaat bagi masyarakat: ", given(None, "Manfaat sosial dan penerimanya", _BOTH, 40))),
        Paragraph(text("Dampak lingkungan dan pengelolaannya: ", given(None, "Dampak lingkungan", _BOTH, 40))),
    )
    kinds = ("Teknis", "Keuangan", "Hukum", "Sosial")
    chapters.add(
        "RISIKO DAN MITIGASI",
        Table(
            ("Risiko", "Uraian", "Mitigasi", "Penanggung jawab"),
            tuple(
                (
                    text(kind),
                    given(None, f"Risiko {kind.lower()}", _BOTH, 14),
                    given(None, f"Mitigasi risiko {kind.lower()}", _BOTH, 14),
                    given(None, f"Penanggung jawab risiko {kind.lower()}", _BOTH, 10),
                )
                for kind in kinds
            ),
            (14, 32, 32, 22),
        ),
    )


def _signature(facts: PaperFacts) -> Signatures:
    return Signatures(
        (
            Place(
                text(given(None, "Tempat dan tanggal studi kelayakan", _PARTNER)),
                text(f"{facts.partner_head} ", facts.partner_name),
                given(None, f"Nama lengkap {facts.partner_head} {facts.partner_name}", _PARTNER),
            ),
        )
    )
