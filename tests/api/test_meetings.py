"""Meetings over the API."""

from datetime import timedelta

from icalendar import Calendar

from models import now
from tests.api.conftest import World

SOON = (now() + timedelta(days=20)).replace(microsecond=0)
MEETING = {
    "slots": [SOON.isoformat(), (SOON + timedelta(days=1)).isoformat()],
    "minutes": 45,
    "online": False,
    "place": "Kantor Bupati, Waingapu",
    "agenda": "Rencana kerja",
}


async def test_proposed_chosen_changed_and_cancelled(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/meetings"
    key = {"Idempotency-Key": "rapat"}
    first = await world.company.post(path, json=MEETING, headers=key)
    again = await world.company.post(path, json=MEETING, headers=key)
    assert (first.status_code, again.json()) == (201, first.json())
    meeting = first.json()
    one = f"{path}/{meeting['id']}"
    assert (await world.company.get(f"{one}.ics")).status_code == 409
    own = await world.company.post(f"{one}/choose", json={"slot": meeting["slots"][0]["id"]})
    assert own.status_code == 403
    chosen = (await world.region.post(f"{one}/choose", json={"slot": meeting["slots"][0]["id"]})).json()
    assert (chosen["state"], chosen["sequence"]) == ("chosen", 0)
    moved = (await world.region.post(f"{one}/change", json=MEETING | {"slots": MEETING["slots"][1:]})).json()
    assert (moved["state"], moved["sequence"], len(moved["slots"])) == ("proposed", 1, 1)
    ended = (await world.company.post(f"{one}/cancel", json={"note": "Lain kali"})).json()
    assert (ended["state"], ended["note"], ended["sequence"]) == ("cancelled", "Lain kali", 2)
    answer = await world.region.get(f"{one}.ics")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert (event["status"], event["sequence"], event.decoded("dtstart")) == ("CANCELLED", 2, SOON)
    listed = (await world.region.get(path)).json()["items"]
    assert ended in listed


async def test_faults_are_told_at_their_fields(world: World, conversation: int) -> None:
    faulty = {"slots": [], "minutes": 0, "online": True, "place": "Kantor Bupati"}
    answer = await world.company.post(f"/conversations/{conversation}/meetings", json=faulty)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"slots", "minutes", "place"}
    past = await world.company.post(
        f"/conversations/{conversation}/meetings", json=MEETING | {"slots": ["2020-01-31T00:00:00Z"]}
    )
    assert [error["field"] for error in past.json()["errors"]] == ["slots.0"]
