"""The agreements: KB and PKS with a third party or another region, and the Nota Kesepakatan of a synergy."""

from dataclasses import replace

from matchmaker.papers.articles import (
    carrying_out,
    costs,
    decided,
    dispute,
    duration,
    last_articles,
    matter,
    measured,
    protection,
    purpose,
    sides,
)
from matchmaker.papers.facts import PaperFacts
from matchmaker.papers.numbering import Articles
from matchmaker.papers.parties import BOTH, agreement
from matchmaker.papers.structure import Paper, clauses, lettered, many, said, text
from matchmaker.papers.work_plan import work_plan

KB, PKS, NK = "Kesepakatan Bersama", "Perjanjian Kerja Sama", "Nota Kesepakatan"


def joint_agreement(facts: PaperFacts) -> Paper:
    """Kesepakatan Bersama: what both sides want to do together."""
    articles = Articles()
    purpose(articles, facts, KB)
    matter(articles, facts)
    carrying_out(articles, facts, KB, PKS)
    costs(articles, facts)
    duration(articles, facts, KB)
    articles.add(
        "PEMANTAUAN DAN EVALUASI",
        said(BOTH, f" memantau dan mengevaluasi pelaksanaan {KB} ini paling sedikit sekali dalam setahun."),
    )
    dispute(articles)
    last_articles(articles, facts, KB)
    return agreement(("kb", "kesepakatan-bersama", KB), facts, articles)


def cooperation_agreement(facts: PaperFacts) -> Paper:
    """Perjanjian Kerja Sama: who does what, when and at whose cost."""
    articles = Articles()
    purpose(articles, facts, PKS)
    matter(articles, facts)
    articles.add("LOKASI", many(facts.term("location", "Lokasi kerja sama")))
    _duties_and_rights(articles, facts)
    costs(articles, facts)
    duration(articles, facts, PKS)
    protection(articles, facts)
    _what_follows(articles, facts)
    decided(articles, facts)
    _running(articles)
    _ending(articles, facts)
    dispute(articles)
    last_articles(articles, facts, PKS)
    return agreement(("pks", "perjanjian-kerja-sama", PKS), facts, articles, delegated=True)


def memorandum(facts: PaperFacts) -> Paper:
    """Nota Kesepakatan with its work plan: in the place of KB and PKS."""
    articles = Articles()
    purpose(articles, facts, NK)
    matter(articles, facts)
    articles.add("PERAN PARA PIHAK", clauses(*[[text(side, ":"), *lettered(own)] for side, _, own, _ in sides(facts)]))
    articles.add(
        "RENCANA KERJA",
        clauses(
            text(
                f"{NK} ini dilaksanakan menurut Rencana Kerja dalam Lampiran, yang menjadi bagian tidak terpisahkan."
            ),
            text("Rencana Kerja ditandatangani oleh pejabat yang ditunjuk ", BOTH, "."),
        ),
    )
    own_budget = text("Setiap pihak memakai anggaran masing-masing menurut peraturan perundang-undangan.")
    costs(articles, facts, own_budget)
    protection(articles, facts)
    decided(articles, facts)
    duration(articles, facts, NK)
    each_quarter = text(BOTH, " memantau dan mengevaluasi pelaksanaannya setiap triwulan.")
    articles.add("PEMANTAUAN DAN EVALUASI", clauses(measured(facts), each_quarter))
    articles.add(
        "PENYELESAIAN PERBEDAAN PENDAPAT",
        said("Perbedaan pendapat diselesaikan secara musyawarah untuk mufakat."),
    )
    last_articles(articles, facts, NK)
    paper = agreement(("nota_kesepakatan", "nota-kesepakatan", NK), facts, articles)
    return replace(paper, blocks=(*paper.blocks, *work_plan(facts)))


def _duties_and_rights(articles: Articles, facts: PaperFacts) -> None:
    for side, other, own, others in sides(facts):
        articles.add(
            f"KEWAJIBAN DAN HAK {side.text}",
            clauses(
                [text(side, " berkewajiban:"), *lettered(own)],
                [text(side, " berhak menerima dari ", other, ":"), *lettered(others)],
            ),
        )


def _what_follows(articles: Articles, facts: PaperFacts) -> None:
    after = facts.term("graduation", "Tindak lanjut setelah uji coba")
    articles.add(
        "UKURAN KEBERHASILAN DAN TINDAK LANJUT",
        clauses(measured(facts), [text("Setelah uji coba atau masa kerja sama:"), *lettered(after)]),
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


def _ending(articles: Articles, facts: PaperFacts) -> None:
    still_owed = text("Pengakhiran tidak menghapus kewajiban yang belum diselesaikan sebelum tanggal pengakhiran.")
    articles.add("PENGAKHIRAN", many([*facts.term("ending", "Cara kerja sama berakhir"), still_owed], "(1)"))
