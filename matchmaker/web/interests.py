"""Expressions of interest: the list, the form of a new one, and the answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, facts
from matchmaker.actions import interests as actions
from matchmaker.errors import NotFound
from matchmaker.inputs.contact import InterestInput, Refusal
from matchmaker.labels import label, options
from matchmaker.reading.cards import cards_of
from matchmaker.reading.initiatives import initiatives_of
from matchmaker.reading.interests import InterestRow, list_interests
from matchmaker.reading.listing import Listing
from matchmaker.templating import Page
from matchmaker.web.forms import Form, query_form
from matchmaker.web.visit import Answer, Visit, go
from models import OPEN_STATUSES, Card, Initiative, Interest
from models.vocabulary import CardStatus, FirstStep, InterestState, Reason


@dataclass(kw_only=True)
class ListPage(Page):
    template: ClassVar[str] = "interests/list.html"
    listing: Listing[InterestRow]
    states: dict[str, str]


@dataclass(kw_only=True)
class NewPage(Page):
    """``waits_until``: the other side said no, and is not asked before this moment."""

    template: ClassVar[str] = "interests/new.html"
    form: Form
    initiative: Initiative
    card: Card
    region_name: str
    waits_until: datetime | None
    first_steps: list[tuple[str, str]]


@dataclass(kw_only=True)
class ChoosePage(Page):
    """Which card, or which initiative, the interest is about: the other half of the pair is still open."""

    template: ClassVar[str] = "interests/choose.html"
    title: str
    pairs: list[tuple[str, str]]
    is_initiative: bool


@dataclass(kw_only=True)
class InterestPage(Page):
    template: ClassVar[str] = "interests/detail.html"
    interest: Interest
    row: InterestRow
    state: str
    first_step: str
    reason: str
    can_answer: bool
    can_withdraw: bool
    reasons: list[tuple[str, str]]
    form: Form


@get("/minat")
async def interests_page(visit: NamedDependency[Visit]) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    listing = await list_interests(visit.session, viewer, visit.request.query_params.get("lanjut"))
    return visit.show(ListPage(listing=listing, states=dict(options(InterestState))))


@get("/minat/baru")
async def new_interest_page(visit: NamedDependency[Visit]) -> Response[str]:
    access.signed_in(visit.viewer)
    form = query_form(visit.request.query_params.multi_items())
    typed = Form({"initiative_id": form.chosen("initiative"), "card_id": form.chosen("card")})
    if not typed.value("initiative_id") or not typed.value("card_id"):
        return await _show_choice(visit, typed)
    return await _show_new(visit, typed)


async def _show_choice(visit: Visit, form: Form) -> Response[str]:
    """Only one half of the pair is known: which of one's own is the other?"""
    viewer = access.signed_in(visit.viewer)
    if form.value("card_id"):
        card = await access.card_to_read(visit.session, viewer, _row_id(form, "card_id"))
        initiatives = await initiatives_of(visit.session, viewer, viewer.organisation_ids)
        pairs = [
            (f"/minat/baru?initiative={i.id}&card={card.id}", i.title)
            for i in initiatives
            if i.status in OPEN_STATUSES
        ]
        return visit.show(ChoosePage(title=card.title, pairs=pairs, is_initiative=True))
    initiative = await access.initiative_to_read(visit.session, viewer, _row_id(form, "initiative_id"))
    cards = await cards_of(visit.session, viewer, viewer.organisation_ids)
    pairs = [
        (f"/minat/baru?initiative={initiative.id}&card={c.id}", c.title)
        for c in cards
        if c.status == CardStatus.published
    ]
    return visit.show(ChoosePage(title=initiative.title, pairs=pairs, is_initiative=False))


async def _show_new(visit: Visit, form: Form) -> Response[str]:
    initiative = await access.initiative_to_read(visit.session, visit.viewer, _row_id(form, "initiative_id"))
    card = await access.card_to_read(visit.session, visit.viewer, _row_id(form, "card_id"))
    viewer = access.signed_in(visit.viewer)
    sender = viewer.member_of(card.organisation_id) or viewer.member_of(initiative.organisation_id)
    if sender is None:
        raise NotFound
    waits_until = await actions.asks_again_from(
        visit.session, initiative.id or 0, card.id or 0, sender.organisation_id
    )
    page = NewPage(
        form=form,
        initiative=initiative,
        card=card,
        region_name=facts.regions()[initiative.region_code],
        waits_until=waits_until,
        first_steps=options(FirstStep),
    )
    return visit.show(page, 422 if form.errors else 200)


def _row_id(form: Form, name: str) -> int:
    text = form.value(name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else 0


@post("/minat/baru", status_code=200)
async def express_interest(visit: NamedDependency[Visit]) -> Answer:
    access.signed_in(visit.viewer)
    form = await visit.form()
    interest = await visit.attempt(
        form, lambda: actions.express_interest(visit.session, visit.viewer, form.read(InterestInput))
    )
    return go(f"/minat/{interest.id}", "interest") if interest else await _show_new(visit, form)


# The receiving side's first look is noted, so this GET writes.
@get("/minat/{interest_id:int}", opt={"write": True})
async def interest_page(visit: NamedDependency[Visit], interest_id: FromPath[int]) -> Response[str]:
    interest = await actions.mark_seen(visit.session, visit.viewer, interest_id)
    return await _show_interest(visit, interest, Form())


async def _show_interest(visit: Visit, interest: Interest, form: Form) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    row_id = interest.id or 0
    row = (await list_interests(visit.session, viewer, interest_id=row_id)).items[0]
    waiting = interest.state == InterestState.sent
    page = InterestPage(
        interest=interest,
        row=row,
        state=label(InterestState, interest.state),
        first_step=label(FirstStep, interest.first_step),
        reason=label(Reason, interest.reason),
        can_answer=waiting and viewer.member_of(interest.to_organisation_id) is not None,
        can_withdraw=waiting and viewer.member_of(interest.from_organisation_id) is not None,
        reasons=options(Reason, without=(Reason.no_reply,)),
        form=form,
    )
    return visit.show(page, 422 if form.errors else 200)


@post("/minat/{interest_id:int}/terima", status_code=200)
async def accept_interest(visit: NamedDependency[Visit], interest_id: FromPath[int]) -> Answer:
    conversation = await actions.accept_interest(visit.session, visit.viewer, interest_id)
    return go(f"/percakapan/{conversation.id}", "accepted")


@post("/minat/{interest_id:int}/tolak", status_code=200)
async def decline_interest(visit: NamedDependency[Visit], interest_id: FromPath[int]) -> Answer:
    interest = await access.interest_to_answer(visit.session, visit.viewer, interest_id)
    form = await visit.form()
    done = await visit.attempt(
        form,
        lambda: actions.decline_interest(visit.session, visit.viewer, interest_id, form.read(Refusal)),
    )
    return go(f"/minat/{interest_id}", "declined") if done else await _show_interest(visit, interest, form)


@post("/minat/{interest_id:int}/tarik", status_code=200)
async def withdraw_interest(visit: NamedDependency[Visit], interest_id: FromPath[int]) -> Answer:
    await actions.withdraw_interest(visit.session, visit.viewer, interest_id)
    return go(f"/minat/{interest_id}", "withdrawn")


HANDLERS = [
    interests_page,
    new_interest_page,
    express_interest,
    interest_page,
    accept_interest,
    decline_interest,
    withdraw_interest,
]
