"""Expressions of interest: the first contact between a region and a partner."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Concatenate

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions import interests as actions
from matchmaker.api.answers import Answer, Page
from matchmaker.api.once import Given, Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.inputs.contact import InterestInput, Refusal
from matchmaker.inputs.validation import check
from matchmaker.reading.interests import list_interests as read_interests
from models.vocabulary import FirstStep, InterestState, Reason


class InterestAnswer(Answer):
    id: int
    state: InterestState
    incoming: bool = Field(description="Sent to an organisation of the caller's.")
    initiative_id: int
    initiative_title: str
    card_id: int
    card_title: str
    from_organisation_id: int
    from_name: str
    to_organisation_id: int
    to_name: str
    message: str
    first_step: FirstStep
    reason: Reason | None = Field(description="Why it was declined.")
    note: str = Field(description="What the declining side added.")
    created_at: datetime
    due_at: datetime = Field(description="Until when an answer is hoped for.")
    seen_at: datetime | None = Field(description="When the receiving side first opened it.")
    answered_at: datetime | None
    conversation_id: int | None = Field(description="Once it was accepted.")


@post("/interests", "expressInterest", "Express interest", status=201)
async def express_interest(call: Posted, data: JSONBody[InterestInput]) -> Response[InterestAnswer]:
    """From a member of either organisation to the other; both must be published. One open interest a pair."""
    return await call.act(
        lambda interest: _answer(call.session, call.viewer, interest.id or 0), actions.express_interest, data
    )


@get("/interests", "listInterests", "Own interests of both directions, newest first", asks=Stretch)
async def list_interests(session: Transaction, viewer: Caller, asked: Asked) -> Page[InterestAnswer]:
    query = check(Stretch, asked)
    listing = await read_interests(session, access.signed_in(viewer), query.cursor, query.limit)
    return Page(items=[InterestAnswer.model_validate(row) for row in listing.items], next=listing.next)


@get("/interests/{interest_id:int}", "getInterest", "An interest")
async def get_interest(session: Transaction, viewer: Caller, interest_id: FromPath[int]) -> InterestAnswer:
    """For members of either side. Reading it here does not count as having seen it."""
    await access.interest_to_read(session, viewer, interest_id)
    return await _answer(session, viewer, interest_id)


@post("/interests/{interest_id:int}/accept", "acceptInterest", "Accept an interest")
async def accept_interest(call: Posted, interest_id: FromPath[int]) -> Response[InterestAnswer]:
    """By the side that it was sent to. It opens the conversation `conversation_id`."""
    return await _do(call, actions.accept_interest, interest_id)


@post("/interests/{interest_id:int}/decline", "declineInterest", "Decline an interest")
async def decline_interest(
    call: Posted, interest_id: FromPath[int], data: JSONBody[Refusal]
) -> Response[InterestAnswer]:
    """By the side that it was sent to, which tells the other its reason."""
    return await _do(call, actions.decline_interest, interest_id, data)


@post("/interests/{interest_id:int}/withdraw", "withdrawInterest", "Withdraw an interest")
async def withdraw_interest(call: Posted, interest_id: FromPath[int]) -> Response[InterestAnswer]:
    """By the side that sent it, before it is answered."""
    return await _do(call, actions.withdraw_interest, interest_id)


async def _do(
    call: Posted,
    verb: Callable[Concatenate[AsyncSession, Viewer | None, int, Given], Awaitable[object]],
    interest_id: int,
    *given: Given.args,
    **named: Given.kwargs,
) -> Response[InterestAnswer]:
    """Something is done with an interest; it is answered as it stands then."""
    return await call.act(
        lambda _: _answer(call.session, call.viewer, interest_id), verb, interest_id, *given, **named
    )


async def _answer(session: AsyncSession, viewer: Viewer | None, interest_id: int) -> InterestAnswer:
    """Of an interest that the viewer was allowed to reach."""
    await session.flush()
    listing = await read_interests(session, access.signed_in(viewer), interest_id=interest_id)
    return InterestAnswer.model_validate(listing.items[0])


HANDLERS = [
    express_interest,
    list_interests,
    get_interest,
    accept_interest,
    decline_interest,
    withdraw_interest,
]
