"""Capability cards: the list, and one."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, facts, labels
from matchmaker.access import PARTNERS
from matchmaker.actions import cards as actions
from matchmaker.i18n import gettext as _
from matchmaker.i18n import show_date
from matchmaker.labels import label, options
from matchmaker.reading.cards import CardFilters, CardRow, list_cards
from matchmaker.reading.listing import Listing
from matchmaker.templating import Page
from matchmaker.web.forms import Form, query_form
from matchmaker.web.visit import Answer, Visit, go
from models import Card, Organisation
from models.vocabulary import (
    CardStatus,
    Contribution,
    IpStatus,
    Language,
    LegalForm,
    OrganisationKind,
    Pillar,
    PriceBand,
    SizeBand,
)


@dataclass(kw_only=True)
class ListPage(Page):
    template: ClassVar[str] = "cards/list.html"
    listing: Listing[CardRow]
    form: Form
    chips: list[tuple[str, str]]
    can_register: bool
    pillars: list[tuple[str, str]]
    provinces: list[tuple[str, str]]
    kinds: list[tuple[str, str]]


@dataclass(kw_only=True)
class DetailPage(Page):
    template: ClassVar[str] = "cards/detail.html"
    card: Card
    organisation: Organisation
    seat: str
    pillars: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    can_edit: bool
    can_publish: bool
    can_close: bool
    can_ask: bool
    status: str
    form: Form


@get("/kapabilitas")
async def cards_page(visit: NamedDependency[Visit]) -> Response[str]:
    form = query_form(visit.request.query_params.multi_items())
    filters = CardFilters(
        pillar=form.one_of("pilar", Pillar),
        province=form.one_of("provinsi", facts.provinces()),
        kind=form.one_of("jenis", PARTNERS),
        text=form.value("q")[:200],
    )
    page = ListPage(
        listing=await list_cards(visit.session, filters, form.value("lanjut")),
        form=form,
        chips=_chips(filters),
        can_register=visit.viewer is not None and visit.viewer.acts_for(*PARTNERS),
        pillars=options(Pillar),
        provinces=list(facts.provinces().items()),
        kinds=options(OrganisationKind, without=(OrganisationKind.region,)),
    )
    return visit.show(page)


def _chips(filters: CardFilters) -> list[tuple[str, str]]:
    """(what is filtered by, the query value that carries it)."""
    chips = [
        ("pilar", label(Pillar, filters.pillar)),
        ("provinsi", facts.provinces().get(filters.province or "", "")),
        ("jenis", label(OrganisationKind, filters.kind)),
        ("q", f"“{filters.text}”" if filters.text else ""),
    ]
    return [(text, name) for name, text in chips if text]


@get("/kapabilitas/{card_id:int}")
async def card_page(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Response[str]:
    card = await access.card_to_read(visit.session, visit.viewer, card_id)
    organisation = await access.organisation_to_read(visit.session, card.organisation_id)
    own = visit.viewer is not None and visit.viewer.member_of(card.organisation_id) is not None
    page = DetailPage(
        card=card,
        organisation=organisation,
        seat=facts.regions().get(organisation.region_code or "", ""),
        pillars=[(p, label(Pillar, p)) for p in card.pillars],
        facts=_facts(card, organisation),
        can_edit=own and card.status != CardStatus.closed,
        can_publish=own and card.status == CardStatus.draft,
        can_close=own and card.status == CardStatus.published,
        can_ask=card.status == CardStatus.published
        and (visit.viewer is None or visit.viewer.acts_for(OrganisationKind.region)),
        status=label(CardStatus, card.status),
        form=Form(),
    )
    return visit.show(page)


def _facts(card: Card, organisation: Organisation) -> list[tuple[str, str]]:
    """The short facts beside the text; what was not given is not shown."""
    window = [show_date(d) for d in (card.available_from, card.available_until) if d]
    rows = [
        (_("Legal form"), label(LegalForm, organisation.legal_form)),
        (_("Size"), label(SizeBand, organisation.size_band)),
        (_("Topics"), ", ".join(labels.sub_dimension(code) for code in card.sub_dimensions)),
        (_("Brings"), ", ".join(label(Contribution, c) for c in card.contributions)),
        (_("Readiness"), f"TKT {card.tkt}" if card.tkt else ""),
        (_("Intellectual property"), label(IpStatus, card.ip_status)),
        (_("Regions served"), ", ".join(labels.place(code) for code in card.regions_served)),
        (_("Price band"), label(PriceBand, card.price_band)),
        (_("Available"), " – ".join(window)),
        (_("Working languages"), ", ".join(label(Language, code) for code in card.languages)),
        (_("Development goals"), "; ".join(labels.sdg(goal) for goal in card.sdgs)),
    ]
    return [(name, text) for name, text in rows if text]


@post("/kapabilitas/{card_id:int}/tutup", status_code=200)
async def close_card(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Answer:
    await actions.close_card(visit.session, visit.viewer, card_id)
    return go(f"/kapabilitas/{card_id}", "closed")


HANDLERS = [cards_page, card_page, close_card]
