"""The command line called in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from matchmaker.__main__ import main
from tests.running import SECRET


@pytest.fixture
def say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Calls the command line in an empty folder; answers exit status, output and complaints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MATCHMAKER_SECRET_KEY", SECRET)

    def call(*arguments: str, **settings: str | None) -> tuple[int, str, str]:
        for name, value in settings.items():
            if value is None:
                monkeypatch.delenv(f"MATCHMAKER_{name}")
            else:
                monkeypatch.setenv(f"MATCHMAKER_{name}", value)
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        return status, *capfd.readouterr()

    return call
