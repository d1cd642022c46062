"""A long form in groups of questions, one at a time: where one stands, what is done, and where the buttons lead."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pydantic import BaseModel

from matchmaker.actions.editing import gaps
from matchmaker.i18n import gettext as _
from matchmaker.i18n import mark, ngettext
from matchmaker.quality import Point
from matchmaker.web.forms import TOKEN, Form

# The group in the address and in the form; a mark in the address that asks to be told what publishing still lacks.
GROUP, LACKING = "bagian", "kurang"
# The fingerprint of what stood in the group when its page was made.
BASE = "asal"
CHECK = "periksa"
# The button that was pressed: save and go on, save in passing, save and publish at once. None: save and leave.
THEN, NEXT, STAY, TO_CHECK, PUBLISH = "then", "next", "stay", "check", "publish"
_CONTROLS = {GROUP, BASE, THEN, TOKEN, "version", "organisation_id", "add", "remove"}


class Group(NamedTuple):
    """``title`` and ``lead`` are marked for the catalogue; ``fields`` in the order of the page."""

    key: str
    title: str
    lead: str
    fields: tuple[str, ...] = ()


CHECK_GROUP = Group(CHECK, mark("Check and publish"), mark("Read it once as others will, then publish."))


@dataclass(frozen=True)
class Guide:
    """How one kind of thing is written. ``base`` is where such things live: ``/inisiatif``."""

    base: str
    groups: tuple[Group, ...]
    publishable: type[BaseModel]
    advise: Callable[[Mapping[str, object]], list[Point]]

    def group(self, key: str) -> Group:
        """The first one for a key that nobody knows."""
        return next((group for group in (*self.groups, CHECK_GROUP) if group.key == key), self.groups[0])

    def after(self, group: Group) -> Group:
        """The check comes last, and after itself."""
        return (*self.groups, CHECK_GROUP, CHECK_GROUP)[(*self.groups, CHECK_GROUP).index(group) + 1]

    def address(self, row_id: int | None, group: Group) -> str:
        return f"{self.base}/{row_id}/ubah?{GROUP}={group.key}" if row_id else f"{self.base}/baru"


class Step(NamedTuple):
    """``state``: done, todo, optional or bad, and ``note`` the same in words. No address before the first save."""

    number: int
    title: str
    address: str
    state: str
    note: str
    current: bool


@dataclass(frozen=True)
class Writing:
    """What is being written, as it is kept. ``present`` is empty for what has not been saved yet.

    ``hurdle``: why it could not be published even if it were complete.
    """

    guide: Guide
    row_id: int | None = None
    present: dict[str, object] = field(default_factory=dict)
    hurdle: str = ""

    @property
    def is_draft(self) -> bool:
        return self.present.get("status", "draft") == "draft"

    def lacking(self) -> dict[str, str]:
        return gaps(self.guide.publishable, self.present)

    def fingerprint(self, group: Group) -> str:
        text = json.dumps([self.present.get(name) for name in group.fields], default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def catch_up(self, form: Form, group: Group) -> None:
        """Lets a form be saved over changes that were made meanwhile to other groups: they are not in its way."""
        if form.value(BASE) == self.fingerprint(group) and not _carried(form, group):
            form.set("version", str(self.present["version"]))


class Praise(NamedTuple):
    """``next_best`` leads to the field that would gain most."""

    met: list[Point]
    next_best: Point | None
    others: list[Point]
    total: int


@dataclass(frozen=True)
class Flow:
    """All that the page of one group says about the way through the form.

    ``places``: where a field is asked for, by its name. ``carried``: what was sent but has no field here, which goes
    along unseen rather than being lost. ``lacking``: (field, message), said on the last page.
    """

    key: str
    title: str
    lead: str
    heading: str
    steps: list[Step]
    number: int
    back: str
    home: str
    is_new: bool
    is_draft: bool
    saved_at: datetime | None
    base: str
    places: dict[str, str]
    carried: list[tuple[str, str]]
    lacking: list[tuple[str, str]]
    hurdle: str
    points: list[Point]
    praise: Praise

    @property
    def may_skip(self) -> bool:
        """Whether only groups that nobody must fill in stand between this one and the last page."""
        ahead = self.steps[self.number : -1]
        return bool(ahead) and all(step.state in {"optional", "done"} for step in ahead)


def flow_of(writing: Writing, form: Form, group: Group) -> Flow:
    guide, row_id, lacking = writing.guide, writing.row_id, writing.lacking()
    steps = _steps(writing, form, group, lacking)
    number = next(step.number for step in steps if step.current)
    points = guide.advise(writing.present)
    saved_at = writing.present.get("updated_at")
    return Flow(
        key=group.key,
        title=_(group.title),
        lead=_(group.lead),
        heading=str(writing.present.get("title") or ""),
        steps=steps,
        number=number,
        back=steps[number - 2].address if number > 1 else "",
        home=f"{guide.base}/{row_id}" if row_id else guide.base,
        is_new=row_id is None,
        is_draft=writing.is_draft,
        saved_at=saved_at if isinstance(saved_at, datetime) else None,
        # Another's change is known to whoever was shown it, not to whoever only mends an error.
        base=form.value(BASE) if form.was_sent and not form.conflict else writing.fingerprint(group),
        places=_places(writing, group),
        carried=_carried(form, group),
        lacking=list(lacking.items()),
        hurdle=writing.hurdle,
        points=[point for point in points if point.field in group.fields],
        praise=_praise(points),
    )


def _carried(form: Form, group: Group) -> list[tuple[str, str]]:
    seen = {*group.fields, *_CONTROLS}
    return [(name, value) for name, value in form.everything if form.was_sent and _root(name) not in seen]


def _places(writing: Writing, group: Group) -> dict[str, str]:
    """Nothing for the fields of the page itself: a link there stays on it."""
    if not writing.row_id:
        return {}
    return {
        name: f"{writing.guide.address(writing.row_id, other)}&{LACKING}=1"
        for other in writing.guide.groups
        if other != group
        for name in other.fields
    }


def _steps(writing: Writing, form: Form, current: Group, lacking: Mapping[str, str]) -> list[Step]:
    answer = []
    for number, group in enumerate((*writing.guide.groups, CHECK_GROUP), 1):
        state, note = _state(writing, group, form.errors, lacking)
        address = writing.guide.address(writing.row_id, group) if writing.row_id else ""
        answer.append(Step(number, _(group.title), address, state, note, group == current))
    return answer


def _state(writing: Writing, group: Group, errors: Mapping[str, str], lacking: Mapping[str, str]) -> tuple[str, str]:
    if group == CHECK_GROUP:
        if not writing.is_draft:
            return "done", _("Published")
        return ("todo", _("Not yet published")) if lacking else ("ready", _("Ready to be published"))
    if any(_root(name) in group.fields for name in errors):
        return "bad", _("Something to correct")
    if missing := sum(_root(name) in group.fields for name in lacking):
        return "todo", ngettext("%(n)s answer missing", "%(n)s answers missing", missing) % {"n": missing}
    return (
        ("done", _("Complete")) if any(writing.present.get(n) for n in group.fields) else ("optional", _("Optional"))
    )


def _praise(points: list[Point]) -> Praise:
    unmet = [point for point in points if not point.met]
    return Praise([p for p in points if p.met], unmet[0] if unmet else None, unmet[1:], len(points))


def _root(name: str) -> str:
    """``needs`` of ``needs.0.title``."""
    return name.partition(".")[0]


def tell_lacking(writing: Writing, form: Form, group: Group) -> None:
    """Writes what publishing still lacks on the form: all of it on the last page, elsewhere that of the group."""
    lacking = writing.lacking()
    if group == CHECK_GROUP:
        form.errors = ({"": writing.hurdle} if writing.hurdle else {}) | lacking
    else:
        form.errors = {name: text for name, text in lacking.items() if _root(name) in group.fields}
