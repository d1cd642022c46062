"""Reminders through the queue itself, of the end of an agreement and of a meeting: once each, and not too late."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from matchmaker import access
from matchmaker.actions import agreements, meetings
from matchmaker.database import Database
from matchmaker.inputs.meeting import MeetingInput
from matchmaker.jobs import agreements as jobs
from matchmaker.jobs.queue import JOBS, Work, _Job, enqueue
from models import Agreement, Meeting, MeetingSlot, Notice, now
from models.vocabulary import NoticeKind
from tests.databases import settings_for
from tests.jobs.engine import FreshUrl, carried_out
from tests.jobs.waiting import waiting_jobs
from tests.world import Scene, World, viewer_of

ENDS = date(2031, 3, 31)
_today: ContextVar[date] = ContextVar("today")
Told = Callable[[], Awaitable[list[tuple[int, str]]]]


@pytest.fixture
async def working(fresh_url: FreshUrl, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """A database whose jobs are carried out, and in which a day lasts no time."""

    async def soon(session: Any, name: str, *, delay: float = 0, **given: Any) -> None:
        assert delay >= 0
        await enqueue(session, name, delay=0.01, **given)

    async def on_its_day(work: Work, **ids: Any) -> None:
        _today.set(ENDS - timedelta(days=ids["days"]))
        await jobs.remind_of_end(work, **ids)

    async def nothing(_work: Work, **_ids: Any) -> None:
        """Mails of notices have tests of their own."""

    for module in (agreements, meetings):
        monkeypatch.setattr(module, "enqueue", soon)
    monkeypatch.setattr(jobs, "local_day", lambda _moment: _today.get())
    monkeypatch.setitem(JOBS, "remind_of_end", _Job(on_its_day, ()))
    for name in ("mail_notice", "remind_of_talk", "remind_of_interest"):
        monkeypatch.setitem(JOBS, name, _Job(nothing, ()))
    settings = settings_for(await fresh_url("scene"))
    database = Database(settings)
    async with carried_out(Work(settings, database)):
        yield database
        # What is begun as the engine ends would find it gone.
        deadline = time.monotonic() + 30
        while any(job.delay < 1 for job in await waiting_jobs(database)):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
    await database.close()


async def told(database: Database, kind: NoticeKind) -> list[tuple[int, str]]:
    """What nobody did: reminders."""
    async with database.transaction(write=False) as session:
        query = select(Notice.organisation_id, Notice.detail).where(
            Notice.kind == kind, col(Notice.actor_id).is_(None)
        )
        return sorted((await session.exec(query)).all())


async def until_told(database: Database, kind: NoticeKind, count: int) -> list[tuple[int, str]]:
    deadline = time.monotonic() + 30
    while len(found := await told(database, kind)) < count:
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.05)
    return found


async def end_on(database: Database, agreement_id: int, day: date) -> None:
    async with database.transaction() as session:
        await agreements._ends(session, await session.get_one(Agreement, agreement_id), day)


async def test_of_the_end_of_an_agreement(working: Database, world: World, scene: Scene) -> None:
    both = sorted((world.officer.organisation_id, world.founder.organisation_id))
    for _time in range(2):
        await end_on(working, scene.agreement, ENDS)
    expected = sorted((side, days) for side in both for days in ("90", "60", "30", "7", "0"))
    assert await until_told(working, NoticeKind.agreement, 10) == expected
    await end_on(working, scene.agreement, ENDS)
    async with working.transaction() as session:
        agreement = await access.by_id(session, Agreement, scene.agreement)
        agreement.closed_at = now()
        session.add(agreement)
        # As a process that was away would find it.
        await enqueue(session, "remind_of_end", agreement_id=agreement.id, ends_on=ENDS.isoformat(), days=7)
    await asyncio.sleep(1)
    assert await told(working, NoticeKind.agreement) == expected


@pytest.mark.parametrize("hours", [48, 3])
async def test_of_a_meeting_before_it_begins(working: Database, world: World, scene: Scene, hours: int) -> None:
    proposes, chooses = await viewer_of(working, world.founder), await viewer_of(working, world.officer)
    at = now() + timedelta(hours=hours)
    given = MeetingInput(slots=[at], minutes=60, online=False, place="Kantor Bupati", agenda="")
    async with working.transaction() as session:
        meeting = await meetings.propose_meeting(session, proposes, scene.conversation, given)
        slot = (await session.exec(select(MeetingSlot.id).where(MeetingSlot.meeting_id == meeting.id))).one()
        await meetings.choose_slot(session, chooses, scene.conversation, meeting.id or 0, slot or 0)
    sides = sorted((world.officer.organisation_id, world.founder.organisation_id))
    assert await until_told(working, NoticeKind.meeting, 2) == [(side, "reminder") for side in sides]
    async with working.transaction(write=False) as session:
        kept = await session.get_one(Meeting, meeting.id)
    assert (kept.reminded, kept.sequence) == (0, 0)
