"""Files over the API: handed in once for each key, listed in versions, given back as bytes."""

from typing import Any

import pytest

from tests.api.conftest import World
from tests.documents import PAGE, PDF


async def send(client: Any, conversation: int, name: str, content: bytes, **headers: str) -> Any:
    return await client.post(f"/conversations/{conversation}/files", files={"file": (name, content)}, headers=headers)


async def test_a_file_and_its_versions(world: World, conversation: int) -> None:
    first = await send(world.company, conversation, "a.pdf", PDF)
    assert first.status_code == 201
    second = (await send(world.region, conversation, "A.PDF", PDF + b"\n")).json()
    assert second["id"] == first.json()["id"]
    assert [version["version"] for version in second["versions"]] == [2, 1]
    assert {version["kind"] for version in second["versions"]} == {"pdf"}
    listed = (await world.company.get(f"/conversations/{conversation}/files")).json()
    assert second in listed["items"]
    got = await world.region.get(f"/conversations/{conversation}/files/{second['id']}/1")
    assert (got.content, got.headers["content-type"]) == (PDF, "application/octet-stream")
    gone = await world.region.get(f"/conversations/{conversation}/files/{second['id']}/3")
    assert gone.status_code == 404


async def test_a_repeat_with_the_same_key_makes_no_version(world: World, conversation: int) -> None:
    key = {"Idempotency-Key": "berkas-satu"}
    first = await send(world.company, conversation, "b.pdf", PDF, **key)
    again = await send(world.company, conversation, "b.pdf", PDF, **key)
    assert (again.content, again.headers["idempotency-replayed"]) == (first.content, "true")
    other = await send(world.company, conversation, "b.pdf", PDF + b"x", **key)
    renamed = await send(world.company, conversation, "c.pdf", PDF, **key)
    assert [other.status_code, renamed.status_code] == [409, 409]


@pytest.mark.parametrize("content", [PAGE, b""])
async def test_what_is_none_is_told_at_its_field(world: World, conversation: int, content: bytes) -> None:
    answer = await send(world.company, conversation, "d.pdf", content)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["file"]


async def test_a_body_of_another_kind_is_no_file(world: World, conversation: int) -> None:
    answer = await world.company.post(f"/conversations/{conversation}/files", json={"file": "x"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")
