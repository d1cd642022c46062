"""Mail: a folder of templates to a message, and a message to a mail server or to a file."""

import asyncio
import email.policy
import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from matchmaker import i18n
from matchmaker.errors import AppError
from matchmaker.settings import Settings

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
SENDER = "Temu Mitra"
#: Seconds that a mail server may take for an answer.
PATIENCE = 30


class MailRefused(AppError):
    """The server has answered, and would answer the same again: no such mailbox, say."""


class MailNotSent(AppError):
    """The server is not there, or asks to come again later."""


@dataclass(frozen=True)
class Letter:
    """What is sent. ``number`` is the outbox's and becomes the Message-ID; ``headers`` are further ones."""

    number: str
    to: str
    language: str
    event: str
    told: Mapping[str, object]
    headers: Mapping[str, str] = field(default_factory=dict)


class _Whole(UnstructuredHeader, BaseHeader):
    """An address: folded as text it would be encoded, and mail programs know it no more."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("List-Unsubscribe", _Whole)
_POLICY = email.policy.default.clone(header_factory=_HEADERS)


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext, i18n.ngettext, newstyle=True, pgettext=i18n.pgettext, npgettext=i18n.npgettext
    )
    env.globals |= {"locale_code": i18n.language}
    env.filters |= {"date": i18n.show_date, "datetime": i18n.show_datetime, "number": i18n.show_number}
    return env


def compose(settings: Settings, letter: Letter) -> EmailMessage:
    """The message in the recipient's language: plain text, and the same as HTML."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    base = settings.base_url.rstrip("/")
    told = {"event": letter.event, "home": base, "contact_email": settings.contact_email, **letter.told}
    with i18n.in_language(letter.language):
        subject, text, html = (
            _environment().get_template(f"emails/{letter.event}/{part}").render(told, link=lambda path: base + path)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    message = EmailMessage(_POLICY)
    # A title of many lines would be many headers.
    message["Subject"] = " ".join(subject.split())
    message["From"] = _sender(settings.contact_email or f"no-reply@{host}")
    message["To"] = letter.to
    message["Message-ID"] = f"<{letter.number}@{host}>"
    message["Content-Language"] = letter.language
    # So that absence notes do not answer a machine.
    message["Auto-Submitted"] = "auto-generated"
    for name, value in letter.headers.items():
        message[name] = value
    message.set_content(text.strip() + "\n")
    message.add_alternative(html, subtype="html")
    return message


def _sender(address: str) -> Address:
    user, _at, domain = address.rpartition("@")
    return Address(SENDER, user, domain)


async def deliver(settings: Settings, message: EmailMessage) -> None:
    """To the mail server, or as a file where none is set. MailRefused or MailNotSent if that fails."""
    if not settings.smtp_url:
        await asyncio.to_thread(_write, Path(settings.outbox_dir), message)
        return
    try:
        await asyncio.to_thread(_send, settings.smtp_url, message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        code, text = _answer(error)
        kind = MailRefused if 500 <= code < 600 else MailNotSent
        raise kind(f"{code} {text}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailNotSent(f"{type(error).__name__}: {error}") from error


def _answer(error: smtplib.SMTPException) -> tuple[int, str]:
    """What the server said, of the one recipient that there is."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    else:
        code, text = error.args[0], error.args[1]
    return int(code), text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


@dataclass(frozen=True)
class Server:
    """A mail server as ``smtp://user:password@host:port?starttls=1`` names it."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool
    starttls: bool

    @classmethod
    def from_url(cls, url: str) -> "Server":
        parts = urlsplit(url)
        encrypted = parts.scheme == "smtps"
        asked = parse_qs(parts.query).get("starttls", ["1" if parts.username else "0"])[-1]
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or (465 if encrypted else 587 if parts.username else 25),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            encrypted=encrypted,
            starttls=not encrypted and asked == "1",
        )


def _send(url: str, message: EmailMessage) -> None:
    server = Server.from_url(url)
    context = ssl.create_default_context()
    if server.encrypted:
        with smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context) as line:
            _hand_over(line, server, message)
        return
    with smtplib.SMTP(server.host, server.port, timeout=PATIENCE) as line:
        if server.starttls:
            line.starttls(context=context)
        _hand_over(line, server, message)


def _hand_over(line: smtplib.SMTP, server: Server, message: EmailMessage) -> None:
    if server.user:
        line.login(server.user, server.password)
    line.send_message(message)


def _write(folder: Path, message: EmailMessage) -> None:
    """Whole or not at all; a mail that is sent again is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    unfinished = folder / f".{name}.part"
    unfinished.write_bytes(bytes(message))
    os.replace(unfinished, folder / f"{name}.eml")
