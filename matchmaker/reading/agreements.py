"""Agreements as their two sides see them, and the results that everybody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer, side_of
from matchmaker.reading.listing import PAGE, Listing, behind, read_cursor, stretch
from matchmaker.states import Path, Who, path_of
from models import (
    Agreement,
    AgreementStage,
    Conversation,
    Initiative,
    Milestone,
    Monitoring,
    Organisation,
)


@dataclass(frozen=True)
class AgreementRow:
    """``shown_by_us``, ``shown_by_them``: who agrees that everybody reads the result."""

    id: int
    conversation_id: int
    state: str
    path: Path
    side: Who
    initiative_id: int
    initiative_title: str
    indicators: list[dict[str, str]]
    region_name: str
    partner_name: str
    own_side_id: int
    next_actor_id: int | None
    due_at: datetime | None
    ends_on: date | None
    result: str
    figures: list[dict[str, str]]
    shown_by_us: bool
    shown_by_them: bool
    closed_at: datetime | None
    created_at: datetime

    @property
    def other_name(self) -> str:
        return self.partner_name if self.side == Who.region else self.region_name

    @property
    def my_turn(self) -> bool:
        return self.next_actor_id == self.own_side_id


async def list_agreements(
    session: AsyncSession,
    viewer: Viewer,
    cursor: str | None = None,
    limit: int = PAGE,
    agreement_id: int | None = None,
) -> Listing[AgreementRow]:
    """The viewer's organisations' agreements, the newest first; or the one with an id."""
    region, partner = aliased(Organisation), aliased(Organisation)
    own = viewer.organisation_ids
    query = (
        select(Agreement, Conversation, Initiative.title, Initiative.indicators, region.name, partner)  # type: ignore[call-overload]
        .join(Conversation, col(Conversation.id) == Agreement.conversation_id)
        .join(Initiative, col(Initiative.id) == Conversation.initiative_id)
        .join(region, col(region.id) == Conversation.region_side_id)
        .join(partner, col(partner.id) == Conversation.partner_side_id)
        .where(
            or_(col(Conversation.region_side_id).in_(own), col(Conversation.partner_side_id).in_(own)),
            *behind(read_cursor(cursor), Agreement.created_at, Agreement.id),
        )
        .order_by(col(Agreement.created_at).desc(), col(Agreement.id).desc())
        .limit(limit + 1)
    )
    if agreement_id is not None:
        query = query.where(Agreement.id == agreement_id)
    rows = (await session.exec(query)).all()
    return stretch(rows, limit, lambda r: _row(viewer, *r), lambda r: (r.created_at, r.id))


def _row(
    viewer: Viewer,
    agreement: Agreement,
    talk: Conversation,
    title: str,
    indicators: list[dict[str, str]],
    region_name: str,
    partner: Organisation,
) -> AgreementRow:
    own_side = side_of(viewer, talk)
    side = Who.region if own_side == talk.region_side_id else Who.partner
    shown = (bool(agreement.region_shows_at), bool(agreement.partner_shows_at))
    return AgreementRow(
        id=agreement.id or 0,
        conversation_id=agreement.conversation_id,
        state=talk.state,
        path=path_of(partner.legal_form),
        side=side,
        initiative_id=talk.initiative_id,
        initiative_title=title,
        indicators=indicators,
        region_name=region_name,
        partner_name=partner.name,
        own_side_id=own_side,
        next_actor_id=talk.next_actor_id,
        due_at=talk.due_at,
        ends_on=agreement.ends_on,
        result=agreement.result,
        figures=agreement.figures,
        shown_by_us=shown[0] if side == Who.region else shown[1],
        shown_by_them=shown[1] if side == Who.region else shown[0],
        closed_at=agreement.closed_at,
        created_at=agreement.created_at,
    )


async def stages_of_agreement(session: AsyncSession, agreement_id: int) -> dict[str, AgreementStage]:
    """By stage, those that were reached."""
    query = select(AgreementStage).where(AgreementStage.agreement_id == agreement_id)
    return {row.stage: row for row in (await session.exec(query)).all()}


async def milestones_of(session: AsyncSession, agreement_id: int) -> Sequence[Milestone]:
    query = (
        select(Milestone)
        .where(Milestone.agreement_id == agreement_id)
        .order_by(col(Milestone.due_on), col(Milestone.id))
    )
    return (await session.exec(query)).all()


async def monitoring_of(session: AsyncSession, agreement_id: int) -> list[tuple[Monitoring, str]]:
    """With whose it is; the newest quarter first."""
    query = (
        select(Monitoring, Organisation.name)
        .join(Organisation, col(Organisation.id) == Monitoring.organisation_id)
        .where(Monitoring.agreement_id == agreement_id)
        .order_by(col(Monitoring.quarter).desc(), col(Monitoring.id))
    )
    return list((await session.exec(query)).all())


async def agreement_id_of(session: AsyncSession, conversation_id: int) -> int | None:
    query = select(Agreement.id).where(Agreement.conversation_id == conversation_id)
    return (await session.exec(query)).one_or_none()


@dataclass(frozen=True)
class PublicResult:
    partner_id: int
    partner_name: str
    result: str
    figures: list[dict[str, str]]
    closed_at: datetime | None


async def public_results(session: AsyncSession, initiative_id: int) -> list[PublicResult]:
    """What came of an initiative, where both sides agreed to tell it."""
    query = (
        select(Organisation, Agreement)
        .join(Conversation, col(Conversation.partner_side_id) == Organisation.id)
        .join(Agreement, col(Agreement.conversation_id) == Conversation.id)
        .where(
            Conversation.initiative_id == initiative_id,
            col(Agreement.closed_at).is_not(None),
            col(Agreement.region_shows_at).is_not(None),
            col(Agreement.partner_shows_at).is_not(None),
        )
        .order_by(col(Agreement.closed_at).desc())
        .limit(PAGE)
    )
    return [
        PublicResult(partner.id or 0, partner.name, a.result, a.figures, a.closed_at)
        for partner, a in (await session.exec(query)).all()
    ]
