"""Articles that several agreements share, by the names under which a legal office looks for them."""

from matchmaker.papers.facts import PaperFacts
from matchmaker.papers.laws import PRIVACY
from matchmaker.papers.numbering import Articles
from matchmaker.papers.parties import BOTH, FIRST, SECOND
from matchmaker.papers.structure import (
    Numbered,
    Strong,
    Supplier,
    Text,
    clauses,
    given,
    lettered,
    lines_of,
    many,
    said,
    text,
)

_OFFICE = "Perangkat daerah penanggung jawab"


def purpose(articles: Articles, facts: PaperFacts, kind: str) -> None:
    articles.add(
        "MAKSUD DAN TUJUAN",
        clauses(
            text(
                f"Maksud {kind} ini menjadi landasan bagi ", BOTH, " untuk bekerja sama tentang “", facts.matter, "”."
            ),
            [text(f"Tujuan {kind} ini:"), *lettered(facts.term("purpose", "Tujuan kerja sama"))],
        ),
    )


def matter(articles: Articles, facts: PaperFacts) -> None:
    articles.add("OBJEK", many(facts.term("object", "Objek kerja sama")))
    scope = facts.term("scope", "Ruang lingkup kerja sama")
    articles.add("RUANG LINGKUP", said("Ruang lingkup meliputi:"), many(scope, "a."))


def carrying_out(articles: Articles, facts: PaperFacts, kind: str, detailed: str) -> None:
    """``detailed``: the paper that says the rest."""
    articles.add(
        "PELAKSANAAN",
        clauses(
            text(
                f"{kind} ini ditindaklanjuti dengan {detailed} yang memuat hak, kewajiban, biaya, dan jadwal "
                "secara rinci."
            ),
            text(
                FIRST,
                " menunjuk ",
                given(facts.office, _OFFICE, Supplier.region_office),
                " dan ",
                SECOND,
                " menunjuk ",
                given(None, "Unit pelaksana di pihak mitra", Supplier.partner),
                " sebagai pelaksana.",
            ),
        ),
    )


def sides(facts: PaperFacts) -> list[tuple[Strong, Strong, list[Text], list[Text]]]:
    """(side, the other one, what it brings, what the other one brings)."""
    region = facts.term("region_brings", "Yang disumbangkan pihak daerah")
    partner = facts.term("partner_brings", "Yang disumbangkan pihak mitra")
    return [(FIRST, SECOND, region, partner), (SECOND, FIRST, partner, region)]


def costs(articles: Articles, facts: PaperFacts, *more: Text) -> None:
    articles.add("PEMBIAYAAN", many([*facts.term("costs", "Siapa menanggung biaya apa"), *more], "(1)"))


def duration(articles: Articles, facts: PaperFacts, kind: str) -> None:
    articles.add(
        "JANGKA WAKTU",
        clauses(
            text(f"{kind} ini berlaku selama ", facts.period, " sejak ditandatangani."),
            text(
                "Jangka waktu dapat diperpanjang atas kesepakatan tertulis ",
                BOTH,
                " sebelum berakhir, sepanjang diperbolehkan peraturan perundang-undangan.",
            ),
        ),
    )


def protection(articles: Articles, facts: PaperFacts) -> None:
    """Of data, and of what minds have made."""
    data = facts.term("data_privacy", "Data yang dipertukarkan dan pelindungannya")
    law = text(BOTH, f" memproses data pribadi menurut {PRIVACY}.")
    articles.add("DATA DAN PELINDUNGAN DATA PRIBADI", many([*data, law], "(1)"))
    ideas = facts.term("intellectual_property", "Kekayaan intelektual yang dibawa dan dihasilkan")
    articles.add("KEKAYAAN INTELEKTUAL", many(ideas, "(1)"))


def measured(facts: PaperFacts) -> list[Text | Numbered]:
    """By what success is seen: one clause."""
    return [text("Keberhasilan diukur dengan:"), *lettered(facts.term("success", "Ukuran keberhasilan"))]


def decided(articles: Articles, facts: PaperFacts) -> None:
    """What both sides confirmed point by point, if anything."""
    points = [[text(Strong(d.title)), *[text(line) for line in lines_of(d.body)]] for d in facts.decisions]
    if points:
        articles.add("HAL-HAL YANG TELAH DISEPAKATI", clauses(*points))


def dispute(articles: Articles) -> None:
    court = given(None, "Pengadilan atau lembaga penyelesaian perselisihan yang dipilih", Supplier.both)
    articles.add(
        "PENYELESAIAN PERSELISIHAN",
        clauses(
            text("Perselisihan diselesaikan lebih dahulu secara musyawarah untuk mufakat."),
            text("Bila mufakat tidak tercapai, ", BOTH, " menyelesaikannya melalui ", court, "."),
        ),
    )


def last_articles(articles: Articles, facts: PaperFacts, kind: str) -> None:
    """What every agreement ends with."""
    _contacts(articles, facts)
    articles.add(
        "PERUBAHAN",
        said(
            "Hal yang belum diatur atau perlu diubah dituangkan dalam adendum yang disepakati ",
            BOTH,
            f" dan menjadi bagian yang tidak terpisahkan dari {kind} ini.",
        ),
    )
    articles.add(
        "PENUTUP",
        said(
            f"Demikian {kind} ini dibuat dalam rangkap 2 (dua), bermeterai cukup, mempunyai kekuatan hukum yang sama, "
            "dan ditandatangani ",
            BOTH,
            " pada hari, tanggal, bulan, dan tahun sebagaimana disebut pada awal naskah.",
        ),
    )


def _contacts(articles: Articles, facts: PaperFacts) -> None:
    region, partner = Supplier.region_office, Supplier.partner
    first = text(
        FIRST,
        ": ",
        given(facts.office, _OFFICE, region),
        ", u.p. ",
        given(facts.contact_role, "Jabatan narahubung daerah", region),
        ", alamat ",
        given(None, "Alamat perangkat daerah", region),
        ", surel ",
        given(None, "Surel dinas narahubung daerah", region),
        "; dan",
    )
    second = text(
        SECOND,
        ": u.p. ",
        given(None, "Jabatan narahubung mitra", partner),
        ", alamat ",
        given(None, "Alamat surat-menyurat mitra", partner),
        ", surel ",
        given(None, "Surel narahubung mitra", partner),
        ".",
    )
    articles.add(
        "KORESPONDENSI",
        clauses(
            [
                text("Surat-menyurat sehubungan dengan naskah ini disampaikan secara tertulis kepada:"),
                *lettered([first, second]),
            ],
            text("Perubahan alamat diberitahukan secara tertulis kepada pihak lainnya."),
        ),
    )
