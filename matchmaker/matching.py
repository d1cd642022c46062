"""The single bridge between tables and scoring: rows become documents here, and scores become suggestions.

Each process keeps its own index in memory. It follows the log ``index_change`` before every answer, so what was
published, edited or closed a moment ago, in whatever process, is in the next suggestions.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.database import Database
from matchmaker.i18n import gettext as _
from matchmaker.labels import label, place
from models import Card, IndexChange, Initiative, Need, Organisation, Region, now
from models.vocabulary import CardStatus, Contribution, InitiativeStatus, Pillar
from scoring import Document, Explanation, Match, Matcher, band

Kind = Literal["initiative", "card"]
SHOWN = 20


@dataclass(frozen=True)
class Filters:
    """What suggestions can be narrowed to; None means any."""

    pillar: str | None = None
    province: str | None = None
    kind: str | None = None

    def where(self) -> dict[str, set[str]]:
        return {name: {value} for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Scored:
    """One suggestion: the id of the row, its score in [0, 1], its band, and why."""

    row_id: int
    score: float
    band: str
    why: Explanation


class Matching:
    """The two indexes of one process: published initiatives and published cards."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._indexes: dict[Kind, Matcher] = {"initiative": Matcher(), "card": Matcher()}
        self._seen = -1
        self._turn = asyncio.Lock()

    async def prepare(self) -> None:
        """Reads everything that is published, unless that is done. Takes seconds with tens of thousands."""
        async with self._database.transaction(write=False) as session:
            await self._prepare(session)

    async def _prepare(self, session: AsyncSession) -> None:
        # In the session of whoever asks: those who wait here hold a connection each and could hold the last one.
        async with self._turn:
            if self._seen >= 0:
                return
            # Before the rows: a change that lands in between is read twice rather than never.
            seen = (await session.exec(select(func.max(col(IndexChange.id))))).one() or 0
            documents = {
                "initiative": await initiative_documents(session, None),
                "card": await card_documents(session, None),
            }
            for kind, index in self._indexes.items():
                await asyncio.to_thread(index.fit, documents[kind])
            self._seen = seen

    async def cards_for(
        self, session: AsyncSession, initiative_id: int, filters: Filters, limit: int = SHOWN
    ) -> list[Scored]:
        """The published cards that fit an initiative best, best first."""
        asked = await initiative_documents(session, [initiative_id], published=False)
        return await self._best(session, "card", asked[0], filters, limit)

    async def initiatives_for(
        self, session: AsyncSession, card_id: int, filters: Filters, limit: int = SHOWN
    ) -> list[Scored]:
        """The published initiatives that a card fits best, best first."""
        asked = await card_documents(session, [card_id], published=False)
        return await self._best(session, "initiative", asked[0], filters, limit)

    async def _best(
        self, session: AsyncSession, kind: Kind, asked: Document, filters: Filters, limit: int
    ) -> list[Scored]:
        await self._prepare(session)
        await self._follow(session)
        return await asyncio.to_thread(_explained, self._indexes[kind], asked, filters, limit)

    async def _follow(self, session: AsyncSession) -> None:
        async with self._turn:
            query = select(IndexChange).where(col(IndexChange.id) > self._seen).order_by(col(IndexChange.id))
            changes = (await session.exec(query)).all()
            if ids := {change.object_id for change in changes if change.kind == "initiative"}:
                await self._replace("initiative", ids, await initiative_documents(session, list(ids)))
            if ids := {change.object_id for change in changes if change.kind == "card"}:
                await self._replace("card", ids, await card_documents(session, list(ids)))
            if changes:
                self._seen = changes[-1].id or self._seen

    async def _replace(self, kind: Kind, ids: set[int], documents: list[Document]) -> None:
        index = self._indexes[kind]
        gone = {str(row_id) for row_id in ids} - {document.id for document in documents}
        await asyncio.to_thread(index.remove, [row_id for row_id in gone if row_id in index])
        await asyncio.to_thread(index.add, documents)


def _explained(index: Matcher, asked: Document, filters: Filters, limit: int) -> list[Scored]:
    matches: list[Match] = index.match(asked, k=limit, where=filters.where())
    scored = []
    for m in matches:
        # Another request may have closed it, and have it taken out, a moment ago.
        with suppress(KeyError):
            scored.append(Scored(int(m.id), m.score, band(m.score), index.explain(asked, m.id)))
    return scored


