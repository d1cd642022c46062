"""Silence: a nudge, a word to the backup contact, an end; and what runs out."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select, update

from matchmaker import access
from matchmaker.actions.conversations import send_message
from matchmaker.database import Database
from matchmaker.inputs.contact import MessageInput
from matchmaker.jobs.clock import expire, mind_silence
from matchmaker.jobs.queue import Work
from models import Conversation, IndexChange, Initiative, Interest, Mail, Notice, StateChange, now
from models.vocabulary import InitiativeStatus, InterestState, NoticeKind, PairState, Reason
from tests.databases import settings_for
from tests.jobs.waiting import do_jobs, waiting_jobs
from tests.world import INITIATIVE, Person, Scene, World, viewer_of

SETTINGS = settings_for("sqlite+aiosqlite:///unused.db")
DAY = timedelta(days=1)
Table = type[Conversation] | type[Interest]


async def pass_days(database: Database, table: Table, row_id: int, days: float) -> None:
    """As if they had gone by since."""
    async with database.transaction() as session:
        row = await access.by_id(session, table, row_id)
        assert row.due_at
        row.due_at -= days * DAY
        row.reminded_at = row.reminded_at - days * DAY if row.reminded_at else None
        session.add(row)


async def row_of(database: Database, table: Table, row_id: int) -> Conversation | Interest:
    async with database.transaction(write=False) as session:
        return await access.by_id(session, table, row_id)


async def reminders(database: Database) -> list[tuple[int, str]]:
    async with database.transaction(write=False) as session:
        query = select(Notice.organisation_id, Notice.detail).where(Notice.kind == NoticeKind.reminder)
        return [
            (organisation, detail)
            for organisation, detail in (await session.exec(query.order_by(col(Notice.id)))).all()
        ]


async def silence_mails(database: Database) -> list[Mail]:
    async with database.transaction(write=False) as session:
        return list((await session.exec(select(Mail).where(Mail.event == "silence").order_by(col(Mail.id)))).all())


async def mailed_to(database: Database, person: Person) -> list[str]:
    """What the notices so far have them told by mail."""
    await do_jobs(database, SETTINGS, "mail_notice")
    async with database.transaction(write=False) as session:
        query = select(Mail.event).where(Mail.account_id == person.account_id).order_by(col(Mail.id))
        return list((await session.exec(query)).all())


async def tick(database: Database) -> None:
    await do_jobs(database, SETTINGS, "remind_of_talk", "remind_of_interest")


async def test_a_turn_is_reminded_of_in_the_queue_itself(database: Database, scene: Scene) -> None:
    """Both of the scene's pairs wait for somebody, and the clock is wound for either."""
    talk = next(
        job for job in await waiting_jobs(database, "remind_of_talk") if job.ids["pair_id"] == scene.conversation
    )
    assert 13.9 < talk.delay / 86_400 < 14.1
    interests = [job.ids["pair_id"] for job in await waiting_jobs(database, "remind_of_interest")]
    assert scene.interest in interests


async def test_an_interest_that_nobody_answers(database: Database, world: World, scene: Scene) -> None:
    await tick(database)
    assert await reminders(database) == [], "nothing is due yet"
    region = world.officer.organisation_id
    for days, said, mailed in ((14.1, [(region, "nudge")], 0), (14.1, [(region, "nudge"), (region, "backup")], 1)):
        await pass_days(database, Interest, scene.interest, days)
        await mind_silence(Work(SETTINGS, database))
        assert await reminders(database) == said
        mails = await silence_mails(database)
        assert len(mails) == mailed
    assert mails[0].recipient == INITIATIVE["backup_email"]
    await pass_days(database, Interest, scene.interest, 14.1)
    await mind_silence(Work(SETTINGS, database))
    interest = await row_of(database, Interest, scene.interest)
    assert isinstance(interest, Interest)
    assert (interest.state, interest.reason) == (InterestState.stale, Reason.no_reply)
    async with database.transaction(write=False) as session:
        query = select(Notice.organisation_id).where(
            Notice.kind == NoticeKind.interest, Notice.detail == InterestState.stale
        )
        assert set((await session.exec(query)).all()) == {region, world.founder.organisation_id}


