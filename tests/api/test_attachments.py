"""Files of an initiative over the API."""

import pytest

from tests.api.conftest import World, created
from tests.documents import PAGE, PDF


async def test_attached_told_fetched_and_removed(world: World) -> None:
    initiative = await created(world.region, "/initiatives", {"title": "Lampiran untuk dibaca"})
    path = f"/initiatives/{initiative}/attachments"
    first = await world.region.post(path, files={"file": ("Peta.pdf", PDF)})
    assert first.status_code == 201
    told = first.json()
    assert (told["name"], told["kind"], told["size"]) == ("Peta.pdf", "pdf", len(PDF))
    assert (await world.region.get(f"/initiatives/{initiative}")).json()["attachments"] == [told]
    got = await world.region.get(f"{path}/{told['id']}")
    assert (got.content, got.headers["content-type"]) == (PDF, "application/octet-stream")
    for client in (world.company, world.stranger):
        assert (await client.get(f"{path}/{told['id']}")).status_code == 404
        assert (await client.delete(f"{path}/{told['id']}")).status_code == 404
        assert (await client.post(path, files={"file": ("Peta.pdf", PDF)})).status_code == 404
    assert (await world.region.delete(f"{path}/{told['id']}")).json() == {"items": []}
    assert (await world.region.get(f"{path}/{told['id']}")).status_code == 404


async def test_published_ones_are_for_the_signed_in(world: World) -> None:
    path = f"/initiatives/{world.initiative}/attachments"
    told = (await world.region.post(path, files={"file": ("Kajian.pdf", PDF)})).json()
    assert (await world.stranger.get(f"{path}/{told['id']}")).content == PDF
    assert (await world.anonymous.get(f"{path}/{told['id']}")).status_code == 401
    shown = (await world.anonymous.get(f"/initiatives/{world.initiative}")).json()
    assert [file["id"] for file in shown["attachments"]] == [told["id"]]
    assert (await world.company.delete(f"{path}/{told['id']}")).status_code == 404
    await world.region.delete(f"{path}/{told['id']}")


@pytest.mark.parametrize("content", [PAGE, b""])
async def test_what_is_none_is_told_at_its_field(world: World, content: bytes) -> None:
    answer = await world.region.post(
        f"/initiatives/{world.initiative}/attachments", files={"file": ("a.pdf", content)}
    )
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["file"]


async def test_five_at_most_and_a_repeat_is_one(world: World) -> None:
    initiative = await created(world.region, "/initiatives", {"title": "Lampiran yang banyak"})
    path = f"/initiatives/{initiative}/attachments"
    for number in range(5):
        headers = {"Idempotency-Key": f"lampiran-{number}"}
        for _again in range(2):
            answer = await world.region.post(path, files={"file": ("a.pdf", PDF + bytes([number]))}, headers=headers)
            assert answer.status_code == 201
    assert (await world.region.post(path, files={"file": ("a.pdf", PDF + b"6")})).status_code == 409
    assert len((await world.region.get(f"/initiatives/{initiative}")).json()["attachments"]) == 5
