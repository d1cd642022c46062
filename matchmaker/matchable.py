"""Rows as the texts that are matched, with the facets they are filtered by."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Card, Initiative, Need, Organisation, Region, now, takes_partners
from models.vocabulary import CardStatus
from scoring import Document

_NEED = "need"


def is_need(part: str) -> bool:
    """Whether a part of an initiative is one of its needs; they come in the order of the needs."""
    return part.startswith(f"{_NEED} ")


async def initiative_documents(
    session: AsyncSession, ids: Sequence[int] | None, *, published: bool = True
) -> list[Document]:
    """Documents of the initiatives with these ids, or of all; only the published ones unless told otherwise."""
    needs = await needs_by_initiative(session, ids)
    rows = await initiatives_to_match(session, ids, published=published)
    return [initiative_document(i, needs.get(i.id or 0, []), region) for i, region in rows]


async def needs_by_initiative(session: AsyncSession, ids: Collection[int] | None) -> dict[int, list[Need]]:
    """The needs of these initiatives, or of all, in order."""
    query = select(Need).order_by(col(Need.initiative_id), col(Need.position))
    if ids is not None:
        query = query.where(col(Need.initiative_id).in_(ids))
    needs: dict[int, list[Need]] = {}
    for need in (await session.exec(query)).all():
        needs.setdefault(need.initiative_id, []).append(need)
    return needs


async def initiatives_to_match(
    session: AsyncSession, ids: Collection[int] | None, *, published: bool = True
) -> Sequence[tuple[Initiative, Region]]:
    """Each with its region, as ``initiative_document`` takes them."""
    query = select(Initiative, Region).join(Region, col(Region.code) == Initiative.region_code)
    if ids is not None:
        query = query.where(col(Initiative.id).in_(ids))
    if published:
        query = query.where(takes_partners(), col(Initiative.expires_at) > now())
    return (await session.exec(query)).all()


def initiative_document(initiative: Initiative, needs: Sequence[Need], region: Region) -> Document:
    parts = {
        "title": initiative.title,
        "summary": initiative.summary,
        "problem": initiative.problem,
        "offers": initiative.offers,
    }
    for number, need in enumerate(needs, 1):
        parts[f"{_NEED} {number}"] = f"{need.title}. {need.detail}"
    return Document(
        id=str(initiative.id),
        parts={name: text for name, text in parts.items() if text},
        facets={
            "pillar": {p for p in (initiative.pillar, *initiative.other_pillars) if p},
            "province": region.province_code,
            "kind": region.kind,
            "organisation": str(initiative.organisation_id),
        },
    )


async def card_documents(
    session: AsyncSession, ids: Sequence[int] | None, *, published: bool = True
) -> list[Document]:
    """Documents of the cards with these ids, or of all; only the published ones unless told otherwise."""
    return [card_document(*row) for row in await cards_to_match(session, ids, published=published)]


async def cards_to_match(
    session: AsyncSession, ids: Collection[int] | None, *, published: bool = True
) -> Sequence[tuple[Card, str, str | None]]:
    """Each with the kind and the province of its organisation, as ``card_document`` takes them."""
    query = (
        select(Card, Organisation.kind, Region.province_code)
        .join(Organisation, col(Organisation.id) == Card.organisation_id)
        .outerjoin(Region, col(Region.code) == Organisation.region_code)
    )
    if ids is not None:
        query = query.where(col(Card.id).in_(ids))
    if published:
        query = query.where(Card.status == CardStatus.published)
    return (await session.exec(query)).all()


def card_document(card: Card, kind: str, province: str | None) -> Document:
    evidence = ". ".join(f"{e.get('client', '')}: {e.get('result', '')}" for e in card.evidence)
    parts = {
        "title": card.title,
        "summary": card.summary,
        "description": card.description,
        "region gets": card.region_gets,
        "evidence": evidence,
    }
    return Document(
        id=str(card.id),
        parts={name: text for name, text in parts.items() if text},
        facets={
            "pillar": set(card.pillars),
            "province": province or "",
            "kind": kind,
            "organisation": str(card.organisation_id),
            "tkt": str(card.tkt or ""),
        },
    )
