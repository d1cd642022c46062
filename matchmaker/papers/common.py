"""Parts that several papers share: the parties, the recitals, the laws, the last articles, the signatures."""

from matchmaker.papers.facts import PaperFacts, strong
from matchmaker.papers.structure import (
    Articles,
    Blank,
    Block,
    Numbered,
    Paragraph,
    Place,
    Run,
    Signatures,
    Strong,
    Supplier,
    Text,
    Title,
    clauses,
    given,
    text,
)

FIRST, SECOND, BOTH = Strong("PIHAK KESATU"), Strong("PIHAK KEDUA"), Strong("PARA PIHAK")
#: Regulations by the short name that the tables of routes give them.
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


def laws(facts: PaperFacts) -> Numbered:
    """Those of the route, with what regions name beside them left to fill in."""
    # A basis that is marked as uncertain belongs into the guide, not into an agreement.
    known = [_LAWS.get(law, law) for law in facts.laws if "(" not in law]
    own = given(None, "Peraturan daerah atau peraturan kepala daerah tentang kerja sama", Supplier.region_cooperation)
    return clauses(*[(f"{law};",) for law in known], text("Peraturan daerah terkait: ", own, "."), style="1.")


def title_of(kind: str, facts: PaperFacts) -> Title:
    upper = facts.matter.upper()
    return Title(
        (
            (Strong(kind.upper()),),
            ("ANTARA",),
            (strong(facts.government.upper()),),
            ("DENGAN",),
            (strong(facts.partner_name.upper()),),
            ("TENTANG",),
            (strong(upper),),
        )
    )


def numbers() -> list[Block]:
    """Each side gives the paper a number of its own."""
    return [
        Paragraph(
            text("NOMOR : ", given(None, "Nomor naskah di pihak daerah", Supplier.region_cooperation)), align="center"
        ),
        Paragraph(text("NOMOR : ", given(None, "Nomor naskah di pihak mitra", Supplier.partner)), align="center"),
    ]


def parties(facts: PaperFacts, *, delegated: bool = False) -> list[Block]:
    """The day, and both sides with who stands for them and by what right."""
    who = Supplier.region_cooperation
    today = text(
        "Pada hari ini ",
        Blank("Hari penandatanganan", who, 10),
        " tanggal ",
        Blank("Tanggal penandatanganan", who, 14),
        " bulan ",
        Blank("Bulan penandatanganan", who, 12),
        " tahun ",
        Blank("Tahun penandatanganan", who, 18),
        ", bertempat di ",
        Blank("Tempat penandatanganan", who, 18),
        ", yang bertanda tangan di bawah ini:",
    )
    return [
        Paragraph(today),
        clauses(_region_party(facts, delegated), _partner_party(facts), style="1."),
        Paragraph(
            text(
                FIRST,
                " dan ",
                SECOND,
                " selanjutnya secara bersama-sama disebut ",
                BOTH,
                ", terlebih dahulu menerangkan hal-hal sebagai berikut:",
            )
        ),
    ]


def _region_party(facts: PaperFacts, delegated: bool) -> Text:
    head = facts.head
    name = given(None, f"Nama lengkap {head}", Supplier.region_cooperation)
    where = given(None, f"Alamat kantor {facts.government}", Supplier.region_cooperation)
    office: tuple[Run, ...] = (f"{head}",)
    right: Text = ("dalam hal ini bertindak dalam jabatannya tersebut",)
    if delegated:
        right = text(
            "dalam hal ini bertindak dalam jabatannya tersebut (bila yang menandatangani pejabat lain, sebutkan "
            "jabatan dan surat kuasanya: ",
            Blank("Jabatan dan surat kuasa penanda tangan, bila bukan kepala daerah", Supplier.region_cooperation, 18),
            ")",
        )
    return text(
        name,
        ", ",
        office,
        ", berkedudukan di ",
        where,
        ", ",
        right,
        " untuk dan atas nama ",
        facts.government,
        ", selanjutnya disebut ",
        FIRST,
        "; dan",
    )


def _partner_party(facts: PaperFacts) -> Text:
    who = Supplier.partner
    return text(
        given(None, f"Nama lengkap {facts.partner_head} {facts.partner_name}", who),
        f", {facts.partner_head} ",
        facts.partner_name,
        ", berkedudukan di ",
        given(None, f"Alamat {facts.partner_name}", who),
        ", berdasarkan ",
        given(None, f"Nomor dan tanggal {facts.partner_charter}", who),
        ", dalam hal ini bertindak untuk dan atas nama ",
        facts.partner_name,
        ", selanjutnya disebut ",
        SECOND,
        ".",
    )


