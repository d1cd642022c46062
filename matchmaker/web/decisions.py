"""The numbered points of a talk: proposed by one side, confirmed by the other."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlmodel import select

from matchmaker import access
from matchmaker.actions import decisions as actions
from matchmaker.i18n import gettext as _
from matchmaker.inputs.terms import DecisionInput, RejectionInput
from matchmaker.labels import options
from matchmaker.reading.decisions import DecisionRow, decisions_of
from matchmaker.web.forms import Form, query_form
from matchmaker.web.talk import TalkPage, talk_head
from matchmaker.web.visit import Answer, Visit, go
from models import Message
from models.vocabulary import DecisionState, MessageKind, TermsSection

TAB = "keputusan"


@dataclass(kw_only=True)
class DecisionsPage(TalkPage):
    """``quoted``: the text of the message that a new proposal comes of. ``replaceable``: decisions that one can take
    the place of. ``reasons``: names of the fields for a reason to turn one down. ``newest``: the last proposal.
    """

    template: ClassVar[str] = "decisions/page.html"
    waiting: list[DecisionRow]
    binding: list[DecisionRow]
    past: list[DecisionRow]
    sections: dict[str, str]
    replaceable: list[tuple[str, str]]
    reasons: dict[str, str]
    newest: DecisionRow | None
    quoted: str
    form: Form


@get("/percakapan/{conversation_id:int}/keputusan")
async def decisions_page(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Response[str]:
    asked = query_form(visit.request.query_params.multi_items())
    given = {"message_id": asked.value("pesan"), "section": asked.value("bagian"), "replaces": asked.value("ganti")}
    return await _show(visit, conversation_id, Form.of(given))


async def _show(visit: Visit, conversation_id: int, form: Form) -> Response[str]:
    conversation = await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    head = await talk_head(visit, conversation_id, TAB)
    rows = await decisions_of(visit.session, conversation)
    binding = [row for row in rows if row.binding]
    waiting = [row for row in rows if row.state == DecisionState.proposed]
    page = DecisionsPage(
        head=head,
        waiting=waiting,
        binding=binding,
        past=[row for row in rows if row not in waiting and not row.binding],
        sections=dict(options(TermsSection)),
        replaceable=[(str(row.number), f"{row.number}. {row.title}") for row in binding],
        reasons={f"reason_{row.number}": _("Why not") for row in waiting},
        newest=rows[-1] if rows else None,
        quoted=await _quoted(visit, conversation_id, form),
        form=form,
    )
    return visit.show(page, 409 if form.conflict else 422 if form.errors else 200)


async def _quoted(visit: Visit, conversation_id: int, form: Form) -> str:
    """The message of this talk that the form names; one of another talk, or a note, is as if it were not there."""
    text = form.value("message_id")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        return ""
    query = select(Message.body).where(
        Message.id == int(text), Message.conversation_id == conversation_id, Message.kind == MessageKind.message
    )
    return (await visit.session.exec(query)).first() or ""


@post("/percakapan/{conversation_id:int}/keputusan", status_code=200)
async def propose_decision(visit: NamedDependency[Visit], conversation_id: FromPath[int]) -> Answer:
    await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    made = await visit.attempt(
        form,
        lambda: actions.propose_decision(visit.session, visit.viewer, conversation_id, form.read(DecisionInput)),
    )
    if made is None:
        return await _show(visit, conversation_id, form)
    return go(f"/percakapan/{conversation_id}/{TAB}", "decision_proposed")


@post("/percakapan/{conversation_id:int}/keputusan/{number:int}/setuju", status_code=200)
async def confirm_decision(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], number: FromPath[int]
) -> Answer:
    form = Form()
    done = await visit.attempt(
        form, lambda: actions.confirm_decision(visit.session, visit.viewer, conversation_id, number)
    )
    if done is None:
        return await _show(visit, conversation_id, form)
    return go(f"/percakapan/{conversation_id}/{TAB}", "decision_confirmed")


@post("/percakapan/{conversation_id:int}/keputusan/{number:int}/tarik", status_code=200)
async def withdraw_decision(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], number: FromPath[int]
) -> Answer:
    form = Form()
    done = await visit.attempt(
        form, lambda: actions.withdraw_decision(visit.session, visit.viewer, conversation_id, number)
    )
    if done is None:
        return await _show(visit, conversation_id, form)
    return go(f"/percakapan/{conversation_id}/{TAB}", "withdrawn")


@post("/percakapan/{conversation_id:int}/keputusan/{number:int}/tolak", status_code=200)
async def reject_decision(
    visit: NamedDependency[Visit], conversation_id: FromPath[int], number: FromPath[int]
) -> Answer:
    """Every proposal of the page has its own field, so that no two of them share an id."""
    await access.conversation_to_read(visit.session, visit.viewer, conversation_id)
    form = await visit.form()
    field = f"reason_{number}"
    form.set("reason", form.value(field))
    done = await visit.attempt(
        form,
        lambda: actions.reject_decision(
            visit.session, visit.viewer, conversation_id, number, form.read(RejectionInput)
        ),
    )
    if done is None:
        form.errors = {field if name == "reason" else name: text for name, text in form.errors.items()}
        return await _show(visit, conversation_id, form)
    return go(f"/percakapan/{conversation_id}/{TAB}", "decision_rejected")


HANDLERS = [decisions_page, propose_decision, confirm_decision, withdraw_decision, reject_decision]
