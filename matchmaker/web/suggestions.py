"""Suggestions for an initiative and for a card, and what is said of them."""

from dataclasses import InitVar, dataclass, field
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from matchmaker import access, facts
from matchmaker.actions import feedback as actions
from matchmaker.asking import HIGHEST_TKT, Filters, Wanted
from matchmaker.context import current
from matchmaker.i18n import gettext as _
from matchmaker.inputs.feedback import FeedbackInput
from matchmaker.labels import label, options
from matchmaker.reading.standing import standings
from matchmaker.reading.suggestions import cards_for_each, initiatives_for_each
from matchmaker.templating import Page
from matchmaker.web.forms import Form, query_form
from matchmaker.web.suggestion_view import SuggestionView, card_view, initiative_view
from matchmaker.web.visit import Visit
from models import OPEN_STATUSES
from models.vocabulary import CardStatus, OrganisationKind, Pillar, Reason, Verdict

# Ten at a time, and nobody reads beyond a hundred.
STRETCH, MOST = 10, 100
SEATS = (OrganisationKind.company, OrganisationKind.academic)


@dataclass(kw_only=True)
class SuggestionsPage(Page):
    """A stretch of them. ``more``: whether there are any behind it; ``here``: this page's address, to come back to."""

    template: ClassVar[str] = "suggestions/page.html"
    title: str
    back: str
    is_initiative: bool
    published: bool
    suggestions: list[SuggestionView]
    kinds: list[tuple[str, str]]
    levels: list[tuple[str, str]]
    form: Form
    wanted: InitVar[Wanted]
    more: InitVar[bool]
    start: int = field(init=False)
    next: int | None = field(init=False)
    chips: list[tuple[str, str]] = field(init=False)
    pillars: list[tuple[str, str]] = field(default_factory=lambda: options(Pillar))
    provinces: list[tuple[str, str]] = field(default_factory=lambda: list(facts.provinces().items()))
    reasons: list[tuple[str, str]] = field(default_factory=lambda: options(Reason, without=(Reason.no_reply,)))
    here: str = field(default_factory=lambda: current().address(ok=None, lang=None))

    def __post_init__(self, wanted: Wanted, more: bool) -> None:
        after = wanted.skip + STRETCH
        self.start, self.next = wanted.skip, after if more and after < MOST else None
        filters, kinds = wanted.filters, dict(self.kinds)
        chips = [
            (label(Pillar, filters.pillar), "pilar"),
            (facts.provinces().get(filters.province or "", ""), "provinsi"),
            (kinds.get(filters.kind or "", ""), "jenis"),
            (_level(filters.minimum_tkt) if filters.minimum_tkt else "", "tkt"),
        ]
        self.chips = [(text, name) for text, name in chips if text]


@get("/inisiatif/{initiative_id:int}/saran")
async def initiative_suggestions(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Response[str]:
    initiative = await access.initiative_to_read(visit.session, visit.viewer, initiative_id)
    form, wanted = _asked(visit, SEATS)
    found = (await cards_for_each(visit.session, visit.services.matching, [initiative_id], wanted))[initiative_id]
    shown = found[:STRETCH]
    standing = await standings(visit.session, visit.viewer, [initiative_id], [s.card.id or 0 for s in shown])
    page = SuggestionsPage(
        title=initiative.title,
        back=f"/inisiatif/{initiative_id}",
        is_initiative=True,
        published=initiative.status in OPEN_STATUSES,
        suggestions=[card_view(s, visit.viewer, standing) for s in shown],
        kinds=options(OrganisationKind, without=(OrganisationKind.region,)),
        levels=[(str(level), _level(level)) for level in range(1, HIGHEST_TKT + 1)],
        form=form,
        wanted=wanted,
        more=len(found) > STRETCH,
    )
    return visit.show(page)


@get("/kapabilitas/{card_id:int}/saran")
async def card_suggestions(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Response[str]:
    card = await access.card_to_read(visit.session, visit.viewer, card_id)
    form, wanted = _asked(visit, ("kabupaten", "kota"))
    found = (await initiatives_for_each(visit.session, visit.services.matching, [card_id], wanted))[card_id]
    shown = found[:STRETCH]
    standing = await standings(visit.session, visit.viewer, [s.initiative.id or 0 for s in shown], [card_id])
    page = SuggestionsPage(
        title=card.title,
        back=f"/kapabilitas/{card_id}",
        is_initiative=False,
        published=card.status == CardStatus.published,
        suggestions=[initiative_view(s, visit.viewer, standing) for s in shown],
        kinds=[("kabupaten", _("Kabupaten (regency)")), ("kota", _("Kota (city)"))],
        levels=[],
        form=form,
        wanted=wanted,
        more=len(found) > STRETCH,
    )
    return visit.show(page)


def _level(level: int) -> str:
    return _("TKT %(level)s or more") % {"level": level}


def _asked(visit: Visit, kinds: tuple[str, ...]) -> tuple[Form, Wanted]:
    """The filters as the address holds them, and one suggestion more than is shown: is there a next page?"""
    form = query_form(visit.request.query_params.multi_items())
    level = form.one_of("tkt", map(str, range(1, HIGHEST_TKT + 1)))
    filters = Filters(
        pillar=form.one_of("pilar", Pillar),
        province=form.one_of("provinsi", facts.provinces()),
        kind=form.one_of("jenis", kinds),
        minimum_tkt=int(level) if level and kinds is SEATS else None,
    )
    start = form.one_of("mulai", map(str, range(STRETCH, MOST, STRETCH)))
    return form, Wanted(filters, STRETCH + 1, int(start or 0))


@post("/saran/pendapat", status_code=200)
async def judge_suggestion(visit: NamedDependency[Visit]) -> Redirect:
    viewer, form = access.signed_in(visit.viewer), await visit.form()
    if form.value("verdict") == Verdict.useful:
        form.set("reason", "")
    given = form.read(FeedbackInput)
    await actions.judge_suggestion(visit.session, viewer, given)
    return Redirect(_back(form.value("here"), given), status_code=303)


def _back(here: str, given: FeedbackInput) -> str:
    """To the suggestion where it stood: only to a page of this pair, whatever the form says."""
    keys = {
        f"/inisiatif/{given.initiative_id}/saran": given.card_id,
        f"/kapabilitas/{given.card_id}/saran": given.initiative_id,
    }
    path, _mark, query = here.partition("?")
    path = path if path in keys else next(iter(keys))
    kept = [(name, value) for name, value in parse_qsl(query) if name != "ok"]
    return f"{path}?{urlencode([*kept, ('ok', 'judged')])}#saran-{keys[path]}"


HANDLERS = [initiative_suggestions, card_suggestions, judge_suggestion]
