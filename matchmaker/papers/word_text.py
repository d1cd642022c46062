"""Stretches of text in a DOCX."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from matchmaker.papers.structure import Blank, Strong, Text

WIDTH = 15.5  # of the text, in cm: A4 less its margins
ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


def write(paragraph: WordParagraph, text: Text, *, bold: bool = False, size: float = 0) -> None:
    for piece in text:
        said = piece if isinstance(piece, str) else piece.dots if isinstance(piece, Blank) else piece.text
        run = paragraph.add_run(said)
        run.bold = True if bold or isinstance(piece, Strong) else None
        if isinstance(piece, Blank):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if size:
            run.font.size = Pt(size)


def add_line(
    holder: Any, text: Text, align: str = "center", *, bold: bool = False, size: float = 0, after: float = 2
) -> WordParagraph:
    """``holder``: a document, or a cell."""
    paragraph: WordParagraph = holder.add_paragraph()
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.space_after = Pt(after)
    write(paragraph, text, bold=bold, size=size)
    return paragraph
