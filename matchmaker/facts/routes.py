"""The legal routes and how they are decided, from the files beside this one into tables that the office then keeps."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import RouteGuide, RouteRule

FOLDER = Path(__file__).parent
LISTS = ("stages", "other_papers", "signers", "limits", "uncertain")
_Row = TypeVar("_Row", RouteGuide, RouteRule)


def guides() -> list[RouteGuide]:
    """As the files tell them; new rows at every call, as a session takes them."""
    return [RouteGuide(**values) for values in _guide_values()]


def rules() -> list[RouteRule]:
    """In the order in which they are tried."""
    return [RouteRule(**values) for values in _rule_values()]


async def load_routes(session: AsyncSession) -> None:
    """Brings the national rows up to date with the files, but for what the programme office has changed by hand."""
    await _load(session, RouteGuide, guides())
    await _load(session, RouteRule, rules())


async def _load(session: AsyncSession, table: type[_Row], wanted: list[_Row]) -> None:
    query = select(table).where(col(table.region_code).is_(None))
    present = {row.code: row for row in (await session.exec(query)).all()}
    for row in wanted:
        known = present.pop(row.code, None)
        if known is None:
            session.add(row)
        elif known.edited_at is None:
            known.sqlmodel_update(_content(row))
            session.add(known)
    for gone in present.values():
        if gone.edited_at is None:
            await session.delete(gone)
    await session.flush()


def _content(row: SQLModel) -> dict[str, Any]:
    return row.model_dump(exclude={"id", "version", "edited_at", "region_code"})


@cache
def _guide_values() -> list[dict[str, Any]]:
    def joined(entry: dict[str, Any]) -> dict[str, Any]:
        lines = {f"{name}_{code}": "\n".join(entry[f"{name}_{code}"]) for name in LISTS for code in ("id", "en")}
        return entry | lines

    return [joined(entry) for entry in _read("route_guides.toml")["guide"]]


@cache
def _rule_values() -> list[dict[str, Any]]:
    def placed(position: int, entry: dict[str, Any]) -> dict[str, Any]:
        decides = "route" in entry
        routes = [entry["route"]] if decides else entry["about"]
        kept = {name: value for name, value in entry.items() if name not in ("route", "about")}
        return kept | {"position": position, "decides": decides, "routes": routes}

    return [placed(position, entry) for position, entry in enumerate(_read("route_rules.toml")["rule"], 1)]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
