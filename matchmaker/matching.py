"""The single bridge between tables and scoring: rows go in as documents, and scores come out as suggestions.

Each process keeps its own indexes in memory. They follow the log ``index_change`` before every answer, so what was
published, edited or closed a moment ago, in whatever process, is in the next suggestions. They are kept in a
folder between starts; what changed since is found by the versions of the rows.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import structlog
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.asking import SHOWN, Filters, Scored, Wanted
from matchmaker.database import Database
from matchmaker.matchable import card_documents, initiative_documents, is_need
from models import Card, IndexChange, Initiative, now, takes_partners
from models.vocabulary import CardStatus
from scoring import DamagedIndex, Document, Feedback, Judgement, Matcher, band, coverage

Kind = Literal["initiative", "card"]
#: Version by id of the rows that an index was made of.
Marks = dict[str, str]

#: How often initiatives whose time has passed are taken out; until then the reading leaves them out.
EXPIRY = timedelta(minutes=1)
_OTHER: Mapping[Kind, Kind] = {"initiative": "card", "card": "initiative"}
#: Ids in one query; databases bound how many there may be.
_AT_ONCE = 5_000
#: How many of the best feedback puts in order at least.
_REORDERED = 100
log = structlog.get_logger()


class Matching:
    """The two indexes of one process: published initiatives and published cards.

    Each also learns how common words are on the other side. ``folder``: where they are kept between starts.
    """

    def __init__(self, database: Database, folder: Path | None = None) -> None:
        self._database = database
        self._folder = folder
        self._indexes: dict[Kind, Matcher] = {"initiative": Matcher(), "card": Matcher()}
        self.feedback: dict[Kind, Feedback] = {"initiative": Feedback(), "card": Feedback()}
        self._seen = -1
        self._expired_until: datetime | None = None
        self._saved = -1
        self._turn = asyncio.Lock()

    async def prepare(self) -> None:
        """Loads what was kept and reads what changed since, or everything, unless that is done."""
        async with self._database.transaction(write=False) as session:
            await self._prepare(session)
        await self.save()

    async def save(self) -> None:
        """Keeps the indexes in the folder, if there is one and anything changed."""
        if self._folder is None or self._seen < 0:
            return
        async with self._database.transaction(write=False) as session:
            await self._follow(session)
            async with self._turn:
                if self._saved == self._seen:
                    return
                for kind, index in self._indexes.items():
                    index.note = json.dumps(await _marks(session, kind))
                    await asyncio.to_thread(index.save, self._folder / kind)
                self._saved = self._seen

    async def learn_from(self, session: AsyncSession, verdicts: Sequence[tuple[int, int, bool]]) -> None:
        """Fits the order of suggestions to what was said of earlier ones: (initiative, card, useful) each.

        The order changes only once there is enough of it and it proves to help on what was held back.
        """
        initiatives = await _by_id(session, initiative_documents, {verdict[0] for verdict in verdicts})
        cards = await _by_id(session, card_documents, {verdict[1] for verdict in verdicts})
        known = [each for each in verdicts if each[0] in initiatives and each[1] in cards]
        judgements: dict[Kind, list[Judgement]] = {
            "card": [Judgement(initiatives[i], str(card), useful) for i, card, useful in known],
            "initiative": [Judgement(cards[card], str(i), useful) for i, card, useful in known],
        }
        for kind, said in judgements.items():
            learned = await asyncio.to_thread(Feedback().fit, self._indexes[kind], said)
            self.feedback[kind] = learned
            log.info(
                "feedback", kind=kind, judgements=learned.judgements_, gain=learned.gain_, numbers=learned.weights_
            )

    async def cards_for(
        self, session: AsyncSession, initiative_id: int, filters: Filters, limit: int = SHOWN
    ) -> list[Scored]:
        """The published cards of others that fit an initiative best, best first."""
        asked = await initiative_documents(session, [initiative_id], published=False)
        return (await self.best(session, "card", asked, Wanted(filters, limit)))[0]

    async def foremost(
        self, session: AsyncSession, rows: Sequence[tuple[Kind, int]], limit: int
    ) -> dict[tuple[Kind, int], list[tuple[int, str]]]:
        """For each of these published rows: (id, band) of the best on the other side, best first and unexplained.

        For a glance beside other matter: one question to the database, and nothing while the indexes are being read.
        """
        if self._seen < 0 or not rows:
            return {}
        await self._follow(session, expiring=False)
        return await asyncio.to_thread(self._foremost, rows, limit)

    def _foremost(self, rows: Sequence[tuple[Kind, int]], limit: int) -> dict[tuple[Kind, int], list[tuple[int, str]]]:
        answer: dict[tuple[Kind, int], list[tuple[int, str]]] = {}
        for kind, row_id in rows:
            with suppress(KeyError):
                asked = self._indexes[kind].document(str(row_id))
                chosen = self._chosen(_OTHER[kind], asked, Wanted(limit=limit))
                answer[kind, row_id] = [(int(found), band(score)) for found, score in chosen.items()]
        return answer

    async def best(
        self, session: AsyncSession, kind: Kind, asked: Sequence[Document], wanted: Wanted
    ) -> list[list[Scored]]:
        """For each document of one kind, what is published of the other ``kind`` and fits it, best first."""
        await self._prepare(session)
        await self._follow(session)
        return await asyncio.to_thread(lambda: [self._explained(kind, each, wanted) for each in asked])

    def _explained(self, kind: Kind, asked: Document, wanted: Wanted) -> list[Scored]:
        index = self._indexes[kind]
        chosen = list(self._chosen(kind, asked, wanted)) if wanted.ids is None else [str(id) for id in wanted.ids]
        met = self._needs_met(kind, asked, chosen)
        scored = []
        for row_id in chosen:
            # Another request may have closed it, and have it taken out, a moment ago.
            with suppress(KeyError):
                why = index.explain(asked, row_id)
                scored.append(Scored(int(row_id), why.score, band(why.score), why, met.get(row_id, ())))
        return scored

    def _chosen(self, kind: Kind, asked: Document, wanted: Wanted) -> dict[str, float]:
        """The ids of the best, best first, each with its score before feedback."""
        index, feedback = self._indexes[kind], self.feedback[kind]
        until = wanted.skip + wanted.limit
        # So that feedback can bring some up, and by the same order whichever stretch is asked for.
        deep = max(_REORDERED, 2 * until) if feedback.active_ else until
        own = {"organisation": asked.facets["organisation"]}
        matches = index.match(asked, k=deep, where=wanted.filters.where(), without=own)
        scores = {match.id: match.score for match in matches}
        return {match.id: scores[match.id] for match in feedback.rerank(index, asked, matches)[wanted.skip : until]}

    def _needs_met(self, kind: Kind, asked: Document, found: Sequence[str]) -> dict[str, tuple[bool, ...]]:
        """For each found row which needs of the initiative are answered by the card, whichever of them was asked."""
        cards, initiatives = self._indexes["card"], self._indexes["initiative"]
        if kind == "card":
            return _answered(cards, asked, found)
        met: dict[str, tuple[bool, ...]] = {}
        if asked.id in cards:
            for row_id in found:
                with suppress(KeyError):
                    met[row_id] = _answered(cards, initiatives.document(row_id), [asked.id])[asked.id]
        return met

    async def _prepare(self, session: AsyncSession) -> None:
        # In the session of whoever asks: those who wait here hold a connection each and could hold the last one.
        async with self._turn:
            if self._seen >= 0:
                return
            # Before the rows: a change that lands in between is read twice rather than never.
            seen = (await session.exec(select(func.max(col(IndexChange.id))))).one() or 0
            kept = await asyncio.to_thread(self._load)
            changed = {kind: await _changed(session, kind, marks) for kind, marks in kept.items()}
            for kind, ids in changed.items():
                await self._read_again(session, kind, ids)
            self._seen = seen
            self._saved = -1 if any(changed.values()) else seen

    def _load(self) -> dict[Kind, Marks]:
        """Takes the indexes of the folder, if both are there and whole; the versions that they are made of."""
        if self._folder is None or not self._folder.exists():
            return {"initiative": {}, "card": {}}
        try:
            loaded: dict[Kind, Matcher] = {
                kind: Matcher.load(self._folder / kind, verify=True) for kind in self._indexes
            }
            marks: dict[Kind, Marks] = {kind: json.loads(index.note) for kind, index in loaded.items()}
        except (DamagedIndex, ValueError) as error:
            log.warning("matching index made anew", reason=str(error))
            return {"initiative": {}, "card": {}}
        self._indexes = loaded
        return marks

    async def _follow(self, session: AsyncSession, *, expiring: bool = True) -> None:
        async with self._turn:
            # With the one that was read last: where it is gone, the log has been cut behind this process.
            query = select(IndexChange).where(col(IndexChange.id) >= self._seen).order_by(col(IndexChange.id))
            logged = [(change.id or 0, change.kind, change.object_id) for change in (await session.exec(query)).all()]
            if logged and logged[0][0] > max(self._seen, 1):
                await self._read_everything(session)
            else:
                await self._read_changes(session, [change for change in logged if change[0] > self._seen])
            self._seen = logged[-1][0] if logged else self._seen
            if expiring:
                await self._expire(session)

    async def _read_changes(self, session: AsyncSession, changes: Sequence[tuple[int, str, int]]) -> None:
        for kind in self._indexes:
            if ids := {row_id for _id, its_kind, row_id in changes if its_kind == kind}:
                await self._read_again(session, kind, ids)

    async def _read_everything(self, session: AsyncSession) -> None:
        """Beside what is in the indexes, which answer meanwhile."""
        log.warning("matching index behind its log", seen=self._seen)
        tables: dict[Kind, type[Initiative | Card]] = {"initiative": Initiative, "card": Card}
        for kind, table in tables.items():
            await self._read_again(
                session, kind, [row_id or 0 for row_id in (await session.exec(select(table.id))).all()]
            )

    async def _expire(self, session: AsyncSession) -> None:
        moment = now()
        if self._expired_until and moment - self._expired_until < EXPIRY:
            return
        expired = select(Initiative.id).where(takes_partners(), col(Initiative.expires_at) <= moment)
        ids = [str(row_id) for row_id in (await session.exec(expired)).all()]
        await asyncio.to_thread(self._apply, "initiative", ids, [])
        self._expired_until = moment

    async def _read_again(self, session: AsyncSession, kind: Kind, ids: Collection[int]) -> None:
        read = initiative_documents if kind == "initiative" else card_documents
        wanted = sorted(ids)
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            documents = await read(session, some)
            gone = {str(row_id) for row_id in some} - {document.id for document in documents}
            await asyncio.to_thread(self._apply, kind, gone, documents)

    def _apply(self, kind: Kind, gone: Collection[str], documents: list[Document]) -> None:
        index, other = self._indexes[kind], self._indexes[_OTHER[kind]]
        index.remove(gone).add(documents)
        other.forget(gone).learn(documents)


def _answered(cards: Matcher, initiative: Document, ids: Sequence[str]) -> dict[str, tuple[bool, ...]]:
    """Which needs of an initiative, each asked by itself, each of these cards answers."""
    needs = [Document(name, {name: text}) for name, text in initiative.parts.items() if is_need(name)]
    found = coverage(cards, needs, ids).needs
    return {id: tuple(any(match.id == id for match in need.by) for need in found) for id in ids}


async def _by_id(
    session: AsyncSession, read: Callable[..., Awaitable[list[Document]]], ids: Collection[int]
) -> dict[int, Document]:
    """The documents of rows, published or not any more."""
    wanted = sorted(ids)
    chunks = [wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE)]
    return {int(each.id): each for some in chunks for each in await read(session, some, published=False)}


async def _marks(session: AsyncSession, kind: Kind) -> Marks:
    """Version by id of every row that is to be in an index. The moment tells rows of another database apart."""
    if kind == "initiative":
        query = select(Initiative.id, Initiative.version, Initiative.published_at).where(
            takes_partners(), col(Initiative.expires_at) > now()
        )
    else:
        query = select(Card.id, Card.version, Card.published_at).where(Card.status == CardStatus.published)
    return {str(row_id): f"{version} {published}" for row_id, version, published in (await session.exec(query)).all()}


async def _changed(session: AsyncSession, kind: Kind, marks: Marks) -> list[int]:
    """Ids of the rows that came, went or changed since an index was made of ``marks``."""
    current = await _marks(session, kind)
    return sorted(int(row_id) for row_id in {**marks, **current} if marks.get(row_id) != current.get(row_id))
