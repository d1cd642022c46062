"""Initiatives of regions."""

from datetime import date, datetime
from typing import Annotated, Literal

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions import initiatives as actions
from matchmaker.api.answers import Answer, AttachmentAnswer, InitiativeItem, Page, initiative_item, region_answer
from matchmaker.api.once import Posted
from matchmaker.api.query import OF_ONE_ORGANISATION, Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, patch, post
from matchmaker.inputs.contact import RowId
from matchmaker.inputs.fields import ProvinceCode, RegionCode
from matchmaker.inputs.initiative import Closing, InitiativeChange, InitiativeCreation
from matchmaker.inputs.validation import check
from matchmaker.reading import initiatives as reading
from matchmaker.reading.attachments import attachments_of
from matchmaker.reading.facets import picked
from models import Initiative
from models.vocabulary import (
    Contribution,
    FundingBand,
    FundingSource,
    LegalInstrument,
    Pillar,
    Reason,
    SpbeImpact,
)


class InitiativeQuery(Stretch):
    search: Annotated[str, Field(max_length=200, description="Words of title and summary.")] | None = None
    pillar: Pillar | None = None
    province: ProvinceCode | None = None
    region: RegionCode | None = None
    kind: Literal["kabupaten", "kota"] | None = None
    quick_win: Annotated[bool, Field(description="Only quick wins.")] = False
    organisation_id: Annotated[RowId, Field(description=OF_ONE_ORGANISATION)] | None = None


class NeedAnswer(Answer):
    title: str
    detail: str
    contribution: Contribution


class IndicatorAnswer(Answer):
    name: str
    baseline: str = ""
    target: str = ""


class InitiativeAnswer(InitiativeItem):
    problem: str
    offers: str
    owner_office: str
    contact_role: str
    contact_email: str | None = Field(description="Told to members of its organisation only; null for others.")
    backup_email: str | None = Field(description="Told to members of its organisation only; null for others.")
    other_pillars: list[Pillar]
    sub_dimensions: list[str]
    needs: list[NeedAnswer]
    master_plan_ref: str
    rpjmd_ref: str
    funding_source: FundingSource | None
    funding_band: FundingBand | None
    legal_instrument: LegalInstrument | None
    indicators: list[IndicatorAnswer]
    location: str
    start_from: date | None
    duration_months: int | None
    minimum_tkt: int | None
    pilot: bool
    graduation_clause: str
    spbe_impact: SpbeImpact | None
    attachments: list[AttachmentAnswer] = Field(description="Fetched by who is signed in.")
    expires_at: datetime | None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    close_reason: Reason | None


@post("/initiatives", "createInitiative", "Begin an initiative", status=201)
async def post_initiative(call: Posted, data: JSONBody[InitiativeCreation]) -> Response[InitiativeAnswer]:
    """A draft of the caller's region; a title is enough. `organisation_id` for who acts for several."""
    return await call.act(
        lambda initiative: _answer(call.session, call.viewer, initiative), actions.post_initiative, data
    )


@get("/initiatives", "listInitiatives", "Open initiatives, newest first", asks=InitiativeQuery, public=True)
async def list_initiatives(session: Transaction, viewer: Caller, asked: Asked) -> Page[InitiativeItem]:
    query = check(InitiativeQuery, asked)
    if query.organisation_id is not None:
        listing = await reading.organisation_initiatives(
            session, viewer, query.organisation_id, query.cursor, query.limit
        )
    else:
        chosen = picked(pillar=query.pillar, province=query.province, kind=query.kind, quick_win=query.quick_win)
        filters = reading.InitiativeFilters(query.search, chosen, query.region)
        listing = await reading.list_initiatives(session, filters, query.cursor, query.limit)
    return Page(items=[initiative_item(row) for row in listing.items], next=listing.next)


@get("/initiatives/{initiative_id:int}", "getInitiative", "An initiative", public=True)
async def get_initiative(session: Transaction, viewer: Caller, initiative_id: FromPath[int]) -> InitiativeAnswer:
    """What was published stays readable after its end; a draft is its organisation's alone."""
    initiative = await access.initiative_to_read(session, viewer, initiative_id)
    return await _answer(session, viewer, initiative)


@patch("/initiatives/{initiative_id:int}", "changeInitiative", "Change an initiative")
async def change_initiative(
    session: Transaction, viewer: Caller, initiative_id: FromPath[int], data: JSONBody[InitiativeChange]
) -> InitiativeAnswer:
    """The fields that are sent, written against `version`; a stale one is 409 with both texts."""
    initiative = await actions.change_initiative(session, viewer, initiative_id, data)
    return await _answer(session, viewer, initiative)


@post("/initiatives/{initiative_id:int}/publish", "publishInitiative", "Publish an initiative")
async def publish_initiative(call: Posted, initiative_id: FromPath[int]) -> Response[InitiativeAnswer]:
    """For a verified organisation, once every needed field is there; 422 names those that are missing."""
    return await call.act(
        lambda initiative: _answer(call.session, call.viewer, initiative), actions.publish_initiative, initiative_id
    )


@post("/initiatives/{initiative_id:int}/close", "closeInitiative", "Close an initiative")
async def close_initiative(
    call: Posted, initiative_id: FromPath[int], data: JSONBody[Closing]
) -> Response[InitiativeAnswer]:
    """It is matched no more; talks about it go on. Closing twice is closing once."""
    return await call.act(
        lambda initiative: _answer(call.session, call.viewer, initiative),
        actions.close_initiative,
        initiative_id,
        data,
    )


async def _answer(session: AsyncSession, viewer: Viewer | None, initiative: Initiative) -> InitiativeAnswer:
    values = await actions.as_handed_in(session, initiative)
    values["attachments"] = await attachments_of(session, initiative.id or 0)
    if viewer is None or viewer.member_of(initiative.organisation_id) is None:
        values |= {"contact_email": None, "backup_email": None}
    return InitiativeAnswer.model_validate({**values, "region": region_answer(initiative.region_code)})


HANDLERS = [
    post_initiative,
    list_initiatives,
    get_initiative,
    change_initiative,
    publish_initiative,
    close_initiative,
]
