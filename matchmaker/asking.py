"""What suggestions can be asked for, and what one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from scoring import BANDS, Explanation

SHOWN = 20
HIGHEST_TKT = 9
#: The lowest score of a band, by its name.
FLOORS: Mapping[Literal["strong", "fair", "weak"], float] = BANDS


@dataclass(frozen=True)
class Filters:
    """What suggestions can be narrowed to; None means any. ``minimum_tkt`` leaves out cards that state no level."""

    pillar: str | None = None
    province: str | None = None
    kind: str | None = None
    minimum_tkt: int | None = None

    def where(self) -> dict[str, set[str]]:
        """As the engine takes them."""
        chosen = {"pillar": self.pillar, "province": self.province, "kind": self.kind}
        allowed = {name: {value} for name, value in chosen.items() if value}
        if self.minimum_tkt is not None:
            allowed["tkt"] = {str(level) for level in range(self.minimum_tkt, HIGHEST_TKT + 1)}
        return allowed


@dataclass(frozen=True)
class Wanted:
    """Which suggestions: ``limit`` of them behind the best ``skip``, or those with these ``ids``, whatever their rank
    and the filters.
    """

    filters: Filters = Filters()
    limit: int = SHOWN
    skip: int = 0
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Scored:
    """One suggestion: the id of the row, its score in [0, 1], its band, and why.

    ``needs_met``: of each need of the initiative, in order, whether the card answers it; empty for a draft card.
    """

    row_id: int
    score: float
    band: str
    why: Explanation
    needs_met: tuple[bool, ...]
