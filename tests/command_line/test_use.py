"""What is said to whoever calls ``matchmaker`` wrongly, or asks how."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import SECRET

Say = Callable[..., tuple[int, str, str]]
COMMANDS = ("demo", "serve", "migrate", "worker", "create-admin", "rematch", "doctor")


def test_help_names_every_command(say: Say) -> None:
    status, output, complaints = say("--help")
    assert (status, complaints) == (0, "")
    assert re.findall(r"^    ([a-z-]+)", output, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(say: Say, command: str) -> None:
    status, output, _complaints = say(command, "--help")
    assert status == 0
    assert output.startswith(f"usage: matchmaker {command}")


WRONG = {
    "no command": ((), {}, "COMMAND"),
    "an unknown command": (("fly",), {}, "fly"),
    "an unknown option": (("migrate", "--fast"), {}, "--fast"),
    "no port": (("serve", "--port", "abc"), {}, "'abc' is not a port"),
    "a port too high": (("demo", "--port", "65536"), {}, "'65536' is not a port"),
    "no workers": (("serve", "--workers", "0"), {}, "above 0"),
    "no e-mail address": (("create-admin",), {}, "EMAIL"),
    "a bad e-mail address": (("create-admin", "office@", "--generate-password"), {}, "email: Write an address"),
    "no cards": (("rematch", "--limit", "0"), {}, "above 0"),
    "no scheduler": (("rematch", "--dask", "localhost"), {}, "'localhost' is not the address of a scheduler"),
    "a scheduler's port too high": (("rematch", "--dask", "tcp://x:65536"), {}, "'tcp://x:65536' is not"),
    "a shared folder that is not there": (("rematch", "--dask", "x:8786", "--shared", "gone"), {}, "'gone' is not"),
    "a shared folder and no scheduler": (("rematch", "--shared", "."), {}, "--shared goes with --dask"),
    "a folder as output": (("rematch", "--output", "."), {}, "'.' is not a file"),
    "an output in no folder": (("rematch", "--output", "gone/x.jsonl"), {}, "'gone/x.jsonl' cannot be written"),
    "serve without a secret": (("serve",), {"SECRET_KEY": None}, "MATCHMAKER_SECRET_KEY is not set"),
    "migrate without a secret": (("migrate",), {"SECRET_KEY": None}, "MATCHMAKER_SECRET_KEY is not set"),
    "a short secret": (("migrate",), {"SECRET_KEY": "short"}, "shorter than 32"),
    "an unknown setting": (("migrate",), {"COLOUR": "red"}, "MATCHMAKER_COLOUR"),
    "an unknown language": (("migrate",), {"LANGUAGE": "nl"}, "id or en"),
    "an unknown database": (("migrate",), {"DATABASE_URL": "mysql://x"}, "MATCHMAKER_DATABASE_URL"),
}


@pytest.mark.parametrize(("arguments", "settings", "said"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_one_line_and_leaves_nothing(
    say: Say, tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str | None], said: str
) -> None:
    status, output, complaint = say(*arguments, **settings)
    assert (status, output) == (2, "")
    assert complaint.startswith("matchmaker")
    assert complaint.count("\n") == 1
    assert said in complaint
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [("serve",), ("create-admin", "office@x.example", "--generate-password")])
def test_an_absent_schema_is_said_to_be_migrated(say: Say, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    status, output, complaint = say(*arguments)
    assert (status, output) == (1, "")
    assert complaint == "matchmaker: the database is not up to date; run: matchmaker migrate\n"
    assert not list(tmp_path.iterdir())


def test_an_unusable_database_is_one_line(say: Say, tmp_path: Path) -> None:
    (tmp_path / "diary.db").write_text("Dear diary, today I was no database. " * 50)
    status, _output, complaint = say("migrate", DATABASE_URL="sqlite+aiosqlite:///diary.db")
    assert (status, complaint) == (1, "matchmaker: the database cannot be used: file is not a database\n")
    status, _output, complaint = say("migrate", DATABASE_URL="postgresql+asyncpg://x@127.0.0.1:1/x")
    assert (status, complaint) == (1, "matchmaker: [Errno 111] Connect call failed ('127.0.0.1', 1)\n")


def test_from_an_empty_folder_to_a_healthy_installation(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    status, output, _complaints = say("doctor")
    assert status == 1
    assert "does not exist; run: matchmaker migrate" in output
    for _time in range(2):
        assert say("migrate")[0] == 0
    status, output, _complaints = say("doctor")
    assert status == 1
    assert "create-admin" in output

    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    status, output, complaint = say("create-admin", "office@x.example")
    assert (status, output) == (2, "")
    assert complaint == "matchmaker: password: Write at least 10 characters; there are 5.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("a password that is long\n"))
    assert say("create-admin", "Office@x.example")[:2] == (0, "office@x.example is now of the programme office.\n")
    status, output, _complaints = say("create-admin", "second@x.example", "--generate-password")
    assert re.search(r"^Password: \S{16}$", output, re.MULTILINE)
    status, output, _complaints = say("create-admin", "second@x.example", "--generate-password")
    assert (status, "Password:" in output) == (0, False)

    status, output, _complaints = say("doctor")
    assert status == 0
    assert "all is well" in output
    assert SECRET not in output
