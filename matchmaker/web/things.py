"""What the pages of one initiative and of one card share."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from matchmaker.i18n import gettext as _
from matchmaker.i18n import local_day, ngettext
from matchmaker.templating import Page
from matchmaker.web.forms import Form
from models import Organisation, now

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Key:
    """What a reader must know in ten seconds. ``mark``: check, gap or info."""

    name: str
    value: str
    note: str = ""
    mark: str = ""


@dataclass(kw_only=True)
class ThingPage(Page):
    """``status``: as code and name; ``facts``: by what they are about; ``shown_at``: for paper."""

    organisation: Organisation
    pillars: list[tuple[str, str]]
    keys: list[Key]
    facts: list[tuple[str, Facts]]
    status: tuple[str, str]
    is_own: bool
    can_edit: bool
    can_publish: bool
    can_close: bool
    form: Form
    route_address: str
    shown_at: datetime = field(default_factory=now)


def route_finder(**known: str | None) -> str:
    """The address of the route finder with what is known of its answers."""
    query = urlencode({name: code for name, code in known.items() if code})
    return f"/jalur?{query}" if query else "/jalur"


def given(*groups: tuple[str, Facts]) -> list[tuple[str, Facts]]:
    """The groups with what was not given left out."""
    kept = [(title, [(name, text) for name, text in rows if text]) for title, rows in groups]
    return [(title, rows) for title, rows in kept if rows]


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def left(until: datetime) -> str:
    """How many days are left, today being none."""
    days = (local_day(until) - local_day(now())).days
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days} if days > 0 else _("the last day")
