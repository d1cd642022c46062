"""The best matches of what somebody has published, at a glance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import literal, union_all
from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts
from matchmaker.matching import Kind, Matching
from matchmaker.reading.desk import OwnItem
from models import Card, Initiative, Interest, Organisation, now
from models.vocabulary import CardStatus, InterestState

#: Own published things that suggestions are looked up for, how many of each are shown, and how many are asked for,
#: as some of those may be in touch already.
LOOKED_UP, SHOWN_OF_EACH, ASKED_OF_EACH = 4, 2, 6


@dataclass(frozen=True)
class Found:
    """One of the best on the other side of the market. ``seat``: code of a region."""

    id: int
    title: str
    organisation: str
    seat: str | None
    published_at: datetime | None
    band: str

    @property
    def place(self) -> str:
        return facts.regions().get(self.seat or "", "")


async def best_found(
    session: AsyncSession, matching: Matching, items: list[OwnItem]
) -> dict[tuple[Kind, int], list[Found]]:
    """For the first few published ones among ``items``, by (kind, id): the best that are not in touch with it yet.

    Weak ones are left out. Two questions to the database, whatever there is.
    """
    asked = [(item.kind, item.id) for item in items if item.is_open][:LOOKED_UP]
    found = await matching.foremost(session, asked, ASKED_OF_EACH)
    selects = []
    kinds: tuple[tuple[Kind, Kind], ...] = (("initiative", "card"), ("card", "initiative"))
    for kind, other in kinds:
        own = [row_id for own_kind, row_id in found if own_kind == kind]
        if others := {row_id for row_of_own in own for row_id, _band in found[kind, row_of_own]}:
            selects.append(_named(other, others, own))
    if not selects:
        return {key: [] for key in found}
    rows = (await (await session.connection()).execute(union_all(*selects))).all()
    return {key: _not_in_touch(key, pairs, rows) for key, pairs in found.items()}


def _named(kind: Kind, ids: set[int], own: list[int]) -> Any:
    """What is said of these rows, once for each of one's ``own`` that an interest joins it to, or with None."""
    table: Any = Card if kind == "card" else Initiative
    theirs, ours = (
        (Interest.card_id, Interest.initiative_id) if kind == "card" else (Interest.initiative_id, Interest.card_id)
    )
    joined = and_(col(theirs) == table.id, col(ours).in_(own), col(Interest.state) != InterestState.withdrawn)
    query = (
        select(  # type: ignore[call-overload]
            literal(kind).label("kind"),
            table.id,
            table.title,
            col(Organisation.name),
            col(Organisation.region_code),
            table.published_at,
            col(ours).label("in_touch"),
        )
        .join(Organisation, col(Organisation.id) == table.organisation_id)
        .outerjoin(Interest, joined)
        .where(table.id.in_(ids), table.status == CardStatus.published)
    )
    return query if kind == "card" else query.where(col(Initiative.expires_at) > now())


def _not_in_touch(key: tuple[Kind, int], pairs: list[tuple[int, str]], rows: Any) -> list[Found]:
    kind, own_id = key
    rows = [row for row in rows if row.kind != kind]
    known: Mapping[int, Any] = {row[1]: row for row in rows}
    taken = {row[1] for row in rows if row.in_touch == own_id}
    found = []
    for row_id, band in pairs:
        if row_id in known and row_id not in taken and band != "weak":
            _kind, _id, title, organisation, seat, published_at, _in_touch = known[row_id]
            found.append(Found(row_id, title, organisation, seat, published_at, band))
    return found[:SHOWN_OF_EACH]
