"""Writing a capability card: the form, saving, publishing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from matchmaker import access, fact_names, facts, labels, quality
from matchmaker.access import PARTNERS
from matchmaker.actions import cards as actions
from matchmaker.i18n import gettext as _
from matchmaker.i18n import language, mark, show_date
from matchmaker.inputs.card import CardChange, CardCreation, PublishableCard
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
from models import Card
from models.vocabulary import CardStatus, Contribution, IpStatus, Language, PriceBand

GUIDE = Guide(
    "/kapabilitas",
    (
        Group(
            "kemampuan",
            mark("What you can do"),
            mark("One card for one thing that you can do: every card is matched on its own."),
            ("title", "summary", "description", "language"),
        ),
        Group(
            "manfaat",
            mark("What each side gets"),
            mark("A cooperation lasts where both sides see their gain."),
            ("region_gets", "asks", "contributions"),
        ),
        Group(
            "bidang",
            mark("Field"),
            mark("Where it belongs among the six pillars: regions filter by them."),
            ("pillars", "sub_dimensions", "sdgs"),
        ),
        Group(
            "bukti",
            mark("Proof and readiness"),
            mark("A number says more than an adjective."),
            ("evidence", "tkt", "ip_status"),
        ),
        Group(
            "jangkauan",
            mark("Where, when, for how much"),
            mark("All of it is optional. Whatever you can say spares a region a question."),
            ("regions_served", "price_band", "available_from", "available_until", "languages"),
        ),
    ),
    PublishableCard,
    quality.of_card,
)


@dataclass(kw_only=True)
class EditPage(StepPage):
    template: ClassVar[str] = "cards/edit.html"
    pillars: list[tuple[str, str, str]]
    topics: list[tuple[str, str, list[tuple[str, str]]]]
    contributions: list[tuple[str, str]]
    ip_statuses: list[tuple[str, str]]
    price_bands: list[tuple[str, str]]
    islands: dict[str, list[tuple[str, str]]]
    languages: list[tuple[str, str]]
    sdgs: list[tuple[str, str]]
    preview: Mapping[str, object]


@get("/kapabilitas/baru")
async def new_card_page(visit: NamedDependency[Visit]) -> Response[str]:
    access.acting_member(visit.viewer, PARTNERS, None)
    return show_step(visit, _page(Form.of({"language": language()}), Writing(GUIDE), GUIDE.groups[0]))


@post("/kapabilitas/baru", status_code=200)
async def register_card(visit: NamedDependency[Visit]) -> Answer:
    member = access.acting_member(visit.viewer, PARTNERS, None)
    form, group = await visit.form(), GUIDE.groups[0]
    form.set("organisation_id", str(member.organisation_id))
    card = await visit.attempt(
        form,
        lambda: actions.register_card(
            visit.session, visit.viewer, form.read(CardCreation, {*group.fields, "organisation_id"})
        ),
    )
    if card is None:
        return show_step(visit, _page(form, Writing(GUIDE), group), 422)
    return await _saved(visit, form, card)


@get("/kapabilitas/{card_id:int}/ubah")
async def edit_card_page(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Response[str]:
    writing = await _writing(visit, card_id)
    form, group = await opened(visit, writing)
    return show_step(visit, _page(form, writing, group))


@post("/kapabilitas/{card_id:int}/ubah", status_code=200)
async def change_card(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Answer:
    writing = await _writing(visit, card_id)
    form = await visit.form()
    group = group_sent(visit, GUIDE, form)
    writing.catch_up(form, group)
    if form.reshaped("evidence"):
        return show_step(visit, _page(form, writing, group))
    card = await visit.attempt(
        form,
        lambda: actions.change_card(
            visit.session, visit.viewer, card_id, form.read(CardChange, {*group.fields, "version"})
        ),
    )
    if card is None:
        return show_step(visit, _page(form, writing, group), 409 if form.conflict else 422)
    return await _saved(visit, form, card)


async def _writing(visit: Visit, card_id: int) -> Writing:
    card = await access.card_to_edit(visit.session, visit.viewer, card_id)
    return Writing(GUIDE, card_id, card.model_dump())


async def _saved(visit: Visit, form: Form, card: Card) -> Redirect:
    row_id = card.id or 0
    return await saved_then_published(
        visit,
        form,
        GUIDE,
        row_id,
        lambda: actions.publish_card(visit.session, visit.viewer, row_id),
        was_draft=card.status == CardStatus.draft,
    )


def _page(form: Form, writing: Writing, group: Group) -> EditPage:
    # Single regions come by the API or an import; the form keeps them, but offers provinces.
    single = [(code, fact_names.place(code)) for code in form.chosen("regions_served") if "." in code]
    return EditPage(
        form=form,
        flow=flow_of(writing, form, group),
        conflicts=show_conflict(form),
        summarised=form.was_sent or group == CHECK_GROUP,
        pillars=labels.pillar_choices(),
        topics=fact_names.topics(),
        contributions=options(Contribution),
        ip_statuses=options(IpStatus),
        price_bands=options(PriceBand),
        islands=facts.islands() | ({_("Single regions"): single} if single else {}),
        languages=options(Language),
        sdgs=[(goal.code, f"{goal.code}. {fact_names.named(goal)}") for goal in facts.sdgs()],
        preview=writing.present | {"facts": _facts(writing.present)} if group == CHECK_GROUP else {},
    )


def _facts(present: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The short facts that others see beside the text."""
    window = [show_date(day) for day in (present["available_from"], present["available_until"]) if day]
    rows = [
        (_("Topics"), ", ".join(fact_names.sub_dimension(code) for code in present["sub_dimensions"])),
        (_("Brings"), ", ".join(label(Contribution, code) for code in present["contributions"])),
        (_("Readiness"), f"TKT {present['tkt']}" if present["tkt"] else ""),
        (_("Regions served"), ", ".join(fact_names.place(code) for code in present["regions_served"])),
        (_("Price band"), label(PriceBand, present["price_band"])),
        (_("Available"), " – ".join(window)),
    ]
    return [(name, text) for name, text in rows if text]


@post("/kapabilitas/{card_id:int}/terbitkan", status_code=200)
async def publish_card(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Answer:
    writing = await _writing(visit, card_id)
    form = Form.of(writing.present)
    done = await visit.attempt(form, lambda: actions.publish_card(visit.session, visit.viewer, card_id))
    if done is None:
        return show_step(visit, _page(form, writing, CHECK_GROUP), 422)
    return go(f"/kapabilitas/{card_id}/saran", "published")


HANDLERS = [
    new_card_page,
    register_card,
    edit_card_page,
    change_card,
    publish_card,
]
