"""What a member has begun to write, over the API: theirs alone."""

from tests.api.conftest import World


async def test_saved_read_and_dropped(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/draft"
    none = {"body": "", "kind": "message", "updated_at": None}
    assert (await world.region.get(path)).json() == none
    saved = await world.region.put(path, json={"body": "Apakah mesinnya", "kind": "note"})
    assert (saved.status_code, saved.json()["body"], saved.json()["kind"]) == (200, "Apakah mesinnya", "note")
    assert saved.json()["updated_at"].endswith("Z")
    assert (await world.region.get(path)).json() == saved.json()
    # The other side has nothing of it, and those outside find no such place.
    assert (await world.company.get(path)).json() == none
    for answer in (
        await world.stranger.get(path),
        await world.stranger.put(path, json={"body": "Halo"}),
        await world.stranger.delete(path),
    ):
        assert answer.status_code == 404
    assert (await world.region.put(path, json={"body": "Apakah mesin itu"})).json()["body"] == "Apakah mesin itu"
    assert (await world.region.delete(path)).json() == none
    assert (await world.region.delete(path)).json() == none


async def test_sending_takes_it_away_and_it_does_not_come_back(world: World, conversation: int) -> None:
    path, key = f"/conversations/{conversation}/draft", {"key": "kunci-pesan-1"}
    await world.company.put(path, json={"body": "Halo", **key})
    await world.company.post(f"/conversations/{conversation}/messages", json={"body": "Halo, Bapak Ibu.", **key})
    assert (await world.company.put(path, json={"body": "Halo, Ba", **key})).json()["body"] == ""


async def test_a_closed_talk_takes_no_draft_but_lets_it_go(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/draft"
    await world.region.put(path, json={"body": "Belum selesai"})
    left = await world.company.post(f"/conversations/{conversation}/steps", json={"step": "leave", "reason": "other"})
    assert left.status_code == 200
    assert (await world.region.put(path, json={"body": "Masih ada"})).status_code == 409
    assert (await world.region.get(path)).json()["body"] == "Belum selesai"
    assert (await world.region.delete(path)).json()["body"] == ""
    assert (await world.region.put(path, json={"body": "x" * 10_001})).status_code == 422
