"""What a list can be narrowed by, and how many rows each choice would leave under all the other choices in force."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import func
from sqlmodel.ext.asyncio.session import AsyncSession

#: By the name of a facet, the codes of which a row must have one.
Chosen = Mapping[str, Sequence[str]]
YES = "1"


@dataclass(frozen=True)
class Facet:
    """``codes`` reads a row's codes out of ``columns``; ``narrows`` is true, in the database, for rows with one of
    some codes. The two say the same.
    """

    name: str
    columns: tuple[Any, ...]
    codes: Callable[..., Iterable[str]]
    narrows: Callable[[Sequence[str]], ColumnElement[bool]]


@dataclass(frozen=True)
class Counts:
    """``total``: the rows that pass every choice; ``of``: by facet and code, the rows there would be."""

    total: int
    of: Mapping[str, Mapping[str, int]]


def picked(**codes: str | bool | None) -> Chosen:
    """One code a facet, as the API takes them; a facet that is not asked for is left out."""
    return {name: [YES if code is True else code] for name, code in codes.items() if code}


def conditions(facets: Iterable[Facet], chosen: Chosen) -> list[ColumnElement[bool]]:
    return [facet.narrows(chosen[facet.name]) for facet in facets if chosen.get(facet.name)]


async def count_facets(
    session: AsyncSession,
    rows: Callable[[Any], Any],
    groups: Sequence[Sequence[Facet]],
    chosen: Chosen,
    *,
    one_reading: bool = False,
) -> Counts:
    """A query a group of facets, whatever is chosen: choices of the other groups are made in the database, those
    within the group here, so that each facet is counted without its own choice.

    ``rows`` makes the statement that selects some columns of the list. ``one_reading``: all facets in one query, which
    is better where reading a row is dear (a search for words) and worse where there are many combinations.
    """
    everything = [facet for group in groups for facet in group]
    found: dict[str, Counter[str]] = {}
    total = 0
    for group in [everything] if one_reading else groups:
        columns = list(dict.fromkeys(column for facet in group for column in facet.columns))
        query = rows((*columns, func.count())).group_by(*columns)
        query = query.where(*conditions([f for f in everything if f not in group], chosen))
        tally = _Tally(group, columns, chosen)
        for *values, number in (await session.exec(query)).all():
            tally.add(values, number)
        found |= tally.counts
        total = tally.total
    return Counts(total, found)


class _Tally:
    def __init__(self, group: Sequence[Facet], columns: list[Any], chosen: Chosen) -> None:
        self.total = 0
        self.counts: dict[str, Counter[str]] = {facet.name: Counter() for facet in group}
        self._facets = [(f, [columns.index(c) for c in f.columns], set(chosen.get(f.name, ()))) for f in group]

    def add(self, values: Sequence[Any], number: int) -> None:
        """``number`` rows with these values in the group's columns."""
        read = [(f.name, set(f.codes(*(values[i] for i in places))), wanted) for f, places, wanted in self._facets]
        failed = [name for name, codes, wanted in read if wanted and not codes & wanted]
        self.total += 0 if failed else number
        for name, codes, _wanted in read:
            if not failed or failed == [name]:
                self.counts[name].update(dict.fromkeys(codes, number))
