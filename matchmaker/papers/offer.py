"""The letter of offer (surat penawaran), from the head of the region."""

from matchmaker.papers.chapters import signature
from matchmaker.papers.facts import PaperFacts, strong
from matchmaker.papers.structure import (
    Block,
    Letterhead,
    Numbered,
    Pairs,
    Paper,
    Paragraph,
    Strong,
    Supplier,
    clauses,
    given,
    lettered,
    paragraphs,
    text,
)

_COOPERATION, _OFFICE = Supplier.region_cooperation, Supplier.region_office


def offer_letter(facts: PaperFacts) -> Paper:
    blocks = (*_head(facts), *_body(facts), *_foot(facts))
    return Paper("offer_letter", "surat-penawaran", "Surat Penawaran", blocks)


def _head(facts: PaperFacts) -> list[Block]:
    seat = given(facts.partner_seat, f"Tempat kedudukan {facts.partner_name}", Supplier.partner)
    return [
        Letterhead(
            ((strong(facts.head.upper()),), (f"PROVINSI {facts.province.upper()}",)),
            given(None, f"Alamat kantor {facts.government}", _COOPERATION),
        ),
        Paragraph(text(f"{facts.seat}, ", given(None, "Tanggal surat penawaran", _COOPERATION)), align="right"),
        Pairs(
            (
                ("Nomor", given(None, "Nomor surat penawaran", _COOPERATION)),
                ("Sifat", ("Biasa",)),
                ("Lampiran", ("1 (satu) berkas",)),
                ("Hal", (Strong(f"Penawaran kerja sama “{facts.matter}”"),)),
            )
        ),
        Paragraph(text(f"Yth. {facts.partner_head} ", facts.partner_name), align="left"),
        Paragraph(text("di ", seat), align="left"),
    ]


def _body(facts: PaperFacts) -> list[Block]:
    opening = text(
        "Dalam rangka pelaksanaan kerja sama daerah sebagaimana diatur dalam Peraturan Pemerintah Nomor 28 Tahun "
        f"2018, {facts.government} bermaksud menawarkan kerja sama kepada Saudara tentang “",
        facts.matter,
        "” dengan pokok-pokok sebagai berikut:",
    )
    answer = text(
        "Sebagai bahan pertimbangan terlampir Kerangka Acuan Kerja. Kami mengharapkan tanggapan tertulis Saudara "
        "paling lambat tanggal ",
        given(None, "Batas tanggapan atas penawaran", _COOPERATION),
        ".",
    )
    thanks = text("Demikian disampaikan. Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.")
    return [
        Paragraph(opening, indented=True),
        _points(facts),
        Paragraph(answer, indented=True),
        Paragraph(thanks, indented=True),
    ]


def _points(facts: PaperFacts) -> Numbered:
    background = paragraphs(facts.summary, "Ringkasan kebutuhan", _OFFICE)
    partner = facts.term("partner_brings", "Yang disumbangkan pihak mitra")
    points = {
        "Latar belakang.": background,
        "Ruang lingkup.": facts.term("scope", "Ruang lingkup kerja sama"),
        "Yang disediakan daerah.": facts.term("region_brings", "Yang disumbangkan pihak daerah"),
        "Yang diharapkan dari Saudara.": partner,
        "Jangka waktu.": [text(facts.period)],
    }
    # What takes one line goes on behind its name.
    return clauses(
        *[
            [text(Strong(name), " ", *lines)] if len(lines) == 1 else [text(Strong(name)), *lettered(lines)]
            for name, lines in points.items()
        ],
        style="1.",
    )


def _foot(facts: PaperFacts) -> list[Block]:
    office = given(facts.office, "Perangkat daerah penanggung jawab", _OFFICE)
    return [
        signature((), (strong(facts.head.upper()),), given(None, f"Nama lengkap {facts.head}", _COOPERATION)),
        Paragraph(text("Tembusan:"), align="left"),
        clauses(
            text(f"Sekretaris Daerah {facts.region} selaku Ketua TKKSD;"), text("Kepala ", office, "."), style="1."
        ),
    ]
