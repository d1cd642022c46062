"""Users in ``benchmarks.robust``: each has a live page of one conversation open, and writes, proposes and accepts."""

import asyncio
import itertools
import json
import random
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.robust_cast import Player

#: A request that was not answered is sent again, to whichever web process, with the same key.
AGAIN_AFTER = 0.3
AWAY = (httpx.TransportError, httpx.InvalidURL)


@dataclass
class Done:
    """Something that was acknowledged. ``what``: message, decision, confirmation, terms, acceptance."""

    what: str
    conversation_id: int
    by: str
    organisation_id: int
    row: int
    text: str
    at: float


@dataclass
class Ledger:
    """What users have sent, and what they were told."""

    sent: int = 0
    refused: int = 0
    acknowledged: list[Done] = field(default_factory=list)


class Browser:
    """A player's requests and live page. ``seen``: ids of the messages on the page in their order; ``when``: since."""

    def __init__(self, player: Player, addresses: Sequence[str], http: httpx.AsyncClient, ledger: Ledger) -> None:
        self.player, self._http, self.ledger = player, http, ledger
        # The two sides of a conversation begin at different processes.
        self._addresses = itertools.cycle(addresses if player.name.startswith("region") else addresses[::-1])
        self._address = next(self._addresses)
        self._path = f"/api/v1/conversations/{player.conversation_id}"
        self._headers = {"Authorization": f"Bearer {player.token}"}
        self.seen: list[int] = []
        self.when: dict[int, float] = {}
        self.events: list[int] = []
        self._numbers = itertools.count(1)

    async def ask(self, path: str) -> Any:
        """Until it is answered."""
        while True:
            try:
                answer = await self._http.get(f"{self._address}{path}", headers=self._headers)
                if answer.status_code < 500:
                    answer.raise_for_status()
                    return answer.json()
            except AWAY:
                pass
            await self._elsewhere()

    async def send(self, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """Until it is acknowledged; None where it is refused for good."""
        self.ledger.sent += 1
        headers = self._headers | {"Idempotency-Key": uuid.uuid4().hex}
        while True:
            try:
                answer = await self._http.post(f"{self._address}{self._path}{path}", headers=headers, json=body)
                if answer.is_success:
                    return dict(answer.json())
                if answer.status_code < 500:
                    self.ledger.refused += 1
                    return None
            except AWAY:
                pass
            await self._elsewhere()

    async def _elsewhere(self) -> None:
        self._address = next(self._addresses)
        await asyncio.sleep(AGAIN_AFTER)

    async def live(self) -> None:
        """The open page: follows the stream, and shows what is new; ends when it is cancelled."""
        last = ""
        while True:
            headers = self._headers | ({"Last-Event-ID": last} if last else {})
            try:
                url = f"{self._address}/api/v1/events"
                async with self._http.stream("GET", url, headers=headers) as answer:
                    if answer.status_code == 200:
                        last = await self._follow(answer, last)
            except AWAY:
                pass
            await self._elsewhere()

    async def _follow(self, answer: httpx.Response, last: str) -> str:
        event, number, about = "", last, -1
        try:
            async for line in answer.aiter_lines():
                if line.startswith("id:"):
                    number = line[3:].strip()
                elif line.startswith("event:"):
                    event = line[6:].strip()
                elif line.startswith("data:"):
                    about = json.loads(line[5:])["conversation_id"]
                elif line.startswith(":"):
                    # The greeting: what was before it must be fetched, what comes behind it is told.
                    await self.catch_up()
                elif not line and event:
                    if number != last:
                        self.events.append(int(number))
                    # As the pages do: of another talk of the same organisation only a count would change.
                    if event == "message" and about == self.player.conversation_id:
                        await self.catch_up()
                    event, last = "", number
        except AWAY:
            pass
        return last

    async def catch_up(self) -> None:
        after = self.seen[-1] if self.seen else 0
        page = await self.ask(f"{self._path}/messages?after={after}&limit=100")
        for message in page["items"]:
            if message["id"] > (self.seen[-1] if self.seen else 0):
                self.seen.append(message["id"])
                self.when[message["id"]] = time.monotonic()

    async def all_of(self, path: str) -> list[dict[str, Any]]:
        """A whole list, as the server has it."""
        items: list[dict[str, Any]] = []
        cursor = ""
        while True:
            page = await self.ask(f"{self._path}{path}?limit=100{cursor}")
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = f"&cursor={page['next']}"

    async def act(self, chance: random.Random) -> None:
        """One deed; most are messages."""
        drawn = chance.random()
        if drawn < 0.06:
            await self._note(
                "decision", "/decisions", {"title": self._text(), "body": "Disepakati bersama."}, "number"
            )
        elif drawn < 0.12:
            await self._confirm()
        elif drawn < 0.15:
            newest = await self._newest_terms()
            await self._note("terms", "/terms", {"version": newest, "purpose": self._text()}, "version")
        elif drawn < 0.20:
            if newest := await self._newest_terms():
                await self._note("acceptance", f"/terms/{newest}/accept", {}, "version")
        else:
            await self._note("message", "/messages", {"body": self._text()}, "id")

    def _text(self) -> str:
        return f"{self.player.name} nomor {next(self._numbers)}"

    async def _note(self, what: str, path: str, body: dict[str, Any], row: str) -> None:
        if answer := await self.send(path, body):
            text = str(body.get("body" if what == "message" else "title") or body.get("purpose") or "")
            me = self.player
            done = Done(what, me.conversation_id, me.name, me.organisation_id, answer[row], text, time.monotonic())
            self.ledger.acknowledged.append(done)

    async def _confirm(self) -> None:
        """The first decision of the other side that waits for this one."""
        own = self.player.organisation_id
        for decision in await self.all_of("/decisions"):
            if decision["state"] == "proposed" and decision["author"]["organisation"]["id"] != own:
                await self._note("confirmation", f"/decisions/{decision['number']}/confirm", {}, "number")
                return

    async def _newest_terms(self) -> int:
        return max((terms["version"] for terms in await self.all_of("/terms")), default=0)
