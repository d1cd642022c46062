"""What pages of lists share: filters in the address with their counts, chips that lift them, and the order."""

from collections.abc import Sequence
from dataclasses import dataclass

from matchmaker import facts
from matchmaker.context import current
from matchmaker.i18n import gettext as _
from matchmaker.reading.facets import YES, Chosen, Counts
from matchmaker.templating import Page
from matchmaker.web.forms import Form

# Rows at a time: with the filters they fit into what a server sends before it waits (tests/browser/test_weight.py).
LISTED = 10
# What no shared address needs: where the list was read on, and what was said above it.
PASSING = {"lanjut": None, "ok": None}


@dataclass(frozen=True)
class Filter:
    """A facet under its name in the address. Without a title it is one statement that is true or not.

    ``single``: one of the options or none. ``folded``: many options, shown when asked for.
    """

    facet: str
    name: str
    title: str
    options: Sequence[tuple[str, str]]
    single: bool = False
    folded: bool = False


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A filter as it is shown."""

    name: str
    title: str
    choices: list[Choice]
    single: bool
    folded: bool

    @property
    def chosen(self) -> int:
        return sum(choice.chosen for choice in self.choices)


@dataclass(kw_only=True)
class BrowsePage(Page):
    """``chips``: (what is filtered by, the address without it); ``sorts``: (name, address, whether it is in force);
    ``within``: this is not the list's beginning.
    """

    form: Form
    groups: list[Group]
    chips: list[tuple[str, str]]
    sorts: list[tuple[str, str, bool]]
    total: int
    within: bool


def yes_or_no(facet: str, name: str, label: str) -> Filter:
    return Filter(facet, name, "", [(YES, label)])


def provinces(title: str) -> Filter:
    return Filter("province", "provinsi", title, list(facts.provinces().items()), folded=True)


def chosen_in(form: Form, filters: Sequence[Filter]) -> Chosen:
    """What the address asks for; codes that do not exist are no filters."""
    answer = {}
    for f in filters:
        known = {code for code, _label in f.options}
        codes = [code for code in dict.fromkeys(form.chosen(f.name)) if code in known]
        answer[f.facet] = codes[:1] if f.single else codes
    return answer


def search_words(form: Form) -> str:
    return form.value("q")[:200]


def shown_groups(filters: Sequence[Filter], chosen: Chosen, counts: Counts) -> list[Group]:
    return [
        Group(
            f.name,
            f.title,
            [
                Choice(code, label, counts.of[f.facet].get(code, 0), code in chosen[f.facet])
                for code, label in f.options
            ],
            f.single,
            f.folded,
        )
        for f in filters
    ]


def shown_chips(form: Form, filters: Sequence[Filter], chosen: Chosen) -> list[tuple[str, str]]:
    words = search_words(form)
    chips = [(f"“{words}”", current().address_without("q", form.value("q")))] if words.strip() else []
    for f in filters:
        names = dict(f.options)
        chips += [(names[code], current().address_without(f.name, code)) for code in chosen[f.facet]]
    return chips


def sorts(form: Form, *others: tuple[str, str]) -> list[tuple[str, str, bool]]:
    """The newest first, or one of the ``others`` (value in the address, name)."""
    asked = form.one_of("urut", [value for value, _name in others])
    first = (_("Newest first"), current().address(**PASSING, urut=None), asked is None)
    return [first, *((name, current().address(**PASSING, urut=value), asked == value) for value, name in others)]
