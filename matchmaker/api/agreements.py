"""Agreements: their stages and papers, milestones, reports by quarter, and what came of them."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Concatenate

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions import agreements as papers
from matchmaker.actions import results
from matchmaker.agreement_access import agreement_to_read
from matchmaker.api.answers import Answer, Page
from matchmaker.api.once import Given, Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.inputs.agreement import (
    ClosingInput,
    EvidenceInput,
    MilestoneInput,
    MonitoringInput,
    ShowInput,
    SigningInput,
    StageInput,
)
from matchmaker.inputs.validation import check
from matchmaker.reading.agreements import AgreementRow, milestones_of, monitoring_of, stages_of_agreement
from matchmaker.reading.agreements import list_agreements as read_agreements
from matchmaker.stages import STAGES
from matchmaker.states import Path
from models.vocabulary import Outlook, PairState, Stage


class AgreementAnswer(Answer):
    id: int
    conversation_id: int
    state: PairState
    path: Path
    initiative_id: int
    initiative_title: str
    other_name: str = Field(description="Whom it is with.")
    my_turn: bool
    due_at: datetime | None
    ends_on: date | None = Field(description="Of the paper under which the work is done.")
    closed_at: datetime | None


class StageAnswer(Answer):
    stage: Stage
    done_on: date | None = Field(description="Null for one that is not reached or not recorded.")
    number: str
    ends_on: date | None
    note: str
    file_name: str | None = Field(description="Of the paper, where one was handed in; fetched by getPaper.")


class MilestoneAnswer(Answer):
    id: int
    title: str
    due_on: date
    done_on: date | None
    evidence: str


class ReportAnswer(Answer):
    quarter: str
    organisation: str
    progress: str
    indicator: str
    obstacle: str
    solution: str
    rating: int
    outlook: Outlook


class FigureAnswer(Answer):
    name: str
    baseline: str
    target: str
    reached: str


class AgreementDetail(AgreementAnswer):
    stages: list[StageAnswer]
    milestones: list[MilestoneAnswer]
    reports: list[ReportAnswer] = Field(description="The newest quarter first.")
    result: str
    figures: list[FigureAnswer]
    shown_by_us: bool = Field(description="The caller's side agrees that everybody reads the result.")
    shown_by_them: bool


@get("/agreements", "listAgreements", "Own agreements, newest first", asks=Stretch)
async def list_agreements(session: Transaction, viewer: Caller, asked: Asked) -> Page[AgreementAnswer]:
    query = check(Stretch, asked)
    listing = await read_agreements(session, access.signed_in(viewer), query.cursor, query.limit)
    return Page(items=[AgreementAnswer.model_validate(row) for row in listing.items], next=listing.next)


@get("/agreements/{agreement_id:int}", "getAgreement", "An agreement")
async def get_agreement(session: Transaction, viewer: Caller, agreement_id: FromPath[int]) -> AgreementDetail:
    """For members of either side."""
    return await _detail(session, viewer, agreement_id)


@post("/agreements/{agreement_id:int}/stages", "recordStage", "Record a stage")
async def record_stage(
    call: Posted, agreement_id: FromPath[int], data: JSONBody[StageInput]
) -> Response[AgreementDetail]:
    """By the region: an offer, a draft, an approval. Recorded again, it is corrected."""
    return await _do(call, papers.record_stage, agreement_id, data)


@post("/agreements/{agreement_id:int}/signatures", "recordSignature", "Record a signed paper")
async def record_signature(
    call: Posted, agreement_id: FromPath[int], data: JSONBody[SigningInput]
) -> Response[AgreementDetail]:
    """By the region; `step` is sign_kb or sign_pks, which the pair takes by it. `on_paper_at` says where the
    paper lies; a file of it is handed in behind it, by addPaper.
    """
    return await _do(call, papers.sign, agreement_id, data)


@post("/agreements/{agreement_id:int}/milestones", "addMilestone", "Add a milestone")
async def add_milestone(
    call: Posted, agreement_id: FromPath[int], data: JSONBody[MilestoneInput]
) -> Response[AgreementDetail]:
    return await _do(call, results.add_milestone, agreement_id, data)


@post("/agreements/{agreement_id:int}/milestones/{milestone_id:int}/reached", "reachMilestone", "Reach a milestone")
async def reach_milestone(
    call: Posted, agreement_id: FromPath[int], milestone_id: FromPath[int], data: JSONBody[EvidenceInput]
) -> Response[AgreementDetail]:
    """With what shows it. Once."""
    return await _do(call, results.reach_milestone, agreement_id, milestone_id, data)


@post("/agreements/{agreement_id:int}/monitoring", "reportQuarter", "Report on a quarter")
async def report_quarter(
    call: Posted, agreement_id: FromPath[int], data: JSONBody[MonitoringInput]
) -> Response[AgreementDetail]:
    """Once a quarter by each side, while the work is running."""
    return await _do(call, results.report_quarter, agreement_id, data)


@post("/agreements/{agreement_id:int}/closing", "closeAgreement", "Finish with a result")
async def close_agreement(
    call: Posted, agreement_id: FromPath[int], data: JSONBody[ClosingInput]
) -> Response[AgreementDetail]:
    """By either side. The result is public once both agree to `show` it."""
    return await _do(call, results.close_agreement, agreement_id, data)


@post("/agreements/{agreement_id:int}/show", "showResult", "Agree to a public result, or take it back")
async def show_result(
    call: Posted, agreement_id: FromPath[int], data: JSONBody[ShowInput]
) -> Response[AgreementDetail]:
    return await _do(call, results.show_result, agreement_id, data)


async def _do(
    call: Posted,
    verb: Callable[Concatenate[AsyncSession, Viewer | None, int, Given], Awaitable[object]],
    agreement_id: int,
    *given: Given.args,
    **named: Given.kwargs,
) -> Response[AgreementDetail]:
    """Something is done with an agreement; it is answered as it stands then."""
    return await call.act(
        lambda _: _detail(call.session, call.viewer, agreement_id), verb, agreement_id, *given, **named
    )


async def _detail(session: AsyncSession, viewer: Viewer | None, agreement_id: int) -> AgreementDetail:
    await agreement_to_read(session, viewer, agreement_id)
    row = (await read_agreements(session, access.signed_in(viewer), agreement_id=agreement_id)).items[0]
    reports = await monitoring_of(session, agreement_id)
    return AgreementDetail(
        **dict(AgreementAnswer.model_validate(row)),
        stages=await _stages(session, row),
        milestones=[MilestoneAnswer.model_validate(m) for m in await milestones_of(session, agreement_id)],
        reports=[
            ReportAnswer.model_validate({**report.model_dump(), "organisation": name}) for report, name in reports
        ],
        result=row.result,
        figures=[FigureAnswer.model_validate(figure) for figure in row.figures],
        shown_by_us=row.shown_by_us,
        shown_by_them=row.shown_by_them,
    )


async def _stages(session: AsyncSession, row: AgreementRow) -> list[StageAnswer]:
    """All of the path, in their order."""
    reached = await stages_of_agreement(session, row.id)
    answers = []
    for stage in STAGES[row.path]:
        done = reached.get(stage)
        answers.append(
            StageAnswer(
                stage=stage,
                done_on=done.done_on if done else None,
                number=done.number if done else "",
                ends_on=done.ends_on if done else None,
                note=done.note if done else "",
                file_name=(done.file_name or None) if done else None,
            )
        )
    return answers


HANDLERS = [
    list_agreements,
    get_agreement,
    record_stage,
    record_signature,
    add_milestone,
    reach_milestone,
    report_quarter,
    close_agreement,
    show_result,
]
