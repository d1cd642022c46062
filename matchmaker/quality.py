"""What makes a text find partners: looked up in the text itself, said as praise or as the next best step.

Advice, never a rule: what publishing needs is in ``inputs``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matchmaker.i18n import gettext as _

# A figure, or a number in words as Indonesian and English write it.
_FIGURE = re.compile(
    r"\d|\b(dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|ratus|ribu|juta|miliar|persen"
    r"|separuh|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|billion|per ?cent|half)\b",
    re.I,
)


class Point(NamedTuple):
    """``field``: where it is mended. ``praise`` is said when it is met, ``advice`` until then."""

    field: str
    met: bool
    praise: str
    advice: str


def of_initiative(present: Mapping[str, object]) -> list[Point]:
    """What helps most comes first."""
    return [*_asked(present), *_brought(present), *_particulars(present)]


def _asked(present: Mapping[str, object]) -> list[Point]:
    problem, needs = _text(present, "problem"), _rows(present, "needs")
    return [
        Point(
            "problem",
            bool(_FIGURE.search(problem)),
            _("The problem has numbers in it."),
            _("Put numbers to the problem: how many people, how often, how much."),
        ),
        Point(
            "needs",
            len(needs) > 1,
            _("Each need is an entry of its own."),
            _("Split what you seek: technology, training and data are found with different partners."),
        ),
        Point(
            "problem",
            len(problem) >= 500,
            _("The problem is told in full."),
            _(
                "Say more about the problem: what was tried, and why it was not enough. "
                "500 characters match far better."
            ),
        ),
        Point(
            "needs",
            bool(needs) and all(len(str(need.get("detail") or "")) >= 40 for need in needs),
            _("Every need has its details."),
            _("Give each need a sentence of details: how much, where, by when."),
        ),
    ]


def _brought(present: Mapping[str, object]) -> list[Point]:
    indicators = _rows(present, "indicators")
    return [
        Point(
            "offers",
            len(_text(present, "offers")) >= 40,
            _("A partner sees what your region brings."),
            _("Say what your region offers, even if it is only data, a site or a counterpart."),
        ),
        Point(
            "indicators",
            any(row.get("baseline") and row.get("target") for row in indicators),
            _("Success can be measured."),
            _("Name one indicator with its value now and its target."),
        ),
        Point(
            "summary",
            len(_text(present, "summary")) >= 160,
            _("The summary says enough to go on reading."),
            _("Use more of the summary: what changes, for whom, where. 160 characters or more read best in lists."),
        ),
    ]


def _particulars(present: Mapping[str, object]) -> list[Point]:
    return [
        Point(
            "funding_source",
            present.get("funding_source") not in {None, "", "unknown"},
            _("It is clear where the money would come from."),
            _("Say where the money would come from. “None yet” is an answer too: partners plan by it."),
        ),
        Point(
            "sub_dimensions",
            bool(present.get("sub_dimensions")),
            _("The topic is named."),
            _("Choose a topic below the pillar: partners filter by it."),
        ),
        Point(
            "start_from",
            bool(present.get("start_from") or present.get("duration_months")),
            _("Partners can see whether it fits their calendar."),
            _("Say when it could start or how long it takes: campuses plan by the semester."),
        ),
        Point(
            "contact_role",
            bool(_text(present, "contact_role") and present.get("contact_email") and present.get("backup_email")),
            _("Somebody answers, and somebody stands in."),
            _("Name a contact and a backup mailbox, so that no partner waits in vain."),
        ),
    ]


def of_card(present: Mapping[str, object]) -> list[Point]:
    """What helps most comes first."""
    return [*_offered(present), *_found_by(present), *_terms(present)]


def _offered(present: Mapping[str, object]) -> list[Point]:
    description, evidence = _text(present, "description"), _rows(present, "evidence")
    return [
        Point(
            "evidence",
            any(_FIGURE.search(str(row.get("result") or "")) for row in evidence),
            _("There is proof with a number in it."),
            _("Add one proof with a number: for whom, in which year, what changed."),
        ),
        Point(
            "description",
            len(description) >= 500,
            _("The description is told in full."),
            _("Describe more: how it works, what it needs, where it stops. 500 characters match far better."),
        ),
        Point(
            "region_gets",
            len(_text(present, "region_gets")) >= 80,
            _("A region sees what it gets."),
            _("Say what stays with the region: a machine, trained people, data, a service."),
        ),
        Point(
            "asks",
            len(_text(present, "asks")) >= 40,
            _("A region sees what it has to bring."),
            _("Say what you need from a region: officers decide faster when nothing is hidden."),
        ),
    ]


def _found_by(present: Mapping[str, object]) -> list[Point]:
    return [
        Point(
            "sub_dimensions",
            bool(present.get("sub_dimensions")),
            _("The topic is named."),
            _("Choose a topic below the pillar: regions filter by it."),
        ),
        Point(
            "regions_served",
            bool(present.get("regions_served")),
            _("Regions can see whether you come to them."),
            _("Say which provinces you serve: suggestions prefer partners who come."),
        ),
        Point(
            "summary",
            len(_text(present, "summary")) >= 160,
            _("The summary says enough to go on reading."),
            _("Use more of the summary: what changes, for whom, where. 160 characters or more read best in lists."),
        ),
    ]


def _terms(present: Mapping[str, object]) -> list[Point]:
    return [
        Point(
            "tkt",
            bool(present.get("tkt")),
            _("The readiness is known."),
            _("Give the readiness (TKT): initiatives ask for a minimum level."),
        ),
        Point(
            "contributions",
            bool(present.get("contributions")),
            _("It is clear what you bring."),
            _("Tick what you bring: technology, training, research or other."),
        ),
        Point(
            "price_band",
            bool(present.get("price_band")),
            _("A region can plan its budget."),
            _("Choose a price band; “To be agreed” is better than none."),
        ),
    ]


def _text(present: Mapping[str, object], name: str) -> str:
    return str(present.get(name) or "")


def _rows(present: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    rows = present.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, Sequence) else []
