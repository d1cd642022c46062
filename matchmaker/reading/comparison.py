"""Two versions of a term sheet side by side, word by word."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.differences import Change, Part, differences
from matchmaker.errors import NotFound
from matchmaker.reading.terms import sheets_of
from models import Conversation
from models.vocabulary import TermsSection

# As wdiff writes them.
_MARKS = {Change.same: ("", ""), Change.removed: ("[-", "-]"), Change.added: ("{+", "+}")}


@dataclass(frozen=True)
class SectionDifference:
    section: str
    parts: list[Part]

    @property
    def changed(self) -> bool:
        return any(part.change is not Change.same for part in self.parts)

    @property
    def text(self) -> str:
        """In one line of signs that every reader of plain text knows: [-removed-] {+added+}."""
        return "".join(f"{_MARKS[part.change][0]}{part.text}{_MARKS[part.change][1]}" for part in self.parts)


async def difference_of(
    session: AsyncSession, conversation: Conversation, before: int, after: int
) -> list[SectionDifference]:
    """Every section in the order of the sheet; NotFound where one of the versions is not there."""
    sheets = await sheets_of(session, conversation, {before, after})
    if not {before, after} <= sheets.keys():
        raise NotFound
    # Half a second for the longest texts: meanwhile others are served.
    return await asyncio.to_thread(_compared, sheets[before], sheets[after])


def _compared(before: Mapping[str, object], after: Mapping[str, object]) -> list[SectionDifference]:
    return [
        SectionDifference(section, differences(written(before[section]), written(after[section])))
        for section in TermsSection
    ]


def written(value: object) -> str:
    """A section as text: the duration is a number, and perhaps not said."""
    return "" if value is None else str(value)
