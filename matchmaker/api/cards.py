"""Capability cards of companies and academic institutions."""

from datetime import date, datetime
from typing import Annotated, Literal

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.actions import cards as actions
from matchmaker.api.answers import Answer, CardItem, Page, card_item
from matchmaker.api.once import Posted
from matchmaker.api.query import OF_ONE_ORGANISATION, Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, patch, post
from matchmaker.inputs.card import CardChange, CardCreation
from matchmaker.inputs.contact import RowId
from matchmaker.inputs.fields import ProvinceCode
from matchmaker.inputs.validation import check
from matchmaker.reading import cards as reading
from matchmaker.reading.facets import picked
from models import Card
from models.vocabulary import Contribution, IpStatus, Language, Pillar, PriceBand


class CardQuery(Stretch):
    search: Annotated[str, Field(max_length=200, description="Words of title and summary.")] | None = None
    pillar: Pillar | None = None
    province: Annotated[ProvinceCode, Field(description="Of the organisation's seat.")] | None = None
    kind: Literal["company", "academic"] | None = None
    organisation_id: Annotated[RowId, Field(description=OF_ONE_ORGANISATION)] | None = None


class EvidenceAnswer(Answer):
    client: str
    year: int | None = None
    result: str = ""


class CardAnswer(CardItem):
    description: str
    region_gets: str
    asks: str
    sub_dimensions: list[str]
    ip_status: IpStatus | None
    evidence: list[EvidenceAnswer]
    contributions: list[Contribution]
    regions_served: list[str] = Field(description="`all`, codes of provinces and of regions.")
    price_band: PriceBand | None
    available_from: date | None
    available_until: date | None
    languages: list[Language]
    sdgs: list[int]
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None


@post("/cards", "createCard", "Begin a capability card", status=201)
async def register_card(call: Posted, data: JSONBody[CardCreation]) -> Response[CardAnswer]:
    """A draft of the caller's company or campus; a title is enough."""
    return await call.act(lambda card: _answer(call.session, card), actions.register_card, data)


@get("/cards", "listCards", "Published cards, newest first", asks=CardQuery, public=True)
async def list_cards(session: Transaction, viewer: Caller, asked: Asked) -> Page[CardItem]:
    query = check(CardQuery, asked)
    if query.organisation_id is not None:
        listing = await reading.organisation_cards(session, viewer, query.organisation_id, query.cursor, query.limit)
    else:
        filters = reading.CardFilters(
            query.search, picked(pillar=query.pillar, province=query.province, kind=query.kind)
        )
        listing = await reading.list_cards(session, filters, query.cursor, query.limit)
    return Page(items=[card_item(row) for row in listing.items], next=listing.next)


@get("/cards/{card_id:int}", "getCard", "A capability card", public=True)
async def get_card(session: Transaction, viewer: Caller, card_id: FromPath[int]) -> CardAnswer:
    """What was published stays readable after its end; a draft is its organisation's alone."""
    return await _answer(session, await access.card_to_read(session, viewer, card_id))


@patch("/cards/{card_id:int}", "changeCard", "Change a capability card")
async def change_card(
    session: Transaction, viewer: Caller, card_id: FromPath[int], data: JSONBody[CardChange]
) -> CardAnswer:
    """The fields that are sent, written against `version`; a stale one is 409 with both texts."""
    return await _answer(session, await actions.change_card(session, viewer, card_id, data))


@post("/cards/{card_id:int}/publish", "publishCard", "Publish a capability card")
async def publish_card(call: Posted, card_id: FromPath[int]) -> Response[CardAnswer]:
    """Once every needed field is there; 422 names those that are missing."""

    async def act() -> CardAnswer:
        return await _answer(call.session, await actions.publish_card(call.session, call.viewer, card_id))

    return await call.once(act)


@post("/cards/{card_id:int}/close", "closeCard", "Close a capability card")
async def close_card(call: Posted, card_id: FromPath[int]) -> Response[CardAnswer]:
    """It is matched no more; talks about it go on. Closing twice is closing once."""

    async def act() -> CardAnswer:
        return await _answer(call.session, await actions.close_card(call.session, call.viewer, card_id))

    return await call.once(act)


async def _answer(session: AsyncSession, card: Card) -> CardAnswer:
    organisation = await access.organisation_to_read(session, card.organisation_id)
    return CardAnswer.model_validate(
        {
            **card.model_dump(),
            "organisation_name": organisation.name,
            "organisation_kind": organisation.kind,
            "verified": organisation.verified_at is not None,
        }
    )


HANDLERS = [register_card, list_cards, get_card, change_card, publish_card, close_card]
