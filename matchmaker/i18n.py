"""Languages: which one a reader gets, the texts of it, and how it writes dates and numbers.

English is the language of the source, so it has no catalogue; Indonesian is ``locale/id/LC_MESSAGES/messages.po``,
read as it is: no compiled file can be stale or missing.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, negotiate_locale
from babel.dates import format_date, format_time, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("id", "en")
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
_LOCALES = {"id": Locale("id"), "en": Locale("en", "GB")}
_CATALOGUES = Path(__file__).parent / "locale"
# Western Indonesian time. A region's own zone is shown where a place matters (meetings), not on every message.
_ZONE = ZoneInfo("Asia/Jakarta")

_language: ContextVar[str] = ContextVar("language", default="id")


def language() -> str:
    """The code of the language that this request is answered in."""
    return _language.get()


def set_language(code: str) -> None:
    """For the rest of this request or task."""
    _language.set(code)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Another language for a while, as when one user's act is told to another."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def negotiate(asked: str | None, cookie: str | None, accept: str, default: str) -> str:
    """The best of: what the address asks for, what the reader chose before, what the browser prefers."""
    for code in (asked, cookie):
        if code in LANGUAGES:
            return code
    preferences = [part.split(";")[0].strip() for part in accept.split(",") if part.strip()]
    return negotiate_locale(preferences, LANGUAGES, sep="-") or default


@cache
def _catalogue(code: str) -> NullTranslations:
    path = _CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


def load_catalogues() -> None:
    """Reads every catalogue now, so that no request waits for it."""
    for code in LANGUAGES:
        _catalogue(code)


def gettext(message: str) -> str:
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    return _catalogue(language()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    return _catalogue(language()).pgettext(context, message)


def npgettext(context: str, singular: str, plural: str, n: int) -> str:
    return _catalogue(language()).npgettext(context, singular, plural, n)


def mark(message: str) -> str:
    """Marks a text for the catalogue where it stands, to be translated where it is shown."""
    return message


def western_time(moment: datetime) -> datetime:
    """The same moment by the clocks of western Indonesia."""
    return moment.astimezone(_ZONE)


def local_day(moment: datetime) -> date:
    """The day that a moment falls on in western Indonesia."""
    return moment.astimezone(_ZONE).date()


def show_date(value: date | datetime) -> str:
    """``7 Maret 2026``."""
    day = local_day(value) if isinstance(value, datetime) else value
    return format_date(day, format="long", locale=_LOCALES[language()])


def show_time(value: datetime) -> str:
    """``14.30 WIB``."""
    return f"{format_time(value.astimezone(_ZONE), 'short', locale=_LOCALES[language()])} WIB"


def show_datetime(value: datetime) -> str:
    """``7 Mar 2026 14.30 WIB``."""
    local = value.astimezone(_ZONE)
    return f"{format_date(local, format='d MMM y', locale=_LOCALES[language()])} {show_time(value)}"


def show_day(value: date) -> str:
    """``Hari ini``, ``Kemarin``, ``7 Maret 2026``."""
    days = (local_day(datetime.now(UTC)) - value).days
    names = {0: gettext("Today"), 1: gettext("Yesterday")}
    return names.get(days) or show_date(value)


def show_quarter(code: str) -> str:
    """``2026-Q4`` in words."""
    year, number = code.split("-Q")
    return gettext("Quarter %(number)s of %(year)s") % {"number": number, "year": year}


def show_zone(zone: str) -> str:
    """``WITA``: what a time zone is called in Indonesia."""
    return {"Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}.get(zone, "WIB")


def show_clock(value: datetime, zone: str, minutes: int = 0, *, day: bool = True) -> str:
    """``Sel, 8 Des 2026, 09.00 WITA``: a time, or a stretch of it, as the clock of a zone shows it."""
    locale, local = _LOCALES[language()], value.astimezone(ZoneInfo(zone))
    stretch = format_time(local, "short", locale=locale)
    if minutes:
        stretch += f"–{format_time(local + timedelta(minutes=minutes), 'short', locale=locale)}"
    date_shown = f"{format_date(local, format='EEE, d MMM y', locale=locale)}, " if day else ""
    return f"{date_shown}{stretch} {show_zone(zone)}"


def show_ago(value: datetime) -> str:
    """``3 hari yang lalu``, in the coarsest unit that says something."""
    delta = value - datetime.now(UTC)
    return str(format_timedelta(delta, add_direction=True, locale=_LOCALES[language()]))


def days_left(value: datetime) -> int:
    """Days from today to the day of ``value`` in western Indonesia; negative once it has passed."""
    return (local_day(value) - local_day(datetime.now(UTC))).days


def show_days_left(value: datetime) -> str:
    """``4 hari lagi``, ``hari ini``, ``terlambat 2 hari``."""
    days = days_left(value)
    if days < 0:
        return ngettext("%(num)s day late", "%(num)s days late", -days) % {"num": -days}
    if days < 2:
        return gettext("tomorrow") if days else gettext("today")
    return ngettext("%(num)s day left", "%(num)s days left", days) % {"num": days}


def show_size(size: int) -> str:
    """``1,4 MB``: bytes by the thousand, as disks and browsers count."""
    for unit, bytes_in in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= bytes_in:
            return f"{show_number(round(size / bytes_in, 1 if unit == 'MB' else None))} {unit}"
    return f"{size} B"


def show_number(value: float) -> str:
    return str(format_decimal(value, locale=_LOCALES[language()]))
