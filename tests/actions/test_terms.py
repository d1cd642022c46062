"""The term sheet in versions, between the two sides of a talk."""

import asyncio
from typing import Any

import pytest
from sqlmodel import col, select

from matchmaker import access
from matchmaker.actions import terms
from matchmaker.database import Database
from matchmaker.errors import AppError, Conflict, Invalid, NotFound
from matchmaker.inputs.terms import TermsCommentInput, TermsInput
from matchmaker.inputs.validation import check
from matchmaker.settled import agreed_terms
from models import Conversation, Event, Notice, TermsAcceptance, TermsComment, TermsVersion
from models.vocabulary import NoticeKind, PairState
from tests.world import Person, Scene, World, viewer_of

SHEET: dict[str, Any] = {"purpose": "Less market waste on the landfill.", "duration_months": 12}


async def propose(database: Database, person: Person, talk: int, version: int, **sections: Any) -> int:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        given = check(TermsInput, {"version": version, **sections})
        return (await terms.propose_terms(session, viewer, talk, given)).number


async def accept(database: Database, person: Person, talk: int, number: int) -> None:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        await terms.accept_terms(session, viewer, talk, number)


async def comment(database: Database, person: Person, talk: int, section: str, body: str) -> int:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        given = check(TermsCommentInput, {"section": section, "body": body})
        return (await terms.comment_on_terms(session, viewer, talk, given)).id or 0


async def talk_of(database: Database, talk: int) -> Conversation:
    async with database.transaction(write=False) as session:
        return await access.by_id(session, Conversation, talk)


async def agreed(database: Database, talk: int) -> TermsVersion | None:
    async with database.transaction(write=False) as session:
        return await agreed_terms(session, talk)


async def put_at(database: Database, talk: int, state: PairState) -> None:
    async with database.transaction() as session:
        conversation = await access.by_id(session, Conversation, talk)
        conversation.state = state
        session.add(conversation)


async def told(database: Database) -> list[tuple[int, str]]:
    query = select(Notice.organisation_id, Notice.detail).where(Notice.kind == NoticeKind.terms)
    async with database.transaction(write=False) as session:
        return [(side, detail) for side, detail in (await session.exec(query.order_by(col(Notice.id)))).all()]


async def test_from_the_first_version_to_agreed_terms(database: Database, world: World, scene: Scene) -> None:
    talk, region, partner = scene.conversation, world.officer.organisation_id, world.founder.organisation_id
    assert await propose(database, world.officer, talk, 0, **SHEET) == 1
    state = await talk_of(database, talk)
    assert (state.state, state.next_actor_id) == (PairState.terms_drafted, partner)
    assert await propose(database, world.founder, talk, 1, duration_months=24, costs="Each its own.") == 2
    assert (await talk_of(database, talk)).next_actor_id == region
    await accept(database, world.colleague, talk, 2)
    assert await agreed(database, talk) is None
    assert (await talk_of(database, talk)).next_actor_id == partner
    await accept(database, world.founder, talk, 2)
    settled = await agreed(database, talk)
    assert settled is not None
    # What was left out stayed as it was in the version before.
    assert (settled.purpose, settled.duration_months, settled.costs) == (SHEET["purpose"], 24, "Each its own.")
    assert (await talk_of(database, talk)).next_actor_id == region
    await accept(database, world.founder, talk, 2)
    assert await told(database) == [(partner, "new"), (region, "new"), (partner, "accepted"), (region, "agreed")]
    async with database.transaction(write=False) as session:
        events = (await session.exec(select(Event.organisation_id).where(Event.kind == "terms"))).all()
        steps = (await session.exec(select(Notice.id).where(Notice.kind == NoticeKind.step))).all()
    assert sorted(events) == sorted([region, partner] * 4)
    # A version tells of itself; the step that it brings says nothing besides.
    assert steps == []


async def test_a_new_version_cancels_what_was_accepted(database: Database, world: World, scene: Scene) -> None:
    talk = scene.conversation
    await propose(database, world.officer, talk, 0, **SHEET)
    for person in (world.officer, world.founder):
        await accept(database, person, talk, 1)
    assert await agreed(database, talk) is not None
    await propose(database, world.officer, talk, 1, ending="With three months' notice.")
    assert await agreed(database, talk) is None
    with pytest.raises(Conflict, match=r"newer version|versi yang lebih baru"):
        await accept(database, world.founder, talk, 1)
    await accept(database, world.officer, talk, 2)
    assert await agreed(database, talk) is None


async def test_who_writes_against_an_old_version_is_told(database: Database, world: World, scene: Scene) -> None:
    talk = scene.conversation
    await propose(database, world.officer, talk, 0, **SHEET)
    for person in (world.colleague, world.founder):
        with pytest.raises(Conflict) as refusal:
            await propose(database, person, talk, 0, purpose="Another text.")
        assert refusal.value.current is not None
        assert refusal.value.current["version"] == 1
        assert refusal.value.current["purpose"] == SHEET["purpose"]
        assert refusal.value.yours == {"purpose": "Another text."}
    assert await propose(database, world.founder, talk, 1, purpose="Another text.") == 2


async def test_a_version_says_something_new(database: Database, world: World, scene: Scene) -> None:
    talk = scene.conversation
    for sections in ({}, {"purpose": "  \n "}):
        with pytest.raises(Invalid):
            await propose(database, world.officer, talk, 0, **sections)
    await propose(database, world.officer, talk, 0, **SHEET)
    with pytest.raises(Invalid):
        await propose(database, world.founder, talk, 1, **SHEET)
    assert (await talk_of(database, talk)).next_actor_id == world.founder.organisation_id


