"""Organisations: claimed, joined, verified."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.editing import apply_changes
from matchmaker.actions.notices import begin_reading, notify, tell_members
from matchmaker.database import insert_unless_present
from matchmaker.errors import Conflict, Invalid, NotFound
from matchmaker.i18n import gettext as _
from matchmaker.inputs.organisation import OrganisationChange, OrganisationInput
from models import Membership, Organisation, now
from models.vocabulary import MemberState, NoticeKind

# What a verification rests on.
IDENTITY = ("name", "business_number", "tax_number", "university_domain")


async def create_organisation(session: AsyncSession, viewer: Viewer | None, given: OrganisationInput) -> Organisation:
    """A new, unverified organisation with the viewer as its admin; a region can be claimed once."""
    viewer = access.signed_in(viewer)
    organisation = Organisation(**given.model_dump(mode="json"))
    try:
        async with session.begin_nested():
            session.add(organisation)
    except IntegrityError:
        raise Invalid({"region_code": _("This region already has its organisation. Ask to join it.")}) from None
    session.add(
        Membership(
            account_id=viewer.account_id,
            organisation_id=organisation.id or 0,
            state=MemberState.active,
            is_admin=True,
        )
    )
    await session.flush()
    return organisation


async def change_organisation(
    session: AsyncSession, viewer: Viewer | None, organisation_id: int, change: OrganisationChange
) -> Organisation:
    """Writes what was handed in. The office has vouched for one name and its numbers, not for what replaces them."""
    organisation = await access.organisation_to_edit(session, viewer, organisation_id)
    vouched = [getattr(organisation, name) for name in IDENTITY]
    apply_changes(organisation, change)
    if vouched != [getattr(organisation, name) for name in IDENTITY]:
        if organisation.verified_at is not None:
            others = await _others(session, organisation_id, access.signed_in(viewer).account_id)
            await tell_members(session, NoticeKind.verification, organisation_id, others, detail="changed")
        organisation.verified_at = organisation.verified_by_id = None
    session.add(organisation)
    return organisation


async def ask_to_join(session: AsyncSession, viewer: Viewer | None, organisation_id: int) -> None:
    """Asks its admins for a place. Asking twice is asking once."""
    viewer = access.signed_in(viewer)
    organisation = await access.organisation_to_read(session, organisation_id)
    request = Membership(account_id=viewer.account_id, organisation_id=organisation.id or 0, state=MemberState.asked)
    await insert_unless_present(session, Membership, request.model_dump())
    made = await _membership(session, organisation_id, viewer.account_id)
    if made.created_at == request.created_at:
        admins = await _admins(session, organisation_id)
        await _tell(session, organisation_id, admins, "asked", about=viewer.account_id)


async def admit_member(session: AsyncSession, viewer: Viewer | None, organisation_id: int, account_id: int) -> None:
    """Lets somebody in who asked. The first to be let in by the office, where no admin is left, becomes admin."""
    await access.organisation_to_administer(session, viewer, organisation_id)
    membership = await _membership(session, organisation_id, account_id)
    was_waiting = membership.state == MemberState.asked
    membership.state = MemberState.active
    membership.is_admin = membership.is_admin or not await _admins(session, organisation_id)
    session.add(membership)
    if was_waiting:
        await begin_reading(session, account_id, organisation_id)
        await _tell(session, organisation_id, [account_id], "admitted")


async def remove_member(session: AsyncSession, viewer: Viewer | None, organisation_id: int, account_id: int) -> None:
    """By an admin, or by the member itself. The last admin of an organisation with other members stays."""
    if access.signed_in(viewer).account_id != account_id:
        await access.organisation_to_administer(session, viewer, organisation_id)
    else:
        # Two admins who leave at the same moment must not both find the other still there.
        await access.by_id(session, Organisation, organisation_id, lock=True)
    membership = await _membership(session, organisation_id, account_id)
    admins = await _admins(session, organisation_id)
    if membership.is_admin and len(admins) == 1 and await _others(session, organisation_id, account_id):
        raise Conflict(_("Make another member admin first: an organisation needs one."))
    await session.delete(membership)
    if access.signed_in(viewer).account_id != account_id:
        detail = "declined" if membership.state == MemberState.asked else "removed"
        await _tell(session, organisation_id, [account_id], detail)


async def make_admin(session: AsyncSession, viewer: Viewer | None, organisation_id: int, account_id: int) -> None:
    await access.organisation_to_administer(session, viewer, organisation_id)
    membership = await _membership(session, organisation_id, account_id)
    if membership.state == MemberState.asked:
        await begin_reading(session, account_id, organisation_id)
    if not membership.is_admin and account_id != access.signed_in(viewer).account_id:
        await _tell(session, organisation_id, [account_id], "admin")
    membership.state, membership.is_admin = MemberState.active, True
    session.add(membership)


async def verify_organisation(session: AsyncSession, viewer: Viewer | None, organisation_id: int) -> None:
    """The programme office vouches that these people speak for this organisation."""
    viewer = access.office(viewer)
    organisation = await access.by_id(session, Organisation, organisation_id, lock=True)
    if organisation.verified_at is None:
        await notify(session, NoticeKind.verification, [organisation_id], detail="verified")
    organisation.verified_at, organisation.verified_by_id = now(), viewer.account_id
    session.add(organisation)


async def withdraw_verification(session: AsyncSession, viewer: Viewer | None, organisation_id: int) -> None:
    access.office(viewer)
    organisation = await access.by_id(session, Organisation, organisation_id, lock=True)
    if organisation.verified_at is not None:
        await notify(session, NoticeKind.verification, [organisation_id], detail="withdrawn")
    organisation.verified_at = organisation.verified_by_id = None
    session.add(organisation)


async def _tell(
    session: AsyncSession, organisation_id: int, account_ids: list[int], detail: str, *, about: int | None = None
) -> None:
    await tell_members(session, NoticeKind.membership, organisation_id, account_ids, detail=detail, row_id=about)


async def _membership(session: AsyncSession, organisation_id: int, account_id: int) -> Membership:
    if not 1 <= account_id <= access.LARGEST_ID:
        raise NotFound
    membership = await session.get(Membership, (account_id, organisation_id))
    if membership is None:
        raise NotFound
    return membership


async def _admins(session: AsyncSession, organisation_id: int) -> list[int]:
    query = select(Membership.account_id).where(
        Membership.organisation_id == organisation_id,
        Membership.state == MemberState.active,
        col(Membership.is_admin),
    )
    return list((await session.exec(query)).all())


async def appoint_admin_if_none(session: AsyncSession, organisation_id: int) -> None:
    """Whoever has been a member longest takes over where the last admin's account is gone."""
    await access.by_id(session, Organisation, organisation_id, lock=True)
    query = (
        select(Membership)
        .where(Membership.organisation_id == organisation_id, Membership.state == MemberState.active)
        .order_by(col(Membership.is_admin).desc(), col(Membership.created_at))
    )
    longest = (await session.exec(query.limit(1))).first()
    if longest is not None and not longest.is_admin:
        longest.is_admin = True
        session.add(longest)


async def _others(session: AsyncSession, organisation_id: int, account_id: int) -> list[int]:
    """Its members besides this one."""
    query = select(Membership.account_id).where(
        Membership.organisation_id == organisation_id,
        Membership.state == MemberState.active,
        Membership.account_id != account_id,
    )
    return list((await session.exec(query)).all())
