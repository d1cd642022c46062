"""The colours of the design: words reach 4.5:1 on every ground they stand on, edges of controls 3:1 (WCAG 2.2 AA)."""

import re

import pytest

from matchmaker.assets import FOLDER

SHEET = (FOLDER / "css" / "00-tokens.css").read_text()
# Words, and the grounds they stand on.
WORDS = [
    *[(ink, ground) for ink in ("ink", "soft", "sea", "sea-dark") for ground in ("paper", "sheet", "sunk")],
    *[(pillar, ground) for pillar in ("branding", "governance", "economy", "living", "society", "environment")
      for ground in ("paper", "sheet")],
    *[(tone, f"{tone}-tint") for tone in ("sea", "indigo", "clay", "good", "warn", "bad")],
    *[(tone, ground) for tone in ("good", "warn", "bad", "clay", "indigo") for ground in ("paper", "sheet")],
    ("ink", "mark"), ("on-sea", "sea"), ("on-sea", "sea-dark"), ("on-deep", "deep"), ("on-deep-soft", "deep"),
]  # fmt: skip
# What is seen but not read: edges of fields.
EDGES = [("edge", ground) for ground in ("paper", "sheet", "sunk")]


def themes() -> dict[str, dict[str, str]]:
    light, dark = SHEET.split("@media screen and (prefers-color-scheme:dark)")
    colours = [dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,8})\b", part)) for part in (light, dark)]
    return {"light": colours[0], "dark": colours[0] | colours[1]}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it; ``colour`` is #rgb or #rrggbb."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_edges_stand_out(theme: str) -> None:
    colours = themes()[theme]
    asked = [(*pair, 4.5) for pair in WORDS] + [(*pair, 3.0) for pair in EDGES]
    found = {(one, other): contrast(colours[one], colours[other]) for one, other, _least in asked}
    assert {pair: round(found[pair], 2) for *pair_, least in asked if found[pair := tuple(pair_)] < least} == {}
