"""Writing an initiative: the form, saving, publishing."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, labels
from matchmaker.actions import initiatives as actions
from matchmaker.inputs.initiative import InitiativeChange, InitiativeCreation
from matchmaker.labels import options
from matchmaker.web.editing import FormPage, saved_then_published, show_conflict
from matchmaker.web.forms import Form
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
    Pillar,
    SpbeImpact,
)

ROWS = ("needs", "indicators")


@dataclass(kw_only=True)
class EditPage(FormPage):
    template: ClassVar[str] = "initiatives/edit.html"
    pillars: list[tuple[str, str]]
    sub_dimensions: list[tuple[str, str, str]]
    contributions: list[tuple[str, str]]
    funding_sources: list[tuple[str, str]]
    funding_bands: list[tuple[str, str]]
    instruments: list[tuple[str, str]]
    spbe_impacts: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    verified: bool


@get("/inisiatif/baru")
async def new_initiative_page(visit: NamedDependency[Visit]) -> Response[str]:
    access.acting_member(visit.viewer, {OrganisationKind.region}, None)
    return visit.show(_edit_page(visit, Form.of({"language": "id"}), "/inisiatif/baru"))


@post("/inisiatif/baru", status_code=200)
async def post_initiative(visit: NamedDependency[Visit]) -> Answer:
    member = access.acting_member(visit.viewer, {OrganisationKind.region}, None)
    form = await visit.form()
    if form.reshaped(*ROWS):
        return visit.show(_edit_page(visit, form, "/inisiatif/baru"))
    form.set("organisation_id", str(member.organisation_id))
    initiative = await visit.attempt(
        form,
        lambda: actions.post_initiative(visit.session, visit.viewer, form.read(InitiativeCreation)),
    )
    if initiative is None:
        return visit.show(_edit_page(visit, form, "/inisiatif/baru"), 422)
    return await _saved(visit, form, initiative)


@get("/inisiatif/{initiative_id:int}/ubah")
async def edit_initiative_page(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Response[str]:
    initiative = await access.initiative_to_edit(visit.session, visit.viewer, initiative_id)
    form = Form.of(await actions.as_handed_in(visit.session, initiative))
    return visit.show(_edit_page(visit, form, f"/inisiatif/{initiative_id}/ubah"))


@post("/inisiatif/{initiative_id:int}/ubah", status_code=200)
async def change_initiative(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Answer:
    await access.initiative_to_edit(visit.session, visit.viewer, initiative_id)
    form = await visit.form()
    address = f"/inisiatif/{initiative_id}/ubah"
    if form.reshaped(*ROWS):
        return visit.show(_edit_page(visit, form, address))
    initiative = await visit.attempt(
        form,
        lambda: actions.change_initiative(visit.session, visit.viewer, initiative_id, form.read(InitiativeChange)),
    )
    if initiative is None:
        return visit.show(_edit_page(visit, form, address), 409 if form.conflict else 422)
    return await _saved(visit, form, initiative)


async def _saved(visit: Visit, form: Form, initiative: Initiative) -> Answer:
    """After saving: on to publishing if that was the button, else to the initiative."""
    row_id, version = initiative.id or 0, initiative.version
    answer = await saved_then_published(
        visit,
        form,
        lambda: actions.publish_initiative(visit.session, visit.viewer, row_id),
        f"/inisiatif/{row_id}",
        was_draft=initiative.status == InitiativeStatus.draft,
    )
    if answer is not None:
        return answer
    form.set("version", str(version))
    return visit.show(_edit_page(visit, form, f"/inisiatif/{row_id}/ubah"), 422)


def _edit_page(visit: Visit, form: Form, action: str) -> EditPage:
    return EditPage(
        form=form,
        action=action,
        is_new=action.endswith("/baru"),
        conflicts=show_conflict(form),
        pillars=options(Pillar),
        sub_dimensions=labels.sub_dimension_options(),
        contributions=options(Contribution),
        funding_sources=options(FundingSource),
        funding_bands=options(FundingBand),
        instruments=options(LegalInstrument),
        spbe_impacts=options(SpbeImpact),
        languages=options(Language),
        verified=any(
            m.verified for m in access.signed_in(visit.viewer).memberships if m.kind == OrganisationKind.region
        ),
    )


@post("/inisiatif/{initiative_id:int}/terbitkan", status_code=200)
async def publish_initiative(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Answer:
    initiative = await access.initiative_to_edit(visit.session, visit.viewer, initiative_id)
    form = Form.of(await actions.as_handed_in(visit.session, initiative))
    done = await visit.attempt(form, lambda: actions.publish_initiative(visit.session, visit.viewer, initiative_id))
    if done is None:
        return visit.show(_edit_page(visit, form, f"/inisiatif/{initiative_id}/ubah"), 422)
    return go(f"/inisiatif/{initiative_id}/saran", "published")


HANDLERS = [
    new_initiative_page,
    post_initiative,
    edit_initiative_page,
    change_initiative,
    publish_initiative,
]
