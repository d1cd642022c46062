"""Accounts: made, changed, and taken leave of."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import security
from matchmaker.access import Viewer, by_id, signed_in
from matchmaker.actions.organisations import appoint_admin_if_none
from matchmaker.actions.sessions import TRIES_PER_ACCOUNT, WINDOW
from matchmaker.actions.throttle import count_attempt
from matchmaker.database import Database
from matchmaker.errors import Invalid
from matchmaker.i18n import gettext as _
from matchmaker.inputs.account import Farewell, PasswordChange, Profile, Registration
from models import Account, Membership, Session, now

REGISTRATIONS_PER_ADDRESS = 100
# No argon2 hash looks like this, so no password matches it.
NO_PASSWORD = "!"  # noqa: S105 - the absence of one


async def register(database: Database, registration: Registration, *, address: str) -> Account:
    """A new account; Invalid at ``email`` if the address has one already, in whatever capitals."""
    account = await prepared_account(database, registration, address=address)
    async with database.transaction() as session:
        await add_account(session, account)
    return account


async def prepared_account(database: Database, registration: Registration, *, address: str) -> Account:
    """The account as it will be stored: what must happen before a transaction, as hashing takes its time."""
    await count_attempt(database, "register", address, most=REGISTRATIONS_PER_ADDRESS, seconds=WINDOW)
    return Account(
        email=registration.email,
        name=registration.name,
        password_hash=await security.hash_password(registration.password),
        language=registration.language,
    )


async def add_account(session: AsyncSession, account: Account) -> None:
    try:
        async with session.begin_nested():
            session.add(account)
    except IntegrityError:
        raise Invalid({"email": _("This address already has an account. Sign in instead.")}) from None


async def change_profile(session: AsyncSession, viewer: Viewer | None, profile: Profile) -> None:
    account = await by_id(session, Account, signed_in(viewer).account_id, lock=True)
    account.name, account.language = profile.name, profile.language
    session.add(account)


async def change_password(database: Database, viewer: Viewer | None, change: PasswordChange) -> None:
    """Sets a new password and ends every other session of the account."""
    viewer = signed_in(viewer)
    await _confirm_password(database, viewer, change.current, "current")
    password_hash = await security.hash_password(change.password)
    async with database.transaction() as session:
        account = await by_id(session, Account, viewer.account_id, lock=True)
        account.password_hash = password_hash
        session.add(account)
        await session.exec(
            delete(Session).where(col(Session.account_id) == viewer.account_id, col(Session.id) != viewer.session_id)
        )


async def delete_account(database: Database, viewer: Viewer | None, farewell: Farewell) -> None:
    """Takes every personal thing out of the row. What the person wrote for an organisation stays that organisation's,
    signed by 'a former member'.
    """
    viewer = signed_in(viewer)
    await _confirm_password(database, viewer, farewell.own_password, "own_password")
    async with database.transaction() as session:
        account = await by_id(session, Account, viewer.account_id, lock=True)
        account.email, account.name, account.password_hash = None, "", NO_PASSWORD
        account.is_office, account.deleted_at = False, now()
        session.add(account)
        await session.exec(delete(Session).where(col(Session.account_id) == viewer.account_id))
        await session.exec(delete(Membership).where(col(Membership.account_id) == viewer.account_id))
        for organisation_id in viewer.organisation_ids:
            await appoint_admin_if_none(session, organisation_id)


async def _confirm_password(database: Database, viewer: Viewer, password: str, field: str) -> None:
    await count_attempt(database, "sign-in account", viewer.email, most=TRIES_PER_ACCOUNT, seconds=WINDOW)
    async with database.transaction(write=False) as session:
        known = (await by_id(session, Account, viewer.account_id)).password_hash
    if not await security.verify_password(password, known):
        raise Invalid({field: _("This is not your password.")})


async def make_office_account(database: Database, email: str, name: str, password: str) -> bool:
    """An account of the programme office, or that role for the account that has the address.

    That account gets the password too, and its sessions end: anybody can register an address beforehand, and whoever
    did must not come into the office with it. Answers False where it is of the office already: then nothing changes.
    """
    password_hash = await security.hash_password(password)
    async with database.transaction() as session:
        account = (await session.exec(select(Account).where(Account.email == email))).first()
        if account is not None and account.is_office:
            return False
        account = account or Account(email=email, name=name, password_hash=password_hash)
        account.is_office, account.password_hash = True, password_hash
        session.add(account)
        await session.exec(delete(Session).where(col(Session.account_id) == account.id))
    return True
