"""The legal route of a talk: what the answers to four questions lead to."""

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field

from matchmaker import access
from matchmaker.actions import routes as actions
from matchmaker.api.answers import Answer
from matchmaker.api.once import Posted
from matchmaker.api.query import Asked
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.inputs.route import RouteAnswersInput, RouteQuery
from matchmaker.inputs.validation import check
from matchmaker.reading.routes import Finding, TalkAnswers, answers_of, find_route
from models.vocabulary import ApbdShare, AssetUse, LegalForm, MoneyFlow, PaperKind, PartyAbroad, Route


class EntryAnswer(Answer):
    title: str
    detail: str


class PaperAnswer(Answer):
    code: PaperKind
    name: str


class RemarkAnswer(Answer):
    text: str
    legal_basis: str


class RouteAnswer(Answer):
    """Texts in the caller's language."""

    legal_form: LegalForm
    money_flow: MoneyFlow
    apbd: ApbdShare
    asset_use: AssetUse
    abroad: PartyAbroad
    assumed: bool = Field(description="True while nobody has answered: presumed from the initiative and the card.")
    version: int = Field(description="Of the answers; 0 while they are assumed.")
    route: Route
    name: str
    summary: str
    reason: str = Field(description="Why these answers lead here.")
    remarks: list[RemarkAnswer] = Field(description="What else holds for these answers.")
    stages: list[EntryAnswer]
    papers: list[PaperAnswer] = Field(description="Papers that a package holds; none where the route hands over.")
    other_papers: list[EntryAnswer]
    signers: list[EntryAnswer]
    time_limits: list[EntryAnswer]
    uncertain: list[EntryAnswer] = Field(description="What the region's own offices must confirm.")
    legal_basis: list[str]
    hands_over: bool = Field(description="No cooperation: talks stop short of prices, another office takes over.")


@get("/conversations/{conversation_id:int}/route", "getRoute", "The legal route of a conversation", asks=RouteQuery)
async def get_route(session: Transaction, viewer: Caller, conversation_id: FromPath[int], asked: Asked) -> RouteAnswer:
    """By the answers that were given, or are presumed; with others in the query: what these would lead to."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    tried = check(RouteQuery, asked).model_dump(exclude_none=True)
    known = await answers_of(session, conversation)
    return _answer(known, await find_route(session, known.answers.changed(tried), known.region_code))


@post("/conversations/{conversation_id:int}/route", "answerRoute", "Answer the questions of the route")
async def answer_route(
    call: Posted, conversation_id: FromPath[int], data: JSONBody[RouteAnswersInput]
) -> Response[RouteAnswer]:
    """By a member of either side; what is not given stays. The other side is told."""

    async def act() -> RouteAnswer:
        conversation = await access.conversation_to_read(call.session, call.viewer, conversation_id)
        presumed = (await answers_of(call.session, conversation)).answers
        await actions.answer_route(call.session, call.viewer, conversation_id, presumed, data)
        known = await answers_of(call.session, conversation)
        return _answer(known, await find_route(call.session, known.answers, known.region_code))

    return await call.once(act)


def _answer(known: TalkAnswers, found: Finding) -> RouteAnswer:
    return RouteAnswer.model_validate(
        {
            **vars(found),
            **vars(found.answers),
            "papers": [{"code": code, "name": name} for code, name in found.papers],
            "time_limits": found.limits,
            "hands_over": found.hands_over,
            "assumed": known.saved is None,
            "version": known.version,
        }
    )


HANDLERS = [get_route, answer_route]
