"""The legal routes and how they are decided, from the files beside this one into tables that the office then keeps."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import RouteChange, RouteGuide, RouteRule

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
    """Brings the national rows up to date with the files, but for what the programme office has changed by hand:
    texts, rows that it removed, and their order once it has arranged them.
    """
    removed, arranged = await _by_hand(session)
    await _load(session, RouteGuide, guides())
    wanted = [rule for rule in rules() if rule.code not in removed]
    order = order_of((await session.exec(select(RouteRule))).all())
    await _load(session, RouteRule, wanted)
    if arranged:
        for before, rule in zip([None, *wanted], wanted, strict=False):
            if rule.code not in order:
                order.insert(order.index(before.code) + 1 if before else 0, rule.code)
        arrange((await session.exec(select(RouteRule))).all(), order)
        await session.flush()


async def _by_hand(session: AsyncSession) -> tuple[set[str], bool]:
    """The codes of national rules that the office has removed, and whether their order is its own by now."""
    query = select(RouteChange).where(RouteChange.kind == "rule", col(RouteChange.region_code).is_(None))
    changes = (await session.exec(query.order_by(col(RouteChange.id)))).all()
    there = {change.code: change.after is not None for change in changes}
    places = [((c.before or {}).get("position"), c.after["position"]) for c in changes if c.after]
    return {code for code, stays in there.items() if not stays}, any(old != new for old, new in places)


def order_of(rules: Iterable[RouteRule]) -> list[str]:
    """Their codes in the order in which they are tried."""
    return list(dict.fromkeys(rule.code for rule in sorted(rules, key=lambda rule: (rule.position, rule.code))))


def arrange(rules: Iterable[RouteRule], codes: Sequence[str]) -> None:
    """Numbers them by an order of all their codes. The variants of a region stand where the national row stands."""
    places = {code: number for number, code in enumerate(codes, 1)}
    for rule in rules:
        rule.position = places[rule.code]


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
