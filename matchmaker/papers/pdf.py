"""Writes a paper as PDF, by typst. It takes tenths of a second of a processor: not for the event loop."""

import json
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from matchmaker.papers.structure import Article, Blank, Block, Paper, Strong, Table, Twin, stays

_TEMPLATE = Path(__file__).parent / "paper.typ"


def as_pdf(paper: Paper) -> bytes:
    # As data, never as markup: whatever anybody wrote stays what it is. The fonts are the wheel's own.
    following = [*paper.blocks[1:], None]
    blocks = [_block(block, after) for block, after in zip(paper.blocks, following, strict=True)]
    told = {"title": paper.title, "note": paper.note, "blocks": blocks}
    data = json.dumps(told, ensure_ascii=False)
    made = typst.compile(_template(), format="pdf", sys_inputs={"paper": data}, ignore_system_fonts=True)
    if not isinstance(made, bytes):
        raise TypeError("a paper is one document")
    return made


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


def _block(block: Block, following: Block | None) -> dict[str, Any]:
    more: dict[str, Any] = {"stays": stays(block, following)}
    if isinstance(block, Article):
        more["lines"] = block.lines
    if isinstance(block, Table | Twin):
        more["whole"] = block.whole
    return {**_told(block), **more}


def _told(part: Any) -> Any:
    """What the template is told: a block by its kind and its fields, a stretch of text by what it is."""
    if isinstance(part, Blank):
        return {"blank": part.dots}
    if isinstance(part, Strong):
        return {"strong": part.text}
    if isinstance(part, tuple):
        return [_told(inner) for inner in part]
    if is_dataclass(part) and not isinstance(part, type):
        return {"kind": type(part).__name__} | {f.name: _told(getattr(part, f.name)) for f in fields(part)}
    return part
