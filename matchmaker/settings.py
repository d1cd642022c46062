"""All that an operator can set, read once from the environment (prefix ``MATCHMAKER_``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

PREFIX = "MATCHMAKER_"
# Known to everybody who reads this file, so only the demo may run with it.
DEMO_SECRET = "demo-secret-that-protects-nothing"  # noqa: S105 - that is the point
MINIMUM_SECRET_LENGTH = 32


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
    redis_url: str = ""
    source_url: str = ""
    contact_email: str = ""

    def __post_init__(self) -> None:
        if not self.demo:
            self._check_secret()
        if self.language not in {"id", "en"}:
            raise SettingsError(f"{PREFIX}LANGUAGE is {self.language!r}; it can be id or en")
        if self.log_format not in {"json", "text"}:
            raise SettingsError(f"{PREFIX}LOG_FORMAT is {self.log_format!r}; it can be json or text")
        if not self.files_dir:
            raise SettingsError(f"{PREFIX}FILES_DIR is empty; it names the folder that files are kept in")
        if self.redis_url and not self.redis_url.startswith(("redis://", "rediss://", "unix://")):
            raise SettingsError(f"{PREFIX}REDIS_URL starts with redis://, rediss:// or unix://, this one does not")
        if not self.base_url.startswith(("http://", "https://")):
            raise SettingsError(f"{PREFIX}BASE_URL is {self.base_url!r}; it starts with http:// or https://")
        if self.source_url and not self.source_url.startswith(("http://", "https://")):
            raise SettingsError(f"{PREFIX}SOURCE_URL is {self.source_url!r}; it starts with http:// or https://")
        if self.contact_email and not re.fullmatch(r"[^@\s]+@[^@\s]+", self.contact_email):
            raise SettingsError(f"{PREFIX}CONTACT_EMAIL is {self.contact_email!r}; it is an e-mail address")
        if not self.database_url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise SettingsError(
                f"{PREFIX}DATABASE_URL starts with sqlite+aiosqlite:/// or postgresql+asyncpg://, this one does not"
            )

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
