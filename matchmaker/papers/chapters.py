"""Parts of the terms of reference and of the feasibility study alike."""

from matchmaker.papers.facts import PaperFacts, strong
from matchmaker.papers.structure import (
    Block,
    Paragraph,
    Place,
    Signatures,
    Strong,
    Supplier,
    Table,
    Text,
    Title,
    flowing,
    given,
    paragraphs,
    said,
    text,
)

_OFFICE = Supplier.region_office


def title_of(kind: str, facts: PaperFacts) -> Title:
    return Title(((Strong(kind),), (strong(facts.matter.upper()),), (strong(facts.region.upper()),)))


def section(name: str) -> Paragraph:
    """A heading within a chapter."""
    return Paragraph((Strong(name),), align="left", heads=True)


def background(facts: PaperFacts) -> list[Block]:
    return flowing(paragraphs(facts.problem, "Masalah dan siapa yang terdampak", _OFFICE))


def summary(facts: PaperFacts) -> list[Block]:
    return flowing(paragraphs(facts.summary, "Ringkasan kebutuhan", _OFFICE))


def money_flow(facts: PaperFacts) -> Paragraph:
    return said("Arah pembiayaan menurut jawaban para pihak: ", facts.money, ".")


def needs(facts: PaperFacts) -> Table:
    rows = [(text(need.title), text(need.detail or "–"), text(need.kind)) for need in facts.needs]
    blank = [given(None, what, _OFFICE, 10) for what in ("Kebutuhan", "Rincian kebutuhan", "Jenis sumbangan")]
    numbered = tuple(((f"{number}.",), *row) for number, row in enumerate(rows or [tuple(blank)], 1))
    return Table(("No.", "Kebutuhan", "Rincian", "Jenis sumbangan"), numbered, (7, 33, 40, 20))


def signature(place: Text, office: Text, name: Text, note: Text = ()) -> Signatures:
    """Of one alone, to the right."""
    return Signatures((Place(place, office, name, note),))
