"""Where the seats of the regions stand on a flat map, and the tiles of the provinces."""

import math
from functools import cache
from typing import NamedTuple

from matchmaker import facts

# A hundredth of a degree is one unit: what the positions are known to. Near the equator a flat grid is true enough.
# ``static/img/archipelago.svg`` draws the same seats at a fifth of the size.
WIDTH, HEIGHT = 4680, 1820
_WEST, _NORTH = 94.62, 6.99
# A seat may be the neighbour's too, and Java is crowded: dots step aside until they can be told apart.
_APART, _ROUNDS = 27.0, 12


class Point(NamedTuple):
    x: int
    y: int


class Tile(NamedTuple):
    """A province in a map of equal squares: three letters, and where they stand."""

    label: str
    column: int
    row: int
    island_group: str


@cache
def tiles() -> dict[str, Tile]:
    """By province, west to east."""
    groups = {row["code"]: row["island_group"] for row in facts.read("provinces.csv")}
    return {
        code: Tile(row["label"], int(row["column"]), int(row["row"]), groups[code])
        for row in facts.read("provinces_tiles.csv")
        for code in [row["province_code"]]
    }


@cache
def seats() -> dict[str, Point]:
    """By region, no two at the same spot."""
    codes, at = [], []
    for row in facts.read("regions.csv"):
        codes.append(row["code"])
        at.append([(float(row["longitude"]) - _WEST) * 100, (_NORTH - float(row["latitude"])) * 100])
    for _round in range(_ROUNDS):
        _step_aside(at)
    return {code: Point(round(x), round(y)) for code, (x, y) in zip(codes, at, strict=True)}


def _step_aside(at: list[list[float]]) -> None:
    """Each pair that is too close parts by half of what is missing, eastwards if it is one spot."""
    order = sorted(range(len(at)), key=lambda i: at[i][0])
    for position, first in enumerate(order):
        for second in order[position + 1 :]:
            dx, dy = at[second][0] - at[first][0], at[second][1] - at[first][1]
            if dx >= _APART:
                break
            distance = math.hypot(dx, dy)
            if distance >= _APART:
                continue
            if distance < 1:
                dx, dy, distance = 1.0, 0.0, 1.0
            part = (_APART - distance) / 4 / distance
            for index, sign in ((first, -1), (second, 1)):
                at[index][0] += sign * dx * part
                at[index][1] += sign * dy * part
