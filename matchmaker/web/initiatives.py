"""Initiatives: the list, and one."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, fact_names, facts, labels
from matchmaker.access import PARTNERS, PUBLIC_INITIATIVE
from matchmaker.actions import initiatives as actions
from matchmaker.i18n import gettext as _
from matchmaker.i18n import ngettext, show_date
from matchmaker.inputs.initiative import Closing
from matchmaker.labels import label, options
from matchmaker.reading.agreements import PublicResult, public_results
from matchmaker.reading.attachments import attachments_of
from matchmaker.reading.initiatives import (
    InitiativeFilters,
    InitiativeRow,
    count_initiatives,
    kinds_sought,
    list_initiatives,
    owner_and_needs,
)
from matchmaker.reading.listing import Listing
from matchmaker.web.browsing import (
    LISTED,
    BrowsePage,
    Filter,
    chosen_in,
    provinces,
    search_words,
    shown_chips,
    shown_groups,
    sorts,
    yes_or_no,
)
from matchmaker.web.forms import Form, query_form
from matchmaker.web.things import Key, ThingPage, given, joined, left, route_finder
from matchmaker.web.visit import Answer, Visit, go
from models import OPEN_STATUSES, Attachment, Initiative, Need, Organisation
from models.vocabulary import (
    FUNDED,
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
class ListPage(BrowsePage):
    """``sought``: by initiative, the kinds of contribution; ``names``: what codes are called, by vocabulary."""

    template: ClassVar[str] = "initiatives/list.html"
    listing: Listing[InitiativeRow]
    sought: dict[int, list[str]]
    names: dict[str, dict[str, str]]
    can_post: bool


@dataclass(kw_only=True)
class DetailPage(ThingPage):
    template: ClassVar[str] = "initiatives/detail.html"
    initiative: Initiative
    needs: list[Need]
    files: list[Attachment]
    region_name: str
    province_name: str
    can_offer: bool
    ended: str
    results: list[PublicResult]
    reasons: list[tuple[str, str]]
    contribution_names: dict[str, str]


def _filters() -> list[Filter]:
    return [
        yes_or_no("funded", "didanai", _("Funds available")),
        yes_or_no("quick_win", "unggulan", _("Quick win")),
        Filter("pillar", "pilar", _("Pillar"), options(Pillar)),
        Filter(
            "kind", "jenis", _("Kind of region"), [("kabupaten", _("Kabupaten (regency)")), ("kota", _("Kota (city)"))]
        ),
        provinces(_("Province")),
    ]


@get("/inisiatif")
async def initiatives_page(visit: NamedDependency[Visit]) -> Response[str]:
    form, filters = query_form(visit.request.query_params.multi_items()), _filters()
    chosen = chosen_in(form, filters)
    asked = InitiativeFilters(search_words(form), chosen, closing_first=form.value("urut") == "tutup")
    listing = await list_initiatives(visit.session, asked, form.value("lanjut"), LISTED)
    counts = await count_initiatives(visit.session, asked)
    page = ListPage(
        listing=listing,
        sought=await kinds_sought(visit.session, listing.items),
        names=labels.names(pillar=Pillar, contribution=Contribution, source=FundingSource, band=FundingBand),
        form=form,
        groups=shown_groups(filters, chosen, counts),
        chips=shown_chips(form, filters, chosen),
        sorts=sorts(form, ("tutup", _("Closing soon"))),
        total=counts.total,
        within=bool(form.value("lanjut")),
        can_post=visit.viewer is not None and visit.viewer.acts_for(OrganisationKind.region),
    )
    return visit.show(page)


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
        files=await attachments_of(visit.session, initiative.id or 0),
        region_name=facts.regions()[initiative.region_code],
        province_name=facts.provinces()[initiative.region_code[:2]],
        pillars=[(p, label(Pillar, p)) for p in (initiative.pillar, *initiative.other_pillars) if p],
        keys=[_money(initiative), _decision(initiative, organisation), _time(initiative)],
        facts=_facts(initiative),
        is_own=own,
        can_edit=own and initiative.closed_at is None,
        can_publish=own and initiative.status == InitiativeStatus.draft,
        can_close=own and initiative.closed_at is None and initiative.status in PUBLIC_INITIATIVE,
        can_offer=initiative.is_open and (visit.viewer is None or visit.viewer.acts_for(*PARTNERS)),
        status=_state(initiative),
        ended=_ended(initiative),
        results=await public_results(visit.session, initiative.id or 0),
        reasons=options(Reason),
        contribution_names=dict(options(Contribution)),
        route_address=route_finder(legal_form=_own_form(visit), region=initiative.region_code),
        form=form,
    )
    return visit.show(page, 422 if form.errors else 200)


def _own_form(visit: Visit) -> str | None:
    """The legal form of the reader's own organisation, where that could become a partner."""
    memberships = visit.viewer.memberships if visit.viewer else ()
    return next((m.legal_form for m in memberships if m.kind in PARTNERS), None)


