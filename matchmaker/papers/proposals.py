"""The papers that come before an agreement: the letter of offer and the terms of reference (KAK)."""

from matchmaker.papers.common import PRIVACY, laws, many
from matchmaker.papers.facts import PaperFacts, day, strong
from matchmaker.papers.structure import (
    Block,
    Chapters,
    Letterhead,
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


def offer_letter(facts: PaperFacts) -> Paper:
    """Surat penawaran, from the head of the region."""
    region = Supplier.region_cooperation
    signed = Signatures(
        (
            Place(
                (),
                (strong(facts.head.upper()),),
                given(None, f"Nama lengkap {facts.head}", region),
            ),
        )
    )
    blocks: list[Block] = [
        Letterhead(
            ((strong(facts.head.upper()),), (f"PROVINSI {facts.province.upper()}",)),
            given(None, f"Alamat kantor {facts.government}", region),
        ),
        Paragraph(text(f"{facts.seat}, ", given(None, "Tanggal surat penawaran", region)), align="right"),
        Pairs(
            (
                ("Nomor", given(None, "Nomor surat penawaran", region)),
                ("Sifat", ("Biasa",)),
                ("Lampiran", ("1 (satu) berkas",)),
                ("Hal", text(Strong(f"Penawaran kerja sama “{facts.matter}”"))),
            )
        ),
        Paragraph(text(f"Yth. {facts.partner_head} ", facts.partner_name), align="left"),
        Paragraph(
            text("di ", given(facts.partner_seat, f"Tempat kedudukan {facts.partner_name}", Supplier.partner)),
            align="left",
        ),
        *_offer_body(facts),
        signed,
        Paragraph(text("Tembusan:"), align="left"),
        clauses(
            text(f"Sekretaris Daerah {facts.region} selaku Ketua TKKSD;"),
            text("Kepala ", given(facts.office, "Perangkat daerah penanggung jawab", Supplier.region_office), "."),
            style="1.",
        ),
    ]
    return Paper("offer_letter", "surat-penawaran", "Surat Penawaran", tuple(blocks))


def _offer_body(facts: PaperFacts) -> list[Block]:
    opening = text(
        "Dalam rangka pelaksanaan kerja sama daerah sebagaimana diatur dalam Peraturan Pemerintah Nomor 28 Tahun "
        f"2018, {facts.government} bermaksud menawarkan kerja sama kepada Saudara tentang “",
        facts.matter,
        "” dengan pokok-pokok sebagai berikut:",
    )
    region = facts.term("region_brings", "Yang disumbangkan pihak daerah")
    partner = facts.term("partner_brings", "Yang disumbangkan pihak mitra")
    return [
        Paragraph(opening, indented=True),
        clauses(
            [
                text(Strong("Latar belakang.")),
                *paragraphs(facts.summary, "Ringkasan kebutuhan", Supplier.region_office),
            ],
            [text(Strong("Ruang lingkup.")), *facts.term("scope", "Ruang lingkup kerja sama")],
            [text(Strong("Yang disediakan daerah.")), *region],
            [text(Strong("Yang diharapkan dari Saudara.")), *partner],
            [text(Strong("Jangka waktu.")), text(facts.period)],
            style="1.",
        ),
        Paragraph(
            text(
                "Sebagai bahan pertimbangan terlampir Kerangka Acuan Kerja. Kami mengharapkan tanggapan tertulis "
                "Saudara paling lambat tanggal ",
                given(None, "Batas tanggapan atas penawaran", Supplier.region_cooperation),
                ".",
            ),
            indented=True,
        ),
        Paragraph(
            text("Demikian disampaikan. Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih."),
            indented=True,
        ),
    ]


def terms_of_reference(facts: PaperFacts) -> Paper:
    """Kerangka Acuan Kerja."""
    chapters = Chapters()
    background = paragraphs(facts.problem, "Masalah dan siapa yang terdampak", Supplier.region_office)
    chapters.add(
        "PENDAHULUAN",
        Paragraph((Strong("A. Latar belakang"),), align="left"),
        *[Paragraph(line, indented=True) for line in background],
        Paragraph((Strong("B. Kesesuaian dengan perencanaan daerah"),), align="left"),
        Pairs(
            (
                ("RPJMD", given(facts.rpjmd, "Rujukan RPJMD", Supplier.region_office)),
                (
                    "Rencana induk",
                    given(facts.master_plan, "Rujukan rencana induk kota cerdas", Supplier.region_office),
                ),
            )
        ),
        Paragraph((Strong("C. Dasar hukum"),), align="left"),
        laws(facts),
    )
    chapters.add("MAKSUD DAN TUJUAN", many(facts.term("purpose", "Tujuan kerja sama")))
    chapters.add(
        "OBJEK, RUANG LINGKUP, DAN LOKASI",
        Paragraph(text("Objek kerja sama:")),
        many(facts.term("object", "Objek kerja sama")),
        Paragraph(text("Ruang lingkup:")),
        many(facts.term("scope", "Ruang lingkup kerja sama"), "a."),
        Paragraph(text("Lokasi:")),
        many(facts.term("location", "Lokasi kerja sama")),
    )
    _work(chapters, facts)
    chapters.add(
        "JANGKA WAKTU DAN PEMBIAYAAN",
        Paragraph(text("Kerja sama direncanakan selama ", facts.period, _start(facts), ".")),
        many(facts.term("costs", "Siapa menanggung biaya apa")),
        Paragraph(text("Arah pembiayaan menurut jawaban para pihak: ", facts.money, ".")),
    )
    chapters.add("KELUARAN DAN UKURAN KEBERHASILAN", *_results(facts))
    chapters.add(
        "PENUTUP",
        Paragraph(
            text(
                "Kerangka acuan ini menjadi dasar penyusunan naskah kerja sama. Pengolahan data pribadi mengikuti "
                f"{PRIVACY}."
            )
        ),
    )
    return Paper(
        "kak",
        "kerangka-acuan-kerja",
        "Kerangka Acuan Kerja",
        (
            Title(
                (
                    (Strong("KERANGKA ACUAN KERJA (KAK)"),),
                    (strong(facts.matter.upper()),),
                    (strong(facts.region.upper()),),
                )
            ),
            *chapters.blocks,
            office_signature(facts),
        ),
    )


def _start(facts: PaperFacts) -> str:
    return f", dimulai sekitar {day(facts.start_from)}" if facts.start_from else ""


def _work(chapters: Chapters, facts: PaperFacts) -> None:
    rows = tuple(
        ((f"{number}.",), text(need.title), text(need.detail or "–"), text(need.kind))
        for number, need in enumerate(facts.needs, 1)
    )
    chapters.add(
        "KEBUTUHAN DAN PEMBAGIAN PERAN",
        Paragraph(text("Kebutuhan yang dijawab lewat kerja sama:")),
        Table(("No.", "Kebutuhan", "Rincian", "Jenis sumbangan"), rows, (7, 33, 40, 20)),
        Paragraph(text(f"Yang disediakan {facts.government}:")),
        many(facts.term("region_brings", "Yang disumbangkan pihak daerah"), "a."),
        Paragraph(text("Yang disediakan ", facts.partner_name, ":")),
        many(facts.term("partner_brings", "Yang disumbangkan pihak mitra"), "a."),
    )


def _results(facts: PaperFacts) -> list[Block]:
    who = Supplier.region_office
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            text(i.name),
            given(i.baseline, f"Nilai awal “{i.name}”", who, 10),
            given(i.target, f"Target “{i.name}”", who, 10),
        )
        for i in facts.indicators
    )
    if not rows:
        blank = given(None, "Indikator, nilai awal, dan target", who, 12)
        rows = ((blank, blank, blank),)
    return [
        many(facts.term("success", "Ukuran keberhasilan"), "a."),
        Table(("Indikator", "Nilai awal", "Target"), rows, (50, 25, 25)),
        Paragraph(text("Tindak lanjut setelah uji coba atau masa kerja sama:")),
        many(facts.term("graduation", "Tindak lanjut setelah uji coba"), "a."),
    ]


def office_signature(facts: PaperFacts) -> Signatures:
    """Of the head of the office whose matter it is."""
    office = given(facts.office, "Perangkat daerah penanggung jawab", Supplier.region_office)
    return Signatures(
        (
            Place(
                text(f"{facts.seat}, ", given(None, "Tanggal naskah", Supplier.region_office, 18)),
                text("Kepala ", office),
                given(None, "Nama kepala perangkat daerah", Supplier.region_office),
                text("NIP ", given(None, "NIP kepala perangkat daerah", Supplier.region_office)),
            ),
        )
    )
