"""The states of a pair of initiative and card, from the first interest to a finished agreement, as a table.

Nothing else says what may follow what, who may do it, who is told, and whose turn it is then, until when. Which
papers come before a start depends on the partner's legal form: a path. docs/states.md is drawn from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.conversation import Conversation
from models.interest import Interest
from models.vocabulary import InitiativeStatus, InterestState, LegalForm, PairState, Reason, Step


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


class Path(StrEnum):
    """By which papers a pair comes to its start (Permendagri 22/2020), told by the partner's legal form."""

    cooperation = "cooperation"  # Kesepakatan Bersama, then Perjanjian Kerja Sama
    synergy = "synergy"  # Nota Kesepakatan with its Rencana Kerja, and no PKS: the partner is of the state
    abroad = "abroad"  # as cooperation, after the DPRD and the central government have agreed


#: Those that are not named here cooperate: KB, then PKS.
PATHS: Mapping[str, Path] = {
    LegalForm.ministry: Path.synergy,
    LegalForm.state_university_satker: Path.synergy,
    LegalForm.state_university_blu: Path.synergy,
    LegalForm.foreign: Path.abroad,
}


def path_of(legal_form: str) -> Path:
    return PATHS.get(legal_form, Path.cooperation)


@dataclass(frozen=True)
class State:
    """``next_actor``: whose turn it is; ``days``: within how many; both are none where a pair has come to its end."""

    next_actor: Who
    days: int | None = None


@dataclass(frozen=True)
class Move:
    """From one of ``sources`` to ``target``, ``by`` whom; ``tells``: who gets a notice; ``reason``: one is asked;
    ``only``: sources from which this is a way on some paths alone; ``signed``: a paper or a result is recorded with
    it, on the agreement's page.
    """

    sources: tuple[PairState, ...]
    target: PairState
    by: Who
    tells: Who
    reason: bool = False
    only: Mapping[PairState, tuple[Path, ...]] = field(default_factory=dict)
    signed: bool = False

    def starts_from(self, state: PairState, path: Path) -> bool:
        return state in self.sources and path in self.only.get(state, tuple(Path))


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
    Step.sign_kb: Move((P.to_tkksd,), P.kb_signed, Who.region, Who.partner, signed=True),
    Step.sign_pks: Move(
        (P.to_tkksd, P.kb_signed),
        P.pks_signed,
        Who.region,
        Who.partner,
        signed=True,
        # Straight from the TKKSD where a joint agreement of earlier years still stands.
        only={P.to_tkksd: (Path.cooperation,), P.kb_signed: (Path.cooperation, Path.abroad)},
    ),
    Step.start: Move(
        (P.kb_signed, P.pks_signed), P.running, Who.region, Who.partner, only={P.kb_signed: (Path.synergy,)}
    ),
    Step.finish: Move((P.running,), P.finished, Who.either, Who.other, signed=True),
    Step.leave: Move((*UNSIGNED, P.kb_signed), P.withdrawn, Who.either, Who.other, reason=True),
    Step.give_up: Move((P.exploring, P.terms_drafted), P.unreachable, Who.either, Who.other, reason=True),
    Step.go_stale: Move((P.sent, P.seen, *UNSIGNED), P.stale, Who.clock, Who.both, reason=True),
    Step.reopen: Move((P.stale, P.unreachable), P.exploring, Who.either, Who.other),
}


#: Where a pair has come to nothing: its two sides may begin anew, by another interest.
ENDED = (P.declined, P.withdrawn, P.stale, P.unreachable)
#: Where a pair has left the way, for good or to come back.
ASIDE = (P.returned, *ENDED)


def steps_from(state: PairState, path: Path | None = None) -> list[Step]:
    """What may follow: on one path, or on any."""
    paths = (path,) if path else tuple(Path)
    return [step for step, move in STEPS.items() if any(move.starts_from(state, p) for p in paths)]


def steps_of(side: Who, state: PairState, path: Path) -> list[Step]:
    """What a side (``region`` or ``partner``) can do in a talk."""
    return [step for step in steps_from(state, path) if STEPS[step].by in (Who.either, side)]


def way(path: Path) -> list[PairState]:
    """The states from interest to end that are passed when nothing goes wrong, in their order."""
    reached = {P.sent}
    while more := {STEPS[s].target for state in reached for s in steps_from(state, path)} - reached:
        reached |= more
    return [state for state in STATES if state in reached and state not in ASIDE]


def pair_state(interest: Interest, conversation: Conversation | None = None) -> PairState:
    """Where a pair stands: the interest says it until a talk opens, and then the talk."""
    if conversation is not None:
        return PairState(conversation.state)
    if interest.state == InterestState.accepted:
        return P.exploring
    if interest.state == InterestState.sent and interest.seen_at is not None:
        return P.seen
    return PairState(interest.state)


def reasons_of(step: Step) -> list[Reason]:
    """Those of the list that can be true of a step: nobody answers and gives no reply at once."""
    if not STEPS[step].reason:
        return []
    silent = step in (Step.give_up, Step.go_stale, Step.leave)
    return [reason for reason in Reason if silent or reason != Reason.no_reply]


def initiative_status(state: PairState, path: Path) -> InitiativeStatus:
    """What a talk makes of its initiative: agreed is what can be started."""
    if state in (P.running, P.finished):
        return InitiativeStatus.running if state == P.running else InitiativeStatus.done
    if STEPS[Step.start].starts_from(state, path):
        return InitiativeStatus.agreed
    return InitiativeStatus.in_talks if state in OPEN else InitiativeStatus.published
