"""The best suggestions for what the viewer's organisations have published, all on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get
from litestar.di import NamedDependency

from matchmaker import access
from matchmaker.access import PARTNERS, Viewer
from matchmaker.asking import Wanted
from matchmaker.reading.cards import cards_of
from matchmaker.reading.initiatives import initiatives_of
from matchmaker.reading.suggestions import cards_for_each, initiatives_for_each
from matchmaker.templating import Page
from matchmaker.web.suggestion_view import SuggestionView, card_view, initiative_view
from matchmaker.web.visit import Visit
from models import OPEN_STATUSES
from models.vocabulary import CardStatus, OrganisationKind

#: How many of one's own are shown with their best suggestions; the others are only named.
SHOWN = 6
BEST = Wanted(limit=2)


@dataclass(frozen=True)
class Own:
    """A published initiative (``is_initiative``) or card of the viewer's."""

    row_id: int
    is_initiative: bool
    title: str
    place: str

    @property
    def href(self) -> str:
        return f"/{'inisiatif' if self.is_initiative else 'kapabilitas'}/{self.row_id}"


@dataclass(kw_only=True)
class MyPage(Page):
    """``shown``: each with its best suggestions."""

    template: ClassVar[str] = "suggestions/mine.html"
    shown: list[tuple[Own, list[SuggestionView]]]
    others: list[Own]
    has_organisation: bool


@get("/saran")
async def my_suggestions(visit: NamedDependency[Visit]) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    own = await _published(visit, viewer)
    best = await _best(visit, viewer, own[:SHOWN])
    shown = [(one, best.get(one, [])) for one in own[:SHOWN]]
    return visit.show(MyPage(shown=shown, others=own[SHOWN:], has_organisation=bool(viewer.memberships)))


async def _published(visit: Visit, viewer: Viewer) -> list[Own]:
    """What was written last first, initiatives before cards; no query for what the viewer's kind does not have."""
    ids, own = viewer.organisation_ids, []
    if viewer.acts_for(OrganisationKind.region):
        initiatives = await initiatives_of(visit.session, viewer, ids)
        own += [Own(i.id, True, i.title, i.region_name) for i in initiatives if i.status in OPEN_STATUSES]
    if viewer.acts_for(*PARTNERS):
        cards = await cards_of(visit.session, viewer, ids)
        own += [Own(c.id, False, c.title, c.organisation_name) for c in cards if c.status == CardStatus.published]
    return own


async def _best(visit: Visit, viewer: Viewer, own: Sequence[Own]) -> dict[Own, list[SuggestionView]]:
    session, matching = visit.session, visit.services.matching
    initiatives = {one.row_id: one for one in own if one.is_initiative}
    cards = {one.row_id: one for one in own if not one.is_initiative}
    best: dict[Own, list[SuggestionView]] = {}
    if initiatives:
        fitting = await cards_for_each(session, matching, initiatives, BEST)
        best |= {initiatives[i]: [card_view(s, viewer, {}) for s in found] for i, found in fitting.items()}
    if cards:
        fitting = await initiatives_for_each(session, matching, cards, BEST)
        best |= {cards[c]: [initiative_view(s, viewer, {}) for s in found] for c, found in fitting.items()}
    return best


HANDLERS = [my_suggestions]
