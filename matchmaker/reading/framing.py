"""A part of the map close up: how much of it is shown, and where there is room for names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matchmaker.facts.seats import HEIGHT, WIDTH, Point

# The largest that a map stands on a screen, the letters on it, and half the width of one, in pixels.
_SCREEN_WIDTH, _SCREEN_HEIGHT = 1060, 540
_LETTERS, _LETTER_WIDTH = 13, 7.2
_FLATTEST, _STEEPEST = WIDTH / HEIGHT, 1.4


_Box = tuple[float, float, float, float]


class Named(NamedTuple):
    """A dot and its name; ``size`` as on the map."""

    x: int
    y: int
    size: int
    text: str

    @property
    def reach(self) -> int:
        """Half its width, in pixels of a large screen."""
        return 9 + 4 * self.size


@dataclass(frozen=True)
class Frame:
    """What part of the map is shown, in its units."""

    x: int = 0
    y: int = 0
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def pixel(self) -> float:
        """Units to a pixel of a large screen."""
        return max(self.width / _SCREEN_WIDTH, self.height / _SCREEN_HEIGHT)

    @property
    def scale(self) -> float:
        """The size of dots against those on the whole map: closer up they are twice as large on the screen."""
        return 2 * self.pixel / Frame().pixel if self.width < WIDTH else 1.0

    def shows(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True)
class Label:
    """``anchor``: which end of the text stands at the point, as SVG says it."""

    x: int
    y: int
    anchor: str
    text: str


def around(points: Sequence[Point]) -> Frame:
    """Around some dots, with room at the edge, neither too flat nor too steep."""
    xs, ys = [point.x for point in points], [point.y for point in points]
    width, height = (max(xs) - min(xs)) * 1.3, (max(ys) - min(ys)) * 1.3
    width = max(width, height * _STEEPEST, WIDTH / 9)
    height = max(height, width / _FLATTEST)
    left, top = (min(xs) + max(xs) - width) / 2, (min(ys) + max(ys) - height) / 2
    return Frame(round(left), round(top), round(width), round(height))


def placed(names: Sequence[Named], frame: Frame) -> list[Label]:
    """Names beside their dots, right, left, below or above, where they cover nothing; else none: it is in the list."""
    taken = [_box(dot.x - dot.reach * frame.pixel, dot.y, 2 * dot.reach * frame.pixel, frame) for dot in names]
    answer = []
    for dot in names:
        for anchor, x, y, start, long in _places(dot, frame):
            box = _box(start, y, long, frame)
            if _within(box, frame) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                answer.append(Label(round(x), round(y + _LETTERS * 0.35 * frame.pixel), anchor, dot.text))
                break
    return answer


def _places(dot: Named, frame: Frame) -> list[tuple[str, float, float, float, float]]:
    """Where a name could stand: its anchor and middle, from where and how far it reaches."""
    long = len(dot.text) * _LETTER_WIDTH * frame.pixel
    aside, over = (dot.reach + 4) * frame.pixel, (dot.reach + _LETTERS * 0.6) * frame.pixel
    return [
        ("start", dot.x + aside, dot.y, dot.x + aside, long),
        ("end", dot.x - aside, dot.y, dot.x - aside - long, long),
        ("middle", dot.x, dot.y + over, dot.x - long / 2, long),
        ("middle", dot.x, dot.y - over, dot.x - long / 2, long),
    ]


def _box(left: float, middle: float, long: float, frame: Frame) -> _Box:
    high = _LETTERS * frame.pixel
    return (left, middle - high / 2, left + long, middle + high / 2)


def _within(box: _Box, frame: Frame) -> bool:
    return frame.shows(box[0], box[1]) and frame.shows(box[2], box[3])


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
