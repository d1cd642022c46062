"""Decisions of a talk: numbered points that are final once both sides have confirmed them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Concatenate

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions import decisions as actions
from matchmaker.api.answers import Answer, AuthorAnswer, Page, Party
from matchmaker.api.once import Given, Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.inputs.terms import DecisionInput, RejectionInput
from matchmaker.inputs.validation import check
from matchmaker.reading.decisions import DecisionRow, decisions_of
from matchmaker.reading.listing import read_number
from models.vocabulary import DecisionState, TermsSection


class DecisionAnswer(Answer):
    number: int
    title: str
    body: str
    state: DecisionState
    author: AuthorAnswer = Field(description="Of the side that proposed it, which is that side's yes.")
    created_at: datetime
    confirmed_at: datetime | None = Field(description="When the other side confirmed it; from then on it is final.")
    withdrawn_at: datetime | None
    rejected_at: datetime | None = Field(description="When the other side turned it down.")
    reason: str = Field(description="Why it was turned down.")
    message_id: int | None = Field(description="The message that it came of.")
    section: TermsSection | None = Field(description="The section of the terms that it is about.")
    replaces: int | None = Field(description="The number of an earlier decision.")
    replaced_by: int | None = Field(description="The number of a later, final decision: this one counts no more.")


_DECISIONS = "/conversations/{conversation_id:int}/decisions"


@get(_DECISIONS, "listDecisions", "Decisions by their numbers", asks=Stretch)
async def list_decisions(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], asked: Asked
) -> Page[DecisionAnswer]:
    """For members of either side. Papers are made of those that are `final` and not `replaced_by` another."""
    query = check(Stretch, asked)
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    after = 0 if query.cursor is None else read_number(query.cursor)
    rows = await decisions_of(session, conversation, after=after, limit=query.limit + 1)
    shown = rows[: query.limit]
    return Page(items=[_decision(r) for r in shown], next=str(shown[-1].number) if len(rows) > len(shown) else None)


@post(_DECISIONS, "proposeDecision", "Propose a decision", status=201)
async def propose_decision(
    call: Posted, conversation_id: FromPath[int], data: JSONBody[DecisionInput]
) -> Response[DecisionAnswer]:
    """It takes the next number. `replaces` is the number of a final decision that it takes the place of."""
    return await call.act(
        lambda made: _one(call.session, call.viewer, conversation_id, made.number),
        actions.propose_decision,
        conversation_id,
        data,
    )


@post(f"{_DECISIONS}/{{number:int}}/confirm", "confirmDecision", "Confirm a decision")
async def confirm_decision(
    call: Posted, conversation_id: FromPath[int], number: FromPath[int]
) -> Response[DecisionAnswer]:
    """By the side that did not propose it; then it is final and never changes."""
    return await _do(call, actions.confirm_decision, conversation_id, number)


@post(f"{_DECISIONS}/{{number:int}}/withdraw", "withdrawDecision", "Withdraw a proposal")
async def withdraw_decision(
    call: Posted, conversation_id: FromPath[int], number: FromPath[int]
) -> Response[DecisionAnswer]:
    """By the side that proposed it, before the other has confirmed."""
    return await _do(call, actions.withdraw_decision, conversation_id, number)


@post(f"{_DECISIONS}/{{number:int}}/reject", "rejectDecision", "Turn a proposal down")
async def reject_decision(
    call: Posted, conversation_id: FromPath[int], number: FromPath[int], data: JSONBody[RejectionInput]
) -> Response[DecisionAnswer]:
    """By the side that did not propose it, before it has confirmed."""
    return await _do(call, actions.reject_decision, conversation_id, number, data)


async def _do(
    call: Posted,
    verb: Callable[Concatenate[AsyncSession, Viewer | None, int, int, Given], Awaitable[object]],
    conversation_id: int,
    number: int,
    *given: Given.args,
    **named: Given.kwargs,
) -> Response[DecisionAnswer]:
    """Something is done with a decision; it is answered as it stands then."""
    return await call.act(
        lambda _: _one(call.session, call.viewer, conversation_id, number),
        verb,
        conversation_id,
        number,
        *given,
        **named,
    )


async def _one(session: AsyncSession, viewer: Viewer | None, conversation_id: int, number: int) -> DecisionAnswer:
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    await session.flush()
    return _decision((await decisions_of(session, conversation, number=number))[0])


def _decision(row: DecisionRow) -> DecisionAnswer:
    organisation = Party(id=row.organisation_id, name=row.organisation_name)
    author = AuthorAnswer(id=row.author_id, name=row.author_name or None, organisation=organisation)
    return DecisionAnswer.model_validate({**vars(row), "author": author})


HANDLERS = [list_decisions, propose_decision, confirm_decision, withdraw_decision, reject_decision]
