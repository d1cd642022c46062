"""Pictures for shared addresses: 1200 by 630 PNG, as networks take no SVG. Each is drawn once, then kept."""

import asyncio
import io
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from matchmaker import facts

SIZE = (1200, 630)
# Two at a time: a crowd of new addresses must not take the processor from the pages.
_DRAWING = asyncio.Semaphore(2)
_KEPT = 200
_DEEP, _DOT, _LAND = "#0a3a4a", "#235b6a", "#b4d0d3"
_PAPER, _SAFFRON, _SEA, _CLAY = "#f6f1e6", "#f2b03d", "#5fb3bd", "#d9683c"
_PILLARS = {
    "governance": "#b3bbfa",
    "branding": "#f2a280",
    "economy": "#efc368",
    "living": "#7fcdd8",
    "society": "#eba3cb",
    "environment": "#86d3a6",
}
_EDGE, _WIDTH = 72, 1056
# West, east, north and south of the country, and where on the picture it lies.
_WEST, _EAST, _NORTH, _SOUTH = 95.0, 141.1, 6.0, -11.0
_MAP = (60, 200, 1140, 598)
# The font that comes with Pillow has the letters of English and Indonesian, and no bold: a thicker stroke is ours.
_SPELT = str.maketrans({"–": "-", "—": "-", "•": "·", "×": "x", "²": "2", "₂": "2"})


@dataclass(frozen=True)
class Picture:
    """What one shows. ``region``: the code of the place that is lit; ``pillar``: whose colour the sign has."""

    title: str
    above: str = ""
    below: str = ""
    region: str = ""
    pillar: str = ""


async def png(picture: Picture) -> bytes:
    """Drawn beside the event loop."""
    async with _DRAWING:
        return await asyncio.to_thread(_png, picture)


@lru_cache(maxsize=_KEPT)
def _png(picture: Picture) -> bytes:
    image = Image.new("RGB", SIZE, _DEEP)
    pen = ImageDraw.Draw(image)
    _draw_country(pen, picture.region)
    _draw_mark(pen)
    _draw_words(pen, picture)
    body = io.BytesIO()
    image.quantize(64).save(body, "PNG", optimize=True)
    return body.getvalue()


def _draw_country(pen: ImageDraw.ImageDraw, lit: str) -> None:
    for code, (x, y) in _places().items():
        if code != lit:
            _dot(pen, x, y, 3, _DOT)
    if lit in _places():
        x, y = _places()[lit]
        pen.ellipse((x - 22, y - 22, x + 22, y + 22), outline=_SAFFRON, width=3)
        _diamond(pen, x, y, 11, _SAFFRON)


def _draw_mark(pen: ImageDraw.ImageDraw) -> None:
    _diamond(pen, _EDGE + 26, 88, 26, _SEA)
    _diamond(pen, _EDGE + 54, 88, 26, _CLAY)
    _diamond(pen, _EDGE + 40, 88, 13, _SAFFRON)
    pen.text((_EDGE + 96, 66), "Temu Mitra", font=_font(40), fill=_PAPER, stroke_width=0.6)


def _draw_words(pen: ImageDraw.ImageDraw, picture: Picture) -> None:
    y = 172
    if picture.above:
        _diamond(pen, _EDGE + 9, y + 15, 9, _PILLARS.get(picture.pillar, _SAFFRON))
        pen.text((_EDGE + 32, y - 4), _fitted(_spelt(picture.above), _font(30), _WIDTH), font=_font(30), fill=_SAFFRON)
        y += 54
    size, lines = _wrapped(_spelt(picture.title))
    for line in lines:
        # An edge in the ground's colour keeps the dots of the country off the letters.
        pen.text((_EDGE, y), line, font=_font(size), fill=_PAPER, stroke_width=5, stroke_fill=_DEEP)
        pen.text((_EDGE, y), line, font=_font(size), fill=_PAPER, stroke_width=0.8)
        y += round(size * 1.22)
    if picture.below:
        text = _fitted(_spelt(picture.below), _font(30), _WIDTH)
        pen.text((_EDGE, 556), text, font=_font(30), fill=_LAND, stroke_width=5, stroke_fill=_DEEP)
        pen.text((_EDGE, 556), text, font=_font(30), fill=_LAND)
    for x in range(0, SIZE[0], 48):
        _diamond(pen, x + 12, 622, 8, _CLAY)
        _diamond(pen, x + 36, 622, 4, _SEA)


def _wrapped(text: str) -> tuple[int, list[str]]:
    """The largest size at which the title stands in at most four lines, and those lines."""
    for size in (68, 60, 54, 48):
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and _font(size).getlength(longer) > _WIDTH:
                lines.append(word)
            else:
                lines[-1] = longer
        if len(lines) * size <= 270:
            break
    kept = lines[:5]
    if len(lines) > len(kept):
        kept[-1] += "..."
    return size, [_fitted(line, _font(size), _WIDTH) for line in kept]


def _fitted(text: str, font: FreeTypeFont, width: int) -> str:
    """The text, cut where it would run out of the picture."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "...") > width:
        text = text[:-1]
    return text + "..."


def _spelt(text: str) -> str:
    """Letters that the font has: an accent it does not know is left out rather than drawn as a box."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPELT))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@cache
def _font(size: int) -> FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, FreeTypeFont)  # noqa: S101 - wheels of Pillow carry FreeType
    return font


@cache
def _places() -> dict[str, tuple[float, float]]:
    """Where each region's seat lies on the picture."""
    left, top, right, bottom = _MAP
    return {
        row["code"]: (
            left + (float(row["longitude"]) - _WEST) / (_EAST - _WEST) * (right - left),
            top + (_NORTH - float(row["latitude"])) / (_NORTH - _SOUTH) * (bottom - top),
        )
        for row in facts.read("regions.csv")
    }


def _dot(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: str) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _diamond(pen: ImageDraw.ImageDraw, x: float, y: float, half: float, colour: str) -> None:
    pen.polygon([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], fill=colour)
