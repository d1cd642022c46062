"""Blocking another organisation, and reporting it to the programme office."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Member, Viewer
from matchmaker.actions.interests import decline_interest
from matchmaker.database import insert_unless_present
from matchmaker.errors import NotFound
from matchmaker.inputs.contact import Refusal, ReportInput
from models import Block, Interest, Report, now
from models.vocabulary import InterestState, Reason


def reporting_member(viewer: Viewer | None, about_id: int) -> Member:
    """The organisation for which the viewer has to do with another one: their first, and not that one itself."""
    viewer = access.signed_in(viewer)
    if not viewer.memberships or viewer.member_of(about_id):
        raise NotFound
    return viewer.memberships[0]


async def block_organisation(session: AsyncSession, viewer: Viewer | None, blocked_id: int) -> None:
    """No new interest from it; those that wait are declined. A talk under way goes on until somebody leaves it."""
    member = reporting_member(viewer, blocked_id)
    await access.organisation_to_read(session, blocked_id)
    values = {
        "organisation_id": member.organisation_id,
        "blocked_id": blocked_id,
        "account_id": access.signed_in(viewer).account_id,
        "created_at": now(),
    }
    await insert_unless_present(session, Block, values)
    query = select(Interest.id).where(
        Interest.from_organisation_id == blocked_id,
        Interest.to_organisation_id == member.organisation_id,
        Interest.state == InterestState.sent,
    )
    for interest_id in (await session.exec(query.order_by(col(Interest.id)))).all():
        await decline_interest(session, viewer, interest_id or 0, Refusal(reason=Reason.other))


async def unblock_organisation(session: AsyncSession, viewer: Viewer | None, blocked_id: int) -> None:
    member = reporting_member(viewer, blocked_id)
    block = await session.get(Block, (member.organisation_id, blocked_id))
    if block is not None:
        await session.delete(block)
        await session.flush()


async def report_organisation(
    session: AsyncSession, viewer: Viewer | None, about_id: int, given: ReportInput
) -> Report:
    """Tells the programme office. The other organisation does not learn of it."""
    member = reporting_member(viewer, about_id)
    await access.organisation_to_read(session, about_id)
    report = Report(
        organisation_id=member.organisation_id,
        about_id=about_id,
        account_id=access.signed_in(viewer).account_id,
        reason=given.reason,
        note=given.note,
    )
    session.add(report)
    await session.flush()
    return report


async def deal_with_report(session: AsyncSession, viewer: Viewer | None, report_id: int) -> Report:
    """By the programme office, which has done what was to be done."""
    office = access.office(viewer)
    report = await access.by_id(session, Report, report_id, lock=True)
    if report.dealt_with_at is None:
        report.dealt_with_at, report.dealt_with_by_id = now(), office.account_id
        session.add(report)
    return report
