"""The command line run for real: a process of its own, in a folder of its own, under a clean environment."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

SECRET = "a-secret-of-the-tests-that-is-long-enough"
MATCHMAKER = (sys.executable, "-m", "matchmaker")
PATIENCE = 60.0


def environment(**settings: str) -> dict[str, str]:
    """This process's environment, with no settings but the given ones (``SECRET_KEY="..."``)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MATCHMAKER_")}
    return kept | {"PYTHONUNBUFFERED": "1"} | {f"MATCHMAKER_{name}": value for name, value in settings.items()}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@dataclass
class Running:
    """A server that answers. ``said``: what it has printed so far."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text()

    def stop(self, within: float = PATIENCE) -> int:
        """Asks it to end, as a service manager would; answers its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within)


@contextmanager
def running(
    folder: Path, command: str, settings: Mapping[str, str], program: Sequence[str] = MATCHMAKER
) -> Iterator[Running]:
    """``matchmaker COMMAND`` on a free port of this machine, once it is ready."""
    port, log = free_port(), folder / f"{command}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*program, command, "--port", str(port)],
            cwd=folder,
            env=environment(**settings),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Running(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        try:
            server.stop()
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(server: Running) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{server.address}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        try:
            status = server.process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the server ended with {status}:\n{server.said}")
    raise AssertionError(f"the server is not ready after {PATIENCE} s:\n{server.said}")
