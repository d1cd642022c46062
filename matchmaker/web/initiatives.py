"""Initiatives: the list, and one."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, facts, labels
from matchmaker.access import PARTNERS, PUBLIC_INITIATIVE
from matchmaker.actions import initiatives as actions
from matchmaker.i18n import gettext as _
from matchmaker.i18n import show_date
from matchmaker.inputs.initiative import Closing
from matchmaker.labels import label, options
from matchmaker.reading.initiatives import InitiativeFilters, InitiativeRow, list_initiatives, owner_and_needs
from matchmaker.reading.listing import Listing
from matchmaker.templating import Page
from matchmaker.web.forms import Form, query_form
from matchmaker.web.visit import Answer, Visit, go
from models import Initiative, Need, Organisation
from models.vocabulary import (
    Contribution,
    FundingBand,
    FundingSource,
    InitiativeStatus,
    LegalInstrument,
    OrganisationKind,
    Pillar,
    Reason,
    SpbeImpact,
)


@dataclass(kw_only=True)
class ListPage(Page):
    template: ClassVar[str] = "initiatives/list.html"
    listing: Listing[InitiativeRow]
    form: Form
    chips: list[tuple[str, str]]
    can_post: bool
    pillars: list[tuple[str, str]]
    provinces: list[tuple[str, str]]
    kinds: list[tuple[str, str]]


@dataclass(kw_only=True)
class DetailPage(Page):
    template: ClassVar[str] = "initiatives/detail.html"
    initiative: Initiative
    organisation: Organisation
    needs: list[Need]
    region_name: str
    pillars: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    can_edit: bool
    can_publish: bool
    can_close: bool
    can_offer: bool
    status: str
    reasons: list[tuple[str, str]]
    contribution_names: dict[str, str]
    form: Form


@get("/inisiatif")
async def initiatives_page(visit: NamedDependency[Visit]) -> Response[str]:
    form = query_form(visit.request.query_params.multi_items())
    filters = InitiativeFilters(
        pillar=form.one_of("pilar", Pillar),
        province=form.one_of("provinsi", facts.provinces()),
        kind=form.one_of("jenis", ("kabupaten", "kota")),
        text=form.value("q")[:200],
        quick_win=bool(form.value("unggulan")),
    )
    listing = await list_initiatives(visit.session, filters, form.value("lanjut"))
    page = ListPage(
        listing=listing,
        form=form,
        chips=_chips(filters),
        can_post=visit.viewer is not None and visit.viewer.acts_for(OrganisationKind.region),
        pillars=options(Pillar),
        provinces=list(facts.provinces().items()),
        kinds=[("kabupaten", _("Kabupaten (regency)")), ("kota", _("Kota (city)"))],
    )
    return visit.show(page)


def _chips(filters: InitiativeFilters) -> list[tuple[str, str]]:
    """(what is filtered by, the query value that carries it)."""
    chips = [
        ("pilar", label(Pillar, filters.pillar)),
        ("provinsi", facts.provinces().get(filters.province or "", "")),
        ("jenis", (filters.kind or "").title()),
        ("q", f"“{filters.text}”" if filters.text else ""),
        ("unggulan", _("Quick win") if filters.quick_win else ""),
    ]
    return [(text, name) for name, text in chips if text]


@get("/inisiatif/{initiative_id:int}")
async def initiative_page(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Response[str]:
    initiative = await access.initiative_to_read(visit.session, visit.viewer, initiative_id)
    return await _show_detail(visit, initiative, Form())


async def _show_detail(visit: Visit, initiative: Initiative, form: Form) -> Response[str]:
    own = visit.viewer is not None and visit.viewer.member_of(initiative.organisation_id) is not None
    organisation, needs = await owner_and_needs(visit.session, initiative)
    page = DetailPage(
        initiative=initiative,
        organisation=organisation,
        needs=needs,
        region_name=facts.regions()[initiative.region_code],
        pillars=[(p, label(Pillar, p)) for p in (initiative.pillar, *initiative.other_pillars) if p],
        facts=_facts(initiative),
        can_edit=own and initiative.closed_at is None,
        can_publish=own and initiative.status == InitiativeStatus.draft,
        can_close=own and initiative.closed_at is None and initiative.status in PUBLIC_INITIATIVE,
        can_offer=initiative.is_open and (visit.viewer is None or visit.viewer.acts_for(*PARTNERS)),
        status=label(InitiativeStatus, initiative.status),
        reasons=options(Reason),
        contribution_names=dict(options(Contribution)),
        form=form,
    )
    return visit.show(page, 422 if form.errors else 200)


def _facts(initiative: Initiative) -> list[tuple[str, str]]:
    """The short facts beside the text; what was not given is not shown."""
    months = initiative.duration_months
    rows = [
        (_("Responsible office"), initiative.owner_office),
        (_("Contact"), initiative.contact_role),
        (_("Place"), initiative.location),
        (_("Topics"), ", ".join(labels.sub_dimension(code) for code in initiative.sub_dimensions)),
        (_("Funding source"), label(FundingSource, initiative.funding_source)),
        (_("Funding"), label(FundingBand, initiative.funding_band)),
        (_("Expected form of agreement"), label(LegalInstrument, initiative.legal_instrument)),
        (_("Start from"), show_date(initiative.start_from) if initiative.start_from else ""),
        (_("Duration"), _("%(n)s months") % {"n": months} if months else ""),
        (_("Least readiness"), f"TKT {initiative.minimum_tkt}" if initiative.minimum_tkt else ""),
        (_("Effect on SPBE"), label(SpbeImpact, initiative.spbe_impact)),
        (_("Master plan"), initiative.master_plan_ref),
        (_("RPJMD"), initiative.rpjmd_ref),
    ]
    return [(name, text) for name, text in rows if text]


@post("/inisiatif/{initiative_id:int}/tutup", status_code=200)
async def close_initiative(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Answer:
    initiative = await access.initiative_to_edit(visit.session, visit.viewer, initiative_id)
    form = await visit.form()
    done = await visit.attempt(
        form,
        lambda: actions.close_initiative(visit.session, visit.viewer, initiative_id, form.read(Closing)),
    )
    return go(f"/inisiatif/{initiative_id}", "closed") if done else await _show_detail(visit, initiative, form)


HANDLERS = [initiatives_page, initiative_page, close_initiative]
