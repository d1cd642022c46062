"""Articles and chapters, numbered as they come."""

from dataclasses import dataclass, field

from matchmaker.papers.structure import Article, Block, Heading

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass
class Articles:
    """Of an agreement."""

    blocks: list[Block] = field(default_factory=list)
    count: int = 0

    def add(self, name: str, *blocks: Block, english: str = "") -> None:
        self.count += 1
        self.blocks += [Article(self.count, name, english), *blocks]


@dataclass
class Chapters:
    """Of a study."""

    blocks: list[Block] = field(default_factory=list)
    count: int = 0

    def add(self, name: str, *blocks: Block) -> None:
        self.blocks += [Heading(name, f"BAB {_ROMAN[self.count]}"), *blocks]
        self.count += 1