async def test_a_talk_that_falls_silent(database: Database, world: World, scene: Scene) -> None:
    """It is the partner's turn: its admins are its backup."""
    partner = world.founder.organisation_id
    before = len(await mailed_to(database, world.founder))
    await pass_days(database, Conversation, scene.conversation, 14.1)
    await tick(database)
    assert await reminders(database) == [(partner, "nudge")]
    await mind_silence(Work(SETTINGS, database))
    assert await reminders(database) == [(partner, "nudge")], "the same moment, asked for twice"
    await pass_days(database, Conversation, scene.conversation, 14.1)
    await tick(database)
    assert await reminders(database) == [(partner, "nudge"), (partner, "backup")]
    told = (await mailed_to(database, world.founder))[before:]
    assert sorted(told) == ["notice", "silence"], "one for each reminder"
    (mail,) = await silence_mails(database)
    assert (mail.account_id, mail.organisation_id) == (world.founder.account_id, partner)
    await pass_days(database, Conversation, scene.conversation, 14.1)
    await tick(database)
    talk = await row_of(database, Conversation, scene.conversation)
    assert (talk.state, isinstance(talk, Conversation) and talk.next_actor_id) == (PairState.stale, None)
    async with database.transaction(write=False) as session:
        (change,) = (await session.exec(select(StateChange))).all()
    assert (change.step, change.account_id, change.reason) == ("go_stale", None, Reason.no_reply)


async def test_an_answer_stops_the_clock_and_winds_it_for_the_other(
    database: Database, world: World, scene: Scene
) -> None:
    await pass_days(database, Conversation, scene.conversation, 14.1)
    await tick(database)
    viewer = await viewer_of(database, world.founder)
    async with database.transaction() as session:
        await send_message(session, viewer, scene.conversation, MessageInput(body="Next Tuesday, then."))
    talk = await row_of(database, Conversation, scene.conversation)
    assert (talk.reminded, talk.reminded_at) == (0, None)
    await tick(database)
    assert len(await reminders(database)) == 1
    await pass_days(database, Conversation, scene.conversation, 14.1)
    await mind_silence(Work(SETTINGS, database))
    assert (await reminders(database))[1:] == [(world.officer.organisation_id, "nudge")]


async def test_nobody_is_cut_off_because_the_clock_stood_still(database: Database, scene: Scene) -> None:
    """After two months without a process, the first thing is a nudge, and the rest takes its time."""
    await pass_days(database, Conversation, scene.conversation, 60)
    for _time in range(3):
        await tick(database)
        await mind_silence(Work(SETTINGS, database))
    talk = await row_of(database, Conversation, scene.conversation)
    assert (talk.state, talk.reminded) == (PairState.exploring, 1)


async def test_what_is_signed_does_not_end_by_silence(database: Database, scene: Scene) -> None:
    async with database.transaction() as session:
        await session.exec(update(Conversation).values(state=PairState.pks_signed))
    for days in (14.1, 14.1, 14.1):
        await pass_days(database, Conversation, scene.conversation, days)
        await mind_silence(Work(SETTINGS, database))
    talk = await row_of(database, Conversation, scene.conversation)
    assert (talk.state, talk.reminded) == (PairState.pks_signed, 3)


@pytest.mark.parametrize(("days", "status"), [(-1, InitiativeStatus.expired), (1, InitiativeStatus.in_talks)])
async def test_an_initiative_expires_and_leaves_the_index(
    database: Database, scene: Scene, days: int, status: InitiativeStatus
) -> None:
    async with database.transaction() as session:
        initiative = await access.by_id(session, Initiative, scene.initiative)
        initiative.expires_at = now() + days * DAY
        session.add(initiative)
        before = len((await session.exec(select(IndexChange))).all())
    await expire(Work(SETTINGS, database))
    await expire(Work(SETTINGS, database))
    async with database.transaction(write=False) as session:
        initiative = await access.by_id(session, Initiative, scene.initiative)
        after = len((await session.exec(select(IndexChange))).all())
    assert initiative.status == status
    assert after - before == (status == InitiativeStatus.expired)


async def test_the_mail_to_the_backup_says_who_waits_and_not_what_was_said(
    database: Database, scene: Scene, tmp_path: Path
) -> None:
    for days in (14.1, 14.1):
        await pass_days(database, Interest, scene.interest, days)
        await mind_silence(Work(SETTINGS, database))
    settings = settings_for("sqlite+aiosqlite:///unused.db", outbox_dir=str(tmp_path))
    (mail,) = await silence_mails(database)
    await do_jobs(database, settings, "send_mail")
    (file,) = [name for name in os.listdir(tmp_path) if name.startswith(f"mail-{mail.id}-")]
    text = (tmp_path / file).read_text()
    assert "PT Kompos Jaya is waiting for an answer" in text
    assert f"/minat/{scene.interest}" in text
    assert "would like to hear more" not in text
