"""From a score to a word.

The thresholds come from `python benchmarks/bands.py FOLDER` on real needs and profiles (need-sbir-a: English,
companies; need-thesis-a: Indonesian, lecturers; xl-smeru: Indonesian passages and their English
translations):

    reached by              need-sbir-a   need-thesis-a   xl-smeru
    0.05  relevant pairs         61 %            38 %        99 %
          random pairs          1.1 %           6.5 %       5.0 %
    0.10  relevant pairs         28 %            10 %        97 %
          random pairs          0.0 %           0.7 %       0.6 %

So fewer than one in a hundred unrelated texts is called strong, and about one in twenty fair. They hold for
the rule and the divisor in `ranking` and `collection`: whoever changes those measures again.
"""

from typing import Literal

Band = Literal["strong", "fair", "weak"]

#: Lowest score of each band, best band first.
BANDS: dict[Band, float] = {"strong": 0.10, "fair": 0.05, "weak": 0.0}


def band(score: float) -> Band:
    """The band that `score` (0 to 1, of `Matcher.match`) falls in."""
    return next((name for name, lowest in BANDS.items() if score >= lowest), "weak")
