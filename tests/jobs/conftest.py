"""A mail server of the tests' own."""

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.running import free_port


class Mailbox:
    """A mail server's side of the line: it keeps what comes, unless it was told to refuse."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refusal = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        as_it_came = email.policy.default.clone(refold_source="none")
        message = email.message_from_bytes(envelope.content, policy=as_it_came)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


class MailServer:
    """A real one, on a port of its own, that can be away."""

    def __init__(self) -> None:
        self.box, self.port = Mailbox(), free_port()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self, **options: Any) -> None:
        self._controller = Controller(self.box, hostname="127.0.0.1", port=self.port, **options)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    server = MailServer()
    yield server
    await asyncio.to_thread(server.stop)
