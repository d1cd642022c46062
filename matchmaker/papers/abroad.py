"""Papers with a party abroad, in Indonesian and English side by side: drafts to bring to the ministries.

What both sides have written is in one language alone; in the other it stays a blank that a translator fills.
"""

from collections.abc import Sequence

from matchmaker.papers.facts import PaperFacts, strong
from matchmaker.papers.numbering import Articles
from matchmaker.papers.structure import (
    Block,
    Note,
    Paper,
    Place,
    Signatures,
    Strong,
    Supplier,
    Text,
    Title,
    Twin,
    given,
    text,
)

_COOPERATION, _PARTNER = Supplier.region_cooperation, Supplier.partner
#: What is open in every such paper, whatever the route's guide adds.
_OPEN = (
    "Judul dan bentuk naskah, bahasanya, dan bahasa yang berlaku bila tafsirnya berbeda: ikuti arahan Kementerian "
    "Dalam Negeri dan Kementerian Luar Negeri.",
    "Surat kuasa (full powers) bagi penanda tangan: pastikan pada Kementerian Luar Negeri.",
    "Naskah baru ditandatangani setelah persetujuan yang disyaratkan diperoleh; draf ini tidak menggantikannya.",
    "Kolom bahasa Inggris belum diperiksa penerjemah, dan isi rancangan kesepakatan belum diterjemahkan.",
)


def letter_of_intent(facts: PaperFacts) -> Paper:
    """Pernyataan kehendak kerja sama: that both want to, and bound by nothing yet."""
    blocks: list[Block] = [
        _unsettled(facts),
        _title("PERNYATAAN KEHENDAK KERJA SAMA", "LETTER OF INTENT", facts),
        *_both_parties(facts),
        _twin(
            "menyatakan kehendak untuk menjajaki kerja sama yang setara dan saling menguntungkan tentang “{}”, "
            "terutama dalam bidang berikut:",
            "declare their intention to explore a cooperation on equal terms and of mutual benefit concerning “{}”, "
            "in particular in the following fields:",
            (facts.matter,),
            (_translation("Judul kerja sama"),),
        ),
        *_translated(facts, "scope", "Ruang lingkup kerja sama"),
        _twin(
            "Rincian kerja sama dituangkan dalam Memorandum Saling Pengertian, setelah persetujuan yang disyaratkan "
            "hukum masing-masing negara diperoleh.",
            "The details will be set down in a Memorandum of Understanding, once the approvals that the law of each "
            "country requires have been obtained.",
        ),
        _twin(
            "Pernyataan ini tidak menimbulkan hak dan kewajiban hukum bagi Para Pihak.",
            "This Letter creates no legal rights or obligations for the Parties.",
        ),
        _done_in_two("Pernyataan Kehendak ini", "This Letter of Intent"),
        _signatures(facts),
    ]
    return Paper("letter_of_intent", "pernyataan-kehendak", "Pernyataan Kehendak", tuple(blocks))


def understanding(facts: PaperFacts) -> Paper:
    """Memorandum Saling Pengertian: a skeleton, since its text is drafted with the ministries."""
    articles = Articles()
    articles.add("TUJUAN", *_translated(facts, "purpose", "Tujuan kerja sama"), english="OBJECTIVE")
    articles.add("RUANG LINGKUP", *_translated(facts, "scope", "Ruang lingkup kerja sama"), english="SCOPE")
    articles.add("PELAKSANAAN", *_carrying_out(facts), english="IMPLEMENTATION")
    articles.add("PEMBIAYAAN", *_money(facts), english="FUNDING")
    _knowledge(articles, facts)
    _limits(articles)
    _end(articles, facts)
    blocks: list[Block] = [
        _unsettled(facts),
        _title("MEMORANDUM SALING PENGERTIAN", "MEMORANDUM OF UNDERSTANDING", facts),
        *_both_parties(facts),
        _twin(
            "berkehendak bekerja sama tentang “{}”, sesuai dengan hukum dan ketentuan yang berlaku di masing-masing "
            "negara, telah mencapai pengertian sebagai berikut:",
            "desiring to cooperate concerning “{}”, in accordance with the prevailing laws and regulations of their "
            "respective countries, have reached the following understanding:",
            (facts.matter,),
            (_translation("Judul kerja sama"),),
        ),
        *articles.blocks,
        _done_in_two("Memorandum ini", "This Memorandum"),
        _signatures(facts),
    ]
    return Paper("mou", "memorandum-saling-pengertian", "Memorandum Saling Pengertian", tuple(blocks))


def _unsettled(facts: PaperFacts) -> Note:
    return Note(
        "Yang perlu dipastikan sebelum draf ini dipakai (hapus kotak ini sesudahnya)", (*facts.uncertain, *_OPEN)
    )


def _title(indonesian: str, english: str, facts: PaperFacts) -> Title:
    return Title(
        (
            (Strong(indonesian),),
            (Strong(english),),
            ("ANTARA / BETWEEN",),
            (strong(f"{facts.government}, Republik Indonesia".upper()),),
            ("DENGAN / AND",),
            (strong(facts.partner_name.upper()),),
            ("TENTANG / CONCERNING",),
            (strong(facts.matter.upper()),),
        )
    )


def _twin(
    indonesian: str, english: str, told: Sequence[Text | str] = (), told_english: Sequence[Text | str] = ()
) -> Twin:
    """Each ``{}`` is the next of what is told: what anybody wrote never passes through a pattern."""
    return Twin(_filled(indonesian, told), _filled(english, told_english or told))


