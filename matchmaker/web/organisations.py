"""Organisations: found, claimed, joined, changed."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access, fact_names, facts, labels
from matchmaker.actions import organisations as actions
from matchmaker.i18n import gettext as _
from matchmaker.i18n import ngettext
from matchmaker.inputs.organisation import FORMS_OF_KIND, OrganisationChange, OrganisationInput
from matchmaker.labels import label, options
from matchmaker.reading.answering import answering_time
from matchmaker.reading.cards import CardRow, cards_of
from matchmaker.reading.initiatives import InitiativeRow, initiatives_of, kinds_sought
from matchmaker.reading.listing import Listing
from matchmaker.reading.organisations import MemberRow, count_organisations, list_organisations, members_of
from matchmaker.templating import Page
from matchmaker.web.browsing import (
    BrowsePage,
    Filter,
    chosen_in,
    provinces,
    search_words,
    shown_chips,
    shown_groups,
    yes_or_no,
)
from matchmaker.web.editing import FormPage, show_conflict
from matchmaker.web.forms import Form, query_form
from matchmaker.web.visit import Answer, Visit, go
from models import Membership, Organisation
from models.vocabulary import (
    CardStatus,
    Contribution,
    FundingBand,
    FundingSource,
    InitiativeStatus,
    LegalForm,
    OrganisationKind,
    Pillar,
    PriceBand,
    SizeBand,
)


@dataclass(kw_only=True)
class ListPage(BrowsePage):
    template: ClassVar[str] = "organisations/list.html"
    listing: Listing[Organisation]
    kinds: dict[str, str]
    region_names: dict[str, str]
    signed_in: bool


@dataclass(kw_only=True)
class DetailPage(Page):
    template: ClassVar[str] = "organisations/detail.html"
    organisation: Organisation
    kind: str
    legal_form: str
    seat: str
    size: str
    initiatives: list[InitiativeRow]
    cards: list[CardRow]
    members: list[MemberRow]
    sought: dict[int, list[str]]
    answering: list[tuple[str, str]]
    served: dict[int, str]
    names: dict[str, dict[str, str]]
    is_member: bool
    can_administer: bool
    can_join: bool
    can_report: bool
    asked: bool
    own_account_id: int


@dataclass(kw_only=True)
class EditPage(FormPage):
    template: ClassVar[str] = "organisations/edit.html"
    kind: str
    kinds: list[tuple[str, str]]
    legal_forms: list[tuple[str, str]]
    regions: list[tuple[str, str]]
    sizes: list[tuple[str, str]]


@get("/organisasi")
async def organisations_page(visit: NamedDependency[Visit]) -> Response[str]:
    form = query_form(visit.request.query_params.multi_items())
    filters = [
        yes_or_no("verified", "terverifikasi", _("Verified")),
        Filter("kind", "jenis", _("Kind of organisation"), options(OrganisationKind)),
        provinces(_("Province")),
    ]
    chosen, words = chosen_in(form, filters), search_words(form)
    counts = await count_organisations(visit.session, words, chosen)
    page = ListPage(
        listing=await list_organisations(visit.session, text=words, chosen=chosen, cursor=form.value("lanjut")),
        form=form,
        groups=shown_groups(filters, chosen, counts),
        chips=shown_chips(form, filters, chosen),
        sorts=[],
        total=counts.total,
        within=bool(form.value("lanjut")),
        kinds=dict(options(OrganisationKind)),
        region_names=facts.regions(),
        signed_in=visit.viewer is not None,
    )
    return visit.show(page)


@get("/organisasi/{organisation_id:int}")
async def organisation_page(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Response[str]:
    organisation = await access.organisation_to_read(visit.session, organisation_id)
    viewer = visit.viewer
    member = viewer.member_of(organisation_id) if viewer else None
    can_administer = bool(viewer and (viewer.is_office or (member and member.is_admin)))
    # Of members and the office it is known already.
    outside = viewer if viewer and member is None and not viewer.is_office else None
    joining = await visit.session.get(Membership, (outside.account_id, organisation_id)) if outside else None
    initiatives = await initiatives_of(visit.session, viewer, [organisation_id])
    cards = await cards_of(visit.session, viewer, [organisation_id])
    page = DetailPage(
        organisation=organisation,
        kind=label(OrganisationKind, organisation.kind),
        legal_form=label(LegalForm, organisation.legal_form),
        seat=facts.regions().get(organisation.region_code or "", ""),
        size=label(SizeBand, organisation.size_band),
        initiatives=initiatives,
        cards=cards,
        answering=await _answering(visit.session, organisation_id),
        sought=await kinds_sought(visit.session, initiatives),
        served={card.id: fact_names.places(card.regions_served, 1) for card in cards},
        names=_names(),
        members=await members_of(visit.session, organisation_id) if member or can_administer else [],
        is_member=member is not None,
        can_administer=can_administer,
        can_join=outside is not None and joining is None,
        can_report=viewer is not None and bool(viewer.memberships) and member is None,
        asked=joining is not None,
        own_account_id=viewer.account_id if viewer else 0,
    )
    return visit.show(page)


async def _answering(session: AsyncSession, organisation_id: int) -> list[tuple[str, str]]:
    time = await answering_time(session, organisation_id)
    return [
        (_("Answers an interest within"), _lasting(time.interests)),
        (_("Answers in a talk within"), _lasting(time.turns)),
    ]


def _lasting(hours: float | None) -> str:
    """Half of the answers were quicker than this."""
    if hours is None:
        return _("not enough answers yet")
    if hours < 48:
        whole = max(1, round(hours))
        return ngettext("%(num)s hour", "%(num)s hours", whole) % {"num": whole}
    days = round(hours / 24)
    return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}


def _names() -> dict[str, dict[str, str]]:
    return labels.names(
        pillar=Pillar,
        contribution=Contribution,
        source=FundingSource,
        band=FundingBand,
        price=PriceBand,
        initiative=InitiativeStatus,
        card=CardStatus,
    )


@get("/organisasi/baru")
async def new_organisation_page(visit: NamedDependency[Visit]) -> Response[str]:
    access.signed_in(visit.viewer)
    kind = visit.request.query_params.get("jenis", "")
    form = Form({"kind": [kind], "region_code": [visit.request.query_params.get("daerah", "")]})
    return visit.show(_edit_page(form, "/organisasi/baru"))


@post("/organisasi/baru", status_code=200)
async def create_organisation(visit: NamedDependency[Visit]) -> Answer:
    access.signed_in(visit.viewer)
    form = await visit.form()
    organisation = await visit.attempt(
        form,
        lambda: actions.create_organisation(visit.session, visit.viewer, form.read(OrganisationInput)),
    )
    if organisation is None:
        return visit.show(_edit_page(form, "/organisasi/baru"), 422)
    return go(f"/organisasi/{organisation.id}", "claimed")


@get("/organisasi/{organisation_id:int}/ubah")
async def edit_organisation_page(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Response[str]:
    organisation = await access.organisation_to_edit(visit.session, visit.viewer, organisation_id)
    form = Form.of(organisation.model_dump())
    return visit.show(_edit_page(form, f"/organisasi/{organisation_id}/ubah"))


@post("/organisasi/{organisation_id:int}/ubah", status_code=200)
async def change_organisation(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Answer:
    organisation = await access.organisation_to_edit(visit.session, visit.viewer, organisation_id)
    kind, region_code = organisation.kind, organisation.region_code or ""
    form = await visit.form()
    done = await visit.attempt(
        form,
        lambda: actions.change_organisation(
            visit.session, visit.viewer, organisation_id, form.read(OrganisationChange)
        ),
    )
    if done is None:
        form.set("kind", kind)
        form.set("region_code", region_code)
        page = _edit_page(form, f"/organisasi/{organisation_id}/ubah")
        return visit.show(page, 409 if form.conflict else 422)
    return go(f"/organisasi/{organisation_id}", "saved")


def _edit_page(form: Form, action: str) -> EditPage:
    kind = form.one_of("kind", OrganisationKind) or ""
    fitting = FORMS_OF_KIND[OrganisationKind(kind)] if kind else set(LegalForm)
    regions = facts.self_governing_regions() if kind == OrganisationKind.region else facts.regions()
    return EditPage(
        form=form,
        action=action,
        is_new=action.endswith("/baru"),
        conflicts=show_conflict(form),
        kind=kind,
        kinds=options(OrganisationKind),
        legal_forms=[(code, name) for code, name in options(LegalForm) if code in fitting],
        regions=list(regions.items()),
        sizes=options(SizeBand),
    )


@post("/organisasi/{organisation_id:int}/gabung", status_code=200)
async def ask_to_join(visit: NamedDependency[Visit], organisation_id: FromPath[int]) -> Answer:
    await actions.ask_to_join(visit.session, visit.viewer, organisation_id)
    return go(f"/organisasi/{organisation_id}", "asked")


@post("/organisasi/{organisation_id:int}/anggota/{account_id:int}/terima", status_code=200)
async def admit_member(
    visit: NamedDependency[Visit], organisation_id: FromPath[int], account_id: FromPath[int]
) -> Answer:
    await actions.admit_member(visit.session, visit.viewer, organisation_id, account_id)
    return go(f"/organisasi/{organisation_id}", "saved")


@post("/organisasi/{organisation_id:int}/anggota/{account_id:int}/admin", status_code=200)
async def make_admin(
    visit: NamedDependency[Visit], organisation_id: FromPath[int], account_id: FromPath[int]
) -> Answer:
    await actions.make_admin(visit.session, visit.viewer, organisation_id, account_id)
    return go(f"/organisasi/{organisation_id}", "saved")


@post("/organisasi/{organisation_id:int}/anggota/{account_id:int}/keluarkan", status_code=200)
async def remove_member(
    visit: NamedDependency[Visit], organisation_id: FromPath[int], account_id: FromPath[int]
) -> Answer:
    await actions.remove_member(visit.session, visit.viewer, organisation_id, account_id)
    return go(f"/organisasi/{organisation_id}", "saved")


HANDLERS = [
    organisations_page,
    organisation_page,
    new_organisation_page,
    create_organisation,
    edit_organisation_page,
    change_organisation,
    ask_to_join,
    admit_member,
    make_admin,
    remove_member,
]
