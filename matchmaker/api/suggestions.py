"""Which cards fit an initiative, which initiatives fit a card, and why; and what the reader says of that."""

from datetime import datetime
from typing import Annotated, Literal

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field

from matchmaker import access
from matchmaker.actions import feedback as actions
from matchmaker.api.answers import Answer, CardItem, InitiativeItem, Page, region_answer
from matchmaker.api.once import Posted
from matchmaker.api.query import Asked
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.asking import Filters
from matchmaker.i18n import gettext as _
from matchmaker.inputs.feedback import FeedbackInput
from matchmaker.inputs.fields import ProvinceCode
from matchmaker.inputs.validation import Input, check
from matchmaker.reading.listing import LARGEST_PAGE, PAGE
from matchmaker.reading.suggestions import Suggestion, suggested_cards, suggested_initiatives
from matchmaker.services import AppRequest, services
from models.vocabulary import Pillar, Reason, Verdict

WORDS_TOLD = 6


class SuggestionQuery(Input):
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="How many items at most.")] = PAGE
    pillar: Pillar | None = None


class CardSuggestionQuery(SuggestionQuery):
    province: Annotated[ProvinceCode, Field(description="Of the organisation's seat.")] | None = None
    kind: Literal["company", "academic"] | None = None


class InitiativeSuggestionQuery(SuggestionQuery):
    province: ProvinceCode | None = None
    kind: Literal["kabupaten", "kota"] | None = None


class TermAnswer(Answer):
    term: str
    share: float = Field(description="Of the score; the shares of all terms sum to it.")


class SentencesAnswer(Answer):
    """The two sentences that have most in common."""

    initiative: str
    card: str


class SuggestionAnswer(Answer):
    score: float = Field(description="Above 0, at most 1; comparable between queries of one kind only by its band.")
    band: Literal["strong", "fair", "weak"]
    terms: list[TermAnswer]
    sentences: SentencesAnswer | None = Field(description="Null where no two sentences share a word.")
    fits: list[str] = Field(description="What fits besides the text, in the caller's language.")
    missing: list[str] = Field(description="What does not fit, or is not spoken of, in the caller's language.")


class CardSuggestion(SuggestionAnswer):
    card: CardItem


class InitiativeSuggestion(SuggestionAnswer):
    initiative: InitiativeItem


class FeedbackAnswer(Answer):
    id: int
    initiative_id: int
    card_id: int
    organisation_id: int = Field(description="The organisation of the caller's that it was said for.")
    verdict: Verdict
    reason: Reason | None
    created_at: datetime


@get(
    "/initiatives/{initiative_id:int}/suggestions",
    "suggestCards",
    "Cards for an initiative, best first",
    asks=CardSuggestionQuery,
    public=True,
)
async def suggest_cards(
    request: AppRequest, session: Transaction, viewer: Caller, initiative_id: FromPath[int], asked: Asked
) -> Page[CardSuggestion]:
    """For whoever may read the initiative. There is one stretch: `next` is always null."""
    query = check(CardSuggestionQuery, asked)
    initiative = await access.initiative_to_read(session, viewer, initiative_id)
    found = await suggested_cards(session, services(request).matching, initiative, _filters(query), query.limit)
    return Page(items=[_card_suggestion(one) for one in found], next=None)


@get(
    "/cards/{card_id:int}/suggestions",
    "suggestInitiatives",
    "Initiatives for a card, best first",
    asks=InitiativeSuggestionQuery,
    public=True,
)
async def suggest_initiatives(
    request: AppRequest, session: Transaction, viewer: Caller, card_id: FromPath[int], asked: Asked
) -> Page[InitiativeSuggestion]:
    """For whoever may read the card. There is one stretch: `next` is always null."""
    query = check(InitiativeSuggestionQuery, asked)
    card = await access.card_to_read(session, viewer, card_id)
    found = await suggested_initiatives(session, services(request).matching, card, _filters(query), query.limit)
    return Page(items=[_initiative_suggestion(one) for one in found], next=None)


@post("/suggestions/feedback", "judgeSuggestion", "Say whether a suggestion was useful", status=201)
async def judge_suggestion(call: Posted, data: JSONBody[FeedbackInput]) -> Response[FeedbackAnswer]:
    """By a member of either organisation. A new verdict on the same pair replaces the caller's former one."""

    async def act() -> FeedbackAnswer:
        return FeedbackAnswer.model_validate(await actions.judge_suggestion(call.session, call.viewer, data))

    return await call.once(act)


def _filters(query: CardSuggestionQuery | InitiativeSuggestionQuery) -> Filters:
    return Filters(query.pillar, query.province, query.kind)


def _card_suggestion(one: Suggestion) -> CardSuggestion:
    organisation = one.organisation
    card = CardItem.model_validate(
        {
            **one.card.model_dump(),
            "organisation_name": organisation.name,
            "organisation_kind": organisation.kind,
            "verified": organisation.verified_at is not None,
        }
    )
    return CardSuggestion.model_validate({**_why(one, query="initiative"), "card": card})


def _initiative_suggestion(one: Suggestion) -> InitiativeSuggestion:
    region = region_answer(one.initiative.region_code)
    initiative = InitiativeItem.model_validate({**one.initiative.model_dump(), "region": region})
    return InitiativeSuggestion.model_validate({**_why(one, query="card"), "initiative": initiative})


def _why(one: Suggestion, query: Literal["initiative", "card"]) -> dict[str, object]:
    """``query``: which of the two the suggestions are for. The engine knows only a query and a document."""
    why, document = one.scored.why, "card" if query == "initiative" else "initiative"
    pair = why.sentences
    words = ", ".join(why.missing[:WORDS_TOLD])
    return {
        "score": one.scored.score,
        "band": one.scored.band,
        "terms": [TermAnswer(term=t.term, share=t.share) for t in why.terms],
        "sentences": {query: pair.query.text, document: pair.document.text} if pair else None,
        "fits": one.fits,
        "missing": one.gaps
        + ([_("Words the other text does not mention: %(words)s") % {"words": words}] if words else []),
    }


HANDLERS = [suggest_cards, suggest_initiatives, judge_suggestion]
