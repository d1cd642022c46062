"""The stages of an agreement on each path, and which step of a pair brings which.

Permendagri 22/2020 names the papers. At home the DPRD is asked between the joint agreement and the PKS, and only where
the work burdens the region or its people and no budget law covers it; with a partner abroad it is asked first, always.
"""

from collections.abc import Mapping

from matchmaker.states import Path
from models.vocabulary import PairState, Stage, Step

S = Stage
_END = (S.running, S.reporting, S.finished)
STAGES: Mapping[Path, tuple[Stage, ...]] = {
    Path.cooperation: (
        *(S.preparation, S.offer, S.kb_drafted, S.kb_signed, S.dprd_approval, S.pks_drafted, S.pks_signed),
        *_END,
    ),
    Path.synergy: (S.preparation, S.offer, S.kb_drafted, S.kb_signed, *_END),
    Path.abroad: (
        *(S.preparation, S.offer, S.kb_drafted, S.dprd_approval, S.kb_signed, S.pks_drafted, S.pks_signed),
        *_END,
    ),
}
#: Reached by the pair's own step; the others are written down by the region, when they are done.
BY_STEP: Mapping[Step, Stage] = {
    Step.sign_kb: S.kb_signed,
    Step.sign_pks: S.pks_signed,
    Step.start: S.running,
    Step.finish: S.finished,
}
#: Kept by the agreement itself: its beginning, and the first report of a quarter.
BY_ITSELF = (S.preparation, S.reporting)
#: Asked for only where the law wants it.
WHERE_NEEDED = ((Path.cooperation, S.dprd_approval),)
#: Needed before another, on a path.
BEFORE: Mapping[tuple[Path, Step], Stage] = {(Path.abroad, Step.sign_kb): S.dprd_approval}
#: From these states on a pair has an agreement.
HAS_AGREEMENT = (
    PairState.to_tkksd,
    PairState.returned,
    PairState.kb_signed,
    PairState.pks_signed,
    PairState.running,
    PairState.finished,
)
#: A cooperation agreement lasts no longer.
MOST_MONTHS = 60
#: Days before the end of an agreement on which both sides are reminded.
REMINDED_BEFORE = (90, 60, 30, 7, 0)


def written_by_hand(path: Path) -> list[Stage]:
    return [stage for stage in STAGES[path] if stage not in BY_STEP.values() and stage not in BY_ITSELF]
