"""What people say of suggestions, from which the ranking may learn."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.database import insert_unless_present
from matchmaker.errors import NotFound
from matchmaker.inputs.feedback import FeedbackInput
from models import Feedback, now


async def judge_suggestion(session: AsyncSession, viewer: Viewer | None, given: FeedbackInput) -> Feedback:
    """By a member of either organisation; a new verdict of the same account on the same pair replaces the old."""
    viewer = access.signed_in(viewer)
    initiative = await access.initiative_to_read(session, viewer, given.initiative_id)
    card = await access.card_to_read(session, viewer, given.card_id)
    member = viewer.member_of(initiative.organisation_id) or viewer.member_of(card.organisation_id)
    if member is None:
        raise NotFound
    said = {"organisation_id": member.organisation_id, "verdict": given.verdict.value, "reason": given.reason}
    pair = {"initiative_id": given.initiative_id, "card_id": given.card_id, "account_id": viewer.account_id}
    # Two verdicts at the same moment cannot both be the first: one inserts, the other finds its row.
    await insert_unless_present(session, Feedback, pair | said | {"created_at": now()})
    feedback = (await session.exec(select(Feedback).filter_by(**pair))).one()
    feedback.sqlmodel_update(said | {"created_at": now()})
    session.add(feedback)
    await session.flush()
    return feedback
