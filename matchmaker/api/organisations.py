"""Regional governments, companies and academic institutions."""

from datetime import datetime
from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions import organisations as actions
from matchmaker.api.answers import Answer, Page
from matchmaker.api.once import Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, patch, post
from matchmaker.inputs.organisation import OrganisationChange, OrganisationInput
from matchmaker.inputs.validation import check
from matchmaker.reading.answering import answering_time
from matchmaker.reading.organisations import list_organisations as read_organisations
from models import Organisation
from models.vocabulary import LegalForm, OrganisationKind, SizeBand


class OrganisationQuery(Stretch):
    search: Annotated[str, Field(max_length=200, description="Words of the name.")] | None = None
    kind: OrganisationKind | None = None
    verified: bool | None = None
    mine: Annotated[bool, Field(description="Only those that the caller acts for.")] = False


class OrganisationItem(Answer):
    """An organisation as lists tell it."""

    id: int
    kind: OrganisationKind
    name: str
    legal_form: LegalForm
    region_code: str | None = Field(description="The region that it governs, or has its seat in.")
    verified: bool = Field(description="Whether the programme office vouches for it.")


class OrganisationAnswer(OrganisationItem):
    description: str
    website: str
    size_band: SizeBand | None
    founded: int | None
    kbli: str
    kbli_edition: str
    field_of_science: str
    university_domain: str
    local_content: str
    business_number: str | None = Field(description="NIB. Told to members only; null for others.")
    tax_number: str | None = Field(description="NPWP. Told to members only; null for others.")
    answers_interests_in: float | None = Field(
        description="Median hours to answer an expression of interest, within a year; null below 3 answers."
    )
    answers_turns_in: float | None = Field(description="The same for its turns in conversations.")
    version: int
    created_at: datetime


@post("/organisations", "createOrganisation", "Register an organisation", status=201)
async def create_organisation(call: Posted, data: JSONBody[OrganisationInput]) -> Response[OrganisationAnswer]:
    """The caller becomes its admin; the programme office verifies it later. A region can be claimed once."""
    return await call.act(
        lambda organisation: _answer(call.session, organisation, own=True), actions.create_organisation, data
    )


@get(
    "/organisations",
    "listOrganisations",
    "Organisations, newest first",
    asks=OrganisationQuery,
    public=True,
    also=[401],
)
async def list_organisations(session: Transaction, viewer: Caller, asked: Asked) -> Page[OrganisationItem]:
    query = check(OrganisationQuery, asked)
    listing = await read_organisations(
        session,
        text=query.search,
        kind=query.kind,
        verified=query.verified,
        among=access.signed_in(viewer).organisation_ids if query.mine else None,
        cursor=query.cursor,
        limit=query.limit,
    )
    return Page(items=[_item(row) for row in listing.items], next=listing.next)


@get("/organisations/{organisation_id:int}", "getOrganisation", "An organisation", public=True)
async def get_organisation(session: Transaction, viewer: Caller, organisation_id: FromPath[int]) -> OrganisationAnswer:
    organisation = await access.organisation_to_read(session, organisation_id)
    return await _answer(session, organisation, own=_is_member(viewer, organisation_id))


@patch("/organisations/{organisation_id:int}", "changeOrganisation", "Change an organisation")
async def change_organisation(
    session: Transaction, viewer: Caller, organisation_id: FromPath[int], data: JSONBody[OrganisationChange]
) -> OrganisationAnswer:
    """For its members: the fields that are sent, written against `version`."""
    organisation = await actions.change_organisation(session, viewer, organisation_id, data)
    return await _answer(session, organisation, own=True)


def _is_member(viewer: Viewer | None, organisation_id: int) -> bool:
    return viewer is not None and viewer.member_of(organisation_id) is not None


def _item(organisation: Organisation) -> OrganisationItem:
    return OrganisationItem.model_validate(_values(organisation))


async def _answer(session: AsyncSession, organisation: Organisation, *, own: bool) -> OrganisationAnswer:
    hidden = {} if own else {"business_number": None, "tax_number": None}
    time = await answering_time(session, organisation.id or 0)
    told = {"answers_interests_in": time.interests, "answers_turns_in": time.turns}
    return OrganisationAnswer.model_validate(_values(organisation) | hidden | told)


def _values(organisation: Organisation) -> dict[str, object]:
    return organisation.model_dump() | {"verified": organisation.verified_at is not None}


HANDLERS = [create_organisation, list_organisations, get_organisation, change_organisation]