def recitals(facts: PaperFacts) -> Numbered:
    return clauses(
        text(
            "bahwa ",
            FIRST,
            " adalah pemerintah daerah yang menyelenggarakan urusan pemerintahan di ",
            facts.region,
            ", Provinsi ",
            facts.province,
            ";",
        ),
        text(
            "bahwa ",
            SECOND,
            " adalah ",
            facts.partner_form_name,
            " yang berkemampuan dalam bidang “",
            facts.card_title,
            "”;",
        ),
        text(
            "bahwa ",
            FIRST,
            " memerlukan kerja sama untuk ",
            "“",
            facts.matter,
            "” sebagai bagian dari pembangunan daerah; dan",
        ),
        text("bahwa ", BOTH, " bermaksud bekerja sama menurut kewenangan dan kemampuan masing-masing."),
        style="a.",
    )


def agree(facts: PaperFacts, kind: str) -> list[Block]:
    return [
        Paragraph(text("Dengan memperhatikan peraturan perundang-undangan sebagai berikut:")),
        laws(facts),
        Paragraph(
            text(
                BOTH,
                f" sepakat untuk membuat dan menandatangani {kind} tentang “",
                facts.matter,
                "” dengan ketentuan sebagai berikut:",
            )
        ),
    ]


def contacts(articles: Articles, facts: PaperFacts) -> None:
    region, partner = Supplier.region_office, Supplier.partner
    articles.add(
        "KORESPONDENSI",
        clauses(
            text("Surat-menyurat sehubungan dengan naskah ini disampaikan secara tertulis kepada:"),
            text(
                FIRST,
                ": ",
                given(facts.office, "Perangkat daerah penanggung jawab", region),
                ", u.p. ",
                given(facts.contact_role, "Jabatan narahubung daerah", region),
                ", alamat ",
                given(None, "Alamat perangkat daerah", region),
                ", surel ",
                given(None, "Surel dinas narahubung daerah", region),
                "; dan",
            ),
            text(
                SECOND,
                ": u.p. ",
                given(None, "Jabatan narahubung mitra", partner),
                ", alamat ",
                given(None, "Alamat surat-menyurat mitra", partner),
                ", surel ",
                given(None, "Surel narahubung mitra", partner),
                ".",
            ),
            text("Perubahan alamat diberitahukan secara tertulis kepada pihak lainnya."),
        ),
    )


def dispute(articles: Articles) -> None:
    court = given(None, "Pengadilan atau lembaga penyelesaian perselisihan yang dipilih", Supplier.both)
    articles.add(
        "PENYELESAIAN PERSELISIHAN",
        clauses(
            text("Perselisihan diselesaikan lebih dahulu secara musyawarah untuk mufakat."),
            text("Bila mufakat tidak tercapai, ", BOTH, " menyelesaikannya melalui ", court, "."),
        ),
    )


def closing(articles: Articles, kind: str, *, stamped: bool = True) -> None:
    duty = "bermeterai cukup, " if stamped else ""
    articles.add(
        "PENUTUP",
        Paragraph(
            text(
                f"Demikian {kind} ini dibuat dalam rangkap 2 (dua), {duty}mempunyai kekuatan hukum yang sama, dan "
                "ditandatangani ",
                BOTH,
                " pada hari, tanggal, bulan, dan tahun sebagaimana disebut pada awal naskah.",
            )
        ),
    )


def signatures(facts: PaperFacts, *, stamped: bool = True) -> Signatures:
    """The partner left, the region right."""
    return Signatures(
        (
            Place(
                (SECOND,),
                text(f"{facts.partner_head} ", facts.partner_name),
                given(None, f"Nama lengkap {facts.partner_head} {facts.partner_name}", Supplier.partner),
                stamped=stamped,
            ),
            Place(
                (FIRST,),
                text(facts.head),
                given(None, f"Nama lengkap {facts.head}", Supplier.region_cooperation),
                stamped=stamped,
            ),
        )
    )


def many(lines: list[Text], style: str = "1.") -> Block:
    """Lines of a section: one is a paragraph, several are a list."""
    if len(lines) == 1:
        return Paragraph(lines[0], indented=True)
    return clauses(*lines, style=style)
