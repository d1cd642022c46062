"""A POST that acts once for each Idempotency-Key, however often it is sent."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Concatenate, Generic, ParamSpec, TypeAlias, TypeVar

from litestar import Response
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import HeaderParameter
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import security
from matchmaker.access import Viewer
from matchmaker.actions.idempotency import claim_key, keep_answer
from matchmaker.errors import AppError
from matchmaker.i18n import gettext as _
from matchmaker.services import AppRequest, client_address, services
from matchmaker.uploads import upload_mark

AnswerT = TypeVar("AnswerT", bound=BaseModel)
MadeT = TypeVar("MadeT")
Given = ParamSpec("Given")
LONGEST_KEY = 200
REPLAYED = {"Idempotency-Replayed": "true"}

IdempotencyKey: TypeAlias = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        description="1 to 200 characters of your choice. The same key and body answer the first result again, with "
        "`Idempotency-Replayed: true`, for two days; another body is 409. What failed is not kept: it is tried again.",
        schema_extra={"min_length": 1, "max_length": LONGEST_KEY, "pattern": r"^[!-~]([ -~]*[!-~])?$"},
    ),
]


@dataclass(frozen=True)
class Kept(Generic[AnswerT]):
    """An answer as JSON: fresh, or the one that was given before."""

    body: str
    replayed: bool


async def act_once(
    request: AppRequest,
    session: AsyncSession,
    caller: str,
    key: str | None,
    act: Callable[[], Awaitable[AnswerT]],
) -> Kept[AnswerT]:
    """``act``, or what it answered when this caller first sent this key; within ``session``'s transaction."""
    if key is None:
        return Kept((await act()).model_dump_json(), replayed=False)
    if not 1 <= len(key) <= LONGEST_KEY:
        raise AppError(_("An Idempotency-Key has 1 to %(most)s characters.") % {"most": LONGEST_KEY})
    claim = await claim_key(session, caller, key, await _request_hash(request))
    if claim.status:
        return Kept(claim.body, replayed=True)
    body = (await act()).model_dump_json()
    await keep_answer(session, claim, request.route_handler.status_code, body)
    return Kept(body, replayed=False)


async def _request_hash(request: AppRequest) -> str:
    """Keyed, because a body may hold a password. Order of fields and white space make no other request."""
    body: object = upload_mark(request)
    if body is None and request.content_type[0] == RequestEncodingType.MULTI_PART:
        raise AppError  # this call takes none, and its body is read already
    if body is None:
        body = await request.json() if await request.body() else None
    text = json.dumps(body, sort_keys=True)
    return security.derived_token(services(request).settings.secret_key, "request", request.scope["path"], text)


def anonymous(request: AppRequest) -> str:
    """Who calls without being signed in."""
    return f"address:{hashlib.sha256(client_address(request).encode()).hexdigest()[:32]}"


@dataclass(frozen=True)
class Call:
    """A POST under way: its transaction, and whose it is."""

    request: AppRequest
    session: AsyncSession
    viewer: Viewer | None
    key: str | None

    async def once(self, act: Callable[[], Awaitable[AnswerT]]) -> Response[AnswerT]:
        caller = f"account:{self.viewer.account_id}" if self.viewer else anonymous(self.request)
        kept = await act_once(self.request, self.session, caller, self.key, act)
        return answer(kept)

    async def act(
        self,
        tell: Callable[[MadeT], Awaitable[AnswerT]],
        verb: Callable[Concatenate[AsyncSession, Viewer | None, Given], Awaitable[MadeT]],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Response[AnswerT]:
        """Carries out a verb for the caller, once, and answers what ``tell`` tells of what it made."""

        async def acted() -> AnswerT:
            return await tell(await verb(self.session, self.viewer, *given, **named))

        return await self.once(acted)


def answer(kept: Kept[AnswerT]) -> Response[AnswerT]:
    # Already JSON, which Response leaves as it is.
    body: object = kept.body.encode()
    return Response(body, headers=REPLAYED if kept.replayed else None)  # type: ignore[arg-type]


Posted: TypeAlias = NamedDependency[Call]


async def provide_call(
    request: AppRequest,
    session: NamedDependency[AsyncSession],
    viewer: NamedDependency[Viewer | None],
    key: IdempotencyKey = None,
) -> Call:
    return Call(request, session, viewer, key)
