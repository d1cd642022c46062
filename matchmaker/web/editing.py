"""What the forms of initiatives and cards have in common."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from litestar import Response
from litestar.response import Redirect

from matchmaker.i18n import gettext as _
from matchmaker.templating import Page
from matchmaker.web.forms import Form, query_form
from matchmaker.web.stepwise import (
    CHECK_GROUP,
    GROUP,
    LACKING,
    NEXT,
    PUBLISH,
    STAY,
    THEN,
    TO_CHECK,
    Flow,
    Group,
    Guide,
    Writing,
    tell_lacking,
)
from matchmaker.web.visit import Visit, go


@dataclass(kw_only=True)
class FormPage(Page):
    """``conflicts``: (field, what somebody else wrote there meanwhile)."""

    form: Form
    action: str
    is_new: bool
    conflicts: list[tuple[str, str]]


@dataclass(kw_only=True)
class StepPage(Page):
    """One group of questions. ``conflicts`` as above; ``summarised``: errors are listed above, not at fields alone."""

    form: Form
    flow: Flow
    conflicts: list[tuple[str, str]]
    summarised: bool


async def opened(visit: Visit, writing: Writing) -> tuple[Form, Group]:
    """What stands in the form, and the group that the address asks for."""
    asked = query_form(visit.request.query_params.multi_items())
    form, group = Form.of(writing.present), writing.guide.group(asked.value(GROUP))
    if asked.value(LACKING) and writing.is_draft:
        tell_lacking(writing, form, group)
        if group == CHECK_GROUP and form.errors:
            visit.notices.append(("warn", _("Your draft is saved, but not published yet: see below what is missing.")))
    return form, group


def group_sent(visit: Visit, guide: Guide, form: Form) -> Group:
    """By the form, which a sign-in on the way carries along, else by the address."""
    return guide.group(form.value(GROUP) or visit.request.query_params.get(GROUP, ""))


def show_step(visit: Visit, page: StepPage, status: int = 200) -> Response[str]:
    """Never from a cache: a page taken back from the history would save against a version that is past."""
    response = visit.show(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


async def saved_then_published(
    visit: Visit, form: Form, guide: Guide, row_id: int, publish: Callable[[], Awaitable[object]], *, was_draft: bool
) -> Redirect:
    """Where to go after saving, by the button that was pressed. Always elsewhere, so that reloading saves nothing."""
    then, group = form.value(THEN), group_sent(visit, guide, form)
    onwards = {NEXT: guide.after(group), STAY: group, TO_CHECK: CHECK_GROUP}
    if then in onwards:
        return go(guide.address(row_id, onwards[then]))
    if then != PUBLISH or not was_draft:
        return go(f"{guide.base}/{row_id}", "saved")
    if await visit.attempt(form, publish) is not None:
        return go(f"{guide.base}/{row_id}/saran", "published")
    return go(f"{guide.address(row_id, CHECK_GROUP)}&{LACKING}=1")


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
