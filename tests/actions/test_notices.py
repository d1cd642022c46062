"""Who is told of what: always the side that has not done it, once, and only what was committed."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from sqlmodel import col, select

from matchmaker import access
from matchmaker.actions import conversations, interests, notices, organisations
from matchmaker.actions.steps import sides_of, take_step, take_step_by_clock
from matchmaker.database import Database
from matchmaker.i18n import in_language
from matchmaker.inputs.contact import MessageInput, Refusal
from matchmaker.inputs.organisation import OrganisationChange
from matchmaker.notice_texts import SENTENCES, sentence
from matchmaker.states import STEPS, Who
from models import Conversation, Notice
from models.vocabulary import NoticeKind, PairState, Step
from tests.world import Person, Scene, World, accept_interest, express_interest, register, viewer_of

Told = list[tuple[int, int | None, str, str]]


async def act(database: Database, person: Person, verb: Any, *given: Any) -> Any:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        return await verb(session, viewer, *given)


async def newest(database: Database) -> int:
    async with database.transaction(write=False) as session:
        return max([0, *(await session.exec(select(col(Notice.id)))).all()])


async def told(database: Database, after: int = 0) -> Told:
    """(organisation, account or none, kind, detail) of the notices behind one."""
    columns: Sequence[Any] = (Notice.organisation_id, Notice.account_id, Notice.kind, Notice.detail)
    async with database.transaction(write=False) as session:
        query = select(*columns).where(col(Notice.id) > after).order_by(col(Notice.id))
        return [tuple(row) for row in (await session.exec(query)).all()]


async def say(database: Database, person: Person, conversation_id: int) -> None:
    await act(
        database, person, conversations.send_message, conversation_id, MessageInput(body="May we come on Monday?")
    )


@pytest.mark.parametrize("step", [s for s, move in STEPS.items() if move.sources[-1] not in (PairState.sent, "seen")])
async def test_each_step_tells_the_side_that_the_table_names(
    database: Database, world: World, scene: Scene, step: Step
) -> None:
    move = STEPS[step]
    takers = {Who.region: [world.officer], Who.partner: [world.founder], Who.either: [world.officer, world.founder]}
    for taker in takers.get(move.by, [None]):
        async with database.transaction() as session:
            conversation = await access.by_id(session, Conversation, scene.conversation, lock=True)
            conversation.state = move.sources[-1]
        before, viewer = await newest(database), await viewer_of(database, taker) if taker else None
        async with database.transaction() as session:
            conversation = await access.by_id(session, Conversation, scene.conversation, lock=True)
            if viewer is None:
                await take_step_by_clock(session, conversation, step, "no_reply")
            else:
                await take_step(session, viewer, conversation, step, reason="other", signed=True)
        actor = taker.organisation_id if taker else None
        sides = sides_of(conversation, move.tells, actor)
        assert await told(database, before) == [(side, None, "step", step) for side in sides]
        assert sides
        assert actor not in sides


async def test_interests_tell_the_side_that_has_not_done_it(database: Database, world: World, scene: Scene) -> None:
    region, company = world.officer.organisation_id, world.founder.organisation_id
    before = await newest(database)
    await act(database, world.founder, interests.withdraw_interest, scene.interest)
    second = await express_interest(database, world.officer, scene.initiative, scene.card)
    await act(database, world.founder, interests.decline_interest, second, Refusal(reason="no_budget"))
    third = await express_interest(database, world.founder, scene.initiative, scene.card)
    await accept_interest(database, world.officer, third)
    await accept_interest(database, world.officer, third)
    assert await told(database, before) == [
        (region, None, "interest", "withdrawn"),
        (company, None, "interest", "sent"),
        (region, None, "interest", "declined"),
        (region, None, "interest", "sent"),
        (company, None, "interest", "accepted"),
    ]


async def test_a_member_hears_once_of_messages_until_they_have_read(
    database: Database, world: World, scene: Scene
) -> None:
    region, company = world.officer.organisation_id, world.founder.organisation_id
    officer, colleague = ((region, p.account_id, "message", "") for p in (world.officer, world.colleague))
    before = await newest(database)
    await say(database, world.founder, scene.conversation)
    await say(database, world.founder, scene.conversation)
    assert await told(database, before) == [officer, colleague]

    await act(database, world.officer, conversations.mark_read, scene.conversation)
    await say(database, world.founder, scene.conversation)
    assert await told(database, before) == [officer, colleague, officer]

    # Marked as read in the list, it is no news either: the next message is.
    await act(database, world.colleague, notices.mark_notices_read)
    await say(database, world.founder, scene.conversation)
    assert await told(database, before) == [officer, colleague, officer, colleague]

    await say(database, world.officer, scene.conversation)
    assert (await told(database, before))[4:] == [(company, world.founder.account_id, "message", "")]


async def test_membership_tells_admins_and_whom_it_is_about(database: Database, world: World) -> None:
    region, officer = world.officer.organisation_id, world.officer.account_id
    one, two = [await register(database, key, f"Ms {key}") for key in ("first", "second")]
    before = await newest(database)
    for person in (one, one, two):
        await act(database, person, organisations.ask_to_join, region)
    await act(database, world.officer, organisations.admit_member, region, one.account_id)
    await act(database, world.officer, organisations.admit_member, region, one.account_id)
    await act(database, world.officer, organisations.remove_member, region, two.account_id)
    await act(database, world.officer, organisations.make_admin, region, one.account_id)
    await act(database, two, organisations.ask_to_join, region)
    await act(database, world.officer, organisations.remove_member, region, one.account_id)
    await act(database, world.colleague, organisations.remove_member, region, world.colleague.account_id)
    assert await told(database, before) == [
        (region, officer, "membership", "asked"),
        (region, officer, "membership", "asked"),
        (region, one.account_id, "membership", "admitted"),
        (region, two.account_id, "membership", "declined"),
        (region, one.account_id, "membership", "admin"),
        (region, officer, "membership", "asked"),
        (region, one.account_id, "membership", "asked"),
        (region, one.account_id, "membership", "removed"),
    ]


async def test_verification_tells_its_members_once(database: Database, world: World) -> None:
    region = world.officer.organisation_id
    before = await newest(database)
    for verb in (organisations.withdraw_verification, organisations.verify_organisation):
        await act(database, world.office, verb, region)
        await act(database, world.office, verb, region)
    assert await told(database, before) == [
        (region, None, "verification", "withdrawn"),
        (region, None, "verification", "verified"),
    ]


async def test_who_changes_the_name_is_not_told_that_it_changed(database: Database, world: World) -> None:
    region = world.officer.organisation_id
    before = await newest(database)
    change = OrganisationChange(version=1, name="Pemerintah Kabupaten Sumba Timur Baru")
    await act(database, world.officer, organisations.change_organisation, region, change)
    assert await told(database, before) == [(region, world.colleague.account_id, "verification", "changed")]


async def test_what_is_rolled_back_was_never_told(database: Database, world: World) -> None:
    before = await newest(database)
    with suppress(RuntimeError):
        async with database.transaction() as session:
            await notices.notify(session, NoticeKind.terms, [world.officer.organisation_id], detail="new")
            raise RuntimeError
    assert await told(database, before) == []


def test_every_kind_and_every_step_that_tells_has_its_sentence() -> None:
    assert set(SENTENCES) == set(NoticeKind)
    assert all("" in sentences for sentences in SENTENCES.values())
    telling = {step for step, move in STEPS.items() if move.tells != Who.nobody}
    assert telling <= set(SENTENCES[NoticeKind.step])
    for kind, sentences in SENTENCES.items():
        for detail in [*sentences, "unheard-of", "30"]:
            said = sentence(kind, detail, actor="PT Contoh", person="Ani", organisation="Kota Contoh")
            assert said.endswith(".")
            assert "%" not in said


def test_a_headline_is_one_sentence_whatever_the_names_hold() -> None:
    told: dict[str, Any] = {"actor": "PT. Air Bersih", "brief": True}
    with in_language("en"):
        assert sentence(NoticeKind.decision, "confirmed", **told) == "PT. Air Bersih has confirmed a decision"
        assert sentence(NoticeKind.agreement, "1", brief=True) == "The agreement ends tomorrow"
    with in_language("id"):
        assert sentence(NoticeKind.decision, "confirmed", **told) == "PT. Air Bersih mengukuhkan sebuah keputusan"
