"""Suggestions with the rows they speak of: what pages and the API show."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.asking import SHOWN, Filters, Scored, Wanted
from matchmaker.fits import NeedMet, fits_and_gaps, needs_said
from matchmaker.matchable import (
    card_document,
    cards_to_match,
    initiative_document,
    initiatives_to_match,
    needs_by_initiative,
)
from matchmaker.matching import Matching
from models import Card, Initiative, Need, Organisation, now


@dataclass(frozen=True)
class Suggestion:
    """One explained pair. ``needs`` are the initiative's, empty where it is not known which of them the card answers.

    ``fits`` and ``gaps`` are sentences in the reader's language; ``other_fits`` and ``other_gaps`` those of them that
    are not about needs.
    """

    initiative: Initiative
    card: Card
    organisation: Organisation
    scored: Scored
    needs: list[NeedMet]
    fits: list[str]
    gaps: list[str]
    other_fits: list[str]
    other_gaps: list[str]


async def suggested_cards(
    session: AsyncSession, matching: Matching, initiative: Initiative, filters: Filters, limit: int = SHOWN
) -> list[Suggestion]:
    """Cards for an initiative, best first; ``organisation`` is the card's."""
    row_id = initiative.id or 0
    return (await cards_for_each(session, matching, [row_id], Wanted(filters, limit)))[row_id]


async def suggested_initiatives(
    session: AsyncSession, matching: Matching, card: Card, filters: Filters, limit: int = SHOWN
) -> list[Suggestion]:
    """Initiatives for a card, best first; ``organisation`` is the region's. Expired ones are left out."""
    row_id = card.id or 0
    return (await initiatives_for_each(session, matching, [row_id], Wanted(filters, limit)))[row_id]


async def cards_for_each(
    session: AsyncSession, matching: Matching, initiative_ids: Collection[int], wanted: Wanted
) -> dict[int, list[Suggestion]]:
    """The suggested cards of several initiatives, in as many queries as for one."""
    needs = await needs_by_initiative(session, initiative_ids)
    asking = await initiatives_to_match(session, initiative_ids, published=False)
    documents = [initiative_document(i, needs.get(i.id or 0, []), region) for i, region in asking]
    scored = await matching.best(session, "card", documents, wanted)
    query = (
        select(Card, Organisation)
        .join(Organisation, col(Organisation.id) == Card.organisation_id)
        .where(col(Card.id).in_(_ids(scored)))
    )
    found = {card.id: (card, organisation) for card, organisation in (await session.exec(query)).all()}
    return {
        i.id or 0: [
            _suggestion(i, *found[one.row_id], one, needs.get(i.id or 0, [])) for one in best if one.row_id in found
        ]
        for (i, _region), best in zip(asking, scored, strict=True)
    }


async def initiatives_for_each(
    session: AsyncSession, matching: Matching, card_ids: Collection[int], wanted: Wanted
) -> dict[int, list[Suggestion]]:
    """The suggested initiatives of several cards, in as many queries as for one."""
    asking = await cards_to_match(session, card_ids, published=False)
    scored = await matching.best(session, "initiative", [card_document(*row) for row in asking], wanted)
    ids = _ids(scored)
    query = (
        select(Initiative, Organisation)
        .join(Organisation, col(Organisation.id) == Initiative.organisation_id)
        .where(col(Initiative.id).in_(ids), col(Initiative.expires_at) > now())
    )
    found = {i.id: (i, organisation) for i, organisation in (await session.exec(query)).all()}
    needs = await needs_by_initiative(session, ids)
    suggestions: dict[int, list[Suggestion]] = {}
    for (card, _kind, _province), best in zip(asking, scored, strict=True):
        pairs = [(one, *found[one.row_id]) for one in best if one.row_id in found]
        suggestions[card.id or 0] = [
            _suggestion(i, card, organisation, one, needs.get(i.id or 0, [])) for one, i, organisation in pairs
        ]
    return suggestions


def _ids(scored: Sequence[Sequence[Scored]]) -> set[int]:
    return {one.row_id for best in scored for one in best}


def _suggestion(
    initiative: Initiative, card: Card, organisation: Organisation, scored: Scored, needs: Sequence[Need]
) -> Suggestion:
    fits, gaps = fits_and_gaps(initiative, {need.contribution for need in needs}, card)
    met = [NeedMet(need.title, yes) for need, yes in zip(needs, scored.needs_met, strict=False)]
    answered, left = needs_said(met)
    return Suggestion(
        initiative, card, organisation, scored, met, answered + fits, left + gaps, other_fits=fits, other_gaps=gaps
    )
