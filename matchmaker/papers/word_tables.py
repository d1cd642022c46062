"""What stands in columns in a DOCX: pairs, tables, two languages, places to sign."""

from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from matchmaker.papers.structure import Note, Pairs, Place, Signatures, Strong, Table, Text, Twin
from matchmaker.papers.word_text import ALIGN, WIDTH, add_line, write

_HEAD_FILL, _NOTE_FILL = "F1EBDF", "FDF0C4"


def pairs(document: Document, block: Pairs) -> None:
    table = document.add_table(rows=0, cols=3)
    for name, text in block.rows:
        cells = table.add_row().cells
        for cell, said in zip(cells, ((name,), (":",), text), strict=True):
            _fill(cell, said, "left")
    named = 0.4 + 0.23 * max(len(name) for name, _text in block.rows)
    _set_widths(table, (named, 0.5, WIDTH - named - 0.5))
    _gap(document)


def table(document: Document, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, name in zip(table.rows[0].cells, block.head, strict=True):
        _fill(cell, (Strong(name),), "center", size=10)
        _shade(cell, _HEAD_FILL)
    _mark(table.rows[0], "w:tblHeader")
    for row in block.rows:
        added = table.add_row()
        _mark(added, "w:cantSplit")
        for cell, text in zip(added.cells, row, strict=True):
            _fill(cell, text, "left", size=10)
    for kept in table.rows[:-1] if block.whole else table.rows[:1]:
        _keep_with_next(kept)
    _set_widths(table, [WIDTH * share / sum(block.widths) for share in block.widths])
    _gap(document)


def twin(document: Document, block: Twin) -> list[WordParagraph]:
    table = document.add_table(rows=1, cols=2)
    cells = table.rows[0].cells
    _mark(table.rows[0], "w:cantSplit")
    for cell, text in zip(cells, (block.indonesian, block.english), strict=True):
        _fill(cell, text, "left")
    _set_widths(table, (WIDTH / 2, WIDTH / 2))
    return [*[paragraph for cell in cells for paragraph in cell.paragraphs], _gap(document)]


def note(document: Document, block: Note) -> None:
    cell = document.add_table(rows=1, cols=1, style="Table Grid").rows[0].cells[0]
    _shade(cell, _NOTE_FILL)
    _fill(cell, (Strong(block.title),), "left", size=9)
    for item in block.items:
        line = add_line(cell, (f"–\t{item}",), "left", size=9)
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(0.5), Cm(-0.5)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(0.5))
    _gap(document, 14)


def signatures(document: Document, block: Signatures) -> None:
    """Row by row, so that the names stand on one line however long what is above them; torn by no page."""
    places: list[Place | None] = [None, *block.places] if len(block.places) == 1 else [*block.places]
    table = document.add_table(rows=3, cols=len(places))
    for row, fill in zip(table.rows, (_capacity, _room, _name), strict=True):
        _mark(row, "w:cantSplit")
        for cell, place in zip(row.cells, places, strict=True):
            if place:
                fill(cell, place)
    for row in table.rows[:-1]:
        _keep_with_next(row)
    _set_widths(table, [WIDTH / len(places)] * len(places))
    _gap(document)


def _capacity(cell: _Cell, place: Place) -> None:
    first, *others = [line for line in (place.heading, (*place.office, ",")) if line]
    _fill(cell, first, "center")
    cell.paragraphs[0].paragraph_format.space_before = Pt(12)
    for line in others:
        add_line(cell, line)


def _room(cell: _Cell, place: Place) -> None:
    if place.stamped:
        _fill(cell, ("",), "center")
        add_line(cell, ("[ Meterai ]",), size=9, after=8)
    for _ in range(1 if place.stamped else 2):
        add_line(cell, ("",))


def _name(cell: _Cell, place: Place) -> None:
    _fill(cell, place.name, "center")
    if place.note:
        add_line(cell, place.note)


def _fill(cell: _Cell, text: Text, align: str, *, size: float = 0) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    write(paragraph, text, size=size)


def _set_widths(table: WordTable, widths: Any) -> None:
    """Word reads them from the columns, others from the cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _shade(cell: _Cell, fill: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark(row: Any, name: str) -> None:
    """``w:tblHeader``: on every page that the table reaches; ``w:cantSplit``: on one page as a whole."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _keep_with_next(row: Any) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _gap(document: Document, height: float = 6) -> WordParagraph:
    """Two tables without a paragraph between them would be one."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(height)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return paragraph
