"""What the two sides of a talk have settled: all that enters the papers. For whoever was let in to the talk."""

from sqlalchemy.orm import aliased
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.routes import answers_in, decide, in_force
from models import Conversation, Decision, Initiative, RouteAnswer, RouteRule, TermsAcceptance, TermsVersion
from models.vocabulary import DecisionState, Route

SIDES = 2


async def newest_terms(session: AsyncSession, conversation_id: int) -> TermsVersion | None:
    """The version that counts, accepted or not."""
    query = select(TermsVersion).where(TermsVersion.conversation_id == conversation_id)
    return (await session.exec(query.order_by(col(TermsVersion.number).desc()).limit(1))).first()


async def accepted_by(session: AsyncSession, version: TermsVersion) -> set[int]:
    """The organisations that have accepted a version."""
    query = select(TermsAcceptance.organisation_id).where(TermsAcceptance.version_id == version.id)
    return set((await session.exec(query)).all())


async def agreed_terms(session: AsyncSession, conversation_id: int) -> TermsVersion | None:
    """The newest version, if both sides have accepted it. A newer proposal makes the older one agreed no more."""
    accepted = select(func.count(col(TermsAcceptance.organisation_id))).where(
        TermsAcceptance.version_id == TermsVersion.id
    )
    query = (
        select(TermsVersion, accepted.scalar_subquery())
        .where(TermsVersion.conversation_id == conversation_id)
        .order_by(col(TermsVersion.number).desc())
        .limit(1)
    )
    newest, sides = (await session.exec(query)).first() or (None, 0)
    return newest if sides == SIDES else None


async def final_decisions(session: AsyncSession, conversation_id: int) -> list[Decision]:
    """Those that both sides have confirmed and no later one has replaced, by their numbers."""
    later = aliased(Decision)
    replaced = (
        select(later.id)
        .where(
            later.conversation_id == conversation_id,
            later.replaces_id == Decision.id,
            later.state == DecisionState.final,
        )
        .exists()
    )
    query = (
        select(Decision)
        .where(Decision.conversation_id == conversation_id, Decision.state == DecisionState.final, ~replaced)
        .order_by(col(Decision.number))
    )
    return list((await session.exec(query)).all())


async def settled_route(session: AsyncSession, conversation: Conversation) -> Route | None:
    """Where the answers that somebody gave lead, by the region's table as it is now; nowhere before that."""
    given = await session.get(RouteAnswer, conversation.id)
    if given is None:
        return None
    region = select(Initiative.region_code).where(Initiative.id == conversation.initiative_id).scalar_subquery()
    query = select(RouteRule, region).where(or_(col(RouteRule.region_code).is_(None), RouteRule.region_code == region))
    rows = (await session.exec(query)).all()
    return decide(in_force([rule for rule, _code in rows], rows[0][1] if rows else None), answers_in(given)).route
