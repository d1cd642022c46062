"""Initiatives: posted, changed, published, closed."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.editing import (
    check_publishable,
    check_version,
    search_text,
    write_fields,
    written_fields,
)
from matchmaker.actions.index import note_change
from matchmaker.errors import Conflict, Forbidden
from matchmaker.i18n import gettext as _
from matchmaker.i18n import mark
from matchmaker.inputs.initiative import (
    Closing,
    InitiativeChange,
    InitiativeCreation,
    NeedInput,
    PublishableInitiative,
)
from matchmaker.states import initiative_status, path_of
from models import OPEN_STATUSES, Conversation, Initiative, Need, Organisation, now, takes_partners
from models.vocabulary import InitiativeStatus, OrganisationKind, PairState

KIND = "initiative"
# Published ones expire by default after half a year: a list of dead needs helps nobody.
LIFETIME = timedelta(days=180)
#: What follows the talks, the furthest first.
FOLLOWING = (
    InitiativeStatus.running,
    InitiativeStatus.agreed,
    InitiativeStatus.in_talks,
    InitiativeStatus.done,
    InitiativeStatus.published,
)
UNVERIFIED = mark("The programme office has not verified your organisation yet. Your draft is safe until then.")


async def post_initiative(session: AsyncSession, viewer: Viewer | None, given: InitiativeCreation) -> Initiative:
    """A draft of the viewer's region."""
    member = access.acting_member(viewer, {OrganisationKind.region}, given.organisation_id)
    initiative = Initiative(
        organisation_id=member.organisation_id,
        region_code=member.region_code or "",
        created_by_id=access.signed_in(viewer).account_id,
        title=given.title,
    )
    write_fields(initiative, _without_needs(written_fields(given)))
    initiative.search_text = search_text(initiative)
    session.add(initiative)
    await session.flush()
    await _set_needs(session, initiative, given.needs)
    return initiative


async def change_initiative(
    session: AsyncSession, viewer: Viewer | None, initiative_id: int, change: InitiativeChange
) -> Initiative:
    """Writes what was handed in. A published initiative must stay fit to be published."""
    initiative = await access.initiative_to_edit(session, viewer, initiative_id)
    if initiative.closed_at is not None:
        raise Conflict(_("This initiative is closed and can no longer be changed."))
    values = written_fields(change)
    check_version(initiative, change, await as_handed_in(session, initiative))
    write_fields(initiative, _without_needs(values))
    if "needs" in values:
        await _set_needs(session, initiative, change.needs)
    initiative.search_text = search_text(initiative)
    initiative.version += 1
    initiative.updated_at = now()
    session.add(initiative)
    if initiative.status in OPEN_STATUSES:
        initiative.expires_at = initiative.expires_at or now() + LIFETIME
        check_publishable(PublishableInitiative, await as_handed_in(session, initiative))
        await note_change(session, KIND, initiative_id)
    return initiative


async def publish_initiative(session: AsyncSession, viewer: Viewer | None, initiative_id: int) -> Initiative:
    """Makes a complete draft public and has it matched. Only a verified organisation speaks for a region."""
    initiative = await access.initiative_to_edit(session, viewer, initiative_id)
    if initiative.status in FOLLOWING:
        return initiative
    if initiative.status != InitiativeStatus.draft:
        raise Conflict(_("Only a draft can be published."))
    organisation = await access.by_id(session, Organisation, initiative.organisation_id)
    if organisation.verified_at is None:
        raise Forbidden(_(UNVERIFIED))
    check_publishable(PublishableInitiative, await as_handed_in(session, initiative))
    initiative.status = InitiativeStatus.published
    initiative.published_at = now()
    if initiative.expires_at is None or initiative.expires_at <= now():
        # A draft may have lain longer than it was meant to be open.
        initiative.expires_at = now() + LIFETIME
    initiative.version += 1
    session.add(initiative)
    await note_change(session, KIND, initiative_id)
    return initiative


async def close_initiative(
    session: AsyncSession, viewer: Viewer | None, initiative_id: int, closing: Closing
) -> Initiative:
    """Ends it, with a reason, and has it matched no more. Closing twice is closing once."""
    initiative = await access.initiative_to_edit(session, viewer, initiative_id)
    if initiative.closed_at is None:
        initiative.status = InitiativeStatus.closed
        initiative.closed_at, initiative.close_reason = now(), closing.reason
        initiative.version += 1
        session.add(initiative)
        await note_change(session, KIND, initiative_id)
    return initiative


async def expire_initiatives(session: AsyncSession, most: int = 200) -> int:
    """Those whose time has run out are not open any more, as everybody saw already; answers how many."""
    over = (takes_partners(), col(Initiative.expires_at) <= now())
    query = select(Initiative).where(*over).order_by(col(Initiative.expires_at)).limit(most)
    initiatives = (await session.exec(query.with_for_update())).all()
    for initiative in initiatives:
        initiative.status = InitiativeStatus.expired
        initiative.version += 1
        session.add(initiative)
    for initiative in initiatives:
        await note_change(session, KIND, initiative.id or 0)
    return len(initiatives)


async def follow_talks(session: AsyncSession, initiative_id: int) -> None:
    """Its status after one of its talks has moved: of all of them, the one that has come furthest. What is closed
    stays closed.
    """
    initiative = await access.by_id(session, Initiative, initiative_id, lock=True)
    if initiative.status not in (*FOLLOWING, InitiativeStatus.expired):
        return
    query = (
        select(Conversation.state, Organisation.legal_form)
        .join(Organisation, col(Organisation.id) == Conversation.partner_side_id)
        .where(Conversation.initiative_id == initiative_id)
        .distinct()
    )
    reached = {initiative_status(PairState(s), path_of(form)) for s, form in (await session.exec(query)).all()}
    status = next((s for s in FOLLOWING if s in reached), InitiativeStatus.published)
    # A talk may outlive the time in which others could come forward.
    if status == initiative.status or (initiative.status == InitiativeStatus.expired and status in OPEN_STATUSES):
        return
    was_matched = initiative.status in OPEN_STATUSES
    initiative.status = status
    session.add(initiative)
    if was_matched != (status in OPEN_STATUSES):
        await note_change(session, KIND, initiative_id)


async def as_handed_in(session: AsyncSession, initiative: Initiative) -> dict[str, object]:
    """The initiative under the names of its form, needs included."""
    query = select(Need).where(Need.initiative_id == initiative.id).order_by(col(Need.position))
    needs = (await session.exec(query)).all()
    return initiative.model_dump() | {
        "needs": [{"title": n.title, "detail": n.detail, "contribution": n.contribution} for n in needs]
    }


def _without_needs(values: dict[str, object]) -> dict[str, object]:
    """Needs are rows of their own, not a column."""
    return {name: value for name, value in values.items() if name != "needs"}


async def _set_needs(session: AsyncSession, initiative: Initiative, needs: list[NeedInput]) -> None:
    await session.exec(delete(Need).where(col(Need.initiative_id) == initiative.id))
    session.add_all(
        Need(initiative_id=initiative.id or 0, position=i, **need.model_dump(mode="json"))
        for i, need in enumerate(needs)
    )
    await session.flush()
