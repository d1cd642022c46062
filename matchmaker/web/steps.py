"""Where a pair stands on its way to a signature, what can be done now, and how it came there."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access
from matchmaker.actions import steps as actions
from matchmaker.i18n import gettext as _
from matchmaker.inputs.contact import StepInput
from matchmaker.labels import label
from matchmaker.reading.agreements import agreement_id_of
from matchmaker.reading.conversations import ConversationRow
from matchmaker.reading.steps import ChangeRow, history_of, stops_of
from matchmaker.routes import HANDED_OVER
from matchmaker.settled import settled_route
from matchmaker.states import ASIDE, STEPS, Path, reasons_of, steps_from, steps_of
from matchmaker.step_words import path_note, state_name, step_name, step_words
from matchmaker.web.forms import Form, query_form
from matchmaker.web.talk import TalkPage, talk_head
from matchmaker.web.visit import Answer, Visit, go
from models import Conversation
from models.vocabulary import PairState, Reason, Step

#: In which step a pair leaves the way: these stand apart from those that go on.
ENDING = (Step.leave, Step.give_up)


@dataclass(frozen=True)
class StopView:
    """A place on the way as its component shows it."""

    name: str
    mark: str
    at: datetime | None
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """A step that the viewer's side can take."""

    step: Step
    act: str
    meaning: str
    ending: bool
    href: str


@dataclass(frozen=True)
class ChangeView:
    what: str
    who: str
    at: datetime
    reason: str
    note: str


@dataclass(kw_only=True)
class StepsPage(TalkPage):
    """``chosen``: the step whose form is open; ``aside``: how the pair has left its way, if it has; ``handed_over``:
    the route leads to another office.
    """

    template: ClassVar[str] = "conversations/steps.html"
    stops: list[StopView]
    aside: str
    choices: list[Choice]
    chosen: Choice | None
    handed_over: bool
    reasons: list[tuple[str, str]]
    path_note: str
    history: list[ChangeView]
    agreement_id: int | None
    form: Form


@get("/percakapan/{conversation_id:int}/langkah")
async def steps_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    chosen = query_form(visit.request.query_params.multi_items()).one_of("langkah", Step)
    return await _show(visit, conversation, Form(), chosen)


async def _show(visit: Visit, conversation: Conversation, form: Form, chosen: str | None) -> Response[str]:
    head = await talk_head(visit, conversation.id or 0, "langkah")
    row, state = head.row, PairState(head.row.state)
    history = await history_of(visit.session, conversation)
    agreement_id = await agreement_id_of(visit.session, row.id)
    handed_over = Step.submit in steps_from(state) and await settled_route(visit.session, conversation) in HANDED_OVER
    steps = [step for step in steps_of(row.side, state, row.path) if not (handed_over and step == Step.submit)]
    choices = [_choice(step, row, agreement_id) for step in steps]
    opened = next((c for c in choices if c.step == chosen and not STEPS[c.step].signed), None)
    page = StepsPage(
        head=head,
        stops=_stops(row, state, history),
        aside=head.state if state in ASIDE else "",
        choices=choices,
        chosen=opened,
        handed_over=handed_over,
        reasons=[(r, label(Reason, r)) for r in reasons_of(opened.step)] if opened else [],
        path_note=path_note(row.path),
        history=[_change(change, row.path) for change in reversed(history)],
        agreement_id=agreement_id,
        form=form,
    )
    return visit.show(page, 422 if form.errors else 200)


def _stops(row: ConversationRow, state: PairState, history: list[ChangeRow]) -> list[StopView]:
    names = {PairState.sent: _("Interest sent")}
    return [
        StopView(names.get(stop.state) or state_name(stop.state, row.path), stop.mark, stop.at)
        for stop in stops_of(row.path, state, history)
    ]


def _choice(step: Step, row: ConversationRow, agreement_id: int | None) -> Choice:
    """What is on paper is recorded on the agreement's page; the rest has its form here."""
    words = step_words(step, row.path)
    href = f"/percakapan/{row.id}/langkah?langkah={step}#pilih"
    if STEPS[step].signed and agreement_id:
        form = "hasil" if step == Step.finish else "tanda-tangan"
        href = f"/kesepakatan/{agreement_id}?isi={form}&langkah={step}#isi"
    return Choice(step, words.act, words.meaning, step in ENDING, href)


def _change(change: ChangeRow, path: Path) -> ChangeView:
    by = [name for name in (change.account_name, change.organisation_name) if name]
    return ChangeView(
        what=step_name(change.step, path) if change.step else _("Interest sent"),
        who=", ".join(by) if by else _("By itself, as time has passed"),
        at=change.at,
        reason=label(Reason, change.reason),
        note=change.note,
    )


@post("/percakapan/{conversation_id:int}/langkah", status_code=200)
async def take_step(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id, lock=True)
    form = await visit.form()

    async def act() -> bool:
        given = form.read(StepInput)
        await actions.take_step(
            visit.session, visit.viewer, conversation, given.step, reason=given.reason, note=given.note
        )
        return True

    if not await visit.attempt(form, act):
        return await _show(visit, conversation, form, form.value("step"))
    return go(f"/percakapan/{conversation_id}/langkah", "stepped")


HANDLERS = [steps_page, take_step]
