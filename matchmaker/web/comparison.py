"""Up to three suggestions side by side, and which needs they answer together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, fact_names, facts
from matchmaker.asking import Wanted
from matchmaker.fits import NeedMet
from matchmaker.i18n import gettext as _
from matchmaker.i18n import show_date
from matchmaker.labels import label
from matchmaker.reading.standing import standings
from matchmaker.reading.suggestions import Suggestion, cards_for_each, initiatives_for_each
from matchmaker.templating import Page
from matchmaker.web.suggestion_view import SuggestionView, card_view, funding, initiative_view
from matchmaker.web.visit import Visit
from models.vocabulary import Contribution, LegalForm, LegalInstrument, PriceBand

LETTERS = "ABC"
#: The lines of a cell; none where nothing is known.
Lines = list[str]


@dataclass(frozen=True)
class Column:
    """``without``: the address of the comparison without this one."""

    letter: str
    suggestion: SuggestionView
    without: str


@dataclass(kw_only=True)
class ComparisonPage(Page):
    """``rows``: what is compared, with a cell for each column. ``together``: what the partners answer as a group."""

    template: ClassVar[str] = "suggestions/comparison.html"
    title: str
    back: str
    is_initiative: bool
    columns: list[Column]
    rows: list[tuple[str, list[Lines]]]
    together: str
    left_out: bool


@get("/inisiatif/{initiative_id:int}/saran/banding")
async def compare_cards(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Response[str]:
    initiative = await access.initiative_to_read(visit.session, visit.viewer, initiative_id)
    ids, left_out = _chosen(visit, "kartu")
    matching, wanted = visit.services.matching, Wanted(ids=ids)
    found = (await cards_for_each(visit.session, matching, [initiative_id], wanted))[initiative_id]
    standing = await standings(visit.session, visit.viewer, [initiative_id], ids)
    back = f"/inisiatif/{initiative_id}"
    page = ComparisonPage(
        title=initiative.title,
        back=back,
        is_initiative=True,
        columns=_columns([card_view(s, visit.viewer, standing) for s in found], f"{back}/saran/banding", "kartu"),
        rows=_rows(found, _card_facts),
        together=together([[need.met for need in s.needs] for s in found], [need.title for need in _needs(found)]),
        left_out=left_out,
    )
    return visit.show(page)


@get("/kapabilitas/{card_id:int}/saran/banding")
async def compare_initiatives(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Response[str]:
    card = await access.card_to_read(visit.session, visit.viewer, card_id)
    ids, left_out = _chosen(visit, "inisiatif")
    matching, wanted = visit.services.matching, Wanted(ids=ids)
    found = (await initiatives_for_each(visit.session, matching, [card_id], wanted))[card_id]
    standing = await standings(visit.session, visit.viewer, ids, [card_id])
    back = f"/kapabilitas/{card_id}"
    views = [initiative_view(s, visit.viewer, standing) for s in found]
    page = ComparisonPage(
        title=card.title,
        back=back,
        is_initiative=False,
        columns=_columns(views, f"{back}/saran/banding", "inisiatif"),
        rows=_rows(found, _initiative_facts),
        together="",
        left_out=left_out,
    )
    return visit.show(page)


def _needs(found: Sequence[Suggestion]) -> list[NeedMet]:
    """Those of the initiative, which all of them are about."""
    return found[0].needs if found else []


def _chosen(visit: Visit, name: str) -> tuple[tuple[int, ...], bool]:
    """The first three ids in the address, and whether more were chosen."""
    given = visit.request.query_params.getall(name, [])
    ids = list(dict.fromkeys(int(text) for text in given if text.isascii() and text.isdecimal() and len(text) < 11))
    return tuple(ids[: len(LETTERS)]), len(ids) > len(LETTERS)


def _columns(views: Sequence[SuggestionView], path: str, name: str) -> list[Column]:
    def without(gone: SuggestionView) -> str:
        kept = "&".join(f"{name}={view.key}" for view in views if view is not gone)
        return f"{path}?{kept}" if kept else path

    return [Column(letter, view, without(view)) for letter, view in zip(LETTERS, views, strict=False)]


def together(met: Sequence[Sequence[bool]], titles: Sequence[str]) -> str:
    """The fewest of them that answer most needs, in words; nothing where needs are not known."""
    count = len(met[0]) if met else 0
    if not count:
        return ""

    def answered(group: tuple[int, ...]) -> int:
        return sum(any(met[at][need] for at in group) for need in range(count))

    groups = [group for size in range(1, len(met) + 1) for group in combinations(range(len(met)), size)]
    best = max(groups, key=lambda group: (answered(group), -len(group)))
    named = {"partners": " + ".join(LETTERS[at] for at in best), "met": answered(best), "all": count}
    if not answered(best):
        return _("By their words, none of them answers a need.")
    if answered(best) < count:
        open_ = [titles[need] for need in range(count) if not any(met[at][need] for at in best)]
        said = _("%(partners)s: %(met)s of %(all)s needs are answered. Still open: %(open)s.")
        return said % (named | {"open": "; ".join(open_)})
    if len(best) == 1:
        return _("%(partners)s alone answers all %(all)s needs.") % named
    return _("%(partners)s together answer all %(all)s needs.") % named


def _rows(
    found: Sequence[Suggestion], facts_of: Callable[[Suggestion], dict[str, Lines]]
) -> list[tuple[str, list[Lines]]]:
    """A row for each thing that is known of at least one of them."""
    columns = [facts_of(s) for s in found]
    names = list(columns[0]) if columns else []
    rows = [(name, [[line for line in column[name] if line] for column in columns]) for name in names]
    return [(name, cells) for name, cells in rows if any(cells)]


def _card_facts(s: Suggestion) -> dict[str, Lines]:
    card = s.card
    proof = [", ".join(str(e[key]) for key in ("client", "year", "result") if e.get(key)) for e in card.evidence]
    return {
        _("Readiness"): [f"TKT {card.tkt}" if card.tkt else ""],
        _("Regions served"): [", ".join(fact_names.place(code) for code in card.regions_served)],
        _("Brings"): [", ".join(label(Contribution, code) for code in card.contributions)],
        _("Price band"): [label(PriceBand, card.price_band)],
        _("What a region gets"): [card.region_gets],
        _("What it asks of the region"): [card.asks],
        _("Evidence"): proof,
        _("Available"): [" – ".join(show_date(day) for day in (card.available_from, card.available_until) if day)],
        _("Legal form"): [label(LegalForm, s.organisation.legal_form)],
    }


def _initiative_facts(s: Suggestion) -> dict[str, Lines]:
    initiative = s.initiative
    months = initiative.duration_months
    return {
        _("Region"): [facts.regions()[initiative.region_code], facts.provinces()[initiative.region_code[:2]]],
        _("Funding"): funding(s),
        _("Minimum readiness"): [f"TKT {initiative.minimum_tkt}" if initiative.minimum_tkt else ""],
        _("What the region offers"): [initiative.offers],
        _("Start from"): [show_date(initiative.start_from) if initiative.start_from else ""],
        _("Duration"): [_("%(n)s months") % {"n": months} if months else ""],
        _("Expected form of agreement"): [label(LegalInstrument, initiative.legal_instrument)],
        _("Responsible office"): [initiative.owner_office],
        _("Open until"): [show_date(initiative.expires_at) if initiative.expires_at else ""],
    }


HANDLERS = [compare_cards, compare_initiatives]
