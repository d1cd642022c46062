"""Writes a paper as DOCX, for people to go on writing in."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from matchmaker.papers.structure import (
    Article,
    Blank,
    Block,
    Heading,
    Letterhead,
    Numbered,
    PageBreak,
    Pairs,
    Paper,
    Paragraph,
    Place,
    Signatures,
    Strong,
    Table,
    Text,
    Title,
)

_FONT = "Bookman Old Style"
_WIDTH = 15.5  # of the text, in cm: A4 less its margins
_ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


def as_docx(paper: Paper) -> bytes:
    document = docx.Document()
    _set_up(document, paper)
    for block in paper.blocks:
        _WRITERS[type(block)](document, block)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.line_spacing = 1.15
    for level in (1, 2):
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size, heading.font.bold = _FONT, Pt(11), True
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.element.rPr.rFonts.set(qn("w:ascii"), _FONT)
        heading.element.rPr.rFonts.set(qn("w:hAnsi"), _FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            heading.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title, "", "id-ID"
    properties.created = properties.modified = datetime.now(UTC)
    mark = section.header.paragraphs[0]
    mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = mark.add_run("DRAF")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(14), RGBColor(0xA3, 0x28, 0x1D)
    _foot(section.footer.paragraphs[0], paper.note)


def _foot(paragraph: WordParagraph, note: str) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH), 2)
    paragraph.add_run(f"{note}\tHalaman ")
    _number(paragraph, "PAGE")
    paragraph.add_run(" dari ")
    _number(paragraph, "NUMPAGES")
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x51, 0x5F, 0x68)


def _number(paragraph: WordParagraph, code: str) -> None:
    """A field that Word counts itself."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        if kind == "shown":
            run.add_text(text)
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _runs(paragraph: WordParagraph, text: Text, *, bold: bool = False, size: float = 0) -> None:
    for piece in text:
        said = piece if isinstance(piece, str) else piece.dots if isinstance(piece, Blank) else piece.text
        run = paragraph.add_run(said)
        run.bold = True if bold or isinstance(piece, Strong) else None
        if isinstance(piece, Blank):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if size:
            run.font.size = Pt(size)


def _line(
    holder: Any, text: Text, align: str = "center", *, bold: bool = False, size: float = 0, after: float = 2
) -> None:
    paragraph = holder.add_paragraph()
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_after = Pt(after)
    _runs(paragraph, text, bold=bold, size=size)


def _letterhead(document: Document, block: Letterhead) -> None:
    for number, line in enumerate(block.lines):
        _line(document, line, bold=True, size=14 if number == 0 else 12)
    _line(document, block.address, size=9)
    _rule_below(document.paragraphs[-1])


def _title(document: Document, block: Title) -> None:
    for line in block.lines:
        _line(document, line)
    document.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _paragraph(document: Document, block: Paragraph) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = _ALIGN[block.align]
    if block.indented:
        paragraph.paragraph_format.first_line_indent = Cm(1.1)
    _runs(paragraph, block.text)


def _page_break(document: Document, _block: PageBreak) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _heading(document: Document, block: Heading | Article) -> None:
    above, name = (f"Pasal {block.number}", block.name) if isinstance(block, Article) else (block.label, block.text)
    paragraph = document.add_heading(level=2 if isinstance(block, Article) else 1)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(14), Pt(6)
    if above:
        paragraph.add_run(above).add_break()
    paragraph.add_run(name)


def _clauses(document: Document, block: Numbered) -> None:
    """Numbers as text with a hanging indent: they read the same in every program, and survive copying."""
    for number, item in enumerate(block.items, 1):
        letter = chr(ord("a") + (number - 1) % 26)
        mark = {"(1)": f"({number})", "a.": f"{letter}.", "1.": f"{number}."}[block.style]
        for position, line in enumerate(item):
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.left_indent = Cm(1)
            paragraph.paragraph_format.space_after = Pt(4)
            if position == 0:
                paragraph.paragraph_format.first_line_indent = Cm(-1)
                paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(1))
                paragraph.add_run(f"{mark}\t")
            _runs(paragraph, line)


def _pairs(document: Document, block: Pairs) -> None:
    table = document.add_table(rows=0, cols=3)
    table.autofit = False
    for column, width in zip(table.columns, (4.2, 0.5, _WIDTH - 4.7), strict=True):
        column.width = Cm(width)
    for name, text in block.rows:
        cells = table.add_row().cells
        for cell, width in zip(cells, (4.2, 0.5, _WIDTH - 4.7), strict=True):
            cell.width = Cm(width)
        cells[0].paragraphs[0].add_run(name)
        cells[1].paragraphs[0].add_run(":")
        _runs(cells[2].paragraphs[0], text)
        for cell in cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    _gap(document)


def _table(document: Document, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [Cm(_WIDTH * share / sum(block.widths)) for share in block.widths]
    for cell, name in zip(table.rows[0].cells, block.head, strict=True):
        _fill(cell, ((Strong(name)),), WD_ALIGN_PARAGRAPH.CENTER)
        _shade(cell)
    _repeat(table.rows[0])
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _fill(cell, text, WD_ALIGN_PARAGRAPH.LEFT)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for word_row in table.rows:
        for cell, width in zip(word_row.cells, widths, strict=True):
            cell.width = width
    _gap(document)


def _fill(cell: _Cell, text: Text, align: WD_ALIGN_PARAGRAPH) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(2)
    _runs(paragraph, text, size=10)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F1EBDF")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: Any) -> None:
    """On every page that the table reaches."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)


def _gap(document: Document) -> None:
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _signatures(document: Document, block: Signatures) -> None:
    places: list[Place | None] = [None, *block.places] if len(block.places) == 1 else [*block.places]
    table = document.add_table(rows=1, cols=len(places))
    _together(table.rows[0])
    for cell, place in zip(table.rows[0].cells, places, strict=True):
        if place:
            _place(cell, place)
    _gap(document)


def _together(row: Any) -> None:
    """A place to sign is never torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _place(cell: _Cell, place: Place) -> None:
    first = cell.paragraphs[0]
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _runs(first, place.heading or place.office)
    if place.heading:
        _line(cell, (*place.office, ","))
    if place.stamped:
        _line(cell, ("",), after=8)
        _line(cell, ("[ Meterai ]",), size=9, after=8)
    for _ in range(1 if place.stamped else 4):
        _line(cell, ("",))
    _line(cell, place.name)
    if place.note:
        _line(cell, place.note)


def _rule_below(paragraph: WordParagraph) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thinThickSmallGap"), ("sz", "18"), ("space", "4"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.space_after = Pt(10)


_WRITERS: dict[type[Block], Callable[[Document, Any], None]] = {
    Letterhead: _letterhead,
    Title: _title,
    Heading: _heading,
    Article: _heading,
    Paragraph: _paragraph,
    Numbered: _clauses,
    Pairs: _pairs,
    Table: _table,
    Signatures: _signatures,
    PageBreak: _page_break,
}
