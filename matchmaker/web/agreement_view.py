"""An agreement as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matchmaker.i18n import gettext as _
from matchmaker.i18n import local_day, show_quarter
from matchmaker.labels import label, options
from matchmaker.reading.agreements import AgreementRow
from matchmaker.stages import STAGES, WHERE_NEEDED, written_by_hand
from matchmaker.states import STEPS, Who, steps_of
from matchmaker.step_words import path_note, stage_name, state_name, step_words, what_now
from models import AgreementStage, Milestone, Monitoring
from models.vocabulary import Outlook, PairState, Stage, Step


@dataclass(frozen=True)
class StageView:
    """``mark`` as on the way of a pair; ``when``: what stands in the place of a day."""

    name: str
    mark: str
    day: date | None
    when: str
    number: str
    note: str
    ends_on: date | None
    file: str
    file_name: str


@dataclass(frozen=True)
class Act:
    """Something that the viewer's side can do now: its name, what it means, and where its form is."""

    name: str
    meaning: str
    href: str


@dataclass(frozen=True)
class MilestoneView:
    """``late``: its day has passed."""

    id: int
    title: str
    due_on: date
    done_on: date | None
    late: bool
    evidence: str
    file: str
    file_name: str


@dataclass(frozen=True)
class ReportView:
    quarter: str
    who: str
    mine: bool
    progress: str
    indicator: str
    obstacle: str
    solution: str
    rating: int
    outlook: str


@dataclass(frozen=True)
class AgreementView:
    """``signing``: steps that a signed paper takes now; ``quarters``: of which the viewer's side may still report."""

    row: AgreementRow
    state: str
    turn: str
    now: str
    path_note: str
    stages: list[StageView]
    acts: list[Act]
    signing: list[tuple[str, str]]
    by_hand: list[tuple[str, str]]
    milestones: list[MilestoneView]
    reports: list[ReportView]
    quarters: list[tuple[str, str]]
    outlooks: list[tuple[str, str]]
    open: bool
    running: bool


def state_of(row: AgreementRow) -> str:
    return state_name(PairState(row.state), row.path)


def agreement_view(
    row: AgreementRow,
    stages: Mapping[str, AgreementStage],
    milestones: Sequence[Milestone],
    reports: Sequence[tuple[Monitoring, str]],
    moment: datetime,
) -> AgreementView:
    state = PairState(row.state)
    today = local_day(moment)
    possible = steps_of(row.side, state, row.path) if row.closed_at is None else []
    region = row.side == Who.region and row.closed_at is None
    reported = {report.quarter for report, _name in reports if report.organisation_id == row.own_side_id}
    running = state == PairState.running
    return AgreementView(
        row=row,
        state=state_of(row),
        turn=_turn(row),
        now=what_now(state, row.side, row.path),
        path_note=path_note(row.path),
        stages=_stages(row, stages),
        acts=_acts(row, possible, region=region, running=running),
        signing=[(s, step_words(s, row.path).act) for s in possible if s in (Step.sign_kb, Step.sign_pks)],
        by_hand=[(s, stage_name(s, row.path)) for s in written_by_hand(row.path)] if region else [],
        milestones=[_milestone(row, m, today) for m in milestones],
        reports=[_report(row, report, name) for report, name in reports],
        quarters=[(q, show_quarter(q)) for q in _quarters(stages, today) if q not in reported] if running else [],
        outlooks=options(Outlook),
        open=row.closed_at is None,
        running=running,
    )


def _turn(row: AgreementRow) -> str:
    if row.next_actor_id is None:
        return ""
    return _("It is your turn.") if row.my_turn else _("It is their turn: %(name)s.") % {"name": row.other_name}


def _stages(row: AgreementRow, reached: Mapping[str, AgreementStage]) -> list[StageView]:
    """What is behind the last one reached and has no day was not written down; the first beyond it is the next."""
    names = STAGES[row.path]
    last = max((number for number, stage in enumerate(names) if stage in reached), default=-1)
    needed = [n for n, stage in enumerate(names) if n > last and (row.path, stage) not in WHERE_NEEDED]
    current = needed[0] if needed and row.closed_at is None else -1
    return [
        _stage(row, stage, reached.get(stage), "now" if number == current else "ahead", passed=number < last)
        for number, stage in enumerate(names)
    ]


def _stage(row: AgreementRow, stage: Stage, done: AgreementStage | None, mark: str, *, passed: bool) -> StageView:
    when = _("Only where needed") if (row.path, stage) in WHERE_NEEDED else _("Not recorded") if passed else ""
    file = f"/kesepakatan/{row.id}/dokumen/{stage}" if done and done.sha256 else ""
    return StageView(
        name=stage_name(stage, row.path),
        mark="done" if done else mark,
        day=done.done_on if done else None,
        when="" if done else when,
        number=done.number if done else "",
        note=done.note if done else "",
        ends_on=done.ends_on if done else None,
        file=file,
        file_name=done.file_name if done else "",
    )


def _acts(row: AgreementRow, possible: Sequence[Step], *, region: bool, running: bool) -> list[Act]:
    here, steps = f"/kesepakatan/{row.id}", f"/percakapan/{row.conversation_id}/langkah"
    acts = []
    for step in possible:
        words = step_words(step, row.path)
        if step == Step.finish:
            acts.append(Act(words.act, words.meaning, f"{here}?isi=hasil#isi"))
        elif STEPS[step].signed:
            acts.append(Act(words.act, words.meaning, f"{here}?isi=tanda-tangan&langkah={step}#isi"))
        elif step == Step.start:
            acts.append(Act(words.act, words.meaning, f"{steps}?langkah={step}#pilih"))
    if running:
        told = _("What was done this quarter, what stood in the way, and whether to go on.")
        acts.insert(0, Act(_("Report on a quarter"), told, f"{here}?isi=pemantauan#isi"))
    if region and not running and written_by_hand(row.path):
        told = _("An offer, a draft or an approval, with its day and paper.")
        acts.append(Act(_("Record a stage"), told, f"{here}?isi=tahap#isi"))
    return acts


def _milestone(row: AgreementRow, m: Milestone, today: date) -> MilestoneView:
    file = f"/kesepakatan/{row.id}/capaian/{m.id}/bukti" if m.sha256 else ""
    late = m.done_on is None and m.due_on < today
    return MilestoneView(m.id or 0, m.title, m.due_on, m.done_on, late, m.evidence, file, m.file_name)


def _report(row: AgreementRow, r: Monitoring, name: str) -> ReportView:
    mine = r.organisation_id == row.own_side_id
    outlook = label(Outlook, r.outlook)
    return ReportView(
        show_quarter(r.quarter), name, mine, r.progress, r.indicator, r.obstacle, r.solution, r.rating, outlook
    )


def _quarters(stages: Mapping[str, AgreementStage], today: date) -> list[str]:
    """From the start of the work to this one, the newest first; two years of them at most."""
    begun = stages[Stage.running].done_on if Stage.running in stages else today
    first, last = (day.year * 4 + (day.month - 1) // 3 for day in (begun, today))
    return [f"{number // 4}-Q{number % 4 + 1}" for number in range(last, max(first, last - 7) - 1, -1)]
