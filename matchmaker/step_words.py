"""The states of a pair and the steps between them in words: what they are called, and what each side does in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker.i18n import gettext
from matchmaker.i18n import mark as _
from matchmaker.labels import label
from matchmaker.states import Path, Who
from models.vocabulary import PairState, Stage, Step

P = PairState


@dataclass(frozen=True)
class StepWords:
    """``act``: on the button; ``meaning``: what follows from it, read before it is pressed."""

    act: str
    meaning: str


WORDS: Mapping[Step, StepWords] = {
    Step.draft_terms: StepWords(
        _("Terms are drafted"),
        _("Say that a draft of the terms is on the table. From then on both sides work on it until they agree."),
    ),
    Step.submit: StepWords(
        _("Submit to the TKKSD"),
        _("The region hands the draft to its coordination team for cooperation (TKKSD) for review."),
    ),
    Step.return_: StepWords(
        _("Record that the TKKSD returned it"),
        _("The draft comes back with a reason. It can be revised and submitted again."),
    ),
    Step.revise: StepWords(
        _("Take up the draft again"),
        _("The draft is worked on by both sides again, and has to be submitted anew."),
    ),
    Step.sign_kb: StepWords(
        _("Record the signed joint agreement"),
        _("The joint agreement (Kesepakatan Bersama) is signed by the head of the region and the partner."),
    ),
    Step.sign_pks: StepWords(
        _("Record the signed cooperation agreement"),
        _("The cooperation agreement (Perjanjian Kerja Sama, PKS) is signed. It lasts at most 60 months."),
    ),
    Step.start: StepWords(
        _("Start the work"),
        _("The signed work begins. Both sides report on it each quarter."),
    ),
    Step.finish: StepWords(
        _("Finish the cooperation"),
        _("The work is done. Write down what was reached; both sides decide whether it is shown publicly."),
    ),
    Step.leave: StepWords(
        _("End the talk"),
        _("The talk ends without a result, with a reason that the other side reads. What was said stays readable."),
    ),
    Step.give_up: StepWords(
        _("Nobody can be reached"),
        _("The other side does not answer. The talk is put aside, and either side can take it up again."),
    ),
    Step.reopen: StepWords(
        _("Take up the talk again"),
        _("Both sides explore again; the other side is told."),
    ),
}
_SYNERGY_KB = StepWords(
    _("Record the signed Nota Kesepakatan"),
    _("The Nota Kesepakatan with its work plan (Rencana Kerja) is signed. No PKS follows; the work can start."),
)

#: What there is to do in each state, for the region and for the partner.
#: Where it is the terms that wait for whoever acts next.
ON_TERMS = (P.terms_drafted, P.returned)

_NOW: Mapping[PairState, tuple[str, str]] = {
    P.exploring: (
        _("Get to know each other, and draft the terms once you know what you want to do together."),
        _("Get to know each other, and draft the terms once you know what you want to do together."),
    ),
    P.terms_drafted: (
        _("Read the draft, change it or agree to it. Once both agree, submit it to the TKKSD."),
        _("Read the draft, change it or agree to it. Once both agree, the region submits it to the TKKSD."),
    ),
    P.to_tkksd: (
        _("The TKKSD reviews the draft. Record what comes of it: signed, or returned."),
        _("The region's TKKSD reviews the draft. You will be told what comes of it."),
    ),
    P.returned: (
        _("The TKKSD has returned the draft. Revise it together and submit it again."),
        _("The TKKSD has returned the draft. Revise it together; the region submits it again."),
    ),
    P.kb_signed: (
        _("The joint agreement is signed. Draft and sign the cooperation agreement (PKS) next."),
        _("The joint agreement is signed. The cooperation agreement (PKS) comes next."),
    ),
    P.pks_signed: (
        _("Everything is signed. Start the work on the day you agreed on."),
        _("Everything is signed. The region records the start of the work."),
    ),
    P.running: (
        _("The work is running. Both sides report each quarter; finish it when it is done."),
        _("The work is running. Both sides report each quarter; finish it when it is done."),
    ),
    P.finished: (_("The cooperation is finished."), _("The cooperation is finished.")),
    P.withdrawn: (_("The talk has ended without a result."), _("The talk has ended without a result.")),
    P.stale: (
        _("Nobody has answered for long. Either side can take up the talk again."),
        _("Nobody has answered for long. Either side can take up the talk again."),
    ),
    P.unreachable: (
        _("The other side could not be reached. Either side can take up the talk again."),
        _("The other side could not be reached. Either side can take up the talk again."),
    ),
}
_SYNERGY_SIGNED = (
    _("The Nota Kesepakatan is signed. Start the work on the day you agreed on."),
    _("The Nota Kesepakatan is signed. The region records the start of the work."),
)

_PATHS: Mapping[Path, str] = {
    Path.cooperation: _(
        "Companies, private universities and others outside the state sign a joint agreement (Kesepakatan Bersama), "
        "then a cooperation agreement (PKS). The DPRD is asked only where the work burdens the region or its people "
        "and no budget law covers it yet."
    ),
    Path.synergy: _(
        "With a body of the state, such as a ministry or a state university (Satker or BLU), there is one Nota "
        "Kesepakatan with a work plan (Rencana Kerja). There is no PKS, and the DPRD is not asked."
    ),
    Path.abroad: _(
        "With a partner abroad, the DPRD and the central government agree before the joint agreement is signed."
    ),
}

_ACTORS: Mapping[Who, str] = {
    Who.sender: _("Whoever sent the interest"),
    Who.receiver: _("Whoever received the interest"),
    Who.region: _("The region"),
    Who.partner: _("The partner"),
    Who.either: _("Either side"),
    Who.other: _("The side that did not act last"),
    Who.both: _("Both sides"),
    Who.clock: _("Nobody: time has passed"),
    Who.nobody: _("Nobody"),
}


#: As they are told afterwards.
STEP_NAMES: Mapping[Step, str] = {
    Step.see: _("Interest seen"),
    Step.accept: _("Interest accepted"),
    Step.decline: _("Interest declined"),
    Step.take_back: _("Interest withdrawn"),
    Step.draft_terms: _("Terms drafted"),
    Step.submit: _("Draft submitted to the TKKSD"),
    Step.return_: _("Draft returned by the TKKSD"),
    Step.revise: _("Draft taken up again"),
    Step.sign_kb: _("Joint agreement signed"),
    Step.sign_pks: _("Cooperation agreement signed"),
    Step.start: _("Work started"),
    Step.finish: _("Cooperation finished"),
    Step.leave: _("Talk ended"),
    Step.give_up: _("Put aside: nobody can be reached"),
    Step.go_stale: _("Gone silent"),
    Step.reopen: _("Talk taken up again"),
}

_STAGES: Mapping[Stage, str] = {
    Stage.preparation: _("Preparation"),
    Stage.offer: _("Offer letter"),
    Stage.kb_drafted: _("Joint agreement drafted"),
    Stage.kb_signed: _("Joint agreement signed"),
    Stage.dprd_approval: _("Approval of the DPRD"),
    Stage.pks_drafted: _("Cooperation agreement drafted"),
    Stage.pks_signed: _("Cooperation agreement signed"),
    Stage.running: _("Work started"),
    Stage.reporting: _("First quarterly report"),
    Stage.finished: _("Finished"),
}
_SYNERGY_STAGES: Mapping[Stage, str] = {
    Stage.kb_drafted: _("Nota Kesepakatan and work plan drafted"),
    Stage.kb_signed: _("Nota Kesepakatan signed"),
}


def stage_name(stage: Stage, path: Path) -> str:
    synergy = _SYNERGY_STAGES.get(stage) if path == Path.synergy else None
    return gettext(synergy or _STAGES[stage])


def state_name(state: PairState, path: Path) -> str:
    if path == Path.synergy and state == P.kb_signed:
        return gettext(_("Nota Kesepakatan signed"))
    return label(PairState, state)


def step_name(step: Step, path: Path) -> str:
    """As it is told afterwards."""
    if path == Path.synergy and step == Step.sign_kb:
        return gettext(_("Nota Kesepakatan signed"))
    return gettext(STEP_NAMES[step])


def step_words(step: Step, path: Path) -> StepWords:
    words = _SYNERGY_KB if path == Path.synergy and step == Step.sign_kb else WORDS[step]
    return StepWords(gettext(words.act), gettext(words.meaning))


def what_now(state: PairState, side: Who, path: Path) -> str:
    """The next thing to do, as ``side`` is told."""
    words = _SYNERGY_SIGNED if path == Path.synergy and state == P.kb_signed else _NOW.get(state)
    if words is None:
        return ""
    return gettext(words[0] if side == Who.region else words[1])


def path_note(path: Path) -> str:
    """Which papers there are, and why."""
    return gettext(_PATHS[path])


def actor_name(who: Who) -> str:
    """Whose turn, where no names are known."""
    return gettext(_ACTORS[who])
