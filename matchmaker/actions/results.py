"""How the work under an agreement goes: milestones, a report each quarter by both sides, and what came of it."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.agreed import reach
from matchmaker.actions.agreements import Paper, keep_paper, tell
from matchmaker.actions.steps import pass_turn_of_quarter, side_name, take_step
from matchmaker.agreement_access import agreement_to_read
from matchmaker.errors import Conflict, Invalid, NotFound
from matchmaker.i18n import gettext as _
from matchmaker.inputs.agreement import (
    ClosingInput,
    EvidenceInput,
    MilestoneInput,
    MonitoringInput,
    ShowInput,
    today,
)
from matchmaker.states import Who
from models import Agreement, Conversation, Initiative, Milestone, Monitoring, now
from models.vocabulary import PairState, Stage, Step

MOST_MILESTONES = 50


async def add_milestone(
    session: AsyncSession, viewer: Viewer | None, agreement_id: int, given: MilestoneInput
) -> Milestone:
    """By either side, until the agreement is finished."""
    agreement, conversation, own_side = await _open(session, viewer, agreement_id)
    count = select(func.count(col(Milestone.id))).where(Milestone.agreement_id == agreement_id)
    if (await session.exec(count)).one() >= MOST_MILESTONES:
        raise Conflict(_("An agreement has at most %(most)s milestones.") % {"most": MOST_MILESTONES})
    if agreement.ends_on and given.due_on > agreement.ends_on:
        raise Invalid({"due_on": _("This is after the end of the agreement.")})
    milestone = Milestone(agreement_id=agreement_id, title=given.title, due_on=given.due_on, organisation_id=own_side)
    session.add(milestone)
    await session.flush()
    await tell(session, agreement, conversation, own_side, "milestone")
    return milestone


async def reach_milestone(
    session: AsyncSession,
    viewer: Viewer | None,
    agreement_id: int,
    milestone_id: int,
    given: EvidenceInput,
    paper: Paper | None = None,
) -> Milestone:
    """With what shows it. What was shown once stays."""
    agreement, conversation, own_side = await _open(session, viewer, agreement_id)
    milestone = await access.by_id(session, Milestone, milestone_id, lock=True)
    if milestone.agreement_id != agreement_id:
        raise NotFound
    if milestone.done_on:
        raise Conflict(_("This milestone is reached already."))
    milestone.done_on, milestone.evidence = given.done_on, given.evidence
    await keep_paper(session, milestone, paper)
    await tell(session, agreement, conversation, own_side, "milestone")
    return milestone


async def report_quarter(
    session: AsyncSession, viewer: Viewer | None, agreement_id: int, given: MonitoringInput
) -> Monitoring:
    """Once a quarter by each side, while the work is running."""
    agreement, conversation, own_side = await _open(session, viewer, agreement_id)
    if conversation.state != PairState.running:
        raise Conflict(_("Reports begin with the work. Record its start first."))
    if given.quarter > quarter_of_today():
        raise Invalid({"quarter": _("This quarter has not begun yet.")})
    report = Monitoring(
        agreement_id=agreement_id,
        organisation_id=own_side,
        account_id=access.signed_in(viewer).account_id,
        **given.model_dump(mode="json"),
    )
    try:
        async with session.begin_nested():
            session.add(report)
    except IntegrityError:
        raise Conflict(_("Your side has reported on this quarter already.")) from None
    await reach(session, agreement, Stage.reporting, report.account_id)
    pass_turn_of_quarter(conversation, own_side)
    session.add(conversation)
    await tell(session, agreement, conversation, own_side, "monitoring")
    return report


def quarter_of_today() -> str:
    day = today()
    return f"{day.year}-Q{(day.month + 2) // 3}"


async def close_agreement(
    session: AsyncSession, viewer: Viewer | None, agreement_id: int, given: ClosingInput
) -> Agreement:
    """Finishes the work with what was reached. It is shown to everybody once the other side agrees to it too."""
    agreement, conversation, own_side = await _open(session, viewer, agreement_id)
    await take_step(session, viewer, conversation, Step.finish, signed=True, tells=False)
    initiative = await access.by_id(session, Initiative, conversation.initiative_id)
    reached = {entry.title: entry.reached for entry in given.reached}
    agreement.result, agreement.closed_at = given.result, now()
    agreement.figures = [
        {**{key: indicator.get(key, "") for key in ("name", "baseline", "target")}, "reached": told}
        for indicator in initiative.indicators
        if (told := reached.get(indicator.get("name", ""), ""))
    ]
    _show(agreement, conversation, own_side, given.show)
    session.add(agreement)
    await tell(session, agreement, conversation, own_side, "closed")
    return agreement


async def show_result(session: AsyncSession, viewer: Viewer | None, agreement_id: int, given: ShowInput) -> Agreement:
    """This side agrees that everybody may read the result, or takes that back."""
    agreement, conversation = await agreement_to_read(session, viewer, agreement_id, lock=True)
    if agreement.closed_at is None:
        raise Conflict(_("There is no result yet."))
    own_side, was_public = access.side_of(access.signed_in(viewer), conversation), agreement.is_public
    _show(agreement, conversation, own_side, given.show)
    session.add(agreement)
    if agreement.is_public != was_public:
        await tell(session, agreement, conversation, own_side, "shown" if agreement.is_public else "hidden")
    return agreement


def _show(agreement: Agreement, conversation: Conversation, own_side: int, show: bool) -> None:
    moment = now() if show else None
    if side_name(conversation, own_side) == Who.region:
        agreement.region_shows_at = moment
    else:
        agreement.partner_shows_at = moment


async def _open(
    session: AsyncSession, viewer: Viewer | None, agreement_id: int
) -> tuple[Agreement, Conversation, int]:
    """Held, of a member of either side, and not finished."""
    agreement, conversation = await agreement_to_read(session, viewer, agreement_id, lock=True)
    if agreement.closed_at:
        raise Conflict(_("This agreement is finished and can no longer be changed."))
    return agreement, conversation, access.side_of(access.signed_in(viewer), conversation)