async def initiative_documents(
    session: AsyncSession, ids: Sequence[int] | None, *, published: bool = True
) -> list[Document]:
    """Documents of the initiatives with these ids, or of all; only the published ones unless told otherwise."""
    query = select(Initiative, Region).join(Region, col(Region.code) == Initiative.region_code)
    needs_query = select(Need).order_by(col(Need.initiative_id), col(Need.position))
    if ids is not None:
        query = query.where(col(Initiative.id).in_(ids))
        needs_query = needs_query.where(col(Need.initiative_id).in_(ids))
    if published:
        query = query.where(Initiative.status == InitiativeStatus.published, col(Initiative.expires_at) > now())
    needs: dict[int, list[Need]] = {}
    for need in (await session.exec(needs_query)).all():
        needs.setdefault(need.initiative_id, []).append(need)
    rows = (await session.exec(query)).all()
    return [initiative_document(i, needs.get(i.id or 0, []), region) for i, region in rows]


def initiative_document(initiative: Initiative, needs: Sequence[Need], region: Region) -> Document:
    parts = {
        "title": initiative.title,
        "summary": initiative.summary,
        "problem": initiative.problem,
        "offers": initiative.offers,
    }
    for number, need in enumerate(needs, 1):
        parts[f"need {number}"] = f"{need.title}. {need.detail}"
    return Document(
        id=str(initiative.id),
        parts={name: text for name, text in parts.items() if text},
        facets={
            "pillar": {p for p in (initiative.pillar, *initiative.other_pillars) if p},
            "province": region.province_code,
            "kind": region.kind,
        },
    )


async def card_documents(
    session: AsyncSession, ids: Sequence[int] | None, *, published: bool = True
) -> list[Document]:
    """Documents of the cards with these ids, or of all; only the published ones unless told otherwise."""
    query = (
        select(Card, Organisation.kind, Region.province_code)
        .join(Organisation, col(Organisation.id) == Card.organisation_id)
        .outerjoin(Region, col(Region.code) == Organisation.region_code)
    )
    if ids is not None:
        query = query.where(col(Card.id).in_(ids))
    if published:
        query = query.where(Card.status == CardStatus.published)
    return [card_document(*row) for row in (await session.exec(query)).all()]


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
        facets={"pillar": set(card.pillars), "province": province or "", "kind": kind},
    )


def fits_and_gaps(initiative: Initiative, contributions: set[str], card: Card) -> tuple[list[str], list[str]]:
    """What fits besides the text, and what does not, in the reader's words.

    ``contributions``: the kinds of contribution that the initiative's needs ask for.
    """
    fits, gaps = [], []
    shared = [p for p in (initiative.pillar, *initiative.other_pillars) if p in card.pillars]
    if shared:
        fits.append(_("Same pillar: %(pillars)s") % {"pillars": ", ".join(label(Pillar, p) for p in shared)})
    else:
        gaps.append(_("Registered under other pillars"))
    if card.regions_served:
        served = {"all", initiative.region_code, initiative.region_code[:2]} & set(card.regions_served)
        name = place(initiative.region_code)
        (fits if served else gaps).append(
            _("Serves %(region)s") % {"region": name}
            if served
            else _("Does not name %(region)s among the places it serves") % {"region": name}
        )
    _add_readiness(initiative, card, fits, gaps)
    given = [c for c in card.contributions if c in contributions]
    if given:
        names = ", ".join(label(Contribution, c) for c in given)
        fits.append(_("Brings what is sought: %(kinds)s") % {"kinds": names})
    lacking = sorted(contributions - set(card.contributions))
    if lacking and card.contributions:
        names = ", ".join(label(Contribution, c) for c in lacking)
        gaps.append(_("Sought, but not offered: %(kinds)s") % {"kinds": names})
    return fits, gaps


def _add_readiness(initiative: Initiative, card: Card, fits: list[str], gaps: list[str]) -> None:
    """The technology readiness level (TKT 1-9) against the least that the initiative takes."""
    if initiative.minimum_tkt is None:
        return
    if card.tkt is None:
        gaps.append(_("States no readiness level; TKT %(least)s is asked") % {"least": initiative.minimum_tkt})
        return
    values = {"level": card.tkt, "least": initiative.minimum_tkt}
    if card.tkt >= initiative.minimum_tkt:
        fits.append(_("Ready enough: TKT %(level)s, at least %(least)s is asked") % values)
    else:
        gaps.append(_("TKT %(level)s, but at least %(least)s is asked") % values)
