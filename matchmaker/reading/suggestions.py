"""Suggestions with the rows they speak of: what pages and the API show."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.fits import SoughtNeed, fits_and_gaps
from matchmaker.matching import SHOWN, Filters, Matching, Scored
from models import Card, Initiative, Need, Organisation, now


@dataclass(frozen=True)
class Suggestion:
    """One explained pair. ``fits`` and ``gaps`` are sentences in the reader's language."""

    initiative: Initiative
    card: Card
    organisation: Organisation
    scored: Scored
    fits: list[str]
    gaps: list[str]


async def suggested_cards(
    session: AsyncSession, matching: Matching, initiative: Initiative, filters: Filters, limit: int = SHOWN
) -> list[Suggestion]:
    """Cards for an initiative, best first; ``organisation`` is the card's."""
    scored = await matching.cards_for(session, initiative.id or 0, filters, limit)
    query = (
        select(Card, Organisation)
        .join(Organisation, col(Organisation.id) == Card.organisation_id)
        .where(col(Card.id).in_([s.row_id for s in scored]))
    )
    found = {card.id: (card, organisation) for card, organisation in (await session.exec(query)).all()}
    wanted = await needs_of(session, [initiative.id or 0])
    suggestions = []
    for one in scored:
        if one.row_id in found:
            card, organisation = found[one.row_id]
            fits, gaps = fits_and_gaps(initiative, wanted.get(initiative.id or 0, []), one.needs_met, card)
            suggestions.append(Suggestion(initiative, card, organisation, one, fits, gaps))
    return suggestions


async def suggested_initiatives(
    session: AsyncSession, matching: Matching, card: Card, filters: Filters, limit: int = SHOWN
) -> list[Suggestion]:
    """Initiatives for a card, best first; ``organisation`` is the region's. Expired ones are left out."""
    scored = await matching.initiatives_for(session, card.id or 0, filters, limit)
    query = (
        select(Initiative, Organisation)
        .join(Organisation, col(Organisation.id) == Initiative.organisation_id)
        .where(col(Initiative.id).in_([s.row_id for s in scored]), col(Initiative.expires_at) > now())
    )
    found = {i.id: (i, organisation) for i, organisation in (await session.exec(query)).all()}
    wanted = await needs_of(session, [s.row_id for s in scored])
    suggestions = []
    for one in scored:
        if one.row_id in found:
            initiative, organisation = found[one.row_id]
            fits, gaps = fits_and_gaps(initiative, wanted.get(one.row_id, []), one.needs_met, card)
            suggestions.append(Suggestion(initiative, card, organisation, one, fits, gaps))
    return suggestions


async def needs_of(session: AsyncSession, initiative_ids: list[int]) -> dict[int, list[SoughtNeed]]:
    """The needs of each initiative, in order."""
    query = (
        select(Need.initiative_id, Need.title, Need.contribution)
        .where(col(Need.initiative_id).in_(initiative_ids))
        .order_by(col(Need.initiative_id), col(Need.position))
    )
    answer: dict[int, list[SoughtNeed]] = {}
    for initiative_id, title, contribution in (await session.exec(query)).all():
        answer.setdefault(initiative_id, []).append(SoughtNeed(title, contribution))
    return answer
