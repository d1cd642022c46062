"""Writes a paper as DOCX, for people to go on writing in."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from matchmaker.papers import word_tables
from matchmaker.papers.structure import (
    Article,
    Block,
    Heading,
    Letterhead,
    Note,
    Numbered,
    PageBreak,
    Pairs,
    Paper,
    Paragraph,
    Signatures,
    Table,
    Title,
    Twin,
    announces,
    plain_text,
    stays,
)
from matchmaker.papers.word_text import ALIGN, WIDTH, add_line, write

_FONT = "Bookman Old Style"
#: What a writer answers: the paragraphs by which it can be held to what follows.
Held = list[WordParagraph] | None


def as_docx(paper: Paper) -> bytes:
    document = docx.Document()
    _set_up(document, paper)
    for block, following in zip(paper.blocks, [*paper.blocks[1:], None], strict=True):
        held = _WRITERS[type(block)](document, block) or []
        for paragraph in held if stays(block, following) else ():
            paragraph.paragraph_format.keep_with_next = True
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    # A letter of an office is set closely, and fits on one page where it can.
    is_letter = isinstance(paper.blocks[0], Letterhead)
    section.top_margin = section.bottom_margin = Cm(2 if is_letter else 2.5)
    style.paragraph_format.space_after = Pt(3 if is_letter else 6)
    style.paragraph_format.line_spacing = 1.0 if is_letter else 1.15
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
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), 2)
    paragraph.add_run(f"{note}\tHalaman ")
    _number(paragraph, "PAGE")
    paragraph.add_run(" dari ")
    _number(paragraph, "NUMPAGES")
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x51, 0x5F, 0x68)


def _number(paragraph: WordParagraph, code: str) -> None:
    """A field that Word counts itself; each of its parts in a run of its own, or its size is not taken."""
    for kind in ("begin", code, "separate", "1", "end"):
        run = paragraph.add_run("1" if kind == "1" else None)
        if kind == "1":
            continue
        element = OxmlElement("w:instrText" if kind == code else "w:fldChar")
        if kind == code:
            element.text = code
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _letterhead(document: Document, block: Letterhead) -> None:
    for number, line in enumerate(block.lines):
        add_line(document, line, bold=True, size=14 if number == 0 else 12)
    _rule_below(add_line(document, block.address, size=9))


def _title(document: Document, block: Title) -> None:
    for line in block.lines:
        last = add_line(document, line)
    last.paragraph_format.space_after = Pt(12)


def _paragraph(document: Document, block: Paragraph) -> Held:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN[block.align]
    if block.indented:
        paragraph.paragraph_format.first_line_indent = Cm(1.1)
    write(paragraph, block.text)
    return [paragraph]


def _page_break(document: Document, _block: PageBreak) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _heading(document: Document, block: Heading | Article) -> None:
    above, name = block.lines if isinstance(block, Article) else (block.label, block.text)
    paragraph = document.add_heading(level=2 if isinstance(block, Article) else 1)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(14), Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    if above:
        paragraph.add_run(above).add_break()
    paragraph.add_run(name)


def _clauses(document: Document, block: Numbered, depth: int = 1) -> None:
    """Numbers as text with a hanging indent: they read the same in every program, and survive copying."""
    for number, item in enumerate(block.items, 1):
        letter = chr(ord("a") + (number - 1) % 26)
        mark = {"(1)": f"({number})", "a.": f"{letter}.", "1.": f"{number}."}[block.style]
        for position, line in enumerate(item):
            if isinstance(line, Numbered):
                _clauses(document, line, depth + 1)
                continue
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.left_indent = Cm(depth)
            paragraph.paragraph_format.space_after = Pt(3)
            if position == 0:
                paragraph.paragraph_format.first_line_indent = Cm(-1)
                paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(depth))
                paragraph.add_run(f"{mark}\t")
            write(paragraph, line)
            paragraph.paragraph_format.keep_with_next = announces(line) or None
            paragraph.paragraph_format.keep_together = len(plain_text(line)) < 400


def _rule_below(paragraph: WordParagraph) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thinThickSmallGap"), ("sz", "18"), ("space", "4"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.space_after = Pt(10)


_WRITERS: dict[type[Block], Callable[[Document, Any], Held]] = {
    Letterhead: _letterhead,
    Title: _title,
    Heading: _heading,
    Article: _heading,
    Paragraph: _paragraph,
    Numbered: _clauses,
    Pairs: word_tables.pairs,
    Table: word_tables.table,
    Twin: word_tables.twin,
    Note: word_tables.note,
    Signatures: word_tables.signatures,
    PageBreak: _page_break,
}
