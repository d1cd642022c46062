"""From a score to a word.

The thresholds come from `python benchmarks/bands.py FOLDER` on real needs and profiles (need-sbir-a: English,
companies of all trades; need-thesis-a: Indonesian, lecturers of one department; xl-smeru: Indonesian passages and
their English translations):

    reached by              need-sbir-a   need-thesis-a   xl-smeru
    0.30  relevant pairs         81 %            80 %       100 %
          random pairs          5.9 %            39 %       1.7 %
    0.45  relevant pairs         47 %            46 %       100 %
          random pairs          0.4 %           9.3 %       0.2 %

Relevant pairs reach them equally often whatever the language and the trade: that is what makes a band mean the same
everywhere. Random pairs do so more often where all are of one trade, as they do have something in common there. They
hold for the formulas in `weighting`: whoever changes those measures again.
"""

from typing import Literal

Band = Literal["strong", "fair", "weak"]

#: Lowest score of each band, best band first.
BANDS: dict[Band, float] = {"strong": 0.45, "fair": 0.30, "weak": 0.0}


def band(score: float) -> Band:
    """The band that `score` (0 to 1, of `Matcher.match`) falls in."""
    return next((name for name, lowest in BANDS.items() if score >= lowest), "weak")
