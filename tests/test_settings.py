"""What an operator sets: refused when it is wrong, and all of it written down."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from matchmaker.settings import DEMO_SECRET, PREFIX, Settings, SettingsError, from_environment

SECRET = "a" * 64


def test_defaults_are_the_contract() -> None:
    settings = from_environment({"MATCHMAKER_SECRET_KEY": SECRET})
    assert settings.database_url.startswith("sqlite+aiosqlite:///var/")
    assert settings.language == "id"
    assert settings.demo is False


def test_the_environment_wins_over_defaults_and_given_values_over_both() -> None:
    environment = {
        "MATCHMAKER_SECRET_KEY": SECRET,
        "MATCHMAKER_LANGUAGE": "en",
        "MATCHMAKER_SESSION_DAYS": "3",
        "PATH": "/bin",
    }
    settings = from_environment(environment, base_url="https://temu.example")
    assert (settings.language, settings.session_days, settings.secure) == ("en", 3, True)
    assert from_environment(environment | {"MATCHMAKER_DEMO": "yes"}).demo is True


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "SECRET_KEY"),
        ({"MATCHMAKER_SECRET_KEY": DEMO_SECRET}, "SECRET_KEY"),
        ({"MATCHMAKER_SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_LANGUAGE": "fr"}, "LANGUAGE"),
        ({"MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_LOG_FORMAT": "xml"}, "LOG_FORMAT"),
        ({"MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_BASE_URL": "temu.example"}, "BASE_URL"),
        ({"MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_SESSION_DAYS": "ten"}, "SESSION_DAYS"),
        ({"MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_DEMO": "perhaps"}, "DEMO"),
        ({"MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_FILES_DIR": ""}, "FILES_DIR"),
        ({"MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_DATABSE_URL": "x"}, "DATABSE_URL"),
    ],
)
def test_wrong_settings_are_refused_in_one_line_that_names_them(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as refusal:
        from_environment(environment)
    assert "\n" not in str(refusal.value)


def test_no_secret_in_a_refusal() -> None:
    with pytest.raises(SettingsError) as refusal:
        from_environment({"MATCHMAKER_SECRET_KEY": SECRET, "MATCHMAKER_DATABASE_URL": "mysql://root:hunter2@db/x"})
    assert "hunter2" not in str(refusal.value)


def test_the_manual_lists_every_setting_and_no_other(root: Path) -> None:
    manual = (root / "docs" / "operations.md").read_text(encoding="utf-8")
    written = set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", manual))
    assert written == {PREFIX + field.name.upper() for field in fields(Settings)}
