"""Lists walked by key: a page begins behind the last row of the one before, however long the list is."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import and_, col, or_

from matchmaker.access import LARGEST_ID
from matchmaker.errors import AppError
from matchmaker.i18n import gettext as _
from matchmaker.inputs.text import clean_line

ItemT = TypeVar("ItemT")
RowT = TypeVar("RowT")
PAGE = 20
LARGEST_PAGE = 100


@dataclass(frozen=True)
class Listing(Generic[ItemT]):
    """A stretch of a list. ``next``: the cursor of the one behind it, None at the end."""

    items: list[ItemT]
    next: str | None


@dataclass(frozen=True)
class Cursor:
    """Behind which row a list goes on: its moment and its id."""

    moment: datetime
    row_id: int

    def written(self) -> str:
        text = f"{self.moment.isoformat()} {self.row_id}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str | None) -> Cursor | None:
    """What ``written`` wrote; anything else is refused in the reader's words."""
    if not text:
        return None
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        moment, row_id = base64.b64decode(padded, b"-_", validate=True).decode("ascii").split(" ")
        cursor = Cursor(datetime.fromisoformat(moment), int(row_id))
        if cursor.moment.tzinfo is None or not 1 <= cursor.row_id <= LARGEST_ID:
            raise ValueError
        cursor.moment.astimezone(UTC)
    except (ValueError, OverflowError, binascii.Error):
        raise broken_cursor() from None
    return cursor


def read_number(cursor: str) -> int:
    """A cursor that is an id, or the number of a version or a decision."""
    if not (cursor.isascii() and cursor.isdecimal() and int(cursor) <= LARGEST_ID):
        raise broken_cursor()
    return int(cursor)


def broken_cursor() -> AppError:
    return AppError(_("This link into the middle of a list is broken. Start again from its top."))


def behind(
    cursor: Cursor | None,
    moment: InstrumentedAttribute[datetime] | object,
    row_id: object,
    *,
    earliest_first: bool = False,
) -> list[ColumnElement[bool]]:
    """The condition that a list goes on behind ``cursor``: latest first, or earliest."""
    if cursor is None:
        return []
    at, number = col(moment), col(row_id)
    if earliest_first:
        return [or_(at > cursor.moment, and_(at == cursor.moment, number > cursor.row_id))]
    return [or_(at < cursor.moment, and_(at == cursor.moment, number < cursor.row_id))]


def stretch(
    rows: Sequence[RowT],
    limit: int,
    item: Callable[[RowT], ItemT],
    key: Callable[[ItemT], tuple[datetime | None, int]],
) -> Listing[ItemT]:
    """From ``limit`` + 1 rows asked for: the items, and where the next stretch begins if there is one."""
    items = [item(row) for row in rows[:limit]]
    moment, row_id = key(items[-1]) if items else (None, 0)
    more = len(rows) > limit and moment is not None
    return Listing(items, Cursor(moment, row_id).written() if more and moment else None)


def contains_words(column: object, text: str | None, most: int = 8) -> list[ColumnElement[bool]]:
    """True where the (lower-cased) column holds every word of ``text``, in any order."""
    words = str(clean_line(text or "")).lower().split()[:most]
    text_column = column if isinstance(column, ColumnElement) else col(column)
    return [text_column.contains(word[:60], autoescape=True) for word in words]
