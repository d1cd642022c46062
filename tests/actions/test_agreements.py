"""An agreement from the TKKSD to its result: papers and their days, milestones, reports, reminders, who is told."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.actions import agreements, results
from matchmaker.actions.agreements import months_after
from matchmaker.actions.steps import take_step
from matchmaker.database import Database
from matchmaker.errors import Conflict, Forbidden, Invalid, NotFound
from matchmaker.inputs import agreement as inputs
from matchmaker.inputs.validation import check
from models import Agreement, AgreementStage, Conversation, Initiative, Notice, Organisation
from models.vocabulary import Step
from tests.world import Person, Scene, World, viewer_of

TODAY = inputs.today()
SIGNED: dict[str, Any] = {
    "number": "119/1/PKS/2026",
    "signed_on": TODAY - timedelta(days=3),
    "ends_on": TODAY + timedelta(days=400),
    "on_paper_at": "Setda, map 1",
}
REPORT: dict[str, Any] = {
    "quarter": results.quarter_of_today(),
    "progress": "The first machine runs.",
    "rating": 4,
    "outlook": "continue",
}
RESULT = "Half of the waste of three markets is composted, and the traders run the machines by themselves."
Do = Callable[..., Awaitable[Any]]


@pytest.fixture
async def agreed(database: Database, world: World, scene: Scene) -> int:
    """The agreement of the scene's talk, which is with the TKKSD."""
    for step in (Step.draft_terms, Step.submit):
        await stepped(database, world.officer, scene.conversation, step)
    async with database.transaction(write=False) as session:
        query = select(Agreement.id).where(Agreement.conversation_id == scene.conversation)
        return (await session.exec(query)).one() or 0


async def stepped(database: Database, person: Person, conversation_id: int, step: Step) -> None:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
        await take_step(session, viewer, conversation, step)


async def do(database: Database, person: Person, act: Do, *given: Any) -> Any:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        return await act(session, viewer, *given)


def signing(step: Step, **changes: Any) -> inputs.SigningInput:
    return check(inputs.SigningInput, SIGNED | {"step": step} | changes)


async def running(database: Database, world: World, scene: Scene, agreement: int) -> None:
    await do(database, world.officer, agreements.sign, agreement, signing(Step.sign_pks))
    await stepped(database, world.officer, scene.conversation, Step.start)


async def told(session: AsyncSession) -> list[tuple[int, str]]:
    query = select(Notice.organisation_id, Notice.detail).where(Notice.kind == "agreement").order_by(col(Notice.id))
    return list((await session.exec(query)).all())


async def test_the_whole_way_and_who_is_told(database: Database, world: World, scene: Scene, agreed: int) -> None:
    given = check(inputs.StageInput, {"stage": "offer", "done_on": TODAY, "number": "500/1"})
    await do(database, world.officer, agreements.record_stage, agreed, given)
    await running(database, world, scene, agreed)
    goal = check(inputs.MilestoneInput, {"title": "First machine runs", "due_on": TODAY + timedelta(days=30)})
    milestone = await do(database, world.founder, results.add_milestone, agreed, goal)
    proof = check(inputs.EvidenceInput, {"done_on": TODAY, "evidence": "Seen by the traders."})
    await do(database, world.officer, results.reach_milestone, agreed, milestone.id, proof)
    for person in (world.founder, world.officer):
        await do(database, person, results.report_quarter, agreed, check(inputs.MonitoringInput, REPORT))
    closing = check(inputs.ClosingInput, {"result": RESULT, "show": True})
    await do(database, world.founder, results.close_agreement, agreed, closing)
    await do(database, world.officer, results.show_result, agreed, inputs.ShowInput(show=True))
    region, partner = world.officer.organisation_id, world.founder.organisation_id
    async with database.transaction(write=False) as session:
        agreement = await session.get_one(Agreement, agreed)
        conversation = await session.get_one(Conversation, scene.conversation)
        initiative = await session.get_one(Initiative, scene.initiative)
        stages = {s.stage: s for s in (await session.exec(select(AgreementStage))).all()}
        assert await told(session) == [
            (partner, "stage"),
            (partner, "signed"),
            (region, "milestone"),
            (partner, "milestone"),
            (region, "monitoring"),
            (partner, "monitoring"),
            (region, "closed"),
            (partner, "shown"),
        ]
    assert agreement.is_public
    assert (conversation.state, initiative.status) == ("finished", "done")
    assert set(stages) == {"preparation", "offer", "pks_signed", "running", "reporting", "finished"}
    assert (stages["pks_signed"].number, stages["pks_signed"].done_on) == (SIGNED["number"], SIGNED["signed_on"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": TODAY - timedelta(days=3)}, "ends_on"),
        ({"ends_on": months_after(TODAY - timedelta(days=3), 60) + timedelta(days=1)}, "ends_on"),
        ({"signed_on": TODAY + timedelta(days=1)}, "signed_on"),
        ({"number": ""}, "number"),
        ({"on_paper_at": ""}, "file"),
        ({"step": "start"}, "step"),
    ],
)
async def test_a_signature_needs_its_number_days_and_paper(
    database: Database, world: World, agreed: int, changes: dict[str, Any], field: str
) -> None:
    async def signed() -> None:
        given = check(inputs.SigningInput, SIGNED | {"step": "sign_pks"} | changes)
        await do(database, world.officer, agreements.sign, agreed, given)

    with pytest.raises(Invalid) as refused:
        await signed()
    assert set(refused.value.errors) == {field}


