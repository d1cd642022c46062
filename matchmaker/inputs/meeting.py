"""A meeting as it is proposed and changed."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator

from matchmaker.errors import Invalid
from matchmaker.i18n import gettext as _
from matchmaker.inputs.contact import RowId
from matchmaker.inputs.fields import Day, Moment
from matchmaker.inputs.text import Line, Text
from matchmaker.inputs.validation import Input

MOST_SLOTS = 5
SHORTEST, LONGEST = 15, 480
_FARTHEST = timedelta(days=366)


class MeetingDetails(Input):
    minutes: Annotated[int, Field(ge=SHORTEST, le=LONGEST, description="How long it takes.")]
    online: Annotated[bool, Field(description="Whether `place` is the https address of a call.")]
    place: Annotated[Line, Field(min_length=3, max_length=300)]
    agenda: Annotated[Text, Field(max_length=1000)] = ""

    @field_validator("place")
    @classmethod
    def _address_of_a_call(cls, place: str, info: ValidationInfo) -> str:
        if info.data.get("online") and not _is_call(place):
            raise ValueError(_("Write the whole address of the call; it begins with https://."))
        return place


def _is_call(place: str) -> bool:
    """An https address that hides neither a password nor white space."""
    try:
        parts = urlsplit(place)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and " " not in place
    except ValueError:
        return False


class MeetingInput(MeetingDetails):
    slots: Annotated[list[Moment], Field(min_length=1, max_length=MOST_SLOTS, description="Times to choose from.")]


class MeetingChange(MeetingDetails):
    """New ``slots`` make it a proposal again; without any, a chosen time stands."""

    slots: Annotated[list[Moment], Field(max_length=MOST_SLOTS)] = []


class Choice(Input):
    slot: RowId


class Cancellation(Input):
    note: Annotated[Text, Field(max_length=500)] = ""


class SlotRow(Input):
    """A time as a form has it: on the clock of the region."""

    day: Day
    time: time


class MeetingForm(MeetingDetails):
    """As the page sends it."""

    slots: Annotated[list[SlotRow], Field(max_length=MOST_SLOTS)] = []

    def on_the_clock_of(self, zone: str) -> MeetingChange:
        moments = [_moment(row.day, row.time, zone) for row in self.slots]
        return MeetingChange.model_construct(
            minutes=self.minutes, online=self.online, place=self.place, agenda=self.agenda, slots=moments
        )


def _moment(day: date, at: time, zone: str) -> datetime:
    # Indonesia has no summer time: every time of the clock is one moment.
    return datetime.combine(day, at.replace(tzinfo=None, second=0, microsecond=0), ZoneInfo(zone)).astimezone(UTC)


def usable(slots: list[datetime], present: datetime, *, needed: bool) -> list[datetime]:
    """In their order, each once; Invalid for one that nobody can keep."""
    if needed and not slots:
        raise Invalid({"slots": _("Propose at least one time.")})
    errors = {
        f"slots.{number}": _("Choose a time that is still to come, within a year.")
        for number, slot in enumerate(slots)
        if not present < slot < present + _FARTHEST
    }
    if errors:
        raise Invalid(errors)
    return sorted({slot.astimezone(UTC) for slot in slots})
