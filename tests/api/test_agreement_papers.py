"""The signed paper of an agreement over the API: handed in once by the region, read by both sides."""

import hashlib
from typing import Any

import pytest
from litestar import Litestar
from sqlmodel import col, select

from matchmaker.database import Database
from models import StoredFile
from tests.api.conftest import World
from tests.documents import PAGE, PDF, TAKEN


@pytest.fixture
async def agreement(world: World, conversation: int) -> str:
    """The address of one whose joint agreement is recorded as signed, on paper."""
    steps = f"/conversations/{conversation}/steps"
    for step in ("draft_terms", "submit"):
        answer = await world.region.post(steps, json={"step": step})
        assert answer.status_code == 200, answer.text
    listed = (await world.region.get("/agreements")).json()["items"]
    path = f"/agreements/{next(a['id'] for a in listed if a['conversation_id'] == conversation)}"
    signing = {
        "step": "sign_kb",
        "number": "119/KB/2026",
        "signed_on": "2026-01-05",
        "ends_on": "2027-01-05",
        "on_paper_at": "Bagian Kerja Sama, map 7",
    }
    answer = await world.region.post(f"{path}/signatures", json=signing)
    assert answer.status_code == 200, answer.text
    return path


async def send(client: Any, path: str, content: bytes = PDF, name: str = "KB.pdf") -> Any:
    return await client.post(path, files={"file": (name, content)})


async def test_handed_in_once_and_read_by_both(world: World, agreement: str) -> None:
    path = f"{agreement}/stages/kb_signed/file"
    for client in (world.region, world.company):
        assert (await client.get(path)).status_code == 404
    told = await send(world.region, path)
    assert told.status_code == 201, told.text
    assert (told.json()["file_name"], told.json()["file_kind"], told.json()["stage"]) == ("KB.pdf", "pdf", "kb_signed")
    for client in (world.region, world.company):
        got = await client.get(path)
        assert (got.content, got.headers["content-type"]) == (PDF, "application/octet-stream")
    stages = (await world.company.get(agreement)).json()["stages"]
    assert next(s["file_name"] for s in stages if s["stage"] == "kb_signed") == "KB.pdf"
    assert (await send(world.region, path, PDF + b"\n")).status_code == 409
    assert (await world.company.get(path)).content == PDF


async def test_the_paper_of_another_stage_can_be_replaced(world: World, agreement: str, app: Litestar) -> None:
    await world.region.post(f"{agreement}/stages", json={"stage": "pks_drafted", "done_on": "2026-02-01"})
    path = f"{agreement}/stages/pks_drafted/file"
    drafts = [PDF + b"first draft", PDF + b"second draft"]
    for content in drafts:
        assert (await send(world.region, path, content, "PKS.pdf")).status_code == 201
    assert (await world.company.get(path)).content == drafts[1]
    # Nobody can reach the one before any more: the next sweep takes it.
    names = [hashlib.sha256(content).hexdigest() for content in drafts]
    database: Database = app.state.services.database
    async with database.transaction(write=False) as session:
        query = select(StoredFile.sha256).where(col(StoredFile.sha256).in_(names))
        assert (await session.exec(query)).all() == names[1:]


async def test_who_may_not_and_what_is_none(world: World, agreement: str) -> None:
    path = f"{agreement}/stages/kb_signed/file"
    assert (await send(world.company, path)).status_code == 403
    for client in (world.stranger,):
        assert [(await send(client, path)).status_code, (await client.get(path)).status_code] == [404, 404]
    assert (await send(world.anonymous, path)).status_code == 401
    # A stage that is not recorded, and what is none.
    for stage in ("pks_signed", "lain"):
        assert (await send(world.region, f"{agreement}/stages/{stage}/file")).status_code == 404
        assert (await world.region.get(f"{agreement}/stages/{stage}/file")).status_code == 404
    for content in (PAGE, b"", TAKEN["docx"]):
        answer = await send(world.region, path, content)
        assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, ["file"])
    assert (await world.region.get(path)).status_code == 404
