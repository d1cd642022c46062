"""Meetings: proposed by one side, chosen by the other, on both clocks, and in everybody's calendar."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlmodel import select

from matchmaker.actions.meetings import remind_of
from matchmaker.database import Database
from matchmaker.jobs.meetings import remind_of_meeting
from matchmaker.jobs.queue import Work
from models import Conversation, Meeting, Notice, Organisation, now
from tests.databases import settings_for
from tests.visitor import Visitor
from tests.world import Person, Scene, World

Visit = Callable[..., Visitor]
MAKASSAR = ZoneInfo("Asia/Makassar")
# The scene's region, Sumba Timur, lives by WITA.
FIRST = (now() + timedelta(days=30)).astimezone(MAKASSAR).replace(hour=9, minute=30, second=0, microsecond=0)
SECOND = FIRST + timedelta(days=1, hours=4)


def typed(*slots: datetime, **more: Any) -> dict[str, Any]:
    rows = {}
    for number, slot in enumerate(slots):
        rows |= {f"slots.{number}.day": slot.date().isoformat(), f"slots.{number}.time": slot.strftime("%H:%M")}
    given = {
        "minutes": "90",
        "online": "1",
        "place": "https://rapat.example/abc",
        "agenda": "Kompos; pasar, dan biaya",
    }
    return rows | given | more


async def at(visit: Visit, person: Person) -> Visitor:
    visitor = visit()
    await visitor.sign_in(person)
    return visitor


async def propose(visitor: Visitor, scene: Scene, *slots: datetime, **more: Any) -> Any:
    path = f"/percakapan/{scene.conversation}/pertemuan"
    await visitor.get(path)
    return await visitor.submit(path, typed(*slots, **more))


async def choose(visitor: Visitor, scene: Scene, number: int = 0) -> str:
    """The address of the meeting, of which the slot with this number was chosen."""
    page = await visitor.get(f"/percakapan/{scene.conversation}/pertemuan")
    action = next(form.action for form in page.forms if form.action.endswith("/pilih"))
    slots = [line.split('value="')[1].split('"')[0] for line in page.html.splitlines() if 'name="slot"' in line]
    answer = await visitor.submit(action, {"slot": slots[number]})
    assert answer.status == 303, answer.text
    return action.removesuffix("/pilih")


async def calendar(visitor: Visitor, path: str) -> tuple[Any, Any]:
    answer = (await visitor.get(f"{path}.ics")).response
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    whole = Calendar.from_ical(answer.content)
    assert not whole.errors
    return whole, whole.walk("VEVENT")[0]


async def notices(database: Database) -> list[tuple[str, int]]:
    async with database.transaction(write=False) as session:
        found = (await session.exec(select(Notice).where(Notice.kind == "meeting").order_by(Notice.id))).all()
    return [(notice.detail, notice.organisation_id) for notice in found]


async def test_a_time_is_proposed_chosen_moved_and_cancelled(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    founder, officer = await at(visit, world.founder), await at(visit, world.officer)
    assert (await propose(founder, scene, FIRST, SECOND)).status == 303
    page = await officer.get(f"/percakapan/{scene.conversation}/pertemuan")
    assert "09:30–11:00 WITA" in page.text
    path = await choose(officer, scene)
    whole, event = await calendar(founder, path)
    assert (whole["method"], event["status"], event["sequence"]) == ("PUBLISH", "CONFIRMED", 0)
    assert event.decoded("dtstart") == FIRST
    assert event["dtstart"].to_ical().endswith(b"Z")
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)
    assert event["location"] == "https://rapat.example/abc"
    assert "Kompos; pasar, dan biaya" in event["description"]
    uid = event["uid"]

    await founder.get(f"{path}/ubah")
    await founder.submit(f"{path}/ubah", {"place": "https://rapat.example/lain"})
    _whole, event = await calendar(officer, path)
    assert (event["uid"], event["status"], event["sequence"]) == (uid, "CONFIRMED", 1)
    assert event["location"] == "https://rapat.example/lain"

    await founder.get(f"{path}/ubah")
    await founder.submit(f"{path}/ubah", typed(SECOND))
    whole, event = await calendar(officer, path)
    assert (whole["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 2)
    assert event.decoded("dtstart") == FIRST
    await choose(officer, scene)
    _whole, event = await calendar(officer, path)
    assert (event.decoded("dtstart"), event["status"], event["sequence"]) == (SECOND, "CONFIRMED", 3)

    await officer.get(f"/percakapan/{scene.conversation}/pertemuan")
    await officer.submit(f"{path}/batal", {"note": "Bupati berhalangan"})
    whole, event = await calendar(founder, path)
    assert (whole["method"], event["uid"], event["sequence"]) == ("CANCEL", uid, 4)
    assert "Bupati berhalangan" in (await founder.get(f"/percakapan/{scene.conversation}/pertemuan")).text
    region, company = world.officer.organisation_id, world.founder.organisation_id
    assert await notices(database) == [
        ("proposed", region),
        ("chosen", company),
        ("changed", region),
        ("changed", region),
        ("chosen", company),
        ("cancelled", company),
    ]


async def test_the_side_that_proposed_does_not_choose_and_the_other_may_propose_others(
    visit: Visit, world: World, scene: Scene
) -> None:
    founder, officer = await at(visit, world.founder), await at(visit, world.officer)
    await propose(founder, scene, FIRST)
    page = await founder.get(f"/percakapan/{scene.conversation}/pertemuan")
    path = next(form.action for form in page.forms if form.action.endswith("/batal")).removesuffix("/batal")
    assert not page.has_form(f"{path}/pilih")
    refused = await founder.post(f"{path}/pilih", {"slot": "1"})
    assert (refused.status, "The other side chooses" in refused.text) == (422, True)
    await officer.get(f"{path}/ubah")
    assert (await officer.submit(f"{path}/ubah", typed(SECOND))).status == 303
    assert (await officer.get(f"/percakapan/{scene.conversation}/pertemuan")).has_form(f"{path}/pilih") is False
    await choose(founder, scene)
    assert (await calendar(officer, path))[1].decoded("dtstart") == SECOND


async def test_both_clocks_are_shown_where_they_differ(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    async with database.transaction() as session:
        partner = await session.get(Organisation, world.founder.organisation_id)
        assert partner is not None
        partner.region_code = "35.78"
        session.add(partner)
    founder = await at(visit, world.founder)
    await propose(founder, scene, FIRST)
    page = await founder.get(f"/percakapan/{scene.conversation}/pertemuan")
    assert "09:30–11:00 WITA" in page.text
    assert "08:30–10:00 WIB" in page.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slots.0.day": "", "slots.0.time": ""}, "Propose at least one time."),
        ({"slots.0.day": "2020-01-31"}, "Choose a time that is still to come, within a year."),
        ({"slots.0.day": "2090-01-31"}, "Choose a time that is still to come, within a year."),
        ({"slots.0.time": ""}, "Write a time as hours and minutes"),
        ({"slots.0.day": "besok"}, "Write a date as year-month-day"),
        ({"place": "http://rapat.example/abc"}, "it begins with https://"),
        ({"place": "javascript:alert(1)"}, "it begins with https://"),
        ({"place": "https://a@rapat.example"}, "it begins with https://"),
        ({"place": ""}, "This is needed."),
        ({"minutes": "5"}, "Write 15 or more."),
    ],
)
async def test_what_cannot_be_kept_is_told_and_what_was_typed_stays(
    visit: Visit, world: World, scene: Scene, changes: dict[str, str], said: str
) -> None:
    founder = await at(visit, world.founder)
    page = await propose(founder, scene, FIRST, **changes)
    assert (page.status, said in page.text) == (422, True)
    assert "Kompos; pasar, dan biaya" in page.html


async def test_a_choice_that_is_gone_is_told(visit: Visit, world: World, scene: Scene) -> None:
    founder, officer = await at(visit, world.founder), await at(visit, world.officer)
    await propose(founder, scene, FIRST)
    page = await officer.get(f"/percakapan/{scene.conversation}/pertemuan")
    path = next(form.action for form in page.forms if form.action.endswith("/pilih"))
    gone = await officer.post(path, {"slot": "999"})
    assert (gone.status, "no longer proposed" in gone.text) == (422, True)
    none = await officer.post(path, {})
    assert none.status == 422
    await choose(officer, scene)
    again = await officer.post(path, {"slot": "1"})
    assert (again.status, "not waiting for a choice" in again.text) == (422, True)


async def test_no_calendar_before_a_choice_and_none_for_others(visit: Visit, world: World, scene: Scene) -> None:
    founder, lecturer = await at(visit, world.founder), await at(visit, world.lecturer)
    await propose(founder, scene, FIRST)
    page = await founder.get(f"/percakapan/{scene.conversation}/pertemuan")
    path = next(form.action for form in page.forms if form.action.endswith("/batal")).removesuffix("/batal")
    assert (await founder.get(f"{path}.ics")).status == 409
    for wrong in (f"{path}.txt", f"{path}", f"{path}x.ics", path.rsplit("/", 1)[0] + "/99999999999.ics"):
        assert (await founder.get(wrong)).status == 404
    for hidden in (f"{path}.ics", f"{path}/ubah", f"/percakapan/{scene.conversation}/pertemuan"):
        assert (await lecturer.get(hidden)).status == 404


async def test_both_sides_are_reminded_once_and_of_what_still_stands(
    visit: Visit, world: World, scene: Scene, database: Database, url: str
) -> None:
    founder, officer = await at(visit, world.founder), await at(visit, world.officer)
    await propose(founder, scene, FIRST, SECOND)
    path = await choose(officer, scene)
    number = int(path.rsplit("/", 1)[1])
    work = Work(settings_for(url), database)
    for _ in range(2):
        await remind_of_meeting(work, meeting_id=number, sequence=0)
    sides = [world.officer.organisation_id, world.founder.organisation_id]
    assert (await notices(database))[2:] == [("reminder", side) for side in sides]
    await founder.get(f"{path}/ubah")
    await founder.submit(f"{path}/ubah", {"agenda": "Lain"})
    await remind_of_meeting(work, meeting_id=number, sequence=0)
    async with database.transaction() as session:
        assert await remind_of(session, number, 1, FIRST + timedelta(hours=1)) is False
    assert len(await notices(database)) == 5


async def test_a_closed_conversation_plans_none_but_cancels(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    founder, officer = await at(visit, world.founder), await at(visit, world.officer)
    await propose(founder, scene, FIRST)
    path = await choose(officer, scene)
    async with database.transaction() as session:
        talk = await session.get(Conversation, scene.conversation)
        assert talk is not None
        talk.state = "stale"
        session.add(talk)
    refused = await founder.post(f"/percakapan/{scene.conversation}/pertemuan", typed(SECOND))
    assert (refused.status, "This conversation is closed." in refused.text) == (422, True)
    assert (await founder.post(f"{path}/batal", {"note": ""})).status == 303
    async with database.transaction(write=False) as session:
        assert (await session.exec(select(Meeting.state))).all() == ["cancelled"]
