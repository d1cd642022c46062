"""Suggestions: for an initiative, for a card, and for whatever the viewer's organisations have published."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker import access, facts, labels
from matchmaker.i18n import gettext as _
from matchmaker.labels import label, options
from matchmaker.matching import Filters
from matchmaker.reading.cards import cards_of
from matchmaker.reading.initiatives import initiatives_of
from matchmaker.reading.suggestions import Suggestion, suggested_cards, suggested_initiatives
from matchmaker.templating import Page
from matchmaker.web.forms import Form, query_form
from matchmaker.web.visit import Visit
from models.vocabulary import InitiativeStatus, OrganisationKind, Pillar


@dataclass(frozen=True)
class SentenceView:
    """The best pair of sentences, cut where words are marked."""

    mine: list[tuple[str, bool]]
    theirs: list[tuple[str, bool]]
    mine_label: str
    theirs_label: str


@dataclass(frozen=True)
class SuggestionView:
    """A suggestion as its component shows it; ``terms`` are (word, percent of the score)."""

    href: str
    title: str
    organisation_name: str
    place: str
    band: str
    band_label: str
    pillars: list[tuple[str, str]]
    reasons: list[str]
    terms: list[tuple[str, int]]
    sentences: SentenceView | None
    fits: list[str]
    missing: list[str]
    few_words: bool
    interest_href: str | None


@dataclass(kw_only=True)
class SuggestionsPage(Page):
    template: ClassVar[str] = "suggestions/page.html"
    title: str
    back: str
    is_initiative: bool
    suggestions: list[SuggestionView]
    form: Form
    action: str
    pillars: list[tuple[str, str]]
    provinces: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    published: bool


@dataclass(kw_only=True)
class MyPage(Page):
    template: ClassVar[str] = "suggestions/mine.html"
    entries: list[tuple[str, str, str]]
    has_organisation: bool


@get("/inisiatif/{initiative_id:int}/saran")
async def initiative_suggestions(visit: NamedDependency[Visit], initiative_id: FromPath[int]) -> Response[str]:
    initiative = await access.initiative_to_read(visit.session, visit.viewer, initiative_id)
    form, filters = _filters(visit, (OrganisationKind.company, OrganisationKind.academic))
    found = await suggested_cards(visit.session, visit.services.matching, initiative, filters)
    own = visit.viewer is not None and visit.viewer.member_of(initiative.organisation_id) is not None
    page = SuggestionsPage(
        title=initiative.title,
        back=f"/inisiatif/{initiative_id}",
        is_initiative=True,
        suggestions=[_card_view(s, own) for s in found],
        form=form,
        action=f"/inisiatif/{initiative_id}/saran",
        pillars=options(Pillar),
        provinces=list(facts.provinces().items()),
        kinds=options(OrganisationKind, without=(OrganisationKind.region,)),
        published=initiative.status == InitiativeStatus.published,
    )
    return visit.show(page)


@get("/kapabilitas/{card_id:int}/saran")
async def card_suggestions(visit: NamedDependency[Visit], card_id: FromPath[int]) -> Response[str]:
    card = await access.card_to_read(visit.session, visit.viewer, card_id)
    form, filters = _filters(visit, ("kabupaten", "kota"))
    found = await suggested_initiatives(visit.session, visit.services.matching, card, filters)
    own = visit.viewer is not None and visit.viewer.member_of(card.organisation_id) is not None
    page = SuggestionsPage(
        title=card.title,
        back=f"/kapabilitas/{card_id}",
        is_initiative=False,
        suggestions=[_initiative_view(s, own) for s in found],
        form=form,
        action=f"/kapabilitas/{card_id}/saran",
        pillars=options(Pillar),
        provinces=list(facts.provinces().items()),
        kinds=[("kabupaten", _("Kabupaten (regency)")), ("kota", _("Kota (city)"))],
        published=card.status == "published",
    )
    return visit.show(page)


@get("/saran")
async def my_suggestions(visit: NamedDependency[Visit]) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    ids = viewer.organisation_ids
    initiatives = await initiatives_of(visit.session, viewer, ids)
    cards = await cards_of(visit.session, viewer, ids)
    entries = [(f"/inisiatif/{i.id}/saran", i.title, i.region_name) for i in initiatives if _is_open(i.status)]
    entries += [(f"/kapabilitas/{c.id}/saran", c.title, c.organisation_name) for c in cards if _is_open(c.status)]
    return visit.show(MyPage(entries=entries, has_organisation=bool(ids)))


def _is_open(status: str) -> bool:
    return status == InitiativeStatus.published


def _filters(visit: Visit, kinds: tuple[str, ...]) -> tuple[Form, Filters]:
    form = query_form(visit.request.query_params.multi_items())
    filters = Filters(
        pillar=form.one_of("pilar", Pillar),
        province=form.one_of("provinsi", facts.provinces()),
        kind=form.one_of("jenis", kinds),
    )
    return form, filters


def _card_view(s: Suggestion, own: bool) -> SuggestionView:
    seat = facts.regions().get(s.organisation.region_code or "", "")
    return _view(s, own, f"/kapabilitas/{s.card.id}", s.card.title, seat, s.card.pillars)


def _initiative_view(s: Suggestion, own: bool) -> SuggestionView:
    pillars = [p for p in (s.initiative.pillar, *s.initiative.other_pillars) if p]
    place = facts.provinces()[s.initiative.region_code[:2]]
    return _view(s, own, f"/inisiatif/{s.initiative.id}", s.initiative.title, place, pillars)


def _view(s: Suggestion, own: bool, href: str, title: str, place: str, pillars: list[str]) -> SuggestionView:
    why = s.scored.why
    pair = {"initiative": s.initiative.id, "card": s.card.id}
    reasons = [r for r in (_need_met(s),) if r] + s.fits[:2]
    return SuggestionView(
        href=href,
        title=title,
        organisation_name=s.organisation.name,
        place=place,
        band=s.scored.band,
        band_label=band_label(s.scored.band),
        pillars=[(p, label(Pillar, p)) for p in pillars],
        reasons=reasons,
        terms=[(t.term, round(100 * t.share / s.scored.score)) for t in why.terms[:6]],
        sentences=_sentences(s),
        fits=s.fits[2:],
        missing=s.gaps + _words_missing(list(why.missing)),
        few_words=why.few_words,
        interest_href=f"/minat/baru?{urlencode(pair)}" if own else None,
    )


def band_label(band: str) -> str:
    return {"strong": _("Strong match"), "fair": _("Fair match"), "weak": _("Weak match")}[band]


def _words_missing(words: list[str]) -> list[str]:
    return [_("Words the other text does not mention: %(words)s") % {"words": ", ".join(words[:6])}] if words else []


def _need_met(s: Suggestion) -> str:
    """The need in whose sentence the two texts are closest, if it is one."""
    pair = s.scored.why.sentences
    for sentence in (pair.query, pair.document) if pair else ():
        if sentence.part.startswith("need "):
            title = sentence.text.split(". ")[0]
            return _("Speaks to the need “%(need)s”") % {"need": title}
    return ""


def _sentences(s: Suggestion) -> SentenceView | None:
    pair = s.scored.why.sentences
    if pair is None:
        return None
    return SentenceView(
        mine=segments(pair.query.text, pair.query.spans),
        theirs=segments(pair.document.text, pair.document.spans),
        mine_label=_("Yours: %(part)s") % {"part": labels.part(pair.query.part)},
        theirs_label=_("Theirs: %(part)s") % {"part": labels.part(pair.document.part)},
    )


def segments(text: str, spans: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is marked; nothing is lost and nothing twice."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(piece, marked) for piece, marked in [*pieces, (text[at:], False)] if piece]


HANDLERS = [initiative_suggestions, card_suggestions, my_suggestions]
