"""The desk: whose turn it is and by when, what fits, what to go on with, and the first steps of somebody new."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from matchmaker.database import Database
from matchmaker.inputs.agreement import today
from matchmaker.reading.desk_talks import DeskTalk
from models import (
    Agreement,
    AgreementStage,
    Conversation,
    Initiative,
    Interest,
    Meeting,
    Milestone,
    Monitoring,
    Organisation,
    now,
)
from tests.actions.test_terms import propose
from tests.pages import Page
from tests.visitor import Visitor
from tests.web.rows import copies, one
from tests.world import (
    Scene,
    World,
    accept_interest,
    draft_card,
    draft_initiative,
    express_interest,
    publish_card,
    publish_initiative,
)

Visit = Callable[..., Visitor]
STEPS = "First steps"


async def desk(visit: Visit, person: object) -> Page:
    visitor = visit()
    await visitor.sign_in(person)  # type: ignore[arg-type]
    # The index is read beside the first requests; a page of suggestions waits for it.
    await visitor.services.matching.prepare()
    return await visitor.get("/")


def section(page: Page, heading: str, level: int = 2) -> str:
    """The html from a heading to the next of its kind."""
    return next(part for part in page.html.split(f"<h{level}")[1:] if heading in part.split(f"</h{level}>")[0])


async def test_what_waits_stands_first_the_most_urgent_on_top(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    async with database.transaction() as session:
        interest = await session.get_one(Interest, scene.interest)
        interest.due_at = now() + timedelta(days=9)
        talk = await session.get_one(Conversation, scene.conversation)
        talk.next_actor_id, talk.due_at = world.officer.organisation_id, now() - timedelta(days=2)
        session.add_all([interest, talk])
    page = await desk(visit, world.officer)
    turn = section(page, "Your turn")
    assert turn.index(f"/percakapan/{scene.conversation}") < turn.index(f"/minat/{scene.interest}")
    assert "2 days late" in page.main
    assert "9 days left" in page.main
    assert "2 things are waiting for you." in page.main
    other = await desk(visit, world.founder)
    assert "Nothing is waiting for you right now." in other.main
    waiting = section(other, "Waiting for others")
    assert f"/minat/{scene.interest}" in waiting
    assert f"/percakapan/{scene.conversation}" in waiting
    assert "Not seen yet" in waiting


def by_officer(world: World) -> dict[str, int]:
    return {"account_id": world.officer.account_id, "organisation_id": world.officer.organisation_id}


def milestones_of(world: World, scene: Scene) -> list[Milestone]:
    """One due soon, one late, one far off."""
    return [
        Milestone(
            agreement_id=scene.agreement,
            title=title,
            due_on=today() + timedelta(days=days),
            organisation_id=world.officer.organisation_id,
        )
        for title, days in (("The second well", 14), ("The first well", -3), ("The far well", 60))
    ]


def meetings_of(world: World, scene: Scene) -> list[Meeting]:
    """One chosen for the coming days; the others are over, far off, or cancelled."""
    return [
        Meeting(
            conversation_id=scene.conversation,
            state=state,
            minutes=30,
            online=True,
            place="https://rapat.example",
            starts_at=now() + timedelta(days=days),
            uid=f"{state}{days}",
            **by_officer(world),
        )
        for state, days in (("chosen", 2), ("chosen", -2), ("chosen", 40), ("cancelled", 1))
    ]


async def test_meetings_and_what_is_due_of_agreements_stand_among_it(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    side, day = world.officer.organisation_id, today()
    async with database.transaction() as session:
        talk = await session.get_one(Conversation, scene.conversation)
        talk.state, talk.next_actor_id = "running", side
        agreement = await session.get_one(Agreement, scene.agreement)
        agreement.ends_on = day + timedelta(days=30)
        begun = AgreementStage(agreement_id=scene.agreement, stage="running", done_on=day - timedelta(days=200))
        milestones = milestones_of(world, scene)
        session.add_all([talk, agreement, begun, *milestones, *meetings_of(world, scene)])
    for person, other in ((world.officer, "PT Kompos Jaya"), (world.founder, "Pemerintah Kabupaten Sumba Timur")):
        turn = section(await desk(visit, person), "Your turn")
        assert turn.count(f"/percakapan/{scene.conversation}/pertemuan") == 1
        assert other in turn
        assert turn.index("The first well") < turn.index(f"/percakapan/{scene.conversation}/pertemuan")
        assert "The far well" not in turn
        assert "End of an agreement" in turn
        assert f"/kesepakatan/{scene.agreement}?isi=pemantauan#isi" in turn
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    async with database.transaction() as session:
        report = Monitoring(
            agreement_id=scene.agreement,
            quarter=quarter,
            progress="As planned.",
            rating=4,
            outlook="continue",
            **by_officer(world),
        )
        first = (await session.get_one(Milestone, milestones[1].id or 0)).sqlmodel_update({"done_on": day})
        session.add_all([report, first])
    turn = section(await desk(visit, world.officer), "Your turn")
    # Of one agreement the first milestone stands for the others.
    assert "The first well" not in turn
    assert "The second well" in turn
    assert "?isi=pemantauan" not in turn
    assert "?isi=pemantauan" in section(await desk(visit, world.founder), "Your turn")


@pytest.mark.parametrize(
    ("since", "reported", "due"),
    [
        (date(2024, 2, 10), None, ("2024-Q1", date(2024, 4, 14))),
        (date(2024, 2, 10), "2024-Q1", ("2024-Q2", date(2024, 7, 14))),
        (date(2023, 10, 1), "2023-Q4", ("2024-Q1", date(2024, 4, 14))),
        # A report on a time before the beginning says nothing of the first quarter.
        (date(2024, 12, 31), "2024-Q2", ("2024-Q4", date(2025, 1, 14))),
        # The quarter is still running.
        (date(2024, 2, 10), "2099-Q1", None),
        (date(2099, 2, 10), None, None),
        (None, None, None),
    ],
)
def test_which_report_is_due(since: date | None, reported: str | None, due: tuple[str, date] | None) -> None:
    talk = DeskTalk(
        *(1, None, now(), "Wells", "Pumps", "PT Kompos Jaya", False, False, None, 1, None, None, None),
        running_since=since,
        reported=reported,
        state="running",
    )
    assert talk.report_due == due


async def test_terms_that_wait_are_one_step_away(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    """On the desk, and at the top of every part of the conversation but their own; a new message comes first."""
    talk = f"/percakapan/{scene.conversation}"
    founder, officer = visit(), visit()
    await founder.sign_in(world.founder)
    await officer.sign_in(world.officer)
    await founder.get(talk)
    assert "Read the terms" not in (await founder.get("/")).main
    await propose(database, world.officer, scene.conversation, 0, purpose="Less market waste.")
    assert f'href="{talk}/rancangan">Read the terms' in section(await founder.get("/"), "Your turn")
    assert "To the terms" in (await founder.get(f"{talk}/berkas")).main
    assert "To the terms" not in (await founder.get(f"{talk}/rancangan")).main
    assert "Read the terms" not in (await officer.get("/")).main
    await officer.get(talk)
    await officer.post(talk, {"body": "Please read clause three first."})
    assert f'href="{talk}">Reply' in section(await founder.get("/"), "Your turn")


async def test_unread_messages_and_refusals_are_told(visit: Visit, world: World, scene: Scene) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get(f"/percakapan/{scene.conversation}")
    founder = visit()
    await founder.sign_in(world.founder)
    await founder.post(f"/percakapan/{scene.conversation}", {"body": "The drawings are ready."})
    assert "1 new message" in (await officer.get("/")).main
    await officer.post(f"/minat/{scene.interest}/tolak", {"reason": "no_budget"})
    told = section(await founder.get("/"), "Recently answered")
    assert "No budget" in told
    assert f"/minat/{scene.interest}" in told


async def test_suggestions_leave_out_who_is_in_touch_already(visit: Visit, world: World, database: Database) -> None:
    initiative = await publish_initiative(database, world.officer)
    card = await publish_card(database, world.founder)
    page = await desk(visit, world.officer)
    assert f"/kapabilitas/{card}" in page.links
    assert f"/inisiatif/{initiative}/saran" in page.links
    assert "Strong match" in page.main
    assert f"/inisiatif/{initiative}" in (await desk(visit, world.founder)).links
    await express_interest(database, world.founder, initiative, card)
    page = await desk(visit, world.officer)
    assert f"/kapabilitas/{card}" not in page.links
    assert "Nobody new fits well yet" in page.main


async def test_drafts_and_what_is_open_also_among_many(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    await copies(database, await one(database, Initiative, scene.draft), 60)
    page = await desk(visit, world.officer)
    drafts = section(page, "Drafts")
    assert "50+" in drafts
    assert "and 44 more" in drafts
    assert f"/inisiatif/{scene.initiative}" in section(page, "Published by us")
    founder = await desk(visit, world.founder)
    assert f"/kapabilitas/{scene.card_draft}/ubah" in section(founder, "Drafts")
    assert f"/kapabilitas/{scene.card}" in section(founder, "Published by us")


async def test_an_admin_is_told_who_asks_to_join(visit: Visit, world: World) -> None:
    stranger = visit()
    await stranger.sign_in(world.stranger)
    await stranger.post(f"/organisasi/{world.officer.organisation_id}/gabung")
    asked = await stranger.get("/")
    assert "You have asked to join Pemerintah Kabupaten Sumba Timur" in asked.main
    assert world.stranger.name in section(await desk(visit, world.officer), "Your turn")
    assert world.stranger.name not in (await desk(visit, world.colleague)).main


async def test_the_office_sees_who_waits_longest(visit: Visit, world: World, database: Database) -> None:
    async with database.transaction() as session:
        waiting = await session.get_one(Organisation, world.clerk.organisation_id)
        waiting.created_at = now() - timedelta(days=30)
        session.add(waiting)
    page = await desk(visit, world.office)
    turn = section(page, "Your turn")
    assert turn.index(f"/organisasi/{world.clerk.organisation_id}") < turn.index(
        f"/organisasi/{world.newcomer.organisation_id}"
    )
    assert STEPS not in page.main


async def test_first_steps_of_a_region_go_as_they_are_done(visit: Visit, world: World, database: Database) -> None:
    assert "1 of 5 done" in (await desk(visit, world.clerk)).main
    page = await desk(visit, world.officer)
    assert "2 of 5 done" in page.main
    assert 'btn-primary" href="/inisiatif/baru"' in section(page, STEPS)
    draft = await draft_initiative(database, world.officer)
    page = await desk(visit, world.officer)
    assert "3 of 5 done" in page.main
    assert f'btn-primary" href="/inisiatif/{draft}/ubah"' in section(page, STEPS)
    initiative = await publish_initiative(database, world.officer)
    assert f'btn-primary" href="/inisiatif/{initiative}/saran"' in section(await desk(visit, world.officer), STEPS)
    card = await publish_card(database, world.founder)
    await accept_interest(database, world.officer, await express_interest(database, world.founder, initiative, card))
    for person in (world.officer, world.founder):
        assert STEPS not in (await desk(visit, person)).main


async def test_first_steps_of_a_company_that_is_not_verified(visit: Visit, world: World, database: Database) -> None:
    draft = await draft_card(database, world.newcomer)
    page = await desk(visit, world.newcomer)
    assert "2 of 5 done" in page.main
    assert f"/kapabilitas/{draft}/ubah" in page.links
    assert "Waiting for others" in section(page, STEPS)


async def test_somebody_without_an_organisation_is_shown_the_ways_in(visit: Visit, world: World) -> None:
    page = await desk(visit, world.stranger)
    assert "0 of 3 done" in page.main
    assert {"/organisasi", "/organisasi/baru?jenis=region", "/bantuan/menulis"} <= set(page.links)
