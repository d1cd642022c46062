"""Signing in: sessions, passwords, and how often one may try."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from matchmaker import security
from matchmaker.access import viewer_by_token
from matchmaker.actions import accounts, sessions
from matchmaker.database import Database
from matchmaker.errors import Invalid, NotFound, TooMany
from matchmaker.inputs.account import Credentials, Farewell, PasswordChange, Registration
from models import Account, Attempt, Membership, Session, now
from tests.world import PASSWORD, World, viewer_of


async def sign_in(database: Database, email: str, password: str = PASSWORD, old_token: str = "") -> str:
    token, _account = await sessions.sign_in(
        database,
        Credentials(email=email, password=password),
        address="192.0.2.1",
        kind="web",
        days=14,
        old_token=old_token,
    )
    return token


async def alive(database: Database, token: str) -> bool:
    async with database.transaction(write=False) as session:
        return await viewer_by_token(session, token) is not None


async def test_only_the_hash_of_a_token_is_kept(database: Database, world: World) -> None:
    token = await sign_in(database, world.officer.email)
    async with database.transaction(write=False) as session:
        rows = (await session.exec(select(Session).where(Session.account_id == world.officer.account_id))).all()
    assert security.token_hash(token) in {row.token_hash for row in rows}
    assert token not in repr(rows)
    assert len(token) >= 40
    assert await alive(database, token)
    assert not await alive(database, security.token_hash(token))


async def test_signing_in_ends_the_session_before(database: Database, world: World) -> None:
    planted = await sign_in(database, world.stranger.email)
    token = await sign_in(database, world.officer.email, old_token=planted)
    assert await alive(database, token)
    assert not await alive(database, planted)


async def test_capitals_in_the_address_do_not_matter_but_in_the_password_they_do(
    database: Database, world: World
) -> None:
    assert await sign_in(database, world.officer.email.upper())
    with pytest.raises(Invalid):
        await sign_in(database, world.officer.email, PASSWORD.upper())


async def test_an_expired_session_is_none_and_is_forgotten(database: Database, world: World) -> None:
    token = await sign_in(database, world.officer.email)
    async with database.transaction() as session:
        expired = update(Session).where(col(Session.token_hash) == security.token_hash(token))
        await session.exec(expired.values(expires_at=now() - timedelta(seconds=1)))
    assert not await alive(database, token)
    await sign_in(database, world.officer.email)
    async with database.transaction(write=False) as session:
        gone = select(Session).where(Session.token_hash == security.token_hash(token))
        assert (await session.exec(gone)).first() is None


async def test_a_session_is_revoked_by_its_owner_alone(database: Database, world: World) -> None:
    token = await sign_in(database, world.officer.email)
    owner, other = await viewer_of(database, world.officer), await viewer_of(database, world.founder)
    async with database.transaction(write=False) as session:
        query = select(Session.id).where(Session.token_hash == security.token_hash(token))
        row_id = (await session.exec(query)).one() or 0
    for viewer, asked in ((other, row_id), (owner, 999_999), (owner, 2**40), (owner, 0)):
        with pytest.raises(NotFound):
            await revoke(database, viewer, asked)
    assert await alive(database, token)
    await revoke(database, owner, row_id)
    assert not await alive(database, token)


async def revoke(database: Database, viewer: object, row_id: int) -> None:
    async with database.transaction() as session:
        await sessions.revoke_session(session, viewer, row_id)


async def test_a_new_password_ends_every_other_session(database: Database, world: World) -> None:
    mine, elsewhere = [await sign_in(database, world.officer.email) for _ in range(2)]
    async with database.transaction(write=False) as session:
        viewer = await viewer_by_token(session, mine)
    with pytest.raises(Invalid) as refusal:
        await accounts.change_password(database, viewer, PasswordChange(current="wrong", password="n" * 10))
    assert set(refusal.value.errors) == {"current"}
    assert await alive(database, elsewhere)
    await accounts.change_password(database, viewer, PasswordChange(current=PASSWORD, password="kata-yang-baru"))
    assert await alive(database, mine)
    assert not await alive(database, elsewhere)
    with pytest.raises(Invalid):
        await sign_in(database, world.officer.email)
    assert await sign_in(database, world.officer.email, "kata-yang-baru")


async def test_wrong_sign_ins_at_the_same_moment_are_counted_exactly(database: Database, world: World) -> None:
    async def guess() -> type[Exception] | None:
        try:
            await sign_in(database, world.officer.email, "wrong-password")
        except (Invalid, TooMany) as refusal:
            return type(refusal)
        return None

    answers = await asyncio.gather(*(guess() for _ in range(20)))
    assert answers.count(Invalid) == sessions.TRIES_PER_ACCOUNT
    assert answers.count(TooMany) == 20 - sessions.TRIES_PER_ACCOUNT
    async with database.transaction(write=False) as session:
        query = select(Attempt.count).where(col(Attempt.key).startswith("sign-in"))
        assert sorted((await session.exec(query)).all()) == [20, 20]


async def test_who_tried_too_often_waits_even_with_the_right_password(database: Database, world: World) -> None:
    for _ in range(sessions.TRIES_PER_ACCOUNT):
        with pytest.raises(Invalid):
            await sign_in(database, world.officer.email, "wrong-password")
    with pytest.raises(TooMany) as refusal:
        await sign_in(database, world.officer.email)
    assert 0 < refusal.value.retry_after <= sessions.WINDOW
    assert await sign_in(database, world.founder.email)


async def test_an_unknown_address_takes_the_same_path(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[bool] = []
    verify = security.verify_password

    async def watched(password: str, password_hash: str | None) -> bool:
        verified.append(password_hash is not None)
        return await verify(password, password_hash)

    monkeypatch.setattr(security, "verify_password", watched)
    said = []
    for email in ("nobody@test.example", world.officer.email):
        with pytest.raises(Invalid) as refusal:
            await sign_in(database, email, "wrong-password")
        said.append(refusal.value.errors)
    assert verified == [False, True]
    assert said[0] == said[1]


async def test_without_a_hash_a_dummy_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    verify = security._verify
    monkeypatch.setattr(
        security, "_verify", lambda password, known: (checked.append(known), verify(password, known))[1]
    )
    assert not await security.verify_password(PASSWORD, None)
    assert checked[0].startswith("$argon2id$")


async def test_one_address_one_account_even_at_the_same_moment(database: Database) -> None:
    async def register(email: str) -> object:
        given = Registration(email=email, password=PASSWORD, name="Ani")
        return await accounts.register(database, given, address="192.0.2.1")

    emails = ["ani@test.example", "ANI@test.example", "Ani@Test.Example"]
    answers = await asyncio.gather(*(register(email) for email in emails), return_exceptions=True)
    assert [type(answer) for answer in answers].count(Account) == 1
    refusals = [answer for answer in answers if isinstance(answer, Invalid)]
    assert [set(refusal.errors) for refusal in refusals] == [{"email"}] * 2


async def test_leaving_takes_every_personal_thing_and_frees_the_address(database: Database, world: World) -> None:
    token = await sign_in(database, world.officer.email)
    async with database.transaction(write=False) as session:
        viewer = await viewer_by_token(session, token)
    with pytest.raises(Invalid) as refusal:
        await accounts.delete_account(database, viewer, Farewell(own_password="wrong"))
    assert set(refusal.value.errors) == {"own_password"}
    await accounts.delete_account(database, viewer, Farewell(own_password=PASSWORD))
    assert not await alive(database, token)
    async with database.transaction(write=False) as session:
        row = await session.get(Account, world.officer.account_id)
        assert row is not None
        assert (row.email, row.name, row.password_hash) == (None, "", accounts.NO_PASSWORD)
        of_theirs = select(Membership).where(Membership.account_id == world.officer.account_id)
        assert (await session.exec(of_theirs)).all() == []
    assert not await security.verify_password(accounts.NO_PASSWORD, accounts.NO_PASSWORD)
    with pytest.raises(Invalid):
        await sign_in(database, world.officer.email)
    again = Registration(email=world.officer.email, password=PASSWORD, name="Umbu again")
    assert (await accounts.register(database, again, address="192.0.2.1")).id != world.officer.account_id


async def test_who_is_made_the_office_gets_its_password_and_no_old_session(database: Database, world: World) -> None:
    # Somebody may have registered the address of the office beforehand.
    planted = await sign_in(database, world.stranger.email)
    assert await accounts.make_office_account(database, world.stranger.email, "Other", "another-password")
    assert not await alive(database, planted)
    with pytest.raises(Invalid):
        await sign_in(database, world.stranger.email)
    assert await sign_in(database, world.stranger.email, "another-password")
    assert (await viewer_of(database, world.stranger)).is_office
    # Doing it again changes nothing.
    assert not await accounts.make_office_account(database, world.stranger.email, "Other", "a third password")
    assert await sign_in(database, world.stranger.email, "another-password")
