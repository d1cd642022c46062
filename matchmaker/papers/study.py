"""The skeleton of a feasibility study: what is known already, and every heading that a reviewer looks for."""

from matchmaker.papers.chapters import background, money_flow, needs, signature, summary, title_of
from matchmaker.papers.facts import PaperFacts
from matchmaker.papers.laws import laws
from matchmaker.papers.numbering import Chapters
from matchmaker.papers.structure import (
    Block,
    Pairs,
    Paper,
    Signatures,
    Strong,
    Supplier,
    Table,
    Text,
    clauses,
    flowing,
    given,
    many,
    paragraphs,
    said,
    text,
)

_PARTNER, _REGION, _BOTH = Supplier.partner, Supplier.region_office, Supplier.both


def feasibility_study(facts: PaperFacts) -> Paper:
    chapters = Chapters()
    aims = (said("Tujuan kerja sama:"), many(facts.term("purpose", "Tujuan kerja sama")))
    chapters.add("PENDAHULUAN", *summary(facts), *aims)
    chapters.add("KONDISI DAN KEBUTUHAN DAERAH", *background(facts), needs(facts))
    chapters.add("ASPEK TEKNIS", *_technical(facts))
    chapters.add("ASPEK HUKUM DAN KELEMBAGAAN", *_legal(facts))
    chapters.add("ASPEK EKONOMI DAN KEUANGAN", *_money(facts))
    chapters.add("ASPEK SOSIAL DAN LINGKUNGAN", *_effects())
    chapters.add("RISIKO DAN MITIGASI", _risks())
    chapters.add("KESIMPULAN DAN REKOMENDASI", _conclusion())
    blocks = (
        title_of("STUDI KELAYAKAN KERJA SAMA", facts),
        _who(facts),
        *chapters.blocks,
        _signature(facts),
    )
    return Paper("feasibility_study", "studi-kelayakan", "Studi Kelayakan", blocks)


def _who(facts: PaperFacts) -> Pairs:
    return Pairs(
        (
            ("Pemerintah daerah", (facts.government,)),
            ("Mitra", text(facts.partner_name, " (", facts.partner_form_name, ")")),
            ("Penyusun", given(None, "Tim penyusun studi kelayakan", _PARTNER)),
        )
    )


def _technical(facts: PaperFacts) -> list[Block]:
    proofs: tuple[tuple[Text, ...], ...] = tuple(
        (text(p.client), text(p.year or "–"), text(p.result or "–")) for p in facts.proofs
    ) or ((given(None, "Bukti penerapan sebelumnya", _PARTNER, 8),) * 3,)
    return [
        said("Kemampuan mitra: ", Strong(facts.card_title), "."),
        *flowing(paragraphs(facts.card_description, "Uraian teknis", _PARTNER)),
        Pairs(
            (
                ("Kesiapan (TKT)", given(facts.tkt, "Tingkat kesiapterapan teknologi", _PARTNER, 6)),
                ("Yang diperoleh daerah", given(facts.card_gets, "Yang diperoleh daerah", _PARTNER)),
                ("Yang dibutuhkan mitra", given(facts.card_asks, "Yang dibutuhkan mitra", _PARTNER)),
            )
        ),
        said("Bukti penerapan sebelumnya:"),
        Table(("Di mana", "Tahun", "Hasil"), proofs, (32, 13, 55)),
        said("Lokasi dan kesiapan tapak:"),
        many(facts.term("location", "Lokasi kerja sama")),
    ]


def _legal(facts: PaperFacts) -> list[Block]:
    doubts: list[Block] = []
    if facts.uncertain:
        doubts = [
            said("Yang perlu dipastikan pada bagian hukum daerah:"),
            clauses(*[(line,) for line in facts.uncertain], style="a."),
        ]
    standing = given(None, "Akta, izin, dan NPWP mitra", _PARTNER, 40)
    return [
        said("Jalur hukum: ", Strong(facts.route_name), "."),
        laws(facts),
        *doubts,
        said("Legalitas mitra: ", standing),
    ]


def _money(facts: PaperFacts) -> list[Block]:
    parts = ("Biaya awal (investasi)", "Biaya operasi per tahun", "Penghematan atau pendapatan per tahun")
    rows = tuple(
        (
            text(part),
            given(None, f"{part}: bagian daerah", _REGION, 12),
            given(None, f"{part}: bagian mitra", _PARTNER, 12),
        )
        for part in parts
    )
    return [
        money_flow(facts),
        many(facts.term("costs", "Siapa menanggung biaya apa")),
        Table(("Komponen", "Bagian daerah (Rp)", "Bagian mitra (Rp)"), rows, (44, 28, 28)),
        said(
            "Analisis kelayakan finansial (misalnya NPV, IRR, atau masa pengembalian): ",
            given(None, "Hasil analisis finansial", _PARTNER, 40),
        ),
    ]


def _effects() -> list[Block]:
    return [
        said("Manfaat bagi masyarakat: ", given(None, "Manfaat sosial dan penerimanya", _BOTH, 40)),
        said("Dampak lingkungan dan pengelolaannya: ", given(None, "Dampak lingkungan", _BOTH, 40)),
    ]


def _risks() -> Table:
    asked = ("Risiko", "Mitigasi risiko", "Penanggung jawab risiko")
    return Table(
        ("Risiko", "Uraian", "Mitigasi", "Penanggung jawab"),
        tuple(
            (text(kind), *[given(None, f"{what} {kind.lower()}", _BOTH, 10) for what in asked])
            for kind in ("Teknis", "Keuangan", "Hukum", "Sosial")
        ),
        (14, 32, 32, 22),
    )


def _conclusion() -> Block:
    verdict = given(None, "Kesimpulan kelayakan (layak atau belum layak, dan alasannya)", _PARTNER, 40)
    return said("Berdasarkan uraian di atas, kerja sama ini dinilai ", verdict, ".")


def _signature(facts: PaperFacts) -> Signatures:
    return signature(
        given(None, "Tempat dan tanggal studi kelayakan", _PARTNER),
        text(f"{facts.partner_head} ", facts.partner_name),
        given(None, f"Nama lengkap {facts.partner_head} {facts.partner_name}", _PARTNER),
    )
