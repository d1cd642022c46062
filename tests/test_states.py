"""The table of states: no dead end by mistake, and no state that goes on is silent about whose turn it is."""

import pytest

from matchmaker.labels import LABELS
from matchmaker.states import (
    OPEN,
    STATES,
    STEPS,
    Path,
    Who,
    initiative_status,
    pair_state,
    path_of,
    reasons_of,
    steps_from,
    steps_of,
    way,
)
from matchmaker.step_words import STEP_NAMES, WORDS, what_now
from models import Conversation, Interest, now
from models.vocabulary import InterestState, LegalForm, PairState, Reason, Step
from tests import drawing

ENDS = {PairState.finished, PairState.declined, PairState.withdrawn}


def test_every_state_and_step_is_in_the_table_and_has_a_name() -> None:
    assert set(STATES) == set(PairState)
    assert set(STEPS) == set(Step)
    assert set(LABELS[PairState]) == set(PairState)
    assert set(STEP_NAMES) == set(Step)


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


@pytest.mark.parametrize("path", Path)
def test_whatever_a_side_can_do_is_said_in_words(path: Path) -> None:
    for state in PairState:
        for side in (Who.region, Who.partner):
            assert set(steps_of(side, state, path)) <= set(WORDS)
            # A declined interest never became a talk.
            assert what_now(state, side, path) or state in (PairState.sent, PairState.seen, PairState.declined)


def test_the_partners_legal_form_tells_the_papers() -> None:
    satker, blu, ministry = LegalForm.state_university_satker, LegalForm.state_university_blu, LegalForm.ministry
    assert {form for form in LegalForm if path_of(form) == Path.synergy} == {satker, blu, ministry}
    assert {form for form in LegalForm if path_of(form) == Path.abroad} == {LegalForm.foreign}
    assert path_of(LegalForm.state_university_ptnbh) == path_of(LegalForm.private_university) == Path.cooperation


def test_a_synergy_has_no_pks_and_starts_from_its_nota_kesepakatan() -> None:
    assert PairState.pks_signed not in way(Path.synergy)
    assert Step.start in steps_from(PairState.kb_signed, Path.synergy)
    for path in (Path.cooperation, Path.abroad):
        assert PairState.pks_signed in way(path)
        assert Step.start not in steps_from(PairState.kb_signed, path)
    # Abroad a joint agreement always comes first.
    assert Step.sign_pks not in steps_from(PairState.to_tkksd, Path.abroad)


def test_a_pair_stands_where_its_interest_or_its_talk_says() -> None:
    interest = Interest(
        initiative_id=1, card_id=1, from_organisation_id=1, to_organisation_id=2, message="", first_step="call",
        sent_by_id=1, due_at=now(),
    )  # fmt: skip
    assert pair_state(interest) == PairState.sent
    interest.seen_at = now()
    assert pair_state(interest) == PairState.seen
    interest.state = InterestState.declined
    assert pair_state(interest) == PairState.declined
    interest.state = InterestState.accepted
    talk = Conversation(
        interest_id=1, initiative_id=1, card_id=1, region_side_id=1, partner_side_id=2, state="running"
    )
    assert (pair_state(interest), pair_state(interest, talk)) == (PairState.exploring, PairState.running)


def test_reasons_are_asked_where_something_ends_badly() -> None:
    assert {step for step in Step if reasons_of(step)} == {
        Step.decline, Step.return_, Step.leave, Step.give_up, Step.go_stale,
    }  # fmt: skip
    assert Reason.no_reply in reasons_of(Step.give_up)
    assert Reason.no_reply not in reasons_of(Step.return_)


@pytest.mark.parametrize(
    ("state", "path", "status"),
    [
        (PairState.exploring, Path.cooperation, "in_talks"),
        (PairState.kb_signed, Path.cooperation, "in_talks"),
        (PairState.kb_signed, Path.synergy, "agreed"),
        (PairState.pks_signed, Path.abroad, "agreed"),
        (PairState.running, Path.synergy, "running"),
        (PairState.finished, Path.cooperation, "done"),
        (PairState.stale, Path.cooperation, "published"),
        (PairState.withdrawn, Path.cooperation, "published"),
    ],
)
def test_what_a_talk_makes_of_its_initiative(state: PairState, path: Path, status: str) -> None:
    assert initiative_status(state, path) == status


def test_the_drawn_states_are_those_of_the_table() -> None:
    text = drawing.FILE.read_text()
    assert drawing.drawn(text) == text
    assert set(drawing.DRAWINGS) == set(drawing._DRAWN.findall(text))
