"""The table of states: no dead end by mistake, and no state that goes on is silent about whose turn it is."""

from matchmaker.labels import LABELS
from matchmaker.states import OPEN, STATES, STEPS, Who, steps_from
from models.vocabulary import PairState, Step

ENDS = {PairState.finished, PairState.declined, PairState.withdrawn}


def test_every_state_and_step_is_in_the_table_and_has_a_name() -> None:
    assert set(STATES) == set(PairState)
    assert set(STEPS) == set(Step)
    assert set(LABELS[PairState]) == set(PairState)


def test_only_ends_lead_nowhere() -> None:
    assert {state for state in PairState if not steps_from(state)} == ENDS


def test_every_state_can_be_reached() -> None:
    reached = {PairState.sent}
    while more := {STEPS[step].target for state in reached for step in steps_from(state)} - reached:
        reached |= more
    assert reached == set(PairState)


def test_whoever_waits_knows_for_whom_and_until_when() -> None:
    for state in (*OPEN, PairState.sent, PairState.seen):
        assert STATES[state].next_actor != Who.nobody
        assert STATES[state].days
    for state in set(PairState) - {*OPEN, PairState.sent, PairState.seen}:
        assert (STATES[state].next_actor, STATES[state].days) == (Who.nobody, None)
