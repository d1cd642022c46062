"""What the forms of initiatives and cards have in common."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from matchmaker.i18n import gettext as _
from matchmaker.templating import Page
from matchmaker.web.forms import Form
from matchmaker.web.visit import Answer, Visit, go

# The second of the two buttons below a form: save, and publish at once.
THEN, PUBLISH = "then", "publish"


@dataclass(kw_only=True)
class FormPage(Page):
    """``conflicts``: (field, what somebody else wrote there meanwhile)."""

    form: Form
    action: str
    is_new: bool
    conflicts: list[tuple[str, str]]


async def saved_then_published(
    visit: Visit,
    form: Form,
    publish: Callable[[], Awaitable[object]],
    address: str,
    *,
    was_draft: bool,
) -> Answer | None:
    """Where to go after saving. None: what was saved is not fit to be published, and the form says why."""
    if form.value(THEN) != PUBLISH or not was_draft:
        return go(address, "saved")
    if await visit.attempt(form, publish) is not None:
        return go(f"{address}/saran", "published")
    visit.notices.append(("warn", _("Your draft is saved, but not published yet: see below what is missing.")))
    return None


def show_conflict(form: Form) -> list[tuple[str, str]]:
    """The fields in which another member's text differs from what was typed here."""
    if form.conflict is None or form.conflict.current is None:
        return []
    theirs, yours = form.conflict.current, form.conflict.yours or {}
    return [
        (name, _readable(theirs[name]))
        for name in yours
        if name in theirs and _readable(theirs[name]) != _readable(yours[name])
    ]


def _readable(value: object) -> str:
    if value is None or value is False:
        return "–"
    if isinstance(value, Mapping):
        return " · ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return "\n".join(_readable(part) for part in value) or "–"
    return str(value) or "–"
