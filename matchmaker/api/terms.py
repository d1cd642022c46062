"""The term sheet of a talk: versions, what differs between two, comments, and each side's yes."""

from datetime import datetime
from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody
from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions import terms as actions
from matchmaker.api.answers import Answer, AuthorAnswer, Page, Party
from matchmaker.api.once import Posted
from matchmaker.api.query import Asked, Stretch
from matchmaker.api.routes import Caller, Transaction, get, post
from matchmaker.differences import Change
from matchmaker.errors import NotFound
from matchmaker.inputs.terms import TermsCommentInput, TermsInput
from matchmaker.inputs.validation import check
from matchmaker.reading.comparison import difference_of
from matchmaker.reading.first_sheet import first_sheet
from matchmaker.reading.listing import read_number
from matchmaker.reading.terms import CommentRow, VersionRow, comments_of, history_of, sheets_of
from models import Conversation
from models.vocabulary import TermsSection


class SheetAnswer(Answer):
    purpose: str
    object: str
    scope: str
    location: str
    duration_months: int | None
    region_brings: str
    partner_brings: str
    costs: str
    data_privacy: str
    intellectual_property: str
    success: str
    graduation: str
    ending: str


class AcceptanceAnswer(Answer):
    organisation_id: int
    at: datetime


class TermsVersionAnswer(SheetAnswer):
    version: int
    created_at: datetime
    author: AuthorAnswer
    accepted_by: list[AcceptanceAnswer]
    newest: bool = Field(description="Only the newest version can be accepted.")
    agreed: bool = Field(description="The newest, and both sides have accepted it.")


class PartAnswer(Answer):
    change: Change
    text: str


class SectionDifferenceAnswer(Answer):
    section: TermsSection
    changed: bool
    parts: list[PartAnswer] = Field(description="In order; what was removed stands before what took its place.")
    text: str = Field(description="The same as text: [-removed-]{+added+}.")


class DifferenceAnswer(Answer):
    before: int
    after: int
    sections: list[SectionDifferenceAnswer]


class TermsAnswer(Page[TermsVersionAnswer]):
    difference: DifferenceAnswer | None = Field(description="With `compare`.")
    suggested: SheetAnswer | None = Field(
        description="As long as there is no version: what the initiative and the card already say."
    )


class TermsQuery(Stretch):
    compare: (
        Annotated[str, Field(max_length=21, pattern=r"^\d{1,10},\d{1,10}$", description="Two versions: `1,2`.")] | None
    ) = None


class CommentAnswer(Answer):
    id: int
    version: int = Field(description="The newest one when it was made.")
    section: TermsSection
    author: AuthorAnswer
    body: str
    created_at: datetime
    resolved_at: datetime | None


_TERMS = "/conversations/{conversation_id:int}/terms"


@get(_TERMS, "listTerms", "Versions of the term sheet, newest first", asks=TermsQuery)
async def list_terms(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], asked: Asked
) -> TermsAnswer:
    """For members of either side."""
    query = check(TermsQuery, asked)
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    before = None if query.cursor is None else read_number(query.cursor)
    rows = await history_of(session, conversation, before=before, limit=query.limit + 1)
    shown = rows[: query.limit]
    return TermsAnswer(
        items=await _versions(session, conversation, shown, newest=before is None),
        next=str(shown[-1].number) if len(rows) > len(shown) else None,
        difference=await _difference(session, conversation, query.compare) if query.compare else None,
        suggested=None if rows or before else SheetAnswer.model_validate(await first_sheet(session, conversation)),
    )


@get(f"{_TERMS}/{{version:int}}", "getTerms", "A version of the term sheet")
async def get_terms(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], version: FromPath[int]
) -> TermsVersionAnswer:
    return await _one(session, viewer, conversation_id, version)


@post(_TERMS, "proposeTerms", "Propose a version", status=201)
async def propose_terms(
    call: Posted, conversation_id: FromPath[int], data: JSONBody[TermsInput]
) -> Response[TermsVersionAnswer]:
    """`version` is the newest one that you know, 0 for none; if there is a newer one it is 409 with both texts.
    Sections that are left out stay as they are in it. What was accepted before is accepted no more.
    """
    return await call.act(
        lambda made: _one(call.session, call.viewer, conversation_id, made.number),
        actions.propose_terms,
        conversation_id,
        data,
    )


@post(f"{_TERMS}/{{version:int}}/accept", "acceptTerms", "Accept the newest version")
async def accept_terms(
    call: Posted, conversation_id: FromPath[int], version: FromPath[int]
) -> Response[TermsVersionAnswer]:
    """For one's own side. An older version than the newest is 409."""
    return await call.act(
        lambda _: _one(call.session, call.viewer, conversation_id, version),
        actions.accept_terms,
        conversation_id,
        version,
    )


