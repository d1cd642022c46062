"""The Jinja environment, and pages: dataclasses that name their template and all it may say."""

import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Response
from litestar.datastructures import Cookie
from markupsafe import Markup

from matchmaker import i18n
from matchmaker.assets import asset
from matchmaker.context import current
from matchmaker.sheets import sheet, sheets_to_fetch

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_POINT = re.compile(r"\s*[-–•*]\s+")


def _passages(text: str) -> list[tuple[bool, list[str]]]:
    """Stretches of lines, and whether they are points of a list, then without their dashes. Empty lines part them."""
    kinds = [(bool(point := _POINT.match(line)), line[point.end() :] if point else line) for line in text.splitlines()]
    runs = groupby(kinds, key=lambda kind: (kind[0], not kind[1].strip()))
    return [(listed, [line for _kind, line in run]) for (listed, empty), run in runs if listed or not empty]


_FILTERS: dict[str, Callable[..., Any]] = {
    "ago": i18n.show_ago,
    "date": i18n.show_date,
    "day": i18n.show_day,
    "datetime": i18n.show_datetime,
    "days_left": i18n.show_days_left,
    "day_count": i18n.days_left,
    "number": i18n.show_number,
    "passages": _passages,
    "time": i18n.show_time,
    "size": i18n.show_size,
}


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Jinja's own answer is a chain of mappings, walked at every import of a component. Ours are fixed by then."""
        return {**self.globals, **(d or {})}


@cache
def environment() -> Environment:
    env = _Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Templates do not change under a running server; looking for changes costs a stat of each, every time.
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext, i18n.ngettext, newstyle=True, pgettext=i18n.pgettext, npgettext=i18n.npgettext
    )
    env.globals |= {
        "absolute": lambda path: current().absolute(path),
        "asset": asset,
        "contact_email": lambda: current().settings.contact_email,
        "csrf_field": _csrf_field,
        "current_path": lambda: current().path,
        "locale_code": i18n.language,
        "sheet": sheet,
        "sheets_to_fetch": sheets_to_fetch,
        "nonce": lambda: current().nonce,
        "source_url": lambda: current().settings.source_url,
        "url_in": lambda code: current().address(lang=code),
        "url_with": lambda **changed: current().address(**changed),
    }
    env.filters |= _FILTERS
    return env


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="_csrf_token" value="{}">').format(current().csrf_token)


@dataclass
class NavViewer:
    """What the frame of every page says about who is signed in. ``unread_in``: new messages by conversation;
    ``notices_of``: how many of the new notices tell of these.
    """

    account_id: int
    name: str
    organisation_name: str | None
    organisation_id: int | None
    unread: int
    is_office: bool
    unread_in: dict[int, int] = field(default_factory=dict)
    unread_notices: int = 0
    notices_of: dict[int, int] = field(default_factory=dict)

    @property
    def news(self) -> int:
        """What the closed menu of a phone says. Not the sum: who has messages is told of them by a notice, too."""
        return max(self.unread, self.unread_notices)

    def read_all_of(self, conversation_id: int) -> int:
        """The conversation has been opened; answers how much of it was new."""
        new = self.unread_in.pop(conversation_id, 0)
        self.unread -= new
        self.unread_notices -= self.notices_of.pop(conversation_id, 0)
        return new


@dataclass(kw_only=True)
class Page:
    """The base of every page. ``notices`` are (tone, text) above the content."""

    template: ClassVar[str]
    viewer: NavViewer | None = None
    notices: list[tuple[str, str]] | None = None


def rendered(template: str, macro: str, *told: object) -> Markup:
    """A component by itself, for whoever keeps what it says."""
    answer: Markup = getattr(environment().get_template(template).module, macro)(*told)
    return answer


def render(page: Page) -> str:
    said = {field.name: getattr(page, field.name) for field in fields(page)}
    return environment().get_template(page.template).render(said | {"notices": page.notices or []})


def page_response(page: Page, status: int = 200, cookies: list[Cookie] | None = None) -> Response[str]:
    """Pages differ by reader, so no cache between may keep them."""
    return Response(
        render(page),
        status_code=status,
        media_type=MediaType.HTML,
        headers={"Cache-Control": "private, no-cache"},
        cookies=cookies,
    )
