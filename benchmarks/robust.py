"""Users in conversations while processes, Redis and PostgreSQL are killed and started again at random.

    python -m benchmarks.robust [--users 200 --seconds 120 --kill-every 8]      two web processes, a worker
    python -m benchmarks.robust --sqlite                                        one process on SQLite

The first with PostgreSQL and Redis. Every user has a live page open and writes, proposes decisions, confirms them and
accepts terms, each deed sent again with its key until it is answered. In the end both sides' pages are compared with
what was acknowledged. Printed: sent, acknowledged, lost, doubled, out of order, the time from acknowledgement to the
other side's page, and how long pages took to catch up behind a restart. Exit status 1 if anything was lost, doubled or
out of order.
"""

import argparse
import asyncio
import random
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.robust_cast import Player, prepare
from benchmarks.robust_judge import Verdict, judge
from benchmarks.robust_services import Postgres, Process, Redis, Service
from benchmarks.robust_users import Browser, Ledger
from matchmaker.settings import Settings

SECRET = "a-secret-of-this-trial-that-is-long-enough"
CAUGHT_UP_WITHIN = 5.0


@dataclass
class Plan:
    users: int = 200
    seconds: float = 120
    kill_every: float = 8
    pause: float = 20
    sqlite: bool = False
    seed: int = 1


@dataclass
class Scene:
    """``mortal``: what may be killed; ``web``: addresses of the web processes."""

    mortal: list[Service]
    web: list[str]
    settings: dict[str, str] = field(default_factory=dict)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def set_up(stack: ExitStack, folder: Path, sqlite: bool) -> Scene:
    """Nothing of the application runs yet."""
    settings = {"SECRET_KEY": SECRET, "INDEX_DIR": ""}
    services: list[Service] = []
    if sqlite:
        settings["DATABASE_URL"] = f"sqlite+aiosqlite:///{folder}/robust.db"
    else:
        # Not in the folder: root starts the server as another user.
        postgres = Postgres(Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))))
        stack.callback(postgres.stop)
        redis = Redis(free_port())
        stack.callback(redis.stop)
        services += [postgres, redis]
        settings |= {"DATABASE_URL": postgres.url, "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0"}
    ports = [free_port() for _number in range(1 if sqlite else 2)]
    web: list[Service] = [
        Process(f"web{number}", ["serve"], folder, settings, port) for number, port in enumerate(ports, 1)
    ]
    if not sqlite:
        web.append(Process("worker", ["worker"], folder, settings))
    return Scene([*services, *web], [f"http://127.0.0.1:{port}" for port in ports], settings)


async def kill_at_random(scene: Scene, plan: Plan, until: float, chance: random.Random) -> list[tuple[str, float]]:
    """Each part in turn, in an order of chance; answers who was killed, and when it was ready again."""
    killed: list[tuple[str, float]] = []
    waiting: list[Service] = []
    while True:
        due = time.monotonic() + plan.kill_every * chance.uniform(0.5, 1.5)
        await asyncio.sleep(min(due, until) - time.monotonic())
        if due > until:
            return killed
        waiting = waiting or chance.sample(scene.mortal, len(scene.mortal))
        victim = waiting.pop()
        await asyncio.to_thread(victim.kill)
        await asyncio.sleep(chance.uniform(0.2, 2))
        await asyncio.to_thread(victim.start)
        killed.append((victim.name, time.monotonic()))
        print(f"  killed and started again: {victim.name}", flush=True)


async def play(browser: Browser, plan: Plan, until: float, chance: random.Random) -> None:
    while True:
        await asyncio.sleep(plan.pause * chance.uniform(0.2, 1.8))
        if time.monotonic() > until:
            return
        await browser.act(chance)


async def settle(browsers: Sequence[Browser], within: float = 60) -> float:
    """Seconds until every page shows every acknowledged message."""
    began = time.monotonic()
    expected: dict[int, set[int]] = {}
    for done in browsers[0].ledger.acknowledged:
        if done.what == "message":
            expected.setdefault(done.conversation_id, set()).add(done.row)
    while time.monotonic() - began < within:
        if all(expected.get(b.player.conversation_id, set()) <= set(b.seen) for b in browsers):
            break
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def perform(scene: Scene, players: Sequence[Player], plan: Plan) -> tuple[Verdict, list[tuple[str, float]]]:
    chance = random.Random(plan.seed)
    ledger = Ledger()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=plan.users)
    timeout = httpx.Timeout(15, read=20)
    async with httpx.AsyncClient(limits=limits, timeout=timeout, trust_env=False) as http:
        browsers = [Browser(player, scene.web, http, ledger) for player in players]
        pages = [asyncio.create_task(browser.live()) for browser in browsers]
        until = time.monotonic() + plan.seconds
        acting = [
            asyncio.create_task(play(b, plan, until, random.Random(f"{plan.seed} {b.player.name}"))) for b in browsers
        ]
        try:
            killed = await kill_at_random(scene, plan, until, chance)
            await asyncio.gather(*acting)
            caught_up = await settle(browsers)
        finally:
            for task in (*pages, *acting):
                task.cancel()
            await asyncio.gather(*pages, *acting, return_exceptions=True)
        return await judge(browsers, ledger, killed, caught_up), killed


def run(plan: Plan) -> Verdict:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        scene = set_up(stack, folder, plan.sqlite)
        settings = Settings(database_url=scene.settings["DATABASE_URL"], secret_key=SECRET, index_dir="")
        players = asyncio.run(prepare(settings, plan.users // 2))
        for service in scene.mortal:
            if isinstance(service, Process):
                stack.callback(service.stop)
                service.start()
        print(f"{plan.users} users in {plan.users // 2} conversations, {plan.seconds:.0f} s:", flush=True)
        verdict, killed = asyncio.run(perform(scene, players, plan))
        verdict.kills = len(killed)
        return verdict


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in vars(Plan()).items():
        option = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            parser.add_argument(option, action="store_true")
        else:
            parser.add_argument(option, type=type(value), default=value)
    with suppress(KeyboardInterrupt):
        verdict = run(Plan(**vars(parser.parse_args())))
        print(verdict)
        return 0 if verdict.good else 1
    return 130


if __name__ == "__main__":
    sys.exit(main())