@get(f"{_TERMS}/comments", "listTermsComments", "Comments on the sections, oldest first", asks=Stretch)
async def list_comments(
    session: Transaction, viewer: Caller, conversation_id: FromPath[int], asked: Asked
) -> Page[CommentAnswer]:
    query = check(Stretch, asked)
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    after = 0 if query.cursor is None else read_number(query.cursor)
    rows = await comments_of(session, conversation, after=after, limit=query.limit + 1)
    shown = rows[: query.limit]
    return Page(items=[_comment(row) for row in shown], next=str(shown[-1].id) if len(rows) > len(shown) else None)


@post(f"{_TERMS}/comments", "commentOnTerms", "Comment on a section", status=201)
async def comment_on_terms(
    call: Posted, conversation_id: FromPath[int], data: JSONBody[TermsCommentInput]
) -> Response[CommentAnswer]:
    """Both sides see it."""
    return await call.act(
        lambda made: _one_comment(call.session, call.viewer, conversation_id, made.id or 0),
        actions.comment_on_terms,
        conversation_id,
        data,
    )


@post(f"{_TERMS}/comments/{{comment_id:int}}/resolve", "resolveTermsComment", "Mark a comment as dealt with")
async def resolve_comment(
    call: Posted, conversation_id: FromPath[int], comment_id: FromPath[int]
) -> Response[CommentAnswer]:
    """By either side."""
    return await _marked(call, conversation_id, comment_id, resolved=True)


@post(f"{_TERMS}/comments/{{comment_id:int}}/reopen", "reopenTermsComment", "Open a comment again")
async def reopen_comment(
    call: Posted, conversation_id: FromPath[int], comment_id: FromPath[int]
) -> Response[CommentAnswer]:
    return await _marked(call, conversation_id, comment_id, resolved=False)


async def _marked(call: Posted, conversation_id: int, comment_id: int, *, resolved: bool) -> Response[CommentAnswer]:
    return await call.act(
        lambda _: _one_comment(call.session, call.viewer, conversation_id, comment_id),
        actions.resolve_comment,
        conversation_id,
        comment_id,
        resolved=resolved,
    )


async def _one(session: AsyncSession, viewer: Viewer | None, conversation_id: int, number: int) -> TermsVersionAnswer:
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    await session.flush()
    newest = await history_of(session, conversation, limit=1)
    if not newest or not 1 <= number <= newest[0].number:
        raise NotFound
    is_newest = newest[0].number == number
    rows = newest if is_newest else await history_of(session, conversation, before=number + 1, limit=1)
    return (await _versions(session, conversation, rows, newest=is_newest))[0]


async def _versions(
    session: AsyncSession, conversation: Conversation, rows: list[VersionRow], *, newest: bool
) -> list[TermsVersionAnswer]:
    """``newest``: whether the first row is."""
    sheets = await sheets_of(session, conversation, [row.number for row in rows])
    return [
        TermsVersionAnswer.model_validate(
            {
                **sheets[row.number],
                "version": row.number,
                "created_at": row.created_at,
                "author": _author(row),
                "accepted_by": [{"organisation_id": side, "at": at} for side, at in row.accepted.items()],
                "newest": newest and position == 0,
                "agreed": newest and position == 0 and row.agreed,
            }
        )
        for position, row in enumerate(rows)
    ]


async def _difference(session: AsyncSession, conversation: Conversation, compare: str) -> DifferenceAnswer:
    before, after = (min(int(number), access.LARGEST_ID) for number in compare.split(","))
    sections = await difference_of(session, conversation, before, after)
    return DifferenceAnswer.model_validate({"before": before, "after": after, "sections": sections})


async def _one_comment(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, comment_id: int
) -> CommentAnswer:
    conversation = await access.conversation_to_read(session, viewer, conversation_id)
    await session.flush()
    return _comment((await comments_of(session, conversation, comment_id=comment_id))[0])


def _comment(row: CommentRow) -> CommentAnswer:
    return CommentAnswer.model_validate({**vars(row), "version": row.version_number, "author": _author(row)})


def _author(row: VersionRow | CommentRow) -> AuthorAnswer:
    organisation = Party(id=row.organisation_id, name=row.organisation_name)
    return AuthorAnswer(id=row.author_id, name=row.author_name or None, organisation=organisation)


HANDLERS = [
    list_terms,
    get_terms,
    propose_terms,
    accept_terms,
    list_comments,
    comment_on_terms,
    resolve_comment,
    reopen_comment,
]
