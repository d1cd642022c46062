"""The states of a pair of initiative and card, from the first interest to a finished agreement, as a table.

Nothing else says what may follow what, who may do it, who is told, and whose turn it is then, until when. Days and
stages: docs/states.md names the rules they come from.
"""

from dataclasses import dataclass
from enum import StrEnum

from models.vocabulary import PairState, Step


class Who(StrEnum):
    """A side of a pair, as seen from the step that is taken."""

    sender = "sender"  # of the interest
    receiver = "receiver"
    region = "region"
    partner = "partner"
    either = "either"
    other = "other"  # than the one who takes the step
    both = "both"
    clock = "clock"  # nobody's hand: time has passed
    nobody = "nobody"


@dataclass(frozen=True)
class State:
    """``next_actor``: whose turn it is; ``days``: within how many; both are none where a pair has come to its end."""

    next_actor: Who
    days: int | None = None


@dataclass(frozen=True)
class Move:
    """From one of ``sources`` to ``target``, ``by`` whom; ``tells``: who gets a notice; ``reason``: one is asked."""

    sources: tuple[PairState, ...]
    target: PairState
    by: Who
    tells: Who
    reason: bool = False


P = PairState
STATES: dict[PairState, State] = {
    P.sent: State(Who.receiver, 14),
    P.seen: State(Who.receiver, 14),
    P.exploring: State(Who.other, 14),
    P.terms_drafted: State(Who.other, 14),
    P.to_tkksd: State(Who.region, 30),
    P.kb_signed: State(Who.region, 30),
    P.pks_signed: State(Who.region, 14),
    P.running: State(Who.partner, 90),
    P.returned: State(Who.region, 30),
    P.finished: State(Who.nobody),
    P.declined: State(Who.nobody),
    P.withdrawn: State(Who.nobody),
    P.stale: State(Who.nobody),
    P.unreachable: State(Who.nobody),
}
#: States in which the two sides talk.
OPEN = (P.exploring, P.terms_drafted, P.to_tkksd, P.kb_signed, P.pks_signed, P.running, P.returned)
#: Before anything is signed a talk can simply be left, or fall silent.
UNSIGNED = (P.exploring, P.terms_drafted, P.to_tkksd, P.returned)

STEPS: dict[Step, Move] = {
    Step.see: Move((P.sent,), P.seen, Who.receiver, Who.nobody),
    Step.accept: Move((P.sent, P.seen), P.exploring, Who.receiver, Who.sender),
    Step.decline: Move((P.sent, P.seen), P.declined, Who.receiver, Who.sender, reason=True),
    Step.take_back: Move((P.sent, P.seen), P.withdrawn, Who.sender, Who.receiver),
    Step.draft_terms: Move((P.exploring,), P.terms_drafted, Who.either, Who.other),
    Step.submit: Move((P.terms_drafted, P.returned), P.to_tkksd, Who.region, Who.partner),
    Step.return_: Move((P.to_tkksd,), P.returned, Who.region, Who.partner, reason=True),
    Step.revise: Move((P.returned, P.to_tkksd), P.terms_drafted, Who.either, Who.other),
    Step.sign_kb: Move((P.to_tkksd,), P.kb_signed, Who.region, Who.partner),
    Step.sign_pks: Move((P.to_tkksd, P.kb_signed), P.pks_signed, Who.region, Who.partner),
    Step.start: Move((P.pks_signed,), P.running, Who.region, Who.partner),
    Step.finish: Move((P.running,), P.finished, Who.either, Who.other),
    Step.leave: Move((*UNSIGNED, P.kb_signed), P.withdrawn, Who.either, Who.other, reason=True),
    Step.give_up: Move((P.exploring, P.terms_drafted), P.unreachable, Who.either, Who.other, reason=True),
    Step.go_stale: Move((P.sent, P.seen, *UNSIGNED), P.stale, Who.clock, Who.both, reason=True),
    Step.reopen: Move((P.stale, P.unreachable), P.exploring, Who.either, Who.other),
}


def steps_from(state: PairState) -> list[Step]:
    return [step for step, move in STEPS.items() if state in move.sources]
