"""What a paper is made of, whatever it is written as: one source for both writers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Supplier(StrEnum):
    """Who can tell what is missing."""

    region_office = "region_office"  # the office (OPD) whose matter it is
    region_cooperation = "region_cooperation"  # the section for cooperation, or the legal office
    partner = "partner"
    both = "both"  # the two sides together, in the terms


@dataclass(frozen=True)
class Blank:
    """A fact that nobody has given yet: a place to write on, and who can fill it."""

    what: str
    who: Supplier
    width: int = 24

    @property
    def dots(self) -> str:
        return f"[{'.' * self.width}]"


@dataclass(frozen=True)
class Strong:
    text: str


#: A stretch of a paragraph: plain, strong, or missing.
Run: TypeAlias = str | Strong | Blank
Text: TypeAlias = tuple[Run, ...]

# What no writer may meet: XML knows no such characters, and a page shows none of them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LISTED = re.compile(r"^(?:[-–•*]|\d{1,2}[.)]|[a-z][.)]) +(?=\S)")
# Marks that turn the direction of what follows, beyond the text that holds them.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """On one line, as a paper prints it."""
    return " ".join(printable(text).split())


#: Signs of text that are not torn between two pages where they stand in columns.
_SMALL = 900


def lines_of(text: str) -> list[str]:
    """Each without the mark of a list that somebody typed: papers have marks of their own."""
    return [line for typed in text.split("\n") if (line := _LISTED.sub("", plain(typed)))]


def printable(text: str) -> str:
    """Without what no writer may meet; lines stay."""
    return _TURNING.sub("", _UNPRINTABLE.sub("", text.replace("\t", " ")))


def text(*parts: Run | Sequence[Run]) -> Text:
    """One paragraph of stretches and of texts put together before."""
    runs: list[Run] = []
    for part in parts:
        runs.extend([part] if isinstance(part, str | Strong | Blank) else part)
    return tuple(_clean(run) for run in runs if run != "")


def _clean(run: Run) -> Run:
    if isinstance(run, Blank):
        return run
    said = printable(run.text if isinstance(run, Strong) else run).replace("\n", " ")
    return Strong(said) if isinstance(run, Strong) else said


def plain_text(line: Text) -> str:
    return "".join(run if isinstance(run, str) else run.dots if isinstance(run, Blank) else run.text for run in line)


def given(value: object, what: str, who: Supplier, width: int = 24) -> Text:
    """A fact, or its blank."""
    said = plain(str(value)) if value is not None else ""
    return (said,) if said else (Blank(what, who, width),)


def paragraphs(value: str, what: str, who: Supplier) -> list[Text]:
    """What somebody wrote, a text for each of its lines; or one with a blank."""
    return [(line,) for line in lines_of(value)] or [(Blank(what, who, 60),)]


@dataclass(frozen=True)
class Letterhead:
    """The head of a letter: an authority above, its address below, a line under both."""

    lines: tuple[Text, ...]
    address: Text


@dataclass(frozen=True)
class Title:
    """Centred lines at the head of a paper."""

    lines: tuple[Text, ...]


@dataclass(frozen=True)
class Heading:
    """``BAB I`` with its name below, or a heading within it."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Article:
    """``Pasal 3`` with its name, and its name in English where the paper speaks both; the clauses follow."""

    number: int
    name: str
    english: str = ""

    @property
    def lines(self) -> tuple[str, str]:
        if not self.english:
            return f"Pasal {self.number}", self.name
        return f"Pasal {self.number} / Article {self.number}", f"{self.name} / {self.english}"


@dataclass(frozen=True)
class Twin:
    """The same in Indonesian and in English, side by side."""

    indonesian: Text
    english: Text

    @property
    def whole(self) -> bool:
        return max(len(plain_text(line)) for line in (self.indonesian, self.english)) <= _SMALL


@dataclass(frozen=True)
class Note:
    """To whoever works on the draft, in a frame: no part of the paper."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """``heads``: it is what comes below it that it stands for."""

    text: Text
    indented: bool = False
    align: str = "justify"  # justify, left, right, center
    heads: bool = False


@dataclass(frozen=True)
class Numbered:
    """Clauses in order: ``(1)``, ``1.`` or ``a.``; the first text of each carries the number. A clause may have
    clauses of its own.
    """

    items: tuple[tuple["Text | Numbered", ...], ...]
    style: str = "1."  # (1), 1., a.


@dataclass(frozen=True)
class Pairs:
    """``Nomor : ...``, one a line."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Table:
    """``widths``: shares of the page's width."""

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """Whether it is so small that it need not be torn between two pages."""
        length = sum(len(plain_text(cell)) for row in self.rows for cell in row)
        return len(self.rows) <= 6 and length <= _SMALL


@dataclass(frozen=True)
class Place:
    """Where somebody signs: in which capacity, with the stamp duty above where the paper bears it."""

    heading: Text
    office: Text
    name: Text
    note: Text = ()
    stamped: bool = False


@dataclass(frozen=True)
class Signatures:
    """One to the right, or two side by side: the partner left, the region right."""

    places: tuple[Place, ...]


@dataclass(frozen=True)
class PageBreak:
    pass


Block: TypeAlias = (
    Letterhead
    | Title
    | Heading
    | Article
    | Paragraph
    | Twin
    | Note
    | Numbered
    | Pairs
    | Table
    | Signatures
    | PageBreak
)


@dataclass(frozen=True)
class Paper:
    """``name``: of the file, without its ending; ``note``: said on every page beside its number."""

    code: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    note: str = ""


def stays(block: Block, following: Block | None) -> bool:
    """Whether a block is never left behind on a page by what follows it: signatures need some text above them, and
    what ends in a colon needs what it announces.
    """
    if isinstance(block, Paragraph | Twin) and isinstance(following, Signatures):
        return True
    if not isinstance(block, Paragraph):
        return False
    return block.heads or announces(block.text)


def announces(line: Text) -> bool:
    return bool(line) and isinstance(line[-1], str) and line[-1].rstrip().endswith(":")


def said(*parts: Run | Sequence[Run]) -> Paragraph:
    """A paragraph of stretches and of texts put together before."""
    return Paragraph(text(*parts))


def flowing(lines: Iterable[Text]) -> list[Block]:
    """Paragraphs of running text, each begun a little to the right."""
    return [Paragraph(line, indented=True) for line in lines]


def many(lines: list[Text], style: str = "1.") -> Block:
    """Lines of a section: one is a paragraph, several are a list."""
    return clauses(*lines, style=style) if len(lines) > 1 else Paragraph(lines[0], indented=True)


def clauses(*items: Text | Sequence[Text | Numbered], style: str = "(1)") -> Numbered:
    """One clause each; a clause of several texts goes on below its number."""
    return Numbered(tuple(_several(item) for item in items), style)


def _several(item: Text | Sequence[Text | Numbered]) -> tuple[Text | Numbered, ...]:
    parts = [part for part in item if isinstance(part, tuple | Numbered)]
    return tuple(parts) or (tuple(part for part in item if isinstance(part, str | Strong | Blank)),)


def lettered(lines: list[Text]) -> Sequence[Text | Numbered]:
    """What goes on below a clause: with letters where it is several."""
    return [clauses(*lines, style="a.")] if len(lines) > 1 else lines
