"""The whole way from registering to a talk, as a program walks it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from httpx import AsyncClient

from tests.api.conftest import CARD, INITIATIVE, INTEREST, Signed, World, created


async def test_a_region_finds_a_partner_and_talks(
    world: World, sign_up: Signed, verify: Callable[[int], Awaitable[None]]
) -> None:
    officer = await sign_up("officer@main.example")
    claimed = await officer.post("/organisations", json={"kind": "region", "region_code": "35.78"})
    assert claimed.status_code == 201
    region = claimed.json()
    assert (region["verified"], region["legal_form"]) == (False, "region")
    assert "Surabaya" in region["name"]

    draft = await officer.post("/initiatives", json={"title": INITIATIVE["title"]})
    assert draft.status_code == 201
    assert draft.json()["status"] == "draft"
    assert draft.json()["region"]["code"] == "35.78"
    path = f"/initiatives/{draft.json()['id']}"

    unverified = await officer.post(f"{path}/publish")
    assert unverified.status_code == 403
    await verify(region["id"])
    unfinished = await officer.post(f"{path}/publish")
    assert unfinished.status_code == 422
    assert {"summary", "problem", "needs", "pillar"} <= {e["field"] for e in unfinished.json()["errors"]}

    changed = await officer.patch(path, json=INITIATIVE | {"version": 1})
    assert changed.status_code == 200
    assert changed.json()["needs"] == [INITIATIVE["needs"][0] | {"detail": ""}]
    published = (await officer.post(f"{path}/publish")).json()
    assert (published["status"], published["version"]) == ("published", 3)

    found = (await officer.get(f"{path}/suggestions")).json()["items"]
    assert found[0]["card"]["title"] == CARD["title"]
    asked = {"initiative_id": published["id"], "card_id": found[0]["card"]["id"]}
    interest = await officer.post("/interests", json=asked | INTEREST)
    assert interest.status_code == 201
    assert interest.json()["state"] == "sent"

    await _talk(officer, world.company, interest.json()["id"], region["id"])


async def _talk(asking: AsyncClient, asked: AsyncClient, interest_id: int, asking_side: int) -> None:
    waiting = (await asked.get("/interests")).json()["items"][0]
    assert (waiting["id"], waiting["incoming"], waiting["message"]) == (interest_id, True, INTEREST["message"])
    accepted = (await asked.post(f"/interests/{interest_id}/accept")).json()
    assert accepted["state"] == "accepted"
    path = f"/conversations/{accepted['conversation_id']}"

    talk = (await asking.get(path)).json()
    assert (talk["state"], talk["next_actor"]["id"], talk["my_turn"]) == ("exploring", asking_side, True)
    assert datetime.fromisoformat(talk["due"]).utcoffset() is not None
    sent = await asking.post(f"{path}/messages", json={"body": "Kapan kami boleh datang?"})
    assert sent.status_code == 201
    assert sent.json()["author"]["organisation"]["id"] == asking_side
    assert (await asked.get(path)).json()["my_turn"]
    bodies = [m["body"] for m in (await asked.get(f"{path}/messages")).json()["items"]]
    assert bodies == [INTEREST["message"], "Kapan kami boleh datang?"]
    assert (await asked.get("/conversations")).json()["items"][0]["id"] == talk["id"]


async def test_declining_tells_the_reason(world: World, interest: int) -> None:
    refusal = {"reason": "no_budget", "note": "Tahun depan lagi."}
    declined = await world.region.post(f"/interests/{interest}/decline", json=refusal)
    assert declined.status_code == 200
    told = (await world.company.get(f"/interests/{interest}")).json()
    assert (told["state"], told["reason"], told["note"]) == ("declined", "no_budget", "Tahun depan lagi.")


async def test_an_answered_interest_cannot_be_withdrawn(world: World, interest: int) -> None:
    assert (await world.company.post(f"/interests/{interest}/withdraw")).json()["state"] == "withdrawn"
    again = await world.company.post(f"/interests/{interest}/withdraw")
    assert again.status_code == 409


async def test_one_open_interest_a_pair(world: World, pair: dict[str, int], interest: int) -> None:
    second = await world.region.post("/interests", json=pair | INTEREST)
    assert (interest > 0, second.status_code) == (True, 409)


async def test_the_unverified_send_five_interests_a_day(world: World, sign_up: Signed) -> None:
    company = await sign_up("eager@main.example")
    await created(company, "/organisations", {"kind": "company", "name": "CV Giat", "legal_form": "company"})
    statuses = []
    for _ in range(6):
        card = await created(company, "/cards", CARD)
        await company.post(f"/cards/{card}/publish")
        asked = {"initiative_id": world.initiative, "card_id": card}
        answer = await company.post("/interests", json=asked | INTEREST)
        statuses.append(answer.status_code)
        await company.post(f"/cards/{card}/close")
    assert statuses == [201, 201, 201, 201, 201, 429]
    assert int(answer.headers["retry-after"]) > 0


async def test_closing_takes_out_of_lists_but_not_away(world: World) -> None:
    card = await created(world.company, "/cards", CARD)
    await world.company.post(f"/cards/{card}/publish")
    closed = await world.company.post(f"/cards/{card}/close")
    assert closed.json()["status"] == "closed"
    assert (await world.anonymous.get(f"/cards/{card}")).status_code == 200
    listed = (await world.anonymous.get("/cards", params={"limit": 100})).json()["items"]
    assert card not in {item["id"] for item in listed}


async def test_an_initiative_closes_with_a_reason(world: World, pair: dict[str, int]) -> None:
    path = f"/initiatives/{pair['initiative_id']}/close"
    closed = (await world.region.post(path, json={"reason": "already_partnered"})).json()
    assert (closed["status"], closed["close_reason"]) == ("closed", "already_partnered")
