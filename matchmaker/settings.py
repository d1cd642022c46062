"""All that an operator can set, read once from the environment (prefix ``MATCHMAKER_``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

PREFIX = "MATCHMAKER_"
# Known to everybody who reads this file, so only the demo may run with it.
DEMO_SECRET = "demo-secret-that-protects-nothing"  # noqa: S105 - that is the point
MINIMUM_SECRET_LENGTH = 32

_CHOICES = {"language": ("id", "en"), "log_format": ("json", "text"), "jobs": ("", "embedded", "worker")}
_STARTS = {
    "database_url": ("sqlite+aiosqlite:///", "postgresql+asyncpg://"),
    "base_url": ("http://", "https://"),
    "redis_url": ("redis://", "rediss://", "unix://"),
    "smtp_url": ("smtp://", "smtps://"),
    "source_url": ("http://", "https://"),
}
_NEEDED = ("database_url", "base_url")


class SettingsError(ValueError):
    """A setting is missing or wrong; the text is one line for the operator."""


@dataclass(frozen=True)
class Settings:
    """Every field is an environment variable: ``database_url`` is ``MATCHMAKER_DATABASE_URL``."""

    database_url: str = "sqlite+aiosqlite:///var/matchmaker.db"
    secret_key: str = DEMO_SECRET
    base_url: str = "http://127.0.0.1:8000"
    language: str = "id"
    demo: bool = False
    log_format: str = "json"
    session_days: int = 14
    index_dir: str = "var/index"
    files_dir: str = "var/files"
    jobs: str = ""
    redis_url: str = ""
    smtp_url: str = ""
    outbox_dir: str = "var/outbox"
    source_url: str = ""
    contact_email: str = ""

    def __post_init__(self) -> None:
        if not self.demo:
            self._check_secret()
        for name in ("files_dir", "outbox_dir"):
            if not getattr(self, name):
                raise SettingsError(f"{PREFIX}{name.upper()} is empty; it names the folder that files are kept in")
        self._check_choices()
        self._check_addresses()

    def _check_choices(self) -> None:
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                said = " or ".join(choice for choice in choices if choice)
                raise SettingsError(f"{PREFIX}{name.upper()} is {getattr(self, name)!r}; it can be {said}")

    def _check_addresses(self) -> None:
        # Addresses may hold passwords: a refusal does not repeat them.
        for name, starts in _STARTS.items():
            value = getattr(self, name)
            if (value or name in _NEEDED) and not value.startswith(starts):
                raise SettingsError(f"{PREFIX}{name.upper()} starts with {' or '.join(starts)}, this one does not")
        if self.contact_email and not re.fullmatch(r"[^@\s]+@[^@\s]+", self.contact_email):
            raise SettingsError(f"{PREFIX}CONTACT_EMAIL is {self.contact_email!r}; it is an e-mail address")

    def _check_secret(self) -> None:
        if self.secret_key == DEMO_SECRET:
            raise SettingsError(f"{PREFIX}SECRET_KEY is not set; make one with: openssl rand -hex 32")
        if len(self.secret_key) < MINIMUM_SECRET_LENGTH:
            raise SettingsError(f"{PREFIX}SECRET_KEY is shorter than {MINIMUM_SECRET_LENGTH} characters")

    @property
    def secure(self) -> bool:
        """True where the public address is HTTPS: cookies are then sent over it alone."""
        return self.base_url.startswith("https://")

    @property
    def embedded_jobs(self) -> bool:
        """True where the server itself carries out background work."""
        return (self.jobs or ("embedded" if self.sqlite_path else "worker")) == "embedded"

    @property
    def sqlite_path(self) -> Path | None:
        """Where the embedded database lies; None with PostgreSQL."""
        prefix = "sqlite+aiosqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None


def _parse(name: str, text: str, like: object) -> str | int | bool:
    if isinstance(like, bool):
        if text.lower() in {"1", "true", "yes", "on"}:
            return True
        if text.lower() in {"0", "false", "no", "off", ""}:
            return False
        raise SettingsError(f"{PREFIX}{name.upper()} is {text!r}; it can be 1 or 0")
    if isinstance(like, int):
        if not text.isdecimal():
            raise SettingsError(f"{PREFIX}{name.upper()} is {text!r}; it is a whole number")
        return int(text)
    return text


def from_environment(environment: Mapping[str, str], **given: object) -> Settings:
    """The settings of ``environment``; ``given`` ones (from the command line) win."""
    known = {field.name: field.default for field in fields(Settings)}
    unknown = [k for k in environment if k.startswith(PREFIX) and k.removeprefix(PREFIX).lower() not in known]
    if unknown:
        raise SettingsError(f"unknown setting {', '.join(sorted(unknown))}")
    values: dict[str, object] = {
        name: _parse(name, environment[PREFIX + name.upper()], default)
        for name, default in known.items()
        if PREFIX + name.upper() in environment
    }
    return Settings(**(values | given))  # type: ignore[arg-type]
