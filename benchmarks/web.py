"""Pages against a bare Litestar + Jinja page of the same size with one query, in one interleaved run.

    python -m benchmarks.web [--rounds 200]

Both applications run in this process on the same SQLite file and are called through ASGI without a socket, so the
figures compare what the applications do, not the server. Printed: our median CPU time over the bare page's (1.00 is as
much, 2.00 twice), p99 over median of the wall time, queries, and bytes. The bare page repeats its rows until it has
our size. CPU time, because wall time on a shared machine is mostly other people's work.
"""

import argparse
import asyncio
import gzip
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.request import urlopen

import sqlalchemy
from jinja2 import Environment
from litestar import Litestar, Response, get
from sqlalchemy import event
from sqlmodel import col, select

from matchmaker.__main__ import _prepare
from matchmaker.app import create_app
from matchmaker.database import Database
from matchmaker.settings import Settings
from models import Initiative

PAGES = {
    "home": "/",
    "list of initiatives": "/inisiatif",
    "an initiative": "/inisiatif/1",
    "list of cards": "/kapabilitas",
    "a card": "/kapabilitas/1",
    "regions": "/daerah",
    "suggestions": "/inisiatif/1/saran",
}
BARE = Environment(autoescape=True).from_string(
    "<!doctype html><title>Bare</title><ul>{% for row in rows %}<li><a href='/x/{{ row.id }}'>{{ row.title }}</a>"
    "<p>{{ row.summary }}</p>{% endfor %}</ul>"
)


def bare_app(settings: Settings) -> Litestar:
    """The least that answers a page with one query: no session, no language, no headers, no check."""
    database = Database(settings)

    @get("/")
    async def page(size: int) -> Response[str]:
        async with database.transaction(write=False) as session:
            columns = select(Initiative.id, Initiative.title, Initiative.summary)
            rows = (await session.exec(columns.order_by(col(Initiative.id)).limit(20))).all()
        each = sum(len(row.title) + len(row.summary) + 42 for row in rows) / len(rows)
        shown = [rows[i % len(rows)] for i in range(round(size / each))]
        return Response(BARE.render(rows=shown), media_type="text/html")

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        yield
        await database.close()

    return Litestar([page], lifespan=[lifespan], openapi_config=None)


async def fetch(app: Litestar, address: str) -> bytes:
    path, _mark, query = address.partition("?")
    body = bytearray()
    status = 0

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        nonlocal status
        status = int(message.get("status", status))  # type: ignore[call-overload]
        body.extend(message.get("body", b""))  # type: ignore[arg-type]

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1"), (b"cookie", b"csrf=x")],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
    await app(scope, receive, send)  # type: ignore[arg-type]
    if status != 200:
        raise SystemExit(f"{address}: {status}")
    return bytes(body)


async def compare(settings: Settings, rounds: int) -> None:
    ours, bare = create_app(settings), bare_app(settings)
    async with ours.lifespan(), bare.lifespan():
        await ours.state.services.matching.prepare()
        print(f"{'page':<22}{'of the bare':>12}{'p99/median':>12}{'queries':>9}{'bytes':>9}{'gzip':>8}")
        for name, path in PAGES.items():
            page = await fetch(ours, path)
            same_size = f"/?size={len(page)}"
            queries = await count_queries(ours, path)
            times: dict[str, list[float]] = {"ours": [], "bare": []}
            clocks: dict[str, list[float]] = {"ours": [], "bare": []}
            for _round in range(rounds):
                for which, app, address in (("ours", ours, path), ("bare", bare, same_size)):
                    started, clock = time.process_time(), time.perf_counter()
                    await fetch(app, address)
                    times[which].append(time.process_time() - started)
                    clocks[which].append(time.perf_counter() - clock)
            ratio = statistics.median(times["ours"]) / statistics.median(times["bare"])
            p99 = sorted(clocks["ours"])[int(0.99 * rounds)] / statistics.median(clocks["ours"])
            squeezed = len(gzip.compress(page, 6))
            print(f"{name:<22}{ratio:>11.2f}x{p99:>11.1f}x{queries:>9}{len(page):>9}{squeezed:>8}")


async def count_queries(app: Litestar, path: str) -> int:
    seen: list[str] = []
    engine = app.state.services.database.engine.sync_engine

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        await fetch(app, path)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def start_to_first_page(folder: Path) -> float:
    """Seconds from starting the command to the first page, with a database that is there already."""
    port = "8391"
    command = [str(Path(sys.executable).with_name("matchmaker")), "demo", "--port", port]
    environment = {"MATCHMAKER_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db", "PATH": "/usr/bin:/bin"}
    started = time.perf_counter()
    server = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - started < 30:
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    answer.read()
                return time.perf_counter() - started
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the server did not answer within 30 seconds")
    finally:
        server.terminate()
        server.wait(10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(demo=True, database_url=f"sqlite+aiosqlite:///{folder}/bench.db")
        asyncio.run(_prepare(settings, with_demo=True))
        print(f"Python {sys.version.split()[0]}, SQLAlchemy {sqlalchemy.__version__}, {options.rounds} rounds")
        asyncio.run(compare(settings, options.rounds))
        bare_start = min(interpreter_start() for _ in range(3))
        first = min(start_to_first_page(folder) for _ in range(3))
        print(f"start to first page: {first / bare_start:.1f}x an interpreter that imports Litestar and SQLModel")


def interpreter_start() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import litestar, sqlmodel, uvicorn"], check=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
