"""Writing an initiative: the form, saving, publishing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from matchmaker import access, fact_names, labels, quality
from matchmaker.actions import initiatives as actions
from matchmaker.i18n import gettext as _
from matchmaker.i18n import language, mark, show_date
from matchmaker.inputs.initiative import InitiativeChange, InitiativeCreation, PublishableInitiative
from matchmaker.labels import label, options
from matchmaker.web.editing import (
    StepPage,
    group_sent,
    opened,
    saved_then_published,
    show_conflict,
    show_step,
)
from matchmaker.web.forms import Form
from matchmaker.web.stepwise import CHECK_GROUP, Group, Guide, Writing, flow_of
from matchmaker.web.visit import Answer, Visit, go
from models import Initiative
from models.vocabulary import (
    Contribution,
    FundingBand,
    FundingSource,
    InitiativeStatus,
    Language,
    LegalInstrument,
    OrganisationKind,
    SpbeImpact,
)

ROWS = ("needs", "indicators")
GUIDE = Guide(
    "/inisiatif",
    (
        Group(
            "kebutuhan",
            mark("The need"),
            mark("What should change, and for whom. Plain words and numbers find better partners."),
            ("title", "summary", "problem", "language"),
        ),
        Group(
            "dicari",
            mark("What you seek"),
            mark("One entry for each thing: partners are found for every need on its own."),
            ("needs", "offers"),
        ),
        Group(
            "bidang",
            mark("Field and scope"),
            mark("Where it belongs among the six pillars, and where on the map."),
            ("pillar", "other_pillars", "sub_dimensions", "quick_win", "location", "master_plan_ref", "rpjmd_ref"),
        ),
        Group(
            "penanggung-jawab",
            mark("Responsible"),
            mark(
                "Roles and office mailboxes, never private addresses. Mailboxes are not shown in public: "
                "the first contact is made here."
            ),
            ("owner_office", "contact_role", "contact_email", "backup_email"),
        ),
        Group(
            "dana-waktu",
            mark("Money, time and readiness"),
            mark("All of it is optional. Whatever you can say spares a partner a question."),
            (
                *("funding_source", "funding_band", "legal_instrument", "start_from", "duration_months"),
                *("minimum_tkt", "spbe_impact", "pilot", "graduation_clause"),
            ),
        ),
        Group(
            "ukuran",
            mark("How success is measured"),
            mark("One or two indicators are enough, each with its value now and its target."),
            ("indicators",),
        ),
    ),
    PublishableInitiative,
    quality.of_initiative,
)


@dataclass(kw_only=True)
class EditPage(StepPage):
    template: ClassVar[str] = "initiatives/edit.html"
    pillars: list[tuple[str, str, str]]
    topics: list[tuple[str, str, list[tuple[str, str]]]]
    contributions: list[tuple[str, str]]
    funding_sources: list[tuple[str, str]]
    funding_bands: list[tuple[str, str]]
    instruments: list[tuple[str, str]]
    spbe_impacts: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    preview: Mapping[str, object]


@get("/inisiatif/baru")
async def new_initiative_page(visit: NamedDependency[Visit]) -> Response[str]:
    access.acting_member(visit.viewer, {OrganisationKind.region}, None)
    return show_step(visit, _page(Form.of({"language": language()}), Writing(GUIDE), GUIDE.groups[0]))


@post("/inisiatif/baru", status_code=200)
async def post_initiative(visit: NamedDependency[Visit]) -> Answer:
    member = access.acting_member(visit.viewer, {OrganisationKind.region}, None)
    form, group = await visit.form(), GUIDE.groups[0]
    form.set("organisation_id", str(member.organisation_id))
    initiative = await visit.attempt(
        form,
        lambda: actions.post_initiative(
            visit.session, visit.viewer, form.read(InitiativeCreation, {*group.fields, "organisation_id"})
        ),
    )
    if initiative is None:
        return show_step(visit, _page(form, Writing(GUIDE), group), 422)
    return await _saved(visit, form, initiative)


@get("/inisiatif/{initiative_id:int}/ubah")
async def edit_initiative_page(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Response[str]:
    writing = await _writing(visit, initiative_id)
    form, group = await opened(visit, writing)
    return show_step(visit, _page(form, writing, group))


@post("/inisiatif/{initiative_id:int}/ubah", status_code=200)
async def change_initiative(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Answer:
    writing = await _writing(visit, initiative_id)
    form = await visit.form()
    group = group_sent(visit, GUIDE, form)
    writing.catch_up(form, group)
    if form.reshaped(*ROWS):
        return show_step(visit, _page(form, writing, group))
    initiative = await visit.attempt(
        form,
        lambda: actions.change_initiative(
            visit.session, visit.viewer, initiative_id, form.read(InitiativeChange, {*group.fields, "version"})
        ),
    )
    if initiative is None:
        return show_step(visit, _page(form, writing, group), 409 if form.conflict else 422)
    return await _saved(visit, form, initiative)


async def _writing(visit: Visit, initiative_id: int) -> Writing:
    initiative = await access.initiative_to_edit(visit.session, visit.viewer, initiative_id)
    member = access.signed_in(visit.viewer).member_of(initiative.organisation_id)
    hurdle = "" if member and member.verified else _(actions.UNVERIFIED)
    return Writing(GUIDE, initiative_id, await actions.as_handed_in(visit.session, initiative), hurdle)


async def _saved(visit: Visit, form: Form, initiative: Initiative) -> Redirect:
    row_id = initiative.id or 0
    return await saved_then_published(
        visit,
        form,
        GUIDE,
        row_id,
        lambda: actions.publish_initiative(visit.session, visit.viewer, row_id),
        was_draft=initiative.status == InitiativeStatus.draft,
    )


def _page(form: Form, writing: Writing, group: Group) -> EditPage:
    return EditPage(
        form=form,
        flow=flow_of(writing, form, group),
        conflicts=show_conflict(form),
        summarised=form.was_sent or group == CHECK_GROUP,
        pillars=labels.pillar_choices(),
        topics=fact_names.topics(),
        contributions=options(Contribution),
        funding_sources=options(FundingSource),
        funding_bands=options(FundingBand),
        instruments=options(LegalInstrument),
        spbe_impacts=options(SpbeImpact),
        languages=options(Language),
        preview=writing.present | {"facts": _facts(writing.present)} if group == CHECK_GROUP else {},
    )


def _facts(present: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The short facts that others see beside the text."""
    months = present["duration_months"]
    rows = [
        (_("Responsible office"), present["owner_office"]),
        (_("Contact"), present["contact_role"]),
        (_("Place"), present["location"]),
        (_("Topics"), ", ".join(fact_names.sub_dimension(code) for code in present["sub_dimensions"])),
        (_("Funding source"), label(FundingSource, present["funding_source"])),
        (_("Funding"), label(FundingBand, present["funding_band"])),
        (_("Start from"), show_date(present["start_from"]) if present["start_from"] else ""),
        (_("Duration"), _("%(n)s months") % {"n": months} if months else ""),
    ]
    return [(name, text) for name, text in rows if text]


@post("/inisiatif/{initiative_id:int}/terbitkan", status_code=200)
async def publish_initiative(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Answer:
    writing = await _writing(visit, initiative_id)
    form = Form.of(writing.present)
    done = await visit.attempt(form, lambda: actions.publish_initiative(visit.session, visit.viewer, initiative_id))
    if done is None:
        return show_step(visit, _page(form, writing, CHECK_GROUP), 422)
    return go(f"/inisiatif/{initiative_id}/saran", "published")


HANDLERS = [
    new_initiative_page,
    post_initiative,
    edit_initiative_page,
    change_initiative,
    publish_initiative,
]
