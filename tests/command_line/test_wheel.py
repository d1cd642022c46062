"""What is published works where nothing else is: the wheel in a new environment, from an empty folder."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.running import running

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_wheel_brings_all_that_the_demo_needs(tmp_path: Path) -> None:
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(ROOT))
    [wheel] = (tmp_path / "dist").glob("*.whl")
    _run(sys.executable, "-m", "venv", str(tmp_path / "venv"))
    installed = tmp_path / "venv" / "bin"
    constraints = str(ROOT / "constraints.txt")
    _run(str(installed / "pip"), "install", "--quiet", "--constraint", constraints, str(wheel))
    empty = tmp_path / "empty"
    empty.mkdir()
    with running(empty, "demo", {}, (str(installed / "matchmaker"),)) as server:
        page = httpx.get(server.address)
        assert page.status_code == 200
        assert '<html lang="id">' in page.text
        assert "Daftar" in page.text
        assert sum(map(len, re.findall("<style[^>]*>(.*?)</style>", page.text, re.DOTALL))) > 5_000
        for style in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text):
            answer = httpx.get(server.address + style)
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/css")
            assert answer.text
        for name in ("/masuk", "/patterns", "/daerah/53.11", "/api/openapi.json"):
            assert httpx.get(server.address + name).status_code == 200, name


def _run(*command: str) -> None:
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
