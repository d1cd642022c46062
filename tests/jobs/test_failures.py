"""Failed work on the programme office's page, and answering times on an organisation's."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import select

from matchmaker.database import Database
from matchmaker.jobs.queue import keep_failure
from matchmaker.reading.answering import answering_time
from models import FailedJob, Interest, Mail, Message, now
from models.vocabulary import InterestState
from tests.jobs.waiting import waiting_jobs
from tests.visitor import Visitor
from tests.world import Scene, World


async def test_the_office_sees_what_failed_and_has_it_tried_again(
    visit: Callable[..., Visitor], database: Database, world: World, scene: Scene
) -> None:
    async with database.transaction() as session:
        mail = Mail(event="interest", recipient="kotak@x.example", ids={"interest_id": scene.interest})
        session.add(mail)
        await session.flush()
        await keep_failure(session, "one", "send_mail", {"mail_id": mail.id}, 6, "550 no such mailbox")
        await keep_failure(session, "one", "send_mail", {"mail_id": mail.id}, 6, "550 no such mailbox")
    office = visit()
    await office.sign_in(world.office)
    page = (await office.get("/pengelola")).text
    assert page.count("550 no such mailbox") == 1
    assert "kotak@x.example" in page
    async with database.transaction(write=False) as session:
        (failed,) = (await session.exec(select(FailedJob))).all()
    before = len(await waiting_jobs(database, "send_mail"))
    answer = await office.post(f"/pengelola/pekerjaan/{failed.id}/ulangi")
    assert answer.status == 303
    assert len(await waiting_jobs(database, "send_mail")) == before + 1
    assert (await office.post(f"/pengelola/pekerjaan/{failed.id}/ulangi")).status == 404
    assert "550 no such mailbox" not in (await office.get("/pengelola")).text


async def test_answering_times_are_medians_from_three_answers_on(
    database: Database, world: World, scene: Scene
) -> None:
    region = world.officer.organisation_id
    async with database.transaction(write=False) as session:
        time = await answering_time(session, region)
    assert (time.interests, time.turns) == (None, None), "one answer says nothing"
    begun = now() - timedelta(days=30)
    async with database.transaction() as session:
        interest = await session.get(Interest, scene.interest)
        assert interest is not None
        for hours in (2, 5, 50):
            session.add(
                Interest(
                    **interest.model_dump(exclude={"id", "state", "created_at", "answered_at"}),
                    state=InterestState.declined,
                    created_at=begun,
                    answered_at=begun + timedelta(hours=hours),
                )
            )
        at = begun
        for hours in (1, 4, 9):
            for person, later in ((world.founder, 24), (world.officer, hours), (world.officer, 1)):
                at += timedelta(hours=later)
                by = {"author_id": person.account_id, "organisation_id": person.organisation_id}
                session.add(Message(conversation_id=scene.conversation, body="Well.", sent_at=at, **by))
                await session.flush()
    async with database.transaction(write=False) as session:
        time = await answering_time(session, region)
        other = await answering_time(session, world.lecturer.organisation_id)
    # The scene's own interest was answered at once.
    assert time.interests == 3.5
    assert time.turns == 4.0
    assert (other.interests, other.turns) == (None, None)
