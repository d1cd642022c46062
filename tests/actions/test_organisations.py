"""Who belongs where, and who may say so."""

import asyncio

import pytest

from matchmaker.access import Viewer
from matchmaker.actions import organisations
from matchmaker.database import Database
from matchmaker.errors import Conflict, Invalid, NotFound, SignInNeeded
from matchmaker.inputs.organisation import OrganisationChange, OrganisationInput
from matchmaker.inputs.validation import check
from models import Membership, Organisation
from tests.world import Person, World, found, viewer_of

REGION = {"kind": "region", "region_code": "35.78"}


async def membership(database: Database, person: Person, organisation_id: int) -> Membership | None:
    async with database.transaction(write=False) as session:
        return await session.get(Membership, (person.account_id, organisation_id))


async def act(database: Database, person: Person, verb: object, *given: object) -> None:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        await verb(session, viewer, *given)


async def test_a_region_is_claimed_once_also_by_two_at_the_same_moment(database: Database, world: World) -> None:
    people = [world.stranger, world.newcomer, world.founder]
    answers = await asyncio.gather(*(found(database, person, **REGION) for person in people), return_exceptions=True)
    assert [isinstance(answer, Person) for answer in answers].count(True) == 1
    refusals = [answer for answer in answers if isinstance(answer, Invalid)]
    assert [set(refusal.errors) for refusal in refusals] == [{"region_code"}] * 2


async def test_two_companies_may_share_a_seat(database: Database, world: World) -> None:
    fields = {"kind": "company", "legal_form": "company", "region_code": "53.11"}
    first = await found(database, world.stranger, name="PT Satu", **fields)
    second = await found(database, world.stranger, name="PT Dua", **fields)
    assert first.organisation_id != second.organisation_id


async def test_nobody_is_in_before_an_admin_lets_them_in(database: Database, world: World) -> None:
    region = world.officer.organisation_id
    for _ in range(2):
        await act(database, world.stranger, organisations.ask_to_join, region)
    asking = await viewer_of(database, world.stranger)
    assert asking.memberships == ()
    with pytest.raises(NotFound):
        await act(database, world.stranger, organisations.admit_member, region, world.stranger.account_id)
    # An ordinary member is no admin.
    with pytest.raises(NotFound):
        await act(database, world.colleague, organisations.admit_member, region, world.stranger.account_id)
    await act(database, world.officer, organisations.admit_member, region, world.stranger.account_id)
    member = await viewer_of(database, world.stranger)
    assert [m.organisation_id for m in member.memberships] == [region]
    assert not member.memberships[0].is_admin


async def test_asking_again_never_lowers_a_member(database: Database, world: World) -> None:
    await act(database, world.officer, organisations.ask_to_join, world.officer.organisation_id)
    row = await membership(database, world.officer, world.officer.organisation_id)
    assert row is not None
    assert (row.state, row.is_admin) == ("active", True)


async def test_an_organisation_with_members_keeps_an_admin(database: Database, world: World) -> None:
    region = world.officer.organisation_id
    with pytest.raises(Conflict):
        await act(database, world.officer, organisations.remove_member, region, world.officer.account_id)
    await act(database, world.officer, organisations.make_admin, region, world.colleague.account_id)
    await act(database, world.officer, organisations.remove_member, region, world.officer.account_id)
    assert await membership(database, world.officer, region) is None
    with pytest.raises(NotFound):
        await act(database, world.officer, organisations.remove_member, region, world.colleague.account_id)


async def test_a_member_may_leave_and_remove_nobody(database: Database, world: World) -> None:
    region = world.officer.organisation_id
    with pytest.raises(NotFound):
        await act(database, world.colleague, organisations.remove_member, region, world.officer.account_id)
    await act(database, world.colleague, organisations.remove_member, region, world.colleague.account_id)
    assert await membership(database, world.colleague, region) is None


async def test_only_the_office_verifies(database: Database, world: World) -> None:
    company = world.newcomer.organisation_id
    for person in (world.newcomer, world.officer, world.stranger):
        with pytest.raises(NotFound):
            await act(database, person, organisations.verify_organisation, company)
    async with database.transaction() as session:
        with pytest.raises(SignInNeeded):
            await organisations.verify_organisation(session, None, company)
    await act(database, world.office, organisations.verify_organisation, company)
    assert (await viewer_of(database, world.newcomer)).memberships[0].verified
    await act(database, world.office, organisations.withdraw_verification, company)
    assert not (await viewer_of(database, world.newcomer)).memberships[0].verified


async def test_what_verification_rests_on_is_not_changed_by_members(database: Database, world: World) -> None:
    with pytest.raises(Invalid):
        check(OrganisationChange, {"version": 1, "region_code": "51.71"})
    with pytest.raises(Invalid):
        check(OrganisationChange, {"version": 1, "kind": "region"})
    await act(
        database,
        world.officer,
        organisations.change_organisation,
        world.officer.organisation_id,
        OrganisationChange(version=1, name="Pemerintah Sumba Timur"),
    )
    async with database.transaction(write=False) as session:
        row = await session.get(Organisation, world.officer.organisation_id)
        assert row is not None
        assert (row.region_code, row.kind, row.version) == ("53.11", "region", 2)


async def test_a_second_membership_in_a_region_is_for_who_acts(database: Database, world: World) -> None:
    both: Viewer = await viewer_of(database, await found(database, world.stranger, **REGION))
    assert [m.region_code for m in both.memberships] == ["35.78"]
    with pytest.raises(Invalid):
        check(OrganisationInput, REGION | {"region_code": "31.01"})
