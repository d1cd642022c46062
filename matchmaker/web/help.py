"""Help: how matching works, what happens after an interest, privacy, writing, the words of the field."""

from dataclasses import dataclass, field
from typing import ClassVar

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from matchmaker.actions.clock import BETWEEN
from matchmaker.actions.interests import ANSWER_WITHIN, UNVERIFIED_PER_DAY
from matchmaker.errors import NotFound
from matchmaker.i18n import gettext
from matchmaker.i18n import mark as _
from matchmaker.states import STATES, Path, Who, way
from matchmaker.step_words import actor_name, path_note, state_name
from matchmaker.templating import Page
from matchmaker.web.visit import Visit
from models.vocabulary import PairState


@dataclass(frozen=True)
class Topic:
    slug: str
    title: str
    text: str


@dataclass(kw_only=True)
class HelpPage(Page):
    """``slug``: of the topic that is open, empty for the list of them."""

    template: ClassVar[str] = "help/topics.html"
    slug: str
    topics: list[Topic]
    answer_days: int
    between_days: int
    per_day: int
    session_days: int


@dataclass(kw_only=True)
class MatchingHelp(HelpPage):
    template: ClassVar[str] = "help/matching.html"


def _states() -> list[tuple[str, str, int | None]]:
    """Of all that go on, so that somebody is to act: the name, whose turn it is, within how many days."""
    return [
        (state_name(state, Path.cooperation), actor_name(entry.next_actor), entry.days)
        for state, entry in STATES.items()
        if entry.next_actor != Who.nobody
    ]


def _ways() -> list[tuple[str, list[str]]]:
    """The papers of each kind of partner, and the states that lead to them and on."""
    return [
        (path_note(path), [state_name(state, path) for state in way(path) if state != PairState.seen]) for path in Path
    ]


@dataclass(kw_only=True)
class InterestHelp(HelpPage):
    """``states`` and ``ways`` are read off the table of states."""

    template: ClassVar[str] = "help/interest.html"
    states: list[tuple[str, str, int | None]] = field(default_factory=_states)
    ways: list[tuple[str, list[str]]] = field(default_factory=_ways)


@dataclass(kw_only=True)
class WritingHelp(HelpPage):
    template: ClassVar[str] = "help/writing.html"


@dataclass(kw_only=True)
class PrivacyHelp(HelpPage):
    template: ClassVar[str] = "help/privacy.html"


@dataclass(kw_only=True)
class WordsHelp(HelpPage):
    template: ClassVar[str] = "help/words.html"


PAGES: dict[str, type[HelpPage]] = {
    "menulis": WritingHelp,
    "kecocokan": MatchingHelp,
    "minat": InterestHelp,
    "privasi": PrivacyHelp,
    "istilah": WordsHelp,
}
TOPICS = (
    Topic("menulis", _("Writing a post that finds partners"), _("What to write, how long, and two examples.")),
    Topic("kecocokan", _("How matching works"), _("What the bands and shares mean, and what it cannot do.")),
    Topic(
        "minat", _("After an expression of interest"), _("Who acts next, by when, and what a yes or a no leads to.")
    ),
    Topic("privasi", _("Privacy"), _("What is stored, who sees it, and your rights.")),
    Topic("istilah", _("Words of the field"), _("TKKSD, PKS, KB, TKT and others in one sentence each.")),
)


@get("/bantuan")
async def help_page(visit: NamedDependency[Visit]) -> Response[str]:
    return _show(visit, "", HelpPage)


@get("/bantuan/{slug:str}")
async def topic_page(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[str]:
    if slug not in PAGES:
        raise NotFound
    return _show(visit, slug, PAGES[slug])


def _show(visit: Visit, slug: str, page: type[HelpPage]) -> Response[str]:
    return visit.show(
        page(
            slug=slug,
            topics=[Topic(t.slug, gettext(t.title), gettext(t.text)) for t in TOPICS],
            answer_days=ANSWER_WITHIN.days,
            between_days=BETWEEN.days,
            per_day=UNVERIFIED_PER_DAY,
            session_days=visit.services.settings.session_days,
        )
    )


HANDLERS = [help_page, topic_page]
