"""Regulations in full, as the papers cite them."""

from matchmaker.papers.facts import PaperFacts
from matchmaker.papers.structure import Numbered, Supplier, clauses, given, text

#: By the short name that the tables of routes give them.
_LAWS = {
    "UU 24/2000": "Undang-Undang Nomor 24 Tahun 2000 tentang Perjanjian Internasional",
    "UU 23/2014": "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah, dengan perubahannya",
    "PP 28/2018": "Peraturan Pemerintah Nomor 28 Tahun 2018 tentang Kerja Sama Daerah",
    "Permendagri 22/2020": (
        "Peraturan Menteri Dalam Negeri Nomor 22 Tahun 2020 tentang Tata Cara Kerja Sama Daerah dengan Daerah Lain "
        "dan Kerja Sama Daerah dengan Pihak Ketiga"
    ),
    "Permendagri 25/2020": (
        "Peraturan Menteri Dalam Negeri Nomor 25 Tahun 2020 tentang Tata Cara Kerja Sama Daerah dengan Pemerintah "
        "Daerah di Luar Negeri dan Kerja Sama Daerah dengan Lembaga di Luar Negeri"
    ),
    "Permendagri 19/2016 jo. Permendagri 7/2024": (
        "Peraturan Menteri Dalam Negeri Nomor 19 Tahun 2016 tentang Pedoman Pengelolaan Barang Milik Daerah "
        "sebagaimana telah diubah dengan Peraturan Menteri Dalam Negeri Nomor 7 Tahun 2024"
    ),
    "Perpres 16/2018 jo. Perpres 12/2021 jo. Perpres 46/2025": (
        "Peraturan Presiden Nomor 16 Tahun 2018 tentang Pengadaan Barang/Jasa Pemerintah sebagaimana telah beberapa "
        "kali diubah, terakhir dengan Peraturan Presiden Nomor 46 Tahun 2025"
    ),
}
PRIVACY = "Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi"

#: The higher first, as papers cite them.
_RANKS = ("UU", "PP", "Perpres", "Permen")


def _rank(law: str) -> int:
    return next((rank for rank, kind in enumerate(_RANKS) if law.startswith(kind)), len(_RANKS))


def laws(facts: PaperFacts) -> Numbered:
    """Those of the route, with what regions name beside them left to fill in."""
    # A basis that is marked as uncertain belongs into the guide, not into an agreement.
    known = [_LAWS.get(law, law) for law in sorted(facts.laws, key=_rank) if "(" not in law]
    own = given(None, "Peraturan daerah atau peraturan kepala daerah tentang kerja sama", Supplier.region_cooperation)
    return clauses(*[(f"{law};",) for law in known], text("Peraturan daerah terkait: ", own, "."), style="1.")
