"""What is known of a cooperation when its papers are drafted: of a talk, only what both sides have settled."""

from dataclasses import dataclass, field
from datetime import date

from matchmaker.papers.structure import Run, Strong, Supplier, Text, given, lines_of, plain
from models.vocabulary import LegalForm

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)
UNIVERSITIES: set[str] = {
    LegalForm.private_university,
    LegalForm.state_university_satker,
    LegalForm.state_university_blu,
    LegalForm.state_university_ptnbh,
}
#: How the head of a partner is called, and what shows that it exists.
_HEADS: dict[str, str] = {
    LegalForm.company: "Direktur Utama",
    LegalForm.bumn: "Direktur Utama",
    LegalForm.bumd: "Direktur Utama",
    LegalForm.cooperative: "Ketua Pengurus",
    LegalForm.foundation: "Ketua Pengurus",
    LegalForm.association: "Ketua",
    LegalForm.region: "Kepala Daerah",
    LegalForm.ministry: "Pimpinan",
} | dict.fromkeys(UNIVERSITIES, "Rektor")
_CHARTERS: dict[str, str] = {
    LegalForm.state_university_satker: "peraturan tentang organisasi dan tata kerja universitas",
    LegalForm.state_university_blu: "peraturan tentang organisasi dan tata kerja universitas",
    LegalForm.state_university_ptnbh: "statuta universitas sebagai badan hukum",
    LegalForm.ministry: "peraturan tentang organisasi dan tata kerja lembaga",
    LegalForm.private_university: "statuta universitas dan keputusan yayasan penyelenggara",
    LegalForm.region: "keputusan pengangkatan kepala daerah",
}


@dataclass(frozen=True)
class Need:
    title: str
    detail: str
    kind: str


@dataclass(frozen=True)
class Indicator:
    name: str
    baseline: str
    target: str


@dataclass(frozen=True)
class Proof:
    client: str
    year: str
    result: str


@dataclass(frozen=True)
class Terms:
    """The agreed sheet; empty sections stay blanks."""

    number: int
    purpose: str = ""
    object: str = ""
    scope: str = ""
    location: str = ""
    duration_months: int | None = None
    region_brings: str = ""
    partner_brings: str = ""
    costs: str = ""
    data_privacy: str = ""
    intellectual_property: str = ""
    success: str = ""
    graduation: str = ""
    ending: str = ""


@dataclass(frozen=True)
class Settled:
    """A decision that both sides confirmed."""

    number: int
    title: str
    body: str


@dataclass(frozen=True)
class PaperFacts:
    """``region_kind``: kabupaten or kota; ``terms``: None while none are agreed; ``laws``: of the route."""

    region_kind: str
    region_name: str
    province: str
    seat: str
    partner_name: str
    partner_form: str
    partner_form_name: str
    partner_seat: str
    title: str
    summary: str
    problem: str
    offers: str
    office: str
    contact_role: str
    master_plan: str
    rpjmd: str
    start_from: date | None
    card_title: str
    card_summary: str
    card_description: str
    card_gets: str
    card_asks: str
    tkt: int | None
    route_name: str
    laws: tuple[str, ...]
    money: str
    version: int
    made_on: date
    terms: Terms | None = None
    needs: tuple[Need, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    proofs: tuple[Proof, ...] = ()
    decisions: tuple[Settled, ...] = ()
    uncertain: tuple[str, ...] = field(default=())

    @property
    def region(self) -> str:
        """``Kabupaten Sumba Timur``."""
        return f"{self.region_kind.title()} {self.region_name}"

    @property
    def government(self) -> str:
        return f"Pemerintah {self.region}"

    @property
    def government_english(self) -> str:
        kind = "City" if self.region_kind == "kota" else "Regency"
        return f"The Government of the {kind} of {self.region_name}"

    @property
    def head_english(self) -> str:
        return f"{'Mayor' if self.region_kind == 'kota' else 'Regent'} of {self.region_name}"

    @property
    def head(self) -> str:
        """``Bupati Sumba Timur``, ``Wali Kota Denpasar``."""
        return f"{'Bupati' if self.region_kind == 'kabupaten' else 'Wali Kota'} {self.region_name}"

    @property
    def partner_head(self) -> str:
        return _HEADS.get(self.partner_form, "Pimpinan")

    @property
    def partner_charter(self) -> str:
        return _CHARTERS.get(self.partner_form, "akta pendirian dan pengesahannya")

    @property
    def matter(self) -> str:
        """What the cooperation is about: the title, without a full stop."""
        return plain(self.title).rstrip(".")

    @property
    def period(self) -> Text:
        """``24 (dua puluh empat) bulan``."""
        months = self.terms.duration_months if self.terms else None
        if months is None:
            return given(None, "Jangka waktu kerja sama (paling lama 60 bulan)", Supplier.both, 12)
        return (f"{months} ({in_words(months)}) bulan",)

    def term(self, name: str, what: str, width: int = 60) -> list[Text]:
        """A section of the agreed terms, line by line; or its blank, which both sides fill by agreeing."""
        value = getattr(self.terms, name) if self.terms else ""
        return [(line,) for line in lines_of(value)] or [given(None, what, Supplier.both, width)]


_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")


def in_words(number: int) -> str:
    """0 to 99 in Indonesian, as agreements write numbers out."""
    if number < len(_UNITS):
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    tens, units = divmod(number, 10)
    return f"{_UNITS[tens]} puluh {_UNITS[units]}".removesuffix(" nol")


def day(value: date) -> str:
    """``7 Maret 2027``: papers are Indonesian, whoever reads the page."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def strong(value: str) -> Run:
    return Strong(plain(value))
