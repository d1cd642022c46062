"""Notices for programs: sentences in the caller's language, how many are new, and a mark that never goes back."""

from tests.api.conftest import World


async def test_notices_are_listed_and_marked(world: World, conversation: int) -> None:
    told = (await world.company.get("/notices")).json()
    newest = told["items"][0]
    assert (newest["kind"], newest["detail"], newest["conversation_id"]) == ("interest", "accepted", conversation)
    assert newest["text"].endswith("has accepted your interest. The conversation is open.")
    assert newest["address"] == f"/percakapan/{conversation}"
    assert (newest["actor"]["id"], newest["organisation"]["id"]) == (world.region_id, world.company_id)
    assert newest["unread"]
    assert told["unread"] > 1
    indonesian = (await world.company.get("/notices", headers={"Accept-Language": "id"})).json()
    assert "menerima pernyataan minat Anda" in indonesian["items"][0]["text"]

    before = (await world.company.post("/notices/read", json={"up_to": told["items"][1]["id"]})).json()
    assert before == {"unread": 1}
    assert (await world.company.post("/notices/read", json={})).json() == {"unread": 0}
    # A mark never goes back, nor to what is not there yet.
    assert (await world.company.post("/notices/read", json={"up_to": 1})).json() == {"unread": 0}
    await world.company.post("/notices/read", json={"up_to": 2**31 - 1})
    await world.region.post(f"/conversations/{conversation}/messages", json={"body": "Kapan Anda datang?"})
    told = (await world.company.get("/notices", params={"limit": 1})).json()
    assert (told["items"][0]["kind"], told["unread"]) == ("message", 1)
    assert "Kapan" not in str(told)
    following = (await world.company.get("/notices", params={"limit": 1, "cursor": told["next"]})).json()
    assert following["items"][0]["id"] == newest["id"]


async def test_each_sees_their_own(world: World, conversation: int) -> None:
    items = (await world.region.get("/notices", params={"limit": 100})).json()["items"]
    assert {item["organisation"]["id"] for item in items} == {world.region_id}
    assert world.region_id not in {item["actor"]["id"] for item in items if item["actor"]}
    stranger = (await world.stranger.get("/notices")).json()
    assert (conversation > 0, stranger) == (True, {"items": [], "next": None, "unread": 0})


async def test_what_is_wrong_is_said_at_its_field(world: World) -> None:
    answer = await world.company.post("/notices/read", json={"up_to": 0})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["up_to"]
