"""What is missing in papers, and who can supply it."""

from collections.abc import Iterable

from matchmaker.papers.structure import Blank, Paper, Supplier


def blanks(papers: Iterable[Paper]) -> list[tuple[Blank, list[str]]]:
    """Each missing fact once, with the titles of the papers that want it, in the order of their coming."""
    found: dict[tuple[str, Supplier], tuple[Blank, list[str]]] = {}
    for paper in papers:
        for block in paper.blocks:
            for blank in _blanks_in(block):
                _first, titles = found.setdefault((blank.what, blank.who), (blank, []))
                if paper.title not in titles:
                    titles.append(paper.title)
    return list(found.values())


def _blanks_in(part: object) -> Iterable[Blank]:
    if isinstance(part, Blank):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from _blanks_in(inner)
    elif hasattr(part, "__dataclass_fields__"):
        yield from _blanks_in(tuple(vars(part).values()))
