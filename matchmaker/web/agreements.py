"""Agreements: the list, and one with its stages, milestones, reports and result."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from matchmaker import access
from matchmaker.actions import agreements as papers
from matchmaker.actions import results
from matchmaker.agreement_access import agreement_to_read
from matchmaker.downloads import file_answer
from matchmaker.errors import NotFound
from matchmaker.inputs.agreement import (
    ClosingInput,
    EvidenceInput,
    MilestoneInput,
    MonitoringInput,
    ShowInput,
    SigningInput,
    StageInput,
)
from matchmaker.inputs.file import LARGEST_FILE, MEDIA_TYPES
from matchmaker.reading.agreements import (
    AgreementRow,
    list_agreements,
    milestones_of,
    monitoring_of,
    stages_of_agreement,
)
from matchmaker.reading.listing import Listing
from matchmaker.templating import Page
from matchmaker.uploads import TAKES_FILE, has_upload, upload_of
from matchmaker.web.agreement_view import AgreementView, agreement_view, state_of
from matchmaker.web.forms import Form, query_form
from matchmaker.web.visit import Answer, Visit, go
from models import AgreementStage, Milestone, now
from models.vocabulary import FileKind

#: The forms of the page, by what its address says; one is open at a time.
FORMS = ("tahap", "tanda-tangan", "capaian", "bukti", "pemantauan", "hasil")


@dataclass(kw_only=True)
class ListPage(Page):
    template: ClassVar[str] = "agreements/list.html"
    listing: Listing[AgreementRow]
    states: dict[int, str]


@dataclass(kw_only=True)
class AgreementPage(Page):
    """``opened``: the form that is open; ``milestone``: the one that its evidence is for."""

    template: ClassVar[str] = "agreements/detail.html"
    a: AgreementView
    opened: str
    milestone: int
    form: Form
    most: int = LARGEST_FILE


@get("/kesepakatan")
async def agreements_page(visit: NamedDependency[Visit]) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    listing = await list_agreements(visit.session, viewer, visit.request.query_params.get("lanjut"))
    return visit.show(ListPage(listing=listing, states={a.id: state_of(a) for a in listing.items}))


@get("/kesepakatan/{agreement_id:int}")
async def agreement_page(visit: NamedDependency[Visit], agreement_id: FromPath[int]) -> Response[str]:
    asked = query_form(visit.request.query_params.multi_items())
    milestone = asked.value("ke")
    number = int(milestone) if milestone.isascii() and milestone.isdecimal() and len(milestone) < 10 else 0
    opened = asked.one_of("isi", FORMS) or ""
    form = Form({"stage": asked.chosen("tahap"), "step": asked.chosen("langkah")})
    return await _show(visit, agreement_id, form, opened, number)


async def _show(visit: Visit, agreement_id: int, form: Form, opened: str, milestone: int = 0) -> Response[str]:
    await agreement_to_read(visit.session, visit.viewer, agreement_id)
    viewer, session = access.signed_in(visit.viewer), visit.session
    row = (await list_agreements(session, viewer, agreement_id=agreement_id)).items[0]
    view = agreement_view(
        row,
        await stages_of_agreement(session, agreement_id),
        await milestones_of(session, agreement_id),
        await monitoring_of(session, agreement_id),
        now(),
    )
    page = AgreementPage(a=view, opened=opened, milestone=milestone, form=form)
    return visit.show(page, 422 if form.errors else 200)


async def _carry_out(
    visit: Visit,
    agreement_id: int,
    opened: str,
    act: Callable[[Form], Awaitable[object]],
    milestone: int = 0,
) -> Answer:
    """``act`` on what was handed in; the form again where something is to be mended."""
    await agreement_to_read(visit.session, visit.viewer, agreement_id)
    form = await visit.form()
    if await visit.attempt(form, lambda: act(form)) is None:
        return await _show(visit, agreement_id, form, opened, milestone)
    return go(f"/kesepakatan/{agreement_id}", "stepped")


def _paper(visit: Visit) -> papers.Paper | None:
    """The file of the form, if one was chosen."""
    if not has_upload(visit.request):
        return None
    upload = upload_of(visit.request)
    return papers.Paper(upload.name, upload.kind, upload.incoming)


@post("/kesepakatan/{agreement_id:int}/tahap", status_code=200, opt=TAKES_FILE)
async def record_stage(visit: NamedDependency[Visit], agreement_id: FromPath[int]) -> Answer:
    async def act(form: Form) -> object:
        given = form.read(StageInput)
        return await papers.record_stage(visit.session, visit.viewer, agreement_id, given, _paper(visit))

    return await _carry_out(visit, agreement_id, "tahap", act)


@post("/kesepakatan/{agreement_id:int}/tanda-tangan", status_code=200, opt=TAKES_FILE)
async def sign(visit: NamedDependency[Visit], agreement_id: FromPath[int]) -> Answer:
    async def act(form: Form) -> object:
        given = form.read(SigningInput)
        return await papers.sign(visit.session, visit.viewer, agreement_id, given, _paper(visit))

    return await _carry_out(visit, agreement_id, "tanda-tangan", act)


@post("/kesepakatan/{agreement_id:int}/capaian", status_code=200)
async def add_milestone(visit: NamedDependency[Visit], agreement_id: FromPath[int]) -> Answer:
    async def act(form: Form) -> object:
        return await results.add_milestone(visit.session, visit.viewer, agreement_id, form.read(MilestoneInput))

    return await _carry_out(visit, agreement_id, "capaian", act)


@post("/kesepakatan/{agreement_id:int}/capaian/{milestone_id:int}", status_code=200, opt=TAKES_FILE)
async def reach_milestone(
    visit: NamedDependency[Visit], agreement_id: FromPath[int], milestone_id: FromPath[int]
) -> Answer:
    async def act(form: Form) -> object:
        given, paper = form.read(EvidenceInput), _paper(visit)
        return await results.reach_milestone(visit.session, visit.viewer, agreement_id, milestone_id, given, paper)

    return await _carry_out(visit, agreement_id, "bukti", act, milestone_id)


@post("/kesepakatan/{agreement_id:int}/pemantauan", status_code=200)
async def report_quarter(visit: NamedDependency[Visit], agreement_id: FromPath[int]) -> Answer:
    async def act(form: Form) -> object:
        return await results.report_quarter(visit.session, visit.viewer, agreement_id, form.read(MonitoringInput))

    return await _carry_out(visit, agreement_id, "pemantauan", act)


@post("/kesepakatan/{agreement_id:int}/hasil", status_code=200)
async def close_agreement(visit: NamedDependency[Visit], agreement_id: FromPath[int]) -> Answer:
    async def act(form: Form) -> object:
        return await results.close_agreement(visit.session, visit.viewer, agreement_id, form.read(ClosingInput))

    return await _carry_out(visit, agreement_id, "hasil", act)


@post("/kesepakatan/{agreement_id:int}/tampil", status_code=200)
async def show_result(visit: NamedDependency[Visit], agreement_id: FromPath[int]) -> Answer:
    async def act(form: Form) -> object:
        return await results.show_result(visit.session, visit.viewer, agreement_id, form.read(ShowInput))

    return await _carry_out(visit, agreement_id, "", act)


@get("/kesepakatan/{agreement_id:int}/dokumen/{stage:str}")
async def stage_paper(visit: NamedDependency[Visit], agreement_id: FromPath[int], stage: FromPath[str]) -> Stream:
    await agreement_to_read(visit.session, visit.viewer, agreement_id)
    stages = await stages_of_agreement(visit.session, agreement_id)
    return await _download(visit, stages.get(stage))


@get("/kesepakatan/{agreement_id:int}/capaian/{milestone_id:int}/bukti")
async def milestone_paper(
    visit: NamedDependency[Visit], agreement_id: FromPath[int], milestone_id: FromPath[int]
) -> Stream:
    await agreement_to_read(visit.session, visit.viewer, agreement_id)
    milestone = await access.by_id(visit.session, Milestone, milestone_id)
    return await _download(visit, milestone if milestone.agreement_id == agreement_id else None)


async def _download(visit: Visit, row: AgreementStage | Milestone | None) -> Stream:
    if row is None or row.sha256 is None:
        raise NotFound
    media_type = MEDIA_TYPES[FileKind(row.file_kind)]
    return await file_answer(visit.services.storage, row.sha256, row.file_size, row.file_name, media_type)


HANDLERS = [
    agreements_page,
    agreement_page,
    record_stage,
    sign,
    add_milestone,
    reach_milestone,
    report_quarter,
    close_agreement,
    show_result,
    stage_paper,
    milestone_paper,
]