@pytest.mark.parametrize("wrong", [{"duration_months": 0}, {"duration_months": 61}, {"scope": "x" * 4001}])
def test_what_no_sheet_may_say(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        check(TermsInput, wrong)
    assert list(refusal.value.errors) == list(wrong)


@pytest.mark.parametrize(
    ("state", "then"),
    [
        (PairState.to_tkksd, PairState.terms_drafted),
        (PairState.returned, PairState.terms_drafted),
        (PairState.kb_signed, PairState.kb_signed),
        (PairState.pks_signed, None),
        (PairState.running, None),
        (PairState.withdrawn, None),
        (PairState.stale, None),
    ],
)
async def test_when_a_version_may_still_come(
    database: Database, world: World, scene: Scene, state: PairState, then: PairState | None
) -> None:
    await propose(database, world.officer, scene.conversation, 0, **SHEET)
    await put_at(database, scene.conversation, state)
    if then is None:
        with pytest.raises(Conflict):
            await propose(database, world.founder, scene.conversation, 1, costs="Shared.")
        return
    await propose(database, world.founder, scene.conversation, 1, costs="Shared.")
    assert (await talk_of(database, scene.conversation)).state == then


async def test_a_closed_talk_takes_no_yes_and_no_comment(database: Database, world: World, scene: Scene) -> None:
    await propose(database, world.officer, scene.conversation, 0, **SHEET)
    said = await comment(database, world.founder, scene.conversation, "scope", "Which markets?")
    await put_at(database, scene.conversation, PairState.withdrawn)
    with pytest.raises(Conflict):
        await accept(database, world.founder, scene.conversation, 1)
    with pytest.raises(Conflict):
        await comment(database, world.founder, scene.conversation, "scope", "And which towns?")
    viewer = await viewer_of(database, world.officer)
    with pytest.raises(Conflict):
        async with database.transaction() as session:
            await terms.resolve_comment(session, viewer, scene.conversation, said, resolved=True)


async def test_comments_are_resolved_by_either_side(database: Database, world: World, scene: Scene) -> None:
    talk = scene.conversation
    with pytest.raises(Conflict):
        await comment(database, world.founder, talk, "scope", "Which markets?")
    await propose(database, world.officer, talk, 0, **SHEET)
    said = await comment(database, world.founder, talk, "scope", "Which markets?")
    assert (world.officer.organisation_id, "comment") in await told(database)
    assert (await talk_of(database, talk)).next_actor_id == world.officer.organisation_id
    for person, resolved in ((world.officer, True), (world.officer, True), (world.founder, False)):
        viewer = await viewer_of(database, person)
        async with database.transaction() as session:
            await terms.resolve_comment(session, viewer, talk, said, resolved=resolved)
        async with database.transaction(write=False) as session:
            row = await access.by_id(session, TermsComment, said)
        assert (row.resolved_at is not None) is resolved
        assert row.resolved_by_id == (person.account_id if resolved else None)


async def test_a_strangers_talk_is_not_there(database: Database, world: World, scene: Scene) -> None:
    await propose(database, world.officer, scene.conversation, 0, **SHEET)
    said = await comment(database, world.founder, scene.conversation, "scope", "Which markets?")
    for person in (world.officer2, world.lecturer, world.stranger):
        with pytest.raises(NotFound):
            await propose(database, person, scene.conversation, 1, costs="Ours.")
        with pytest.raises(NotFound):
            await accept(database, person, scene.conversation, 1)
    viewer = await viewer_of(database, world.officer)
    for missing in (said + 1, 0, 2**40):
        with pytest.raises(NotFound):
            async with database.transaction() as session:
                await terms.resolve_comment(session, viewer, scene.conversation, missing, resolved=True)


async def test_versions_sent_at_once_are_two_or_one_is_told(database: Database, world: World, scene: Scene) -> None:
    """Written against the same version: one is the next, the others are told and nothing of theirs is kept."""
    talk = scene.conversation
    people = [world.officer, world.colleague, world.founder] * 3
    answers = await asyncio.gather(
        *(propose(database, person, talk, 0, purpose=f"Text {n}") for n, person in enumerate(people)),
        return_exceptions=True,
    )
    assert sorted(a for a in answers if isinstance(a, int)) == [1]
    assert all(isinstance(a, Conflict) for a in answers if not isinstance(a, int))
    async with database.transaction(write=False) as session:
        assert (await session.exec(select(TermsVersion.number))).all() == [1]


async def test_a_yes_and_a_new_version_at_once(database: Database, world: World, scene: Scene) -> None:
    """Whichever comes first, nobody has accepted what they have not seen."""
    talk = scene.conversation
    await propose(database, world.officer, talk, 0, **SHEET)
    await accept(database, world.officer, talk, 1)
    yes, new = await asyncio.gather(
        accept(database, world.founder, talk, 1),
        propose(database, world.colleague, talk, 1, costs="Shared."),
        return_exceptions=True,
    )
    assert new == 2
    assert yes is None or isinstance(yes, Conflict)
    assert await agreed(database, talk) is None


async def test_both_say_yes_many_times_at_once(database: Database, world: World, scene: Scene) -> None:
    talk = scene.conversation
    await propose(database, world.officer, talk, 0, **SHEET)
    people = [world.officer, world.colleague, world.founder] * 4
    answers = await asyncio.gather(*(accept(database, p, talk, 1) for p in people), return_exceptions=True)
    assert not [a for a in answers if isinstance(a, AppError)]
    async with database.transaction(write=False) as session:
        rows = (await session.exec(select(TermsAcceptance.organisation_id))).all()
    assert sorted(rows) == sorted([world.officer.organisation_id, world.founder.organisation_id])
    assert [detail for _side, detail in await told(database)].count("agreed") == 1
