"""Accounts and tokens.

These two take no transaction from outside: hashing a password inside one would hold the database's write
lock, and the attempts that they count could not be written beside it.
"""

import json
from datetime import datetime

from litestar import Response
from litestar.params import JSONBody
from pydantic import EmailStr, Field

from matchmaker import security
from matchmaker.actions import accounts, sessions
from matchmaker.api.answers import Answer
from matchmaker.api.once import REPLAYED, IdempotencyKey, act_once, anonymous, answer
from matchmaker.api.routes import post
from matchmaker.errors import Invalid, SignInNeeded
from matchmaker.inputs.account import Credentials, Registration
from matchmaker.services import AppRequest, client_address, services
from models import Account
from models.vocabulary import Language


class AccountAnswer(Answer):
    id: int
    email: EmailStr
    name: str
    language: Language


class SessionAnswer(Answer):
    """All of a token's answer but the token: that is kept nowhere."""

    expires_at: datetime
    account_id: int


class TokenAnswer(SessionAnswer):
    token: str = Field(description="Send it as `Authorization: Bearer …`.")


@post("/accounts", "createAccount", "Register", status=201, public=True)
async def create_account(
    request: AppRequest, data: JSONBody[Registration], key: IdempotencyKey = None
) -> Response[AccountAnswer]:
    """A password is 10 to 200 characters of any kind."""
    database = services(request).database
    account = await accounts.prepared_account(database, data, address=client_address(request))

    async def act() -> AccountAnswer:
        await accounts.add_account(session, account)
        return AccountAnswer.model_validate(account)

    async with database.transaction() as session:
        kept = await act_once(request, session, anonymous(request), key, act)
    return answer(kept)


@post("/tokens", "createToken", "Sign in", status=201, public=True, also=[401])
async def create_token(
    request: AppRequest, data: JSONBody[Credentials], key: IdempotencyKey = None
) -> Response[TokenAnswer]:
    """Address and password against a bearer token; 401 if they do not belong together."""
    database, settings = services(request).database, services(request).settings
    account = await _account_of(request, data)
    token = _token(request, data, key)

    async def act() -> SessionAnswer:
        opened = await sessions.open_session(
            session,
            account,
            token,
            kind="token",
            days=settings.session_days,
            user_agent=request.headers.get("user-agent", ""),
        )
        return SessionAnswer.model_validate(opened)

    async with database.transaction() as session:
        kept = await act_once(request, session, anonymous(request), key, act)
    given = TokenAnswer.model_validate({**json.loads(kept.body), "token": token})
    return Response(given, headers=REPLAYED if kept.replayed else None)


async def _account_of(request: AppRequest, credentials: Credentials) -> Account:
    database = services(request).database
    try:
        return await sessions.check_credentials(database, credentials, address=client_address(request))
    except Invalid as refusal:
        raise SignInNeeded(refusal.errors["password"]) from None


def _token(request: AppRequest, credentials: Credentials, key: str | None) -> str:
    """With a key it follows from the request: a repeat is given the same one, though nobody kept it."""
    if key is None:
        return security.new_token()
    secret = services(request).settings.secret_key
    parts = (anonymous(request), key, credentials.email, credentials.password)
    return security.derived_token(secret, "token", *parts)


HANDLERS = [create_account, create_token]