async def test_sixty_months_to_the_day_are_taken(database: Database, world: World, agreed: int) -> None:
    longest = signing(Step.sign_pks, ends_on=months_after(SIGNED["signed_on"], 60))
    await do(database, world.officer, agreements.sign, agreed, longest)
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)


async def test_what_is_not_a_sides_own_or_not_possible(
    database: Database, world: World, scene: Scene, agreed: int
) -> None:
    with pytest.raises(Forbidden):
        await do(database, world.founder, agreements.sign, agreed, signing(Step.sign_kb))
    offer = check(inputs.StageInput, {"stage": "offer", "done_on": TODAY})
    with pytest.raises(Forbidden):
        await do(database, world.founder, agreements.record_stage, agreed, offer)
    wrong = check(inputs.StageInput, {"stage": "kb_signed", "done_on": TODAY})
    with pytest.raises(Invalid):
        await do(database, world.officer, agreements.record_stage, agreed, wrong)
    with pytest.raises(NotFound):
        await do(database, world.lecturer, agreements.record_stage, agreed, offer)
    report = check(inputs.MonitoringInput, REPORT)
    with pytest.raises(Conflict):
        await do(database, world.founder, results.report_quarter, agreed, report)
    # Without its paper no signature is a step.
    with pytest.raises(Conflict):
        await stepped(database, world.officer, scene.conversation, Step.sign_kb)
    await running(database, world, scene, agreed)
    await do(database, world.founder, results.report_quarter, agreed, report)
    with pytest.raises(Conflict):
        await do(database, world.founder, results.report_quarter, agreed, report)
    with pytest.raises(Conflict):
        await do(database, world.founder, results.show_result, agreed, inputs.ShowInput(show=True))


async def test_abroad_the_dprd_comes_first(database: Database, world: World, agreed: int) -> None:
    async with database.transaction() as session:
        partner = await session.get_one(Organisation, world.founder.organisation_id)
        partner.legal_form = "foreign"
        session.add(partner)
    with pytest.raises(Conflict):
        await do(database, world.officer, agreements.sign, agreed, signing(Step.sign_kb))
    approved = check(inputs.StageInput, {"stage": "dprd_approval", "done_on": TODAY})
    await do(database, world.officer, agreements.record_stage, agreed, approved)
    await do(database, world.officer, agreements.sign, agreed, signing(Step.sign_kb))


async def test_both_sides_are_reminded_once(database: Database, world: World, scene: Scene, agreed: int) -> None:
    await running(database, world, scene, agreed)
    end = SIGNED["ends_on"].isoformat()

    async def reminders(ends_on: str, days: int, left: int | None = None) -> list[tuple[int, str]]:
        today = SIGNED["ends_on"] - timedelta(days=days if left is None else left)
        async with database.transaction() as session:
            await agreements.remind_of_end(session, agreed, ends_on, days, today)
            query = select(Notice.organisation_id, Notice.detail).where(
                Notice.kind == "agreement", col(Notice.actor_id).is_(None)
            )
            return sorted((await session.exec(query)).all())

    both = sorted((world.officer.organisation_id, world.founder.organisation_id))
    assert await reminders("2020-01-01", 90) == []
    assert await reminders(end, 90) == [(side, "90") for side in both]
    assert len(await reminders(end, 90)) == 2
    assert len(await reminders(end, 30, left=7)) == 2, "the nearer one says it"
    assert (await reminders(end, 30, left=12))[:2] == [(both[0], "12"), (both[0], "90")]
    assert len(await reminders(end, 7)) == 6
    assert len(await reminders(end, 0, left=-1)) == 6, "it has ended"
    closing = check(inputs.ClosingInput, {"result": RESULT})
    await do(database, world.officer, results.close_agreement, agreed, closing)
    assert len(await reminders(end, 0)) == 6
