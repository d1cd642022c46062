"""The start page: what this is and for whom; signed in, what waits."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get
from litestar.di import NamedDependency

from matchmaker.labels import options
from matchmaker.reading.initiatives import InitiativeFilters, InitiativeRow, list_initiatives
from matchmaker.reading.organisations import Numbers, numbers
from matchmaker.templating import Page
from matchmaker.web.desk import show_desk
from matchmaker.web.visit import Visit
from models.vocabulary import Pillar


@dataclass(kw_only=True)
class HomePage(Page):
    template: ClassVar[str] = "home/page.html"
    numbers: Numbers
    recent: list[InitiativeRow]
    pillars: dict[str, str]


@get("/")
async def home_page(visit: NamedDependency[Visit]) -> Response[str]:
    if visit.viewer:
        return await show_desk(visit, visit.viewer)
    recent = await list_initiatives(visit.session, InitiativeFilters(), limit=6)
    page = HomePage(numbers=await numbers(visit.session), recent=recent.items, pillars=dict(options(Pillar)))
    return visit.show(page)


HANDLERS = [home_page]
