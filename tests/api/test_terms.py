"""The term sheet and the decisions of a talk, as a program negotiates them."""

from typing import Any

from httpx import AsyncClient

from tests.api.conftest import CARD, INITIATIVE, World

SHEET: dict[str, Any] = {
    "purpose": "Kompos dari sampah pasar.",
    "costs": "Masing-masing pihak.",
    "duration_months": 12,
}
POINT = {"title": "Kunjungan sebelum panen", "body": "Tiga orang meninjau pasar pada bulan Maret."}


async def posted(client: AsyncClient, path: str, body: dict[str, Any], status: int = 201) -> dict[str, Any]:
    answer = await client.post(path, json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_terms_from_the_first_sheet_to_agreed(world: World, conversation: int) -> None:
    talk = f"/conversations/{conversation}"
    empty = (await world.region.get(f"{talk}/terms")).json()
    assert (empty["items"], empty["next"], empty["difference"]) == ([], None, None)
    assert empty["suggested"]["object"] == INITIATIVE["title"]
    assert CARD["asks"] in empty["suggested"]["region_brings"]
    assert CARD["region_gets"] in empty["suggested"]["partner_brings"]
    assert "Pasar Wonokromo" in empty["suggested"]["partner_brings"]

    first = await posted(world.region, f"{talk}/terms", SHEET)
    assert (first["version"], first["newest"], first["agreed"], first["accepted_by"]) == (1, True, False, [])
    state = (await world.company.get(talk)).json()
    assert (state["state"], state["my_turn"]) == ("terms_drafted", True)
    second = await posted(world.company, f"{talk}/terms", {"version": 1, "duration_months": 24})
    assert (second["version"], second["purpose"], second["author"]["organisation"]["id"]) == (
        2,
        SHEET["purpose"],
        world.company_id,
    )
    late = await posted(world.region, f"{talk}/terms/1/accept", {}, 409)
    assert late["status"] == 409
    accepted = await posted(world.region, f"{talk}/terms/2/accept", {}, 200)
    assert [a["organisation_id"] for a in accepted["accepted_by"]] == [world.region_id]
    assert (await posted(world.company, f"{talk}/terms/2/accept", {}, 200))["agreed"]
    listed = (await world.region.get(f"{talk}/terms")).json()
    assert [(v["version"], v["agreed"]) for v in listed["items"]] == [(2, True), (1, False)]
    assert listed["suggested"] is None
    stretch = (await world.region.get(f"{talk}/terms", params={"limit": 1})).json()
    assert (len(stretch["items"]), stretch["next"]) == (1, "2")
    older = (await world.region.get(f"{talk}/terms", params={"cursor": stretch["next"]})).json()
    assert [(v["version"], v["newest"]) for v in older["items"]] == [(1, False)]
    one = (await world.company.get(f"{talk}/terms/1")).json()
    assert (one["duration_months"], one["newest"]) == (12, False)


async def test_the_difference_between_two_versions(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/terms"
    await posted(world.region, path, SHEET)
    await posted(world.company, path, {"version": 1, "costs": "Masing-masing pihak, kecuali listrik."})
    answer = (await world.region.get(path, params={"compare": "1,2"})).json()["difference"]
    assert (answer["before"], answer["after"], len(answer["sections"])) == (1, 2, 13)
    changed = [section for section in answer["sections"] if section["changed"]]
    assert [(section["section"], section["text"]) for section in changed] == [
        ("costs", "Masing-masing pihak{+, kecuali listrik+}.")
    ]
    back = (await world.region.get(path, params={"compare": "2,1"})).json()["difference"]
    assert {part["change"] for section in back["sections"] for part in section["parts"]} == {"same", "removed"}
    for compare, status in (("1,3", 404), ("1,9999999999", 404), ("1", 422), ("a,b", 422)):
        assert (await world.region.get(path, params={"compare": compare})).status_code == status


async def test_a_stale_version_is_told_both_texts(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/terms"
    await posted(world.region, path, SHEET)
    refused = await posted(world.company, path, {"purpose": "Pupuk untuk sawah."}, 409)
    assert refused["current"]["version"] == 1
    assert refused["current"]["purpose"] == SHEET["purpose"]
    assert refused["yours"] == {"purpose": "Pupuk untuk sawah."}
    wrong = await posted(world.company, path, {"version": 1, "duration_months": 61, "scope": "x" * 4001}, 422)
    assert {error["field"] for error in wrong["errors"]} == {"duration_months", "scope"}


async def test_a_repeated_version_is_one_version(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/terms"
    key = {"Idempotency-Key": f"terms-{conversation}"}
    answers = [await world.region.post(path, json=SHEET, headers=key) for _ in range(3)]
    assert {(a.status_code, a.json()["version"]) for a in answers} == {(201, 1)}
    assert len((await world.region.get(path)).json()["items"]) == 1


async def test_comments_on_sections(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/terms"
    early = await world.region.post(f"{path}/comments", json={"section": "scope", "body": "Pasar mana?"})
    assert early.status_code == 409
    await posted(world.region, path, SHEET)
    said = await posted(world.company, f"{path}/comments", {"section": "scope", "body": "Pasar mana saja?"})
    assert (said["version"], said["section"], said["resolved_at"]) == (1, "scope", None)
    done = await posted(world.region, f"{path}/comments/{said['id']}/resolve", {}, 200)
    assert done["resolved_at"] is not None
    assert (await posted(world.company, f"{path}/comments/{said['id']}/reopen", {}, 200))["resolved_at"] is None
    await posted(world.region, f"{path}/comments", {"section": "costs", "body": "Listrik belum."})
    first = (await world.region.get(f"{path}/comments", params={"limit": 1})).json()
    rest = (await world.region.get(f"{path}/comments", params={"cursor": first["next"]})).json()
    assert [c["section"] for c in first["items"] + rest["items"]] == ["scope", "costs"]
    assert (await world.region.post(f"{path}/comments/99999/resolve")).status_code == 404
    wrong = await world.region.post(f"{path}/comments", json={"section": "prices", "body": ""})
    assert {error["field"] for error in wrong.json()["errors"]} == {"section", "body"}


async def test_decisions_from_proposal_to_replacement(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/decisions"
    first = await posted(world.region, path, POINT)
    assert (first["number"], first["state"]) == (1, "proposed")
    assert (await posted(world.region, f"{path}/1/confirm", {}, 200))["state"] == "proposed"
    assert (await posted(world.company, f"{path}/1/confirm", {}, 200))["state"] == "final"
    later = await posted(world.company, path, POINT | {"replaces": 1, "section": "scope"})
    assert (later["number"], later["replaces"]) == (2, 1)
    assert (await posted(world.region, f"{path}/2/confirm", {}, 200))["state"] == "final"
    listed = (await world.region.get(path)).json()["items"]
    assert [(d["number"], d["state"], d["replaced_by"]) for d in listed] == [(1, "final", 2), (2, "final", None)]
    await posted(world.region, path, POINT)
    assert (await world.company.post(f"{path}/3/withdraw")).status_code == 403
    assert (await posted(world.region, f"{path}/3/withdraw", {}, 200))["state"] == "withdrawn"
    assert (await world.company.post(f"{path}/3/confirm")).status_code == 409
    assert (await world.region.post(f"{path}/1/withdraw")).status_code == 409
    stretch = (await world.region.get(path, params={"limit": 2})).json()
    assert ([d["number"] for d in stretch["items"]], stretch["next"]) == ([1, 2], "2")
    await posted(world.region, path, POINT)
    empty = await world.company.post(f"{path}/4/reject", json={"reason": ""})
    assert [error["field"] for error in empty.json()["errors"]] == ["reason"]
    assert (await world.region.post(f"{path}/4/reject", json={"reason": "Kami sendiri"})).status_code == 403
    assert (await world.company.post(f"{path}/1/reject", json={"reason": "Terlambat"})).status_code == 409
    no = await posted(world.company, f"{path}/4/reject", {"reason": "Pasar itu belum siap."}, 200)
    assert (no["state"], no["reason"], no["confirmed_at"]) == ("rejected", "Pasar itu belum siap.", None)
    assert no["rejected_at"]
    assert (await world.company.post(f"{path}/4/confirm")).status_code == 409
    for missing in ("5", "0", "9999999999"):
        assert (await world.company.post(f"{path}/{missing}/confirm")).status_code == 404
