"""Writing a version of the term sheet."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access
from matchmaker.actions import terms as actions
from matchmaker.i18n import gettext as _
from matchmaker.i18n import mark
from matchmaker.inputs.terms import TermsInput
from matchmaker.labels import label
from matchmaker.reading.comparison import written
from matchmaker.reading.first_sheet import first_sheet
from matchmaker.reading.terms import history_of, sheets_of
from matchmaker.web.editing import show_conflict
from matchmaker.web.forms import Form
from matchmaker.web.talk import TalkPage, talk_head
from matchmaker.web.terms import TAB, note_on
from matchmaker.web.visit import Answer, Visit, go
from models import Conversation
from models.vocabulary import TermsSection


class Question(NamedTuple):
    """``hint`` and ``example`` stand beside the field; marked for the catalogue."""

    section: TermsSection
    hint: str
    example: str


S = TermsSection
#: The sheet in groups, in its order: a form of thirteen fields without a break is a wall.
GROUPS: tuple[tuple[str, tuple[Question, ...]], ...] = (
    (
        mark("What, and why"),
        (
            Question(
                S.purpose,
                mark("What the cooperation is meant to change, for whom. It opens the agreement."),
                mark(
                    "To halve the organic waste that the three markets of Waingapu send to the landfill, and to give "
                    "farmers near by compost of tested quality."
                ),
            ),
            Question(
                S.object,
                mark("The thing that the cooperation is about, in a line or two."),
                mark("Composting the organic waste of Pasar Inpres, Pasar Matawai and Pasar Kambajawa."),
            ),
            Question(
                S.scope,
                mark("What is done, point by point. Say what is not part of it, too."),
                mark(
                    "Installing two machines; training nine operators; testing the compost each month. Not part of "
                    "it: carrying waste from other markets."
                ),
            ),
        ),
    ),
    (
        mark("Where, and for how long"),
        (
            Question(S.location, mark("Places by name, as precisely as they are known."), ""),
            Question(
                S.duration_months,
                mark("From 1 to 60: a cooperation agreement (PKS) lasts at most 60 months. A pilot is often 6 to 12."),
                "",
            ),
        ),
    ),
    (
        mark("Who brings what"),
        (
            Question(
                S.region_brings,
                mark("Sites, people, data, permits, budget: what the partner can count on."),
                mark("A site of 400 square metres with power, one counterpart at the office, the daily weighing log."),
            ),
            Question(
                S.partner_brings,
                mark("Machines, people, knowledge, licences: what the region can count on."),
                mark("Two machines of one tonne a day, three days of training, a visit each quarter for a year."),
            ),
            Question(
                S.costs,
                mark(
                    "Who pays for what, and from which source. If the region pays for goods or services, this is a "
                    "procurement and not settled here."
                ),
                mark("Each side bears the cost of its own people. Power is paid by the office of the environment."),
            ),
        ),
    ),
    (
        mark("Safeguards"),
        (
            Question(
                S.data_privacy,
                mark(
                    "Which data are shared, for what and how long; whether there are personal data among them "
                    "(Law 27/2022), and who answers for those."
                ),
                mark(
                    "Weights by market and day only, no personal data. Copies are deleted three months after the end."
                ),
            ),
            Question(
                S.intellectual_property,
                mark("What each side owns already, and to whom belongs what is made together."),
                mark("The design of the machine stays the partner's. Results of the tests may be published by both."),
            ),
        ),
    ),
    (
        mark("Results, and the end"),
        (
            Question(
                S.success,
                mark("How both sides will see that it works: figure now, figure hoped for, by when."),
                mark("Waste to the landfill: from 6 to 3 tonnes a day within nine months, by the weighing log."),
            ),
            Question(
                S.graduation,
                mark("If this is a pilot: what is decided at its end, by whom, and on which figures."),
                mark("If the target is met two months running, the office proposes all seven markets for next year."),
            ),
            Question(
                S.ending,
                mark("How either side ends it early, with what notice, and what becomes of machines and data then."),
                mark("By letter with three months' notice. Machines go back to the partner within 30 days."),
            ),
        ),
    ),
)


@dataclass(kw_only=True)
class WritePage(TalkPage):
    """``groups``: (title, questions as (key, name, hint, example)); ``filled``: keys of sections that say something.

    ``conflicts``: (section, what the other wrote); ``taken``: names of sections that were taken over from it.
    """

    template: ClassVar[str] = "terms/edit.html"
    form: Form
    base: int
    groups: list[tuple[str, list[tuple[str, str, str, str]]]]
    names: dict[str, str]
    filled: set[str]
    conflicts: list[tuple[str, str]]
    taken: list[str]
    note: str


@get("/percakapan/{conversation_id:int}/rancangan/ubah")
async def write_terms_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    if conversation.state not in actions.WRITABLE:
        return go(f"/percakapan/{conversation_id}/{TAB}")
    newest = await history_of(visit.session, conversation, limit=1)
    number = newest[0].number if newest else 0
    sheet = await _sheet(visit, conversation, number)
    return await _show(visit, conversation_id, Form.of(sheet | {"version": number}))


@post("/percakapan/{conversation_id:int}/rancangan/ubah", status_code=200)
async def propose_terms(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    base = form.value("version")
    made = await visit.attempt(
        form,
        lambda: actions.propose_terms(visit.session, visit.viewer, conversation_id, form.read(TermsInput)),
    )
    if made is not None:
        return go(f"/percakapan/{conversation_id}/{TAB}", "terms_proposed")
    return await _show(visit, conversation_id, form, await _taken_over(visit, conversation, form, base))


async def _sheet(visit: Visit, conversation: Conversation, number: int) -> dict[str, object]:
    """What a version says; before there is one, what the initiative and the card say."""
    if not number:
        return await first_sheet(visit.session, conversation)
    return (await sheets_of(visit.session, conversation, {number})).get(number, actions.sections_of(None))


async def _taken_over(visit: Visit, conversation: Conversation, form: Form, base: str) -> list[str]:
    """After a conflict, sections that the writer had left alone become what the other wrote there; answers which."""
    if form.conflict is None or form.conflict.current is None:
        return []
    theirs, yours = form.conflict.current, form.conflict.yours or {}
    before = await _sheet(visit, conversation, int(base) if base.isdecimal() and len(base) < 10 else 0)
    taken = [
        section.value
        for section in TermsSection
        if section in yours
        and written(yours[section]) == written(before[section])
        and written(theirs[section]) != written(before[section])
    ]
    for section in taken:
        form.set(section, written(theirs[section]))
    return taken


async def _show(visit: Visit, conversation_id: int, form: Form, taken: list[str] | None = None) -> Response[str]:
    head = await talk_head(visit, conversation_id, TAB)
    names = {section.value: label(TermsSection, section) for section in TermsSection}
    taken = taken or []
    page = WritePage(
        head=head,
        form=form,
        base=int(form.value("version")) if form.value("version").isdecimal() else 0,
        groups=[
            (_(title), [(q.section.value, names[q.section], _(q.hint), _(q.example) if q.example else "") for q in qs])
            for title, qs in GROUPS
        ],
        names=names,
        filled={section for section in names if form.value(section).strip()},
        conflicts=[(section, text) for section, text in show_conflict(form) if section not in taken],
        taken=[names[section] for section in taken],
        note=note_on(head.row.state),
    )
    response = visit.show(page, 409 if form.conflict else 422 if form.errors else 200)
    # A page taken back from the history would be sent against a version that is past.
    response.headers["Cache-Control"] = "private, no-store"
    return response


HANDLERS = [write_terms_page, propose_terms]
