"""``matchmaker demo`` and ``serve`` as processes: they start, answer, and end when they are asked to."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from matchmaker.actions.demo import ACCOUNTS, PASSWORD
from tests.running import MATCHMAKER, SECRET, Running, environment, running

# Each starts processes and waits for them.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("demo"), "demo", {}) as server:
        yield server


def test_demo_says_where_and_as_whom(demo: Running) -> None:
    assert demo.address in demo.said
    assert PASSWORD in demo.said
    assert all(f"{key}@demo.example" in demo.said for key in ACCOUNTS)


def test_demo_answers(demo: Running) -> None:
    assert httpx.get(f"{demo.address}/health/ready").json() == {"status": "ready"}
    for path in ("/", "/inisiatif"):
        answer = httpx.get(demo.address + path)
        assert answer.status_code == 200
        assert '<html lang="id">' in answer.text
        assert "Sumba" in answer.text


def test_a_taken_port_is_one_line_before_anything_is_begun(demo: Running, tmp_path: Path) -> None:
    port = demo.address.rpartition(":")[2]
    result = subprocess.run(
        [*MATCHMAKER, "demo", "--port", port],
        check=False,
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert "in use" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_demo_ends_within_five_seconds_and_starts_again_with_its_data(tmp_path: Path) -> None:
    for _time in range(2):
        with running(tmp_path, "demo", {}) as server:
            # A browser keeps its connection open, and some are slow to say what they want.
            with httpx.Client() as reader, socket.create_connection(_place(server)) as idle:
                assert reader.get(f"{server.address}/inisiatif").status_code == 200
                idle.send(b"GET / HTTP/1.1\r\n")
                assert server.stop(within=5) in {0, -signal.SIGTERM}
            assert "Traceback" not in server.said


def test_serve_with_two_workers(tmp_path: Path) -> None:
    settings = {"SECRET_KEY": SECRET}
    subprocess.run(
        [*MATCHMAKER, "migrate"], cwd=tmp_path, env=environment(**settings), check=True, capture_output=True
    )
    program = ("bash", "-c", f'exec "{MATCHMAKER[0]}" -m matchmaker "$@" --workers 2', "matchmaker")
    with running(tmp_path, "serve", settings, program) as server:
        answers = {httpx.get(server.address).status_code for _time in range(4)}
        assert answers == {200}
        assert server.stop() in {0, -signal.SIGTERM}


def _place(server: Running) -> tuple[str, int]:
    host, _colon, port = server.address.removeprefix("http://").partition(":")
    return host, int(port)
