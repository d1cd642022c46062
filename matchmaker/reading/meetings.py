"""Meetings of a conversation, and the clocks of its two sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access, facts
from matchmaker.access import Viewer
from matchmaker.errors import Conflict, NotFound
from matchmaker.i18n import gettext as _
from matchmaker.reading.listing import PAGE, Listing, behind, read_cursor, stretch
from models import Account, Conversation, Meeting, MeetingSlot, Organisation, now
from models.vocabulary import MeetingState


@dataclass(frozen=True)
class Clock:
    """Whose seat it is the time of. ``zone`` by its name in the time zone database."""

    organisation: str
    zone: str


async def clocks_of(session: AsyncSession, conversation: Conversation) -> list[Clock]:
    """The region's first. A partner that names no seat is taken to live by the region's."""
    query = select(Organisation.id, Organisation.name, Organisation.region_code).where(
        col(Organisation.id).in_((conversation.region_side_id, conversation.partner_side_id))
    )
    found = {row_id: (name, code) for row_id, name, code in (await session.exec(query)).all()}
    region_name, region_code = found[conversation.region_side_id]
    partner_name, partner_code = found[conversation.partner_side_id]
    zone = facts.time_zone(region_code)
    return [Clock(region_name, zone), Clock(partner_name, facts.time_zone(partner_code) if partner_code else zone)]


@dataclass(frozen=True)
class MeetingRow:
    """``slots``: (id, start), the earliest first; ``account_name`` is empty for a deleted account."""

    id: int
    state: str
    minutes: int
    online: bool
    place: str
    agenda: str
    note: str
    starts_at: datetime | None
    uid: str
    sequence: int
    organisation_id: int
    organisation_name: str
    account_name: str
    created_at: datetime
    changed_at: datetime
    slots: list[tuple[int, datetime]]

    @property
    def chosen(self) -> bool:
        return self.state == MeetingState.chosen

    @property
    def over(self) -> bool:
        """Whether its time has come and gone."""
        return self.chosen and self.starts_at is not None and self.starts_at + timedelta(minutes=self.minutes) < now()


async def list_meetings(
    session: AsyncSession,
    conversation_id: int,
    cursor: str | None = None,
    limit: int = PAGE,
    meeting_id: int | None = None,
) -> Listing[MeetingRow]:
    """The one proposed last first; or the one with an id."""
    query = (
        select(Meeting, Organisation.name, Account.name)
        .join(Organisation, col(Organisation.id) == Meeting.organisation_id)
        .join(Account, col(Account.id) == Meeting.account_id)
        .where(
            Meeting.conversation_id == conversation_id,
            *behind(read_cursor(cursor), Meeting.created_at, Meeting.id),
        )
        .order_by(col(Meeting.created_at).desc(), col(Meeting.id).desc())
        .limit(limit + 1)
    )
    if meeting_id is not None:
        query = query.where(Meeting.id == meeting_id)
    rows = (await session.exec(query)).all()
    slots = await _slots(session, [row[0].id or 0 for row in rows[:limit]])
    return stretch(
        rows,
        limit,
        lambda row: _row(row, slots.get(row[0].id or 0, [])),
        lambda row: (row.created_at, row.id),
    )


async def _slots(session: AsyncSession, meeting_ids: list[int]) -> dict[int, list[tuple[int, datetime]]]:
    query = (
        select(MeetingSlot)
        .where(col(MeetingSlot.meeting_id).in_(meeting_ids))
        .order_by(col(MeetingSlot.starts_at), col(MeetingSlot.id))
    )
    answer: dict[int, list[tuple[int, datetime]]] = {}
    for slot in (await session.exec(query)).all():
        answer.setdefault(slot.meeting_id, []).append((slot.id or 0, slot.starts_at))
    return answer


def _row(row: Sequence[Any], slots: list[tuple[int, datetime]]) -> MeetingRow:
    meeting, organisation, account = row
    told = {name: getattr(meeting, name) for name in MeetingRow.__dataclass_fields__ if hasattr(meeting, name)}
    return MeetingRow(**told, organisation_name=organisation, account_name=account, slots=slots)


async def meeting_to_read(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, meeting_id: int
) -> MeetingRow:
    """For members of either side."""
    await access.conversation_to_read(session, viewer, conversation_id)
    found = (await list_meetings(session, conversation_id, meeting_id=meeting_id)).items
    if not found:
        raise NotFound
    return found[0]


def for_calendars(row: MeetingRow) -> MeetingRow:
    """Conflict for one that no calendar has, since no time was ever chosen."""
    if row.starts_at is None:
        raise Conflict(_("No time has been chosen yet."))
    return row
