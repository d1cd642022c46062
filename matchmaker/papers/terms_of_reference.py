"""The terms of reference (Kerangka Acuan Kerja, KAK)."""

from matchmaker.papers.chapters import background, money_flow, needs, section, signature, title_of
from matchmaker.papers.facts import PaperFacts, day
from matchmaker.papers.laws import PRIVACY, laws
from matchmaker.papers.numbering import Chapters
from matchmaker.papers.structure import (
    Block,
    Pairs,
    Paper,
    Signatures,
    Supplier,
    Table,
    Text,
    given,
    many,
    said,
    text,
)

_OFFICE = Supplier.region_office


def terms_of_reference(facts: PaperFacts) -> Paper:
    chapters = Chapters()
    chapters.add("PENDAHULUAN", *_introduction(facts))
    chapters.add("MAKSUD DAN TUJUAN", many(facts.term("purpose", "Tujuan kerja sama")))
    chapters.add("OBJEK, RUANG LINGKUP, DAN LOKASI", *_extent(facts))
    chapters.add("KEBUTUHAN DAN PEMBAGIAN PERAN", *_work(facts))
    chapters.add("JANGKA WAKTU DAN PEMBIAYAAN", *_time_and_money(facts))
    chapters.add("KELUARAN DAN UKURAN KEBERHASILAN", *_results(facts))
    chapters.add(
        "PENUTUP",
        said(
            "Kerangka acuan ini menjadi dasar penyusunan naskah kerja sama. Pengolahan data pribadi mengikuti ",
            f"{PRIVACY}.",
        ),
    )
    title = title_of("KERANGKA ACUAN KERJA (KAK)", facts)
    blocks = (title, *chapters.blocks, _signature(facts))
    return Paper("kak", "kerangka-acuan-kerja", "Kerangka Acuan Kerja", blocks)


def _introduction(facts: PaperFacts) -> list[Block]:
    plans = Pairs(
        (
            ("RPJMD", given(facts.rpjmd, "Rujukan RPJMD", _OFFICE)),
            ("Rencana induk", given(facts.master_plan, "Rujukan rencana induk kota cerdas", _OFFICE)),
        )
    )
    return [
        section("A. Latar belakang"),
        *background(facts),
        section("B. Kesesuaian dengan perencanaan daerah"),
        plans,
        section("C. Dasar hukum"),
        laws(facts),
    ]


def _extent(facts: PaperFacts) -> list[Block]:
    return [
        said("Objek kerja sama:"),
        many(facts.term("object", "Objek kerja sama")),
        said("Ruang lingkup:"),
        many(facts.term("scope", "Ruang lingkup kerja sama"), "a."),
        said("Lokasi:"),
        many(facts.term("location", "Lokasi kerja sama")),
    ]


def _work(facts: PaperFacts) -> list[Block]:
    return [
        said("Kebutuhan yang dijawab lewat kerja sama:"),
        needs(facts),
        said(f"Yang disediakan {facts.government}:"),
        many(facts.term("region_brings", "Yang disumbangkan pihak daerah"), "a."),
        said("Yang disediakan ", facts.partner_name, ":"),
        many(facts.term("partner_brings", "Yang disumbangkan pihak mitra"), "a."),
    ]


def _time_and_money(facts: PaperFacts) -> list[Block]:
    start = f", dimulai sekitar {day(facts.start_from)}" if facts.start_from else ""
    return [
        said("Kerja sama direncanakan selama ", facts.period, start, "."),
        many(facts.term("costs", "Siapa menanggung biaya apa")),
        money_flow(facts),
    ]


def _results(facts: PaperFacts) -> list[Block]:
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            text(i.name),
            given(i.baseline, f"Nilai awal “{i.name}”", _OFFICE, 10),
            given(i.target, f"Target “{i.name}”", _OFFICE, 10),
        )
        for i in facts.indicators
    ) or ((given(None, "Indikator, nilai awal, dan target", _OFFICE, 12),) * 3,)
    return [
        many(facts.term("success", "Ukuran keberhasilan"), "a."),
        Table(("Indikator", "Nilai awal", "Target"), rows, (50, 25, 25)),
        said("Tindak lanjut setelah uji coba atau masa kerja sama:"),
        many(facts.term("graduation", "Tindak lanjut setelah uji coba"), "a."),
    ]


def _signature(facts: PaperFacts) -> Signatures:
    """Of the head of the office whose matter it is."""
    return signature(
        text(f"{facts.seat}, ", given(None, "Tanggal naskah", _OFFICE, 18)),
        text("Kepala ", given(facts.office, "Perangkat daerah penanggung jawab", _OFFICE)),
        given(None, "Nama kepala perangkat daerah", _OFFICE),
        text("NIP ", given(None, "NIP kepala perangkat daerah", _OFFICE)),
    )
