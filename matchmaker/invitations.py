"""Meetings as calendar files (RFC 5545 and 5546), which Outlook, Google and Apple take."""

from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress, vText

from matchmaker.context import current
from matchmaker.i18n import gettext as _
from matchmaker.reading.meetings import MeetingRow

MEDIA_TYPE = "text/calendar"


def invitation(row: MeetingRow, conversation_id: int, title: str, names: list[str]) -> bytes:
    """``row`` has a start. What no longer stands as it was chosen is a cancellation, so that calendars drop it."""
    start = row.starts_at
    if start is None:
        raise ValueError("a calendar needs a time")
    calendar = Calendar()
    calendar.add("prodid", "-//Temu Mitra//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH" if row.chosen else "CANCEL")
    event = Event()
    event.add("uid", f"{row.uid}@{_host()}")
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=row.minutes))
    event.add("summary", f"{_('Meeting')}: {title}")
    event.add("status", "CONFIRMED" if row.chosen else "CANCELLED")
    event.add("transp", "OPAQUE" if row.chosen else "TRANSPARENT")
    event.add("location", row.place)
    address = current().absolute(f"/percakapan/{conversation_id}/pertemuan")
    event.add("url", address)
    event.add("description", "\n".join(part for part in (" – ".join(names), row.agenda, address) if part))
    event["organizer"] = _organizer(row.organisation_name)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _organizer(name: str) -> vCalAddress:
    """Calendars want one. It is a mailbox of the service and never a person's."""
    organizer = vCalAddress(f"mailto:{current().settings.contact_email or f'no-reply@{_host()}'}")
    organizer.params["cn"] = vText(name)
    return organizer


def _host() -> str:
    return urlsplit(current().settings.base_url).hostname or "localhost"
