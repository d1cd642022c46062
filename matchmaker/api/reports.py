"""Blocking an organisation, and reporting it to the programme office."""

from datetime import datetime

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field

from matchmaker.actions import reports as actions
from matchmaker.api.answers import Answer
from matchmaker.api.once import Posted
from matchmaker.api.routes import post
from matchmaker.inputs.contact import ReportInput
from models.vocabulary import ReportReason

_ONE = "/organisations/{organisation_id:int}"


class BlockAnswer(Answer):
    organisation_id: int
    blocked: bool = Field(description="Whether the caller's organisation takes no expression of interest from it.")


class ReportAnswer(Answer):
    id: int
    about_id: int
    reason: ReportReason
    note: str
    created_at: datetime


@post(f"{_ONE}/block", "blockOrganisation", "Take no interest from an organisation")
async def block(call: Posted, organisation_id: FromPath[int]) -> Response[BlockAnswer]:
    """What waits from it is declined; talks under way go on. 404 for one's own, and for who has no organisation."""

    async def act() -> BlockAnswer:
        await actions.block_organisation(call.session, call.viewer, organisation_id)
        return BlockAnswer(organisation_id=organisation_id, blocked=True)

    return await call.once(act)


@post(f"{_ONE}/unblock", "unblockOrganisation", "Lift the block of an organisation")
async def unblock(call: Posted, organisation_id: FromPath[int]) -> Response[BlockAnswer]:
    async def act() -> BlockAnswer:
        await actions.unblock_organisation(call.session, call.viewer, organisation_id)
        return BlockAnswer(organisation_id=organisation_id, blocked=False)

    return await call.once(act)


@post(f"{_ONE}/report", "reportOrganisation", "Report an organisation", status=201)
async def report(call: Posted, organisation_id: FromPath[int], data: JSONBody[ReportInput]) -> Response[ReportAnswer]:
    """To the programme office alone: the other organisation does not learn of it."""

    async def act() -> ReportAnswer:
        made = await actions.report_organisation(call.session, call.viewer, organisation_id, data)
        return ReportAnswer.model_validate(made)

    return await call.once(act)


HANDLERS = [block, unblock, report]
