"""Draws docs/states.md from the table of states, or checks that it is so drawn.

python -m tests.drawing            exit 1 where the drawings do not say what the table says
python -m tests.drawing --update   draws them anew; the prose between them is left alone
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from matchmaker.labels import LABELS
from matchmaker.states import PATHS, STATES, STEPS, Move, Who, steps_from, way
from matchmaker.states import Path as Papers
from models.vocabulary import LegalForm, PairState, Step

FILE = Path(__file__).resolve().parent.parent / "docs" / "states.md"
_DRAWN = re.compile(r"<!-- drawn: (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def picture() -> list[str]:
    """As Mermaid draws it; what the clock does is left out, for it leads from everywhere to one place."""
    arrows = [
        f"    {source} --> {move.target}: {step}{_only(move, source)}"
        for step, move in STEPS.items()
        if move.by != Who.clock
        for source in move.sources
    ]
    ends = [f"    {state} --> [*]" for state in STATES if not steps_from(state)]
    return ["```mermaid", "stateDiagram-v2", f"    [*] --> {PairState.sent}", *arrows, *ends, "```"]


def states() -> list[str]:
    rows = [
        f"| `{state}` | {LABELS[PairState][state]} | {entry.next_actor} | {entry.days or ''} |"
        for state, entry in STATES.items()
    ]
    return ["| state | name | whose turn | within days |", "|---|---|---|---|", *rows]


def steps() -> list[str]:
    return ["| step | from | to | by | told | asks |", "|---|---|---|---|---|---|", *map(_step, STEPS)]


def _step(step: Step) -> str:
    move = STEPS[step]
    sources = ", ".join(f"`{source}`{_only(move, source)}" for source in move.sources)
    asks = ", ".join(["a reason"] * move.reason + ["what is on paper"] * move.signed)
    return f"| `{step}` | {sources} | `{move.target}` | {move.by} | {move.tells} | {asks} |"


def _only(move: Move, source: PairState) -> str:
    paths = move.only.get(source)
    return f" ({', '.join(paths)})" if paths else ""


def paths() -> list[str]:
    rows = []
    for papers in Papers:
        forms = [form for form in LegalForm if PATHS.get(form, Papers.cooperation) == papers]
        named = ", ".join(f"`{form}`" for form in forms if form != LegalForm.region)
        rows.append(f"| `{papers}` | {named} | {' → '.join(way(papers))} |")
    return ["| path | legal forms of the partner | the way |", "|---|---|---|", *rows]


DRAWINGS: dict[str, Callable[[], list[str]]] = {"picture": picture, "states": states, "steps": steps, "paths": paths}


def drawn(text: str) -> str:
    return _DRAWN.sub(lambda m: "\n".join([f"<!-- drawn: {m[1]} -->", *DRAWINGS[m[1]](), "<!-- end -->"]), text)


def main() -> int:
    text = FILE.read_text()
    if "--update" in sys.argv:
        FILE.write_text(drawn(text))
        return 0
    if drawn(text) != text:
        print("docs/states.md is stale: python -m tests.drawing --update")  # noqa: T201 - a command's answer
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