def _filled(sentence: str, told: Sequence[Text | str]) -> Text:
    first, *others = sentence.split("{}")
    return text(first, *[part for pair in zip(told, others, strict=True) for part in pair])


def _translation(what: str) -> Text:
    return given(None, f"Terjemahan bahasa Inggris: {what.lower()}", Supplier.both, 20)


def _translated(facts: PaperFacts, name: str, what: str) -> list[Block]:
    """A section of the terms, with room for each line in English."""
    return [Twin(line, _translation(what)) for line in facts.term(name, what, 24)]


def _both_parties(facts: PaperFacts) -> list[Block]:
    country = given(None, f"Negara {facts.partner_name}", _PARTNER, 14)
    first = _twin(
        "{}, Republik Indonesia,",
        "{}, Republic of Indonesia,",
        (facts.government,),
        (facts.government_english,),
    )
    second = _twin(
        "dan {}, {}, selanjutnya disebut “Para Pihak”,",
        "and {}, {}, hereinafter referred to as “the Parties”,",
        (facts.partner_name, country),
    )
    return [first, second]


def _carrying_out(facts: PaperFacts) -> list[Block]:
    office = given(facts.office, "Perangkat daerah penanggung jawab", Supplier.region_office)
    unit = given(None, "Unit pelaksana di pihak mitra", _PARTNER)
    return [
        _twin(
            "Para Pihak menunjuk {} dan {} sebagai pelaksana, yang menyusun rencana kegiatan bersama.",
            "The Parties designate {} and {} to carry out this Memorandum by a joint plan of activities.",
            (office, unit),
        )
    ]


def _money(facts: PaperFacts) -> list[Block]:
    available = _twin(
        "Kegiatan dibiayai menurut ketersediaan anggaran masing-masing Pihak.",
        "Activities are subject to the availability of funds of each Party.",
    )
    return [*_translated(facts, "costs", "Siapa menanggung biaya apa"), available]


def _knowledge(articles: Articles, facts: PaperFacts) -> None:
    """What is brought and found, and what is kept among the parties."""
    ideas = _translated(facts, "intellectual_property", "Kekayaan intelektual yang dibawa dan dihasilkan")
    articles.add("KEKAYAAN INTELEKTUAL", *ideas, english="INTELLECTUAL PROPERTY")
    data = _translated(facts, "data_privacy", "Data yang dipertukarkan dan pelindungannya")
    articles.add("DATA DAN KERAHASIAAN", *data, english="DATA AND CONFIDENTIALITY")


def _limits(articles: Articles) -> None:
    articles.add(
        "KEGIATAN PERSONEL",
        _twin(
            "Setiap orang yang terlibat menghormati kedaulatan, hukum, dan adat negara tempat kegiatan berlangsung, "
            "dan tidak melakukan kegiatan lain di luar Memorandum ini.",
            "Persons engaged under this Memorandum respect the sovereignty, laws and customs of the host country and "
            "undertake no activities there beyond this Memorandum.",
        ),
        english="PERSONNEL",
    )
    articles.add(
        "PERBEDAAN PENDAPAT",
        _twin(
            "Perbedaan pendapat diselesaikan secara damai melalui konsultasi atau perundingan.",
            "Differences are settled amicably by consultation or negotiation.",
        ),
        english="DIFFERENCES",
    )


def _end(articles: Articles, facts: PaperFacts) -> None:
    months = facts.terms.duration_months if facts.terms else None
    english = (f"{months} months",) if months else given(None, "Jangka waktu dalam bahasa Inggris", Supplier.both, 10)
    articles.add(
        "MULAI BERLAKU, JANGKA WAKTU, DAN PENGAKHIRAN",
        _twin(
            "Memorandum ini berlaku selama {} sejak ditandatangani, dan dapat diubah atau diperpanjang secara "
            "tertulis atas kesepakatan Para Pihak.",
            "This Memorandum is in force for {} from the date of its signing, and may be amended or extended in "
            "writing by consent of the Parties.",
            (facts.period,),
            (english,),
        ),
        *_translated(facts, "ending", "Cara kerja sama berakhir"),
        english="ENTRY INTO FORCE, DURATION AND TERMINATION",
    )


def _done_in_two(indonesian: str, english: str) -> Twin:
    where = given(None, "Tempat penandatanganan", _COOPERATION, 12)
    when = given(None, "Tanggal penandatanganan", _COOPERATION, 12)
    return _twin(
        f"{indonesian} dibuat dalam rangkap dua di {{}} pada tanggal {{}}, dalam bahasa Indonesia dan bahasa Inggris; "
        "kedua naskah sama keabsahannya.",
        f"{english} is done in duplicate at {{}} on {{}}, in the Indonesian and English languages, both texts being "
        "equally valid.",
        (where, when),
    )


def _signatures(facts: PaperFacts) -> Signatures:
    """Without stamp duty: that is a matter of Indonesian law alone."""
    return Signatures(
        (
            Place(
                text("Untuk / For ", Strong(facts.partner_name)),
                given(None, f"Jabatan penanda tangan {facts.partner_name}", _PARTNER),
                given(None, f"Nama lengkap penanda tangan {facts.partner_name}", _PARTNER),
            ),
            Place(
                text("Untuk / For ", Strong(facts.government)),
                text(f"{facts.head} / {facts.head_english}"),
                given(None, f"Nama lengkap {facts.head}", _COOPERATION),
            ),
        )
    )
