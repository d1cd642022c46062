"""Signing in and out. These begin their own transactions: hashing a password must not hold a database lock."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import security
from matchmaker.access import LARGEST_ID, Viewer, by_id, signed_in
from matchmaker.actions.throttle import count_attempt
from matchmaker.database import Database
from matchmaker.errors import Invalid, NotFound
from matchmaker.i18n import gettext as _
from matchmaker.inputs.account import Credentials
from models import Account, Session, now

WINDOW = 15 * 60
TRIES_PER_ACCOUNT = 10
# An office or a campus shares one address.
TRIES_PER_ADDRESS = 100


async def sign_in(
    database: Database,
    credentials: Credentials,
    *,
    address: str,
    kind: str,
    days: int,
    user_agent: str = "",
    old_token: str = "",
) -> tuple[str, Account]:
    """A new session's token and its account; Invalid if the pair is wrong, TooMany after too many tries.

    The session that the browser had before ends here: a token that somebody planted before signing in is worth
    nothing after it.
    """
    account = await check_credentials(database, credentials, address=address)
    token = security.new_token()
    async with database.transaction() as session:
        await open_session(session, account, token, kind=kind, days=days, user_agent=user_agent, old_token=old_token)
    return token, account


async def check_credentials(database: Database, credentials: Credentials, *, address: str) -> Account:
    """Whose they are; Invalid if the pair is wrong, TooMany after too many tries."""
    email = credentials.email.lower()
    await count_attempt(database, "sign-in address", address, most=TRIES_PER_ADDRESS, seconds=WINDOW)
    await count_attempt(database, "sign-in account", email, most=TRIES_PER_ACCOUNT, seconds=WINDOW)
    async with database.transaction(write=False) as session:
        account = (await session.exec(select(Account).where(Account.email == email))).first()
    known = account.password_hash if account else None
    if not await security.verify_password(credentials.password, known) or account is None:
        raise _wrong()
    return account


def _wrong() -> Invalid:
    return Invalid({"password": _("This address and password do not match.")})


async def open_session(
    session: AsyncSession,
    account: Account,
    token: str,
    *,
    kind: str,
    days: int,
    user_agent: str = "",
    old_token: str = "",
) -> Session:
    """Lets ``token`` speak for the account from now on, and forgets what ran out.

    Invalid, if the password that was checked has been changed since: that change has ended every session.
    """
    present = await by_id(session, Account, account.id or 0, lock=True)
    if present.password_hash != account.password_hash:
        raise _wrong()
    await _end(session, old_token, token)
    opened = Session(
        token_hash=security.token_hash(token),
        account_id=account.id or 0,
        kind=kind,
        user_agent=user_agent[:200],
        expires_at=now() + timedelta(days=days),
    )
    session.add(opened)
    await session.exec(delete(Session).where(col(Session.account_id) == account.id, col(Session.expires_at) < now()))
    return opened


async def _end(session: AsyncSession, *tokens: str) -> None:
    hashes = [security.token_hash(token) for token in tokens if token]
    await session.exec(delete(Session).where(col(Session.token_hash).in_(hashes)))


async def sign_out(session: AsyncSession, token: str) -> None:
    await _end(session, token)


async def revoke_session(session: AsyncSession, viewer: Viewer | None, session_id: int) -> None:
    """Ends one of the viewer's own sessions."""
    viewer = signed_in(viewer)
    if not 1 <= session_id <= LARGEST_ID:
        raise NotFound
    result = await session.exec(
        delete(Session).where(col(Session.id) == session_id, col(Session.account_id) == viewer.account_id)
    )
    if result.rowcount == 0:
        raise NotFound
