"""The route finder: four questions to the legal route of a cooperation, before any talk and within one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, facts
from matchmaker.access import PARTNERS
from matchmaker.actions import routes as actions
from matchmaker.inputs.route import RouteAnswersInput
from matchmaker.labels import choices
from matchmaker.reading.routes import Finding, TalkAnswers, answers_of, find_route, regions_of_their_own
from matchmaker.routes import QUESTIONS, Answers
from matchmaker.states import STEPS
from matchmaker.templating import Page
from matchmaker.web.forms import Form, query_form
from matchmaker.web.talk import TalkPage, talk_head
from matchmaker.web.visit import Answer, Visit, go
from models import Conversation
from models.vocabulary import LegalForm, Step

Options = dict[str, list[tuple[str, str, str]]]


@dataclass(kw_only=True)
class FinderPage(Page):
    """``options``: (code, name, what it means) by question; ``found``: none before the partner's form is known;
    ``regions``: those with rules of their own.
    """

    template: ClassVar[str] = "routes/finder.html"
    form: Form
    options: Options
    found: Finding | None
    regions: list[tuple[str, str]]
    region_name: str


@dataclass(kw_only=True)
class TalkRoutePage(TalkPage):
    """``known``: the answers, and who gave them; ``may_leave``: whether the talk can end for another route."""

    template: ClassVar[str] = "routes/talk.html"
    form: Form
    options: Options
    found: Finding
    known: TalkAnswers
    may_leave: bool


def _options() -> Options:
    return {question: choices(vocabulary) for question, vocabulary in QUESTIONS.items()}


@get("/jalur")
async def finder_page(visit: NamedDependency[Visit]) -> Response[str]:
    form = query_form(visit.request.query_params.multi_items())
    region = form.one_of("region", facts.regions())
    given = {name: code for name, kind in QUESTIONS.items() if (code := form.one_of(name, kind))}
    answers = _answers(given)
    for name, code in (asdict(answers) if answers else _supposed(visit) | given).items():
        form.set(name, code)
    page = FinderPage(
        form=form,
        options=_options(),
        found=await find_route(visit.session, answers, region) if answers else None,
        regions=[(code, facts.regions()[code]) for code in await regions_of_their_own(visit.session)],
        region_name=facts.regions().get(region or "", ""),
    )
    return visit.show(page)


def _answers(given: Mapping[str, str]) -> Answers | None:
    if "legal_form" not in given:
        return None
    kinds = {name: QUESTIONS[name](code) for name, code in given.items()}
    return Answers(LegalForm(given["legal_form"])).changed(kinds)


def _supposed(visit: Visit) -> dict[str, str]:
    """Before anything was answered: whoever works for a partner asks for it."""
    memberships = visit.viewer.memberships if visit.viewer else ()
    form = next((m.legal_form for m in memberships if m.kind in PARTNERS), "")
    return {"legal_form": form, "abroad": "body" if form == LegalForm.foreign else "none"}


@get("/percakapan/{conversation_id:int}/jalur")
async def talk_route_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    return await _show(visit, conversation, Form())


async def _show(visit: Visit, conversation: Conversation, form: Form) -> Response[str]:
    known = await answers_of(visit.session, conversation)
    if not form.was_sent:
        form = Form.of(asdict(known.answers))
    # Whoever was told of another's change saves knowing it.
    form.set("version", str(known.version))
    page = TalkRoutePage(
        head=await talk_head(visit, conversation.id or 0, "jalur"),
        form=form,
        options=_options(),
        found=await find_route(visit.session, known.answers, known.region_code),
        known=known,
        may_leave=conversation.state in STEPS[Step.leave].sources,
    )
    return visit.show(page, 422 if form.errors else 200)


@post("/percakapan/{conversation_id:int}/jalur", status_code=200)
async def answer_questions(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    standing = (await answers_of(visit.session, conversation)).answers
    done = await visit.attempt(
        form,
        lambda: actions.answer_route(
            visit.session, visit.viewer, conversation_id, standing, form.read(RouteAnswersInput)
        ),
    )
    return go(f"/percakapan/{conversation_id}/jalur", "saved") if done else await _show(visit, conversation, form)


@post("/percakapan/{conversation_id:int}/jalur/tutup", status_code=200)
async def leave_for_other_route(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    await actions.leave_for_other_route(visit.session, visit.viewer, conversation_id)
    return go(f"/percakapan/{conversation_id}", "left")


HANDLERS = [finder_page, talk_route_page, answer_questions, leave_for_other_route]
