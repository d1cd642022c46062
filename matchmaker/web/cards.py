"""Capability cards: the list, and one."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, fact_names, facts, labels
from matchmaker.access import PARTNERS
from matchmaker.actions import cards as actions
from matchmaker.i18n import gettext as _
from matchmaker.i18n import show_date
from matchmaker.labels import label, options
from matchmaker.reading.cards import TKT_STEPS, CardFilters, CardRow, count_cards, list_cards
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
)
from matchmaker.web.forms import Form, query_form
from matchmaker.web.things import Key, ThingPage, given, route_finder
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
class ListPage(BrowsePage):
    """``names``: what codes are called, by vocabulary; ``served``: by card, where."""

    template: ClassVar[str] = "cards/list.html"
    listing: Listing[CardRow]
    served: dict[int, str]
    names: dict[str, dict[str, str]]
    can_register: bool


@dataclass(kw_only=True)
class DetailPage(ThingPage):
    template: ClassVar[str] = "cards/detail.html"
    card: Card
    seat: str
    legal_form: str
    can_ask: bool


def _filters() -> list[Filter]:
    *steps, highest = TKT_STEPS
    at_least = [(str(step), _("TKT %(level)s or higher") % {"level": step}) for step in steps]
    at_least.append((str(highest), f"TKT {highest}"))
    return [
        Filter("pillar", "pilar", _("Pillar"), options(Pillar)),
        Filter("contribution", "kontribusi", _("Brings"), options(Contribution)),
        Filter(
            "kind", "jenis", _("Kind of organisation"), options(OrganisationKind, without=(OrganisationKind.region,))
        ),
        Filter("tkt", "tkt", _("Readiness"), at_least, single=True),
        provinces(_("Province of the seat")),
    ]


@get("/kapabilitas")
async def cards_page(visit: NamedDependency[Visit]) -> Response[str]:
    form, filters = query_form(visit.request.query_params.multi_items()), _filters()
    chosen = chosen_in(form, filters)
    asked = CardFilters(search_words(form), chosen)
    listing = await list_cards(visit.session, asked, form.value("lanjut"), LISTED)
    counts = await count_cards(visit.session, asked)
    page = ListPage(
        listing=listing,
        served={row.id: fact_names.places(row.regions_served, 1) for row in listing.items},
        names=labels.names(pillar=Pillar, contribution=Contribution, price=PriceBand),
        form=form,
        groups=shown_groups(filters, chosen, counts),
        chips=shown_chips(form, filters, chosen),
        sorts=[],
        total=counts.total,
        within=bool(form.value("lanjut")),
        can_register=visit.viewer is not None and visit.viewer.acts_for(*PARTNERS),
    )
    return visit.show(page)


@get("/kapabilitas/{card_id:int}")
async def card_page(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Response[str]:
    card = await access.card_to_read(visit.session, visit.viewer, card_id)
    organisation = await access.organisation_to_read(visit.session, card.organisation_id)
    own = visit.viewer is not None and visit.viewer.member_of(card.organisation_id) is not None
    page = DetailPage(
        card=card,
        organisation=organisation,
        seat=facts.regions().get(organisation.region_code or "", ""),
        legal_form=label(LegalForm, organisation.legal_form),
        pillars=[(p, label(Pillar, p)) for p in card.pillars],
        keys=_keys(card),
        facts=_facts(card, organisation),
        is_own=own,
        can_edit=own and card.status != CardStatus.closed,
        can_publish=own and card.status == CardStatus.draft,
        can_close=own and card.status == CardStatus.published,
        can_ask=card.status == CardStatus.published
        and (visit.viewer is None or visit.viewer.acts_for(OrganisationKind.region)),
        status=(card.status, label(CardStatus, card.status)),
        route_address=route_finder(legal_form=organisation.legal_form),
        form=Form(),
    )
    return visit.show(page)


def _keys(card: Card) -> list[Key]:
    """How ready it is, what it costs a region and where it is to be had."""
    stages = ((7, _("Tried where it is used, or in use")), (4, _("In development and trial")), (1, _("Research")))
    stage = next((text for least, text in stages if (card.tkt or 0) >= least), "")
    return [
        Key(_("Readiness"), f"TKT {card.tkt}" if card.tkt else _("Not stated"), stage),
        Key(_("Price band"), label(PriceBand, card.price_band) or _("Not stated")),
        Key(_("Regions served"), fact_names.places(card.regions_served, 2) or _("Not stated")),
    ]


def _facts(card: Card, organisation: Organisation) -> list[tuple[str, list[tuple[str, str]]]]:
    """The short facts that are no keys, by what they are about; what was not given is not shown."""
    window = [show_date(d) for d in (card.available_from, card.available_until) if d]
    return given(
        (
            _("Who"),
            [
                (_("Legal form"), label(LegalForm, organisation.legal_form)),
                (_("Size"), label(SizeBand, organisation.size_band)),
                (_("Working languages"), ", ".join(label(Language, code) for code in card.languages)),
            ],
        ),
        (
            _("What it brings"),
            [
                (_("Brings"), ", ".join(label(Contribution, c) for c in card.contributions)),
                (_("Intellectual property"), label(IpStatus, card.ip_status)),
            ],
        ),
        (
            _("Where and when"),
            [
                (_("Regions served"), ", ".join(fact_names.place(code) for code in card.regions_served)),
                (_("Available"), " – ".join(window)),
            ],
        ),
        (
            _("What it belongs to"),
            [
                (_("Topics"), ", ".join(fact_names.sub_dimension(code) for code in card.sub_dimensions)),
                (_("Development goals"), "; ".join(fact_names.sdg(goal) for goal in card.sdgs)),
            ],
        ),
    )


@post("/kapabilitas/{card_id:int}/tutup", status_code=200)
async def close_card(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Answer:
    await actions.close_card(visit.session, visit.viewer, card_id)
    return go(f"/kapabilitas/{card_id}", "closed")


HANDLERS = [cards_page, card_page, close_card]