def _has_run_out(initiative: Initiative) -> bool:
    return initiative.status in OPEN_STATUSES and not initiative.is_open


def _state(initiative: Initiative) -> tuple[str, str]:
    """Its status, as code and name. Time runs out by itself, without a change of the row."""
    code = InitiativeStatus.expired if _has_run_out(initiative) else InitiativeStatus(initiative.status)
    return code, label(InitiativeStatus, code)


def _ended(initiative: Initiative) -> str:
    """Why nobody can come forward any more, in a sentence."""
    if initiative.closed_at:
        said = {"date": show_date(initiative.closed_at), "reason": label(Reason, initiative.close_reason)}
        if initiative.close_reason:
            return _("Closed on %(date)s. Reason: %(reason)s.") % said
        return _("Closed on %(date)s.") % said
    if _has_run_out(initiative) and initiative.expires_at:
        return _("Its time ran out on %(date)s, so partners can no longer come forward.") % {
            "date": show_date(initiative.expires_at)
        }
    return ""


def _money(initiative: Initiative) -> Key:
    """Whether it is paid for: what a company looks for first."""
    source, band = initiative.funding_source, initiative.funding_band
    known_band = label(FundingBand, band) if band != FundingBand.undecided else ""
    if source in FUNDED:
        return Key(_("Funding"), _("Funds available"), joined(label(FundingSource, source), known_band), "check")
    if source == FundingSource.partner:
        return Key(_("Funding"), _("Expected from the partner"), known_band, "gap")
    if source == FundingSource.none_yet:
        return Key(_("Funding"), _("No funds yet"), known_band, "gap")
    return Key(_("Funding"), _("Not known yet"), known_band, "info")


def _decision(initiative: Initiative, organisation: Organisation) -> Key:
    instrument = initiative.legal_instrument
    route = label(LegalInstrument, instrument) if instrument != LegalInstrument.undecided else ""
    return Key(_("Responsible office"), initiative.owner_office or organisation.name, route)


def _time(initiative: Initiative) -> Key:
    months, start = initiative.duration_months, initiative.start_from
    work = joined(
        _("Starts %(date)s") % {"date": show_date(start)} if start else "",
        ngettext("%(n)s month", "%(n)s months", months) % {"n": months} if months else "",
    )
    if initiative.is_open and initiative.expires_at:
        return Key(_("Open until"), show_date(initiative.expires_at), joined(left(initiative.expires_at), work))
    return Key(_("State"), _state(initiative)[1], work, "info")


def _facts(initiative: Initiative) -> list[tuple[str, list[tuple[str, str]]]]:
    """The short facts that are no keys, by what they are about; what was not given is not shown."""
    return given(
        (
            _("Who and where"),
            [
                (_("Contact"), initiative.contact_role),
                (_("Place"), initiative.location),
                (_("Expected form of agreement"), label(LegalInstrument, initiative.legal_instrument)),
            ],
        ),
        (
            _("What it belongs to"),
            [
                (_("Topics"), ", ".join(fact_names.sub_dimension(code) for code in initiative.sub_dimensions)),
                (_("Minimum readiness"), f"TKT {initiative.minimum_tkt}" if initiative.minimum_tkt else ""),
                (_("Effect on SPBE"), label(SpbeImpact, initiative.spbe_impact)),
                (_("Master plan"), initiative.master_plan_ref),
                (_("RPJMD"), initiative.rpjmd_ref),
            ],
        ),
    )


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
