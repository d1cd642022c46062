"""The start page: what this is and for whom; signed in, what waits."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get
from litestar.di import NamedDependency

from matchmaker.access import Viewer
from matchmaker.labels import options
from matchmaker.reading.cards import CardRow, cards_of
from matchmaker.reading.conversations import ConversationRow, list_conversations
from matchmaker.reading.desk import interests_to_answer, unread_by_conversation
from matchmaker.reading.initiatives import InitiativeFilters, InitiativeRow, initiatives_of, list_initiatives
from matchmaker.reading.organisations import Numbers, numbers
from matchmaker.templating import Page
from matchmaker.web.visit import Visit
from models.vocabulary import CardStatus, InitiativeStatus, Pillar


@dataclass(kw_only=True)
class HomePage(Page):
    template: ClassVar[str] = "home/page.html"
    numbers: Numbers
    recent: list[InitiativeRow]
    pillars: dict[str, str]


@dataclass(kw_only=True)
class DeskPage(Page):
    """What waits for somebody who is signed in. ``kinds``: what their organisations are."""

    template: ClassVar[str] = "home/desk.html"
    name: str
    kinds: set[str]
    unverified: list[str]
    to_answer: int
    conversations: list[ConversationRow]
    unread: dict[int, int]
    initiatives: list[InitiativeRow]
    cards: list[CardRow]
    initiative_statuses: dict[str, str]
    card_statuses: dict[str, str]


@get("/")
async def home_page(visit: NamedDependency[Visit]) -> Response[str]:
    if visit.viewer:
        return await _desk(visit, visit.viewer)
    recent = await list_initiatives(visit.session, InitiativeFilters(), limit=6)
    page = HomePage(numbers=await numbers(visit.session), recent=recent.items, pillars=dict(options(Pillar)))
    return visit.show(page)


async def _desk(visit: Visit, viewer: Viewer) -> Response[str]:
    ids = viewer.organisation_ids
    page = DeskPage(
        name=viewer.name,
        kinds={m.kind for m in viewer.memberships},
        unverified=[m.name for m in viewer.memberships if not m.verified],
        to_answer=await interests_to_answer(visit.session, viewer),
        conversations=(await list_conversations(visit.session, viewer, limit=5)).items,
        unread=await unread_by_conversation(visit.session, viewer),
        initiatives=await initiatives_of(visit.session, viewer, ids, limit=10),
        cards=await cards_of(visit.session, viewer, ids, limit=10),
        initiative_statuses=dict(options(InitiativeStatus)),
        card_statuses=dict(options(CardStatus)),
    )
    return visit.show(page)


HANDLERS = [home_page]
