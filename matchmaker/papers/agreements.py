"""The two papers of a cooperation with a third party or another region: the joint agreement and the PKS."""

from matchmaker.papers.common import (
    BOTH,
    FIRST,
    PRIVACY,
    SECOND,
    agree,
    closing,
    contacts,
    dispute,
    many,
    numbers,
    parties,
    recitals,
    signatures,
    title_of,
)
from matchmaker.papers.facts import PaperFacts
from matchmaker.papers.structure import (
    Articles,
    Block,
    Paper,
    Paragraph,
    Strong,
    Supplier,
    Text,
    clauses,
    given,
    text,
)

KB, PKS = "Kesepakatan Bersama", "Perjanjian Kerja Sama"


def joint_agreement(facts: PaperFacts) -> Paper:
    """Kesepakatan Bersama: what both sides want to do together."""
    articles = Articles()
    purpose(articles, facts, KB)
    matter(articles, facts)
    articles.add(
        "PELAKSANAAN",
        clauses(
            text(f"{KB} ini ditindaklanjuti dengan {PKS} yang memuat hak, kewajiban, biaya, dan jadwal secara rinci."),
            text(
                FIRST,
                " menunjuk ",
                given(facts.office, "Perangkat daerah penanggung jawab", Supplier.region_office),
                " dan ",
                SECOND,
                " menunjuk ",
                given(None, "Unit pelaksana di pihak mitra", Supplier.partner),
                " sebagai pelaksana.",
            ),
        ),
    )
    articles.add("PEMBIAYAAN", many(facts.term("costs", "Siapa menanggung biaya apa")))
    duration(articles, facts, KB)
    articles.add(
        "PEMANTAUAN DAN EVALUASI",
        Paragraph(text(BOTH, f" memantau dan mengevaluasi pelaksanaan {KB} ini paling sedikit sekali dalam setahun.")),
    )
    dispute(articles)
    contacts(articles, facts)
    changes(articles, KB)
    closing(articles, KB)
    return _agreement("kb", "kesepakatan-bersama", KB, facts, articles)


def cooperation_agreement(facts: PaperFacts) -> Paper:
    """Perjanjian Kerja Sama: who does what, when and at whose cost."""
    articles = Articles()
    purpose(articles, facts, PKS)
    matter(articles, facts)
    articles.add("LOKASI", many(facts.term("location", "Lokasi kerja sama")))
    _rights(articles, facts)
    articles.add("PEMBIAYAAN", many(facts.term("costs", "Siapa menanggung biaya apa")))
    duration(articles, facts, PKS)
    _protection(articles, facts)
    _measures(articles, facts)
    if facts.decisions:
        decided(articles, facts)
    _running(articles)
    _end(articles, facts)
    dispute(articles)
    contacts(articles, facts)
    changes(articles, PKS)
    closing(articles, PKS)
    return _agreement("pks", "perjanjian-kerja-sama", PKS, facts, articles)


def _agreement(code: str, name: str, kind: str, facts: PaperFacts, articles: Articles) -> Paper:
    blocks: list[Block] = [
        title_of(kind, facts),
        *numbers(),
        *parties(facts, delegated=code == "pks"),
        recitals(facts),
        *agree(facts, kind),
        *articles.blocks,
        signatures(facts),
    ]
    return Paper(code, name, kind, tuple(blocks))


def purpose(articles: Articles, facts: PaperFacts, kind: str) -> None:
    aim = f"Tujuan {kind} ini:"
    articles.add(
        "MAKSUD DAN TUJUAN",
        clauses(
            text(
                f"Maksud {kind} ini menjadi landasan bagi ", BOTH, " untuk bekerja sama tentang “", facts.matter, "”."
            ),
            [text(aim), *facts.term("purpose", "Tujuan kerja sama")],
        ),
    )


def matter(articles: Articles, facts: PaperFacts) -> None:
    articles.add("OBJEK", many(facts.term("object", "Objek kerja sama")))
    scope = facts.term("scope", "Ruang lingkup kerja sama")
    articles.add("RUANG LINGKUP", Paragraph(text("Ruang lingkup meliputi:")), many(scope, "a."))


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


def _rights(articles: Articles, facts: PaperFacts) -> None:
    region = facts.term("region_brings", "Yang disumbangkan pihak daerah")
    partner = facts.term("partner_brings", "Yang disumbangkan pihak mitra")
    for side, other, own, others in ((FIRST, SECOND, region, partner), (SECOND, FIRST, partner, region)):
        articles.add(
            f"KEWAJIBAN DAN HAK {side.text}",
            clauses(
                [text(side, " berkewajiban:"), *_enumerated(own)],
                [text(side, " berhak menerima dari ", other, ":"), *_enumerated(others)],
            ),
        )


def _enumerated(lines: list[Text]) -> list[Text]:
    if len(lines) == 1:
        return lines
    return [text(f"{chr(ord('a') + number % 26)}. ", line) for number, line in enumerate(lines)]


def _protection(articles: Articles, facts: PaperFacts) -> None:
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


def _measures(articles: Articles, facts: PaperFacts) -> None:
    articles.add(
        "UKURAN KEBERHASILAN DAN TINDAK LANJUT",
        clauses(
            [
                text("Keberhasilan kerja sama diukur dengan:"),
                *_enumerated(facts.term("success", "Ukuran keberhasilan")),
            ],
            [
                text("Setelah uji coba atau masa kerja sama:"),
                *_enumerated(facts.term("graduation", "Tindak lanjut setelah uji coba")),
            ],
        ),
    )


def decided(articles: Articles, facts: PaperFacts) -> None:
    """What both sides confirmed point by point."""
    articles.add(
        "HAL-HAL YANG TELAH DISEPAKATI",
        clauses(
            *[
                [text(Strong(d.title)), *[text(line) for line in d.body.split("\n") if line.strip()]]
                for d in facts.decisions
            ]
        ),
    )


def _running(articles: Articles) -> None:
    articles.add(
        "PEMANTAUAN, EVALUASI, DAN PELAPORAN",
        clauses(
            text(
                BOTH, " memantau pelaksanaan setiap triwulan dan mencatat capaian, hambatan, serta tindak lanjutnya."
            ),
            text("Laporan akhir disusun bersama paling lambat pada akhir jangka waktu."),
        ),
    )
    articles.add(
        "KEADAAN KAHAR",
        clauses(
            text(
                "Pihak yang tidak dapat memenuhi kewajiban karena bencana, wabah, huru-hara, perang, atau perubahan "
                "kebijakan pemerintah yang berdampak langsung memberitahukannya secara tertulis paling lambat 14 "
                "(empat belas) hari sejak kejadian."
            ),
            text("Akibatnya diselesaikan secara musyawarah; selama itu kewajiban yang terdampak ditangguhkan."),
        ),
    )


def _end(articles: Articles, facts: PaperFacts) -> None:
    articles.add(
        "PENGAKHIRAN",
        many(
            [
                *facts.term("ending", "Cara kerja sama berakhir"),
                text("Pengakhiran tidak menghapus kewajiban yang belum diselesaikan sebelum tanggal pengakhiran."),
            ],
            "(1)",
        ),
    )


def changes(articles: Articles, kind: str) -> None:
    articles.add(
        "PERUBAHAN",
        Paragraph(
            text(
                "Hal yang belum diatur atau perlu diubah dituangkan dalam adendum yang disepakati ",
                BOTH,
                f" dan menjadi bagian yang tidak terpisahkan dari {kind} ini.",
            )
        ),
    )
