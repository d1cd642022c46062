"""What stands around the articles of an agreement: who agrees with whom and why, and where they sign."""

from matchmaker.papers.facts import PaperFacts, strong
from matchmaker.papers.laws import laws
from matchmaker.papers.numbering import Articles
from matchmaker.papers.structure import (
    Blank,
    Block,
    Numbered,
    Paper,
    Paragraph,
    Place,
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


def agreement(kind: tuple[str, str, str], facts: PaperFacts, articles: Articles, *, delegated: bool = False) -> Paper:
    """``kind``: the paper's code, the name of its file, and what it calls itself."""
    code, name, title = kind
    blocks: list[Block] = [
        title_of(title, facts),
        *_numbers(),
        *_parties(facts, delegated=delegated),
        _recitals(facts),
        *_agree(facts, title),
        *articles.blocks,
        _signatures(facts),
    ]
    return Paper(code, name, title, tuple(blocks))


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


def _numbers() -> list[Block]:
    """Each side gives the paper a number of its own."""
    return [
        Paragraph(text("NOMOR : ", given(None, f"Nomor naskah di pihak {side}", who)), align="center")
        for side, who in (("daerah", Supplier.region_cooperation), ("mitra", Supplier.partner))
    ]


def _parties(facts: PaperFacts, *, delegated: bool = False) -> list[Block]:
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
        f", {head}, berkedudukan di ",
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


def _recitals(facts: PaperFacts) -> Numbered:
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


def _agree(facts: PaperFacts, kind: str) -> list[Block]:
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


def _signatures(facts: PaperFacts) -> Signatures:
    """The partner left, the region right."""
    return Signatures(
        (
            Place(
                (SECOND,),
                text(f"{facts.partner_head} ", facts.partner_name),
                given(None, f"Nama lengkap {facts.partner_head} {facts.partner_name}", Supplier.partner),
                stamped=True,
            ),
            Place(
                (FIRST,),
                text(facts.head),
                given(None, f"Nama lengkap {facts.head}", Supplier.region_cooperation),
                stamped=True,
            ),
        )
    )
