"""The programme office: organisations that wait for verification, and the national picture."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, facts
from matchmaker.actions import failures as failed_work
from matchmaker.actions import organisations as actions
from matchmaker.labels import options
from matchmaker.reading.failures import Failures, failures
from matchmaker.reading.listing import Listing
from matchmaker.reading.organisations import Numbers, list_organisations, memberships_asked, numbers
from matchmaker.reading.reports import ReportRow, open_reports
from matchmaker.templating import Page
from matchmaker.web.visit import Answer, Visit, go
from models import Organisation
from models.vocabulary import LegalForm, OrganisationKind, ReportReason


@dataclass(kw_only=True)
class OfficePage(Page):
    template: ClassVar[str] = "office/page.html"
    waiting: Listing[Organisation]
    requests: list[tuple[int, str, int, str, datetime]]
    numbers: Numbers
    failures: Failures
    reports: list[ReportRow]
    report_reasons: dict[str, str]
    kinds: dict[str, str]
    legal_forms: dict[str, str]
    region_names: dict[str, str]


@get("/pengelola")
async def office_page(visit: NamedDependency[Visit]) -> Response[str]:
    access.office(visit.viewer)
    cursor = visit.request.query_params.get("lanjut")
    page = OfficePage(
        waiting=await list_organisations(visit.session, verified=False, cursor=cursor),
        requests=await memberships_asked(visit.session),
        numbers=await numbers(visit.session),
        reports=await open_reports(visit.session),
        report_reasons=dict(options(ReportReason)),
        failures=await failures(visit.session),
        kinds=dict(options(OrganisationKind)),
        legal_forms=dict(options(LegalForm)),
        region_names=facts.regions(),
    )
    return visit.show(page)


@post("/pengelola/organisasi/{organisation_id:int}/verifikasi", status_code=200)
async def verify(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Answer:
    await actions.verify_organisation(visit.session, visit.viewer, organisation_id)
    return go("/pengelola", "verified")


@post("/pengelola/organisasi/{organisation_id:int}/batalkan", status_code=200)
async def withdraw(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Answer:
    await actions.withdraw_verification(visit.session, visit.viewer, organisation_id)
    return go(f"/organisasi/{organisation_id}", "unverified")


@post("/pengelola/pekerjaan/{failed_id:int}/ulangi", status_code=200)
async def retry(visit: NamedDependency[Visit], failed_id: FromPath[int]) -> Answer:
    await failed_work.retry_job(visit.session, visit.viewer, failed_id)
    return go("/pengelola", "retried")


HANDLERS = [office_page, retry, verify, withdraw]
