"""Uploads on a real line: slow ones hold up nobody, broken ones leave nothing, and too large ones get an answer."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from litestar import Litestar

from matchmaker.database import Database
from matchmaker.services import Services, cookie_name
from matchmaker.storage import Storage
from tests.documents import PDF
from tests.visitor import Visitor
from tests.world import Scene, World

BOUNDARY = "b0undary"


@pytest.fixture
async def port(app: Litestar) -> AsyncIterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="warning"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        yield int(listener.getsockname()[1])
        server.should_exit = True
        await task


@pytest.fixture
def folder(services: Services, tmp_path: Path) -> Path:
    services.storage = Storage(tmp_path / "files")
    return services.storage.folder


def files_in(folder: Path) -> list[Path]:
    return [place for place in folder.rglob("*") if place.is_file()]


async def begun(
    app: Litestar, world: World, scene: Scene, port: int, length: int
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The head of a form that hands in a file, sent by hand."""
    token = await Visitor(app).sign_in(world.founder)
    head = (
        f"POST /api/v1/conversations/{scene.conversation}/files HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {length}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode())
    return reader, writer


def part(content: bytes) -> bytes:
    opening = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    return opening.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


async def until(folder: Path, number: int) -> None:
    async with asyncio.timeout(10):
        while len(files_in(folder)) != number:  # noqa: ASYNC110 - another process could not be waited for otherwise
            await asyncio.sleep(0.02)


async def test_a_slow_upload_holds_up_no_writer_and_a_broken_one_leaves_nothing(
    app: Litestar, world: World, scene: Scene, port: int, folder: Path, database: Database
) -> None:
    body = part(PDF + b"\x00" * 3_000_000)
    _reader, writer = await begun(app, world, scene, port, len(body))
    writer.write(body[:2_000_000])
    await writer.drain()
    await until(folder, 1)
    async with asyncio.timeout(3), database.transaction():
        pass
    writer.transport.abort()
    await until(folder, 0)


async def test_what_arrives_whole_is_there(app: Litestar, world: World, scene: Scene, port: int, folder: Path) -> None:
    body = part(PDF)
    reader, writer = await begun(app, world, scene, port, len(body))
    for start in range(0, len(body), 50):
        writer.write(body[start : start + 50])
        await writer.drain()
    answer = await reader.read()
    assert answer.startswith(b"HTTP/1.1 201")
    assert [place.read_bytes() for place in files_in(folder)] == [PDF]
    writer.close()


async def test_what_is_too_large_is_answered_though_it_is_not_read(
    app: Litestar, world: World, scene: Scene, port: int, folder: Path, services: Services
) -> None:
    token = await Visitor(app).sign_in(world.founder)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        answer = await client.post(
            f"/api/v1/conversations/{scene.conversation}/files",
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
            files={"file": ("a.pdf", PDF + b"\x00" * 60_000_000)},
        )
        assert answer.status_code == 422
        assert answer.json()["errors"] == [{"field": "file", "message": "This file is larger than 20 MB."}]
        assert cookie_name(services.settings) == "session"
        nobody = await client.post(
            f"/percakapan/{scene.conversation}/berkas", files={"file": ("a.pdf", b"\x00" * 30_000_000)}
        )
        assert nobody.status_code == 401
    assert files_in(folder) == []


async def test_a_cancelled_request_leaves_nothing(app: Litestar, world: World, scene: Scene, folder: Path) -> None:
    visitor = Visitor(app)
    token = await visitor.sign_in(world.founder)

    async def slow() -> AsyncIterator[bytes]:
        yield part(PDF + b"\x00" * 900_000)[:800_000]
        await asyncio.sleep(60)

    sending = asyncio.create_task(
        visitor.client.post(
            f"/api/v1/conversations/{scene.conversation}/files",
            content=slow(),
            headers={
                "Authorization": f"Bearer {token}",
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            },
        )
    )
    await until(folder, 1)
    sending.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await sending
    assert files_in(folder) == []
    await visitor.close()
