"""What every table shares: the naming of constraints, and the two column types of our own."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, String
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

# Named before any table exists: SQLite can alter a constraint in a migration only by name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


def now() -> datetime:
    """The present moment, aware, in UTC: the only clock that rows know."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored and answered in UTC. A naive one is refused: nobody can know what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: attach a time zone")
        value = value.astimezone(UTC)
        # SQLite keeps no zone; all of its values are UTC by this very rule.
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CodeList(TypeDecorator[list[str]]):
    """Codes of a vocabulary in one column, stored as ``|living|economy|`` so that plain LIKE finds one.

    The same on SQLite and PostgreSQL; the bars on both ends keep ``5`` from finding ``53``.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str:
        return f"|{'|'.join(value)}|" if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str]:
        return value.strip("|").split("|") if value else []

    class comparator_factory(TypeDecorator.Comparator[Any]):  # noqa: N801 - SQLAlchemy's name
        def has_code(self, code: str) -> ColumnElement[bool]:
            """True where the list contains ``code``."""
            text = self.expr.cast(String)
            escaped = code.replace("/", "//").replace("%", "/%").replace("_", "/_")
            return text.like(f"%|{escaped}|%", escape="/")
