"""Writing a capability card: the form, saving, publishing."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, facts, labels
from matchmaker.access import PARTNERS
from matchmaker.actions import cards as actions
from matchmaker.inputs.card import CardChange, CardCreation
from matchmaker.labels import options
from matchmaker.web.editing import FormPage, saved_then_published, show_conflict
from matchmaker.web.forms import Form
from matchmaker.web.visit import Answer, Visit, go
from models import Card
from models.vocabulary import (
    CardStatus,
    Contribution,
    IpStatus,
    Language,
    Pillar,
    PriceBand,
)


@dataclass(kw_only=True)
class EditPage(FormPage):
    template: ClassVar[str] = "cards/edit.html"
    pillars: list[tuple[str, str]]
    sub_dimensions: list[tuple[str, str, str]]
    contributions: list[tuple[str, str]]
    ip_statuses: list[tuple[str, str]]
    price_bands: list[tuple[str, str]]
    places: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    sdgs: list[tuple[str, str]]


@get("/kapabilitas/baru")
async def new_card_page(visit: NamedDependency[Visit]) -> Response[str]:
    access.acting_member(visit.viewer, PARTNERS, None)
    return visit.show(_edit_page(Form.of({"language": "id"}), "/kapabilitas/baru"))


@post("/kapabilitas/baru", status_code=200)
async def register_card(visit: NamedDependency[Visit]) -> Answer:
    member = access.acting_member(visit.viewer, PARTNERS, None)
    form = await visit.form()
    if form.reshaped("evidence"):
        return visit.show(_edit_page(form, "/kapabilitas/baru"))
    form.set("organisation_id", str(member.organisation_id))
    card = await visit.attempt(
        form, lambda: actions.register_card(visit.session, visit.viewer, form.read(CardCreation))
    )
    if card is None:
        return visit.show(_edit_page(form, "/kapabilitas/baru"), 422)
    return await _saved(visit, form, card)


@get("/kapabilitas/{card_id:int}/ubah")
async def edit_card_page(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Response[str]:
    card = await access.card_to_edit(visit.session, visit.viewer, card_id)
    return visit.show(_edit_page(Form.of(card.model_dump()), f"/kapabilitas/{card_id}/ubah"))


@post("/kapabilitas/{card_id:int}/ubah", status_code=200)
async def change_card(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Answer:
    await access.card_to_edit(visit.session, visit.viewer, card_id)
    form = await visit.form()
    address = f"/kapabilitas/{card_id}/ubah"
    if form.reshaped("evidence"):
        return visit.show(_edit_page(form, address))
    card = await visit.attempt(
        form, lambda: actions.change_card(visit.session, visit.viewer, card_id, form.read(CardChange))
    )
    if card is None:
        return visit.show(_edit_page(form, address), 409 if form.conflict else 422)
    return await _saved(visit, form, card)


async def _saved(visit: Visit, form: Form, card: Card) -> Answer:
    """After saving: on to publishing if that was the button, else to the card."""
    row_id, version = card.id or 0, card.version
    answer = await saved_then_published(
        visit,
        form,
        lambda: actions.publish_card(visit.session, visit.viewer, row_id),
        f"/kapabilitas/{row_id}",
        was_draft=card.status == CardStatus.draft,
    )
    if answer is not None:
        return answer
    form.set("version", str(version))
    return visit.show(_edit_page(form, f"/kapabilitas/{row_id}/ubah"), 422)


def _edit_page(form: Form, action: str) -> EditPage:
    # Single regions come by the API or an import; the form keeps them, but offers provinces.
    regions = [(code, labels.place(code)) for code in form.chosen("regions_served") if "." in code]
    return EditPage(
        form=form,
        action=action,
        is_new=action.endswith("/baru"),
        conflicts=show_conflict(form),
        pillars=options(Pillar),
        sub_dimensions=labels.sub_dimension_options(),
        contributions=options(Contribution),
        ip_statuses=options(IpStatus),
        price_bands=options(PriceBand),
        places=[("all", labels.place("all")), *facts.provinces().items(), *regions],
        languages=options(Language),
        sdgs=[(goal.code, f"{goal.code}. {labels.named(goal)}") for goal in facts.sdgs()],
    )


@post("/kapabilitas/{card_id:int}/terbitkan", status_code=200)
async def publish_card(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Answer:
    card = await access.card_to_edit(visit.session, visit.viewer, card_id)
    form = Form.of(card.model_dump())
    done = await visit.attempt(form, lambda: actions.publish_card(visit.session, visit.viewer, card_id))
    if done is None:
        return visit.show(_edit_page(form, f"/kapabilitas/{card_id}/ubah"), 422)
    return go(f"/kapabilitas/{card_id}/saran", "published")


HANDLERS = [
    new_card_page,
    register_card,
    edit_card_page,
    change_card,
    publish_card,
]
