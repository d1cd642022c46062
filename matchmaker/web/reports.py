"""Blocking an organisation, and reporting it to the programme office."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access
from matchmaker.actions import reports as actions
from matchmaker.inputs.contact import ReportInput
from matchmaker.labels import options
from matchmaker.templating import Page
from matchmaker.web.forms import Form
from matchmaker.web.visit import Answer, Visit, go
from models import Block, Organisation
from models.vocabulary import ReportReason


@dataclass(kw_only=True)
class ReportPage(Page):
    template: ClassVar[str] = "organisations/report.html"
    organisation: Organisation
    own_name: str
    blocked: bool
    reasons: list[tuple[str, str]]
    form: Form


async def _show(visit: Visit, organisation_id: int, form: Form) -> Response[str]:
    member = actions.reporting_member(visit.viewer, organisation_id)
    organisation = await access.organisation_to_read(visit.session, organisation_id)
    block = await visit.session.get(Block, (member.organisation_id, organisation_id))
    page = ReportPage(
        organisation=organisation,
        own_name=member.name,
        blocked=block is not None,
        reasons=options(ReportReason),
        form=form,
    )
    return visit.show(page, 422 if form.errors else 200)


@get("/organisasi/{organisation_id:int}/laporkan")
async def report_page(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Response[str]:
    return await _show(visit, organisation_id, Form())


@post("/organisasi/{organisation_id:int}/laporkan", status_code=200)
async def report(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Answer:
    actions.reporting_member(visit.viewer, organisation_id)
    form = await visit.form()
    done = await visit.attempt(
        form,
        lambda: actions.report_organisation(visit.session, visit.viewer, organisation_id, form.read(ReportInput)),
    )
    return go(f"/organisasi/{organisation_id}", "reported") if done else await _show(visit, organisation_id, form)


@post("/organisasi/{organisation_id:int}/blokir", status_code=200)
async def block(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Answer:
    await actions.block_organisation(visit.session, visit.viewer, organisation_id)
    return go(f"/organisasi/{organisation_id}/laporkan", "blocked")


@post("/organisasi/{organisation_id:int}/buka-blokir", status_code=200)
async def unblock(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Answer:
    await actions.unblock_organisation(visit.session, visit.viewer, organisation_id)
    return go(f"/organisasi/{organisation_id}/laporkan", "unblocked")


@post("/pengelola/laporan/{report_id:int}/selesai", status_code=200)
async def deal_with(visit: NamedDependency[Visit], report_id: FromPath[int]) -> Answer:
    await actions.deal_with_report(visit.session, visit.viewer, report_id)
    return go("/pengelola", "dealt_with")


HANDLERS = [report_page, report, block, unblock, deal_with]
