"""Forms that carry a file: written to the disk as they come, before any transaction begins.

A body of 20 MB on a slow line takes minutes. It holds no connection, no writer's turn and no memory meanwhile, and
what is broken off leaves nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from litestar.enums import RequestEncodingType, ScopeType
from litestar.exceptions import ClientException
from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState
from multipart import MultipartSegment, ParserError, ParserLimitReached, PushMultipartParser

from matchmaker.access import signed_in, viewer_by_token
from matchmaker.errors import Invalid, TooLarge
from matchmaker.i18n import gettext as _
from matchmaker.inputs.file import LARGEST_FILE, file_name, judge
from matchmaker.services import AppRequest, Services, session_token
from matchmaker.storage import Incoming
from models.vocabulary import FileKind

#: In the ``opt`` of a route whose form has a file, in the field ``file``.
TAKES_FILE = {"takes_file": True}
# A token, a key, a note: what such a form holds besides the file.
_MOST_TEXT, _MOST_PARTS = 64 * 1024, 20


@dataclass(frozen=True)
class Upload:
    """A file that has arrived whole, is of a kind that we take, and is not yet in its place."""

    name: str
    kind: FileKind
    sha256: str
    incoming: Incoming


@dataclass
class Received:
    """What came with a form: its fields, and the file or what is wrong with it."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    upload: Upload | None = None
    trouble: Invalid | None = None
    text: int = 0


def upload_of(request: AppRequest) -> Upload:
    """The file of this request; Invalid in the words that belong at its field. Ask after the permission."""
    received: Received | None = request.scope.get("state", {}).get("received")
    if received is not None and received.trouble:
        raise received.trouble
    if received is None or received.upload is None:
        raise Invalid({"file": _("Choose a file.")})
    return received.upload


def has_upload(request: AppRequest) -> bool:
    """Whether a file was chosen, be it a good one or not: for forms in which none need be."""
    received: Received | None = request.scope.get("state", {}).get("received")
    return received is not None and (received.upload is not None or received.trouble is not None)


def upload_mark(request: AppRequest) -> list[str] | None:
    """What makes two uploads the same request; None where nothing was uploaded."""
    received: Received | None = request.scope.get("state", {}).get("received")
    if received is None:
        return None
    file = received.upload
    return [*sorted(map(repr, received.fields.items())), file.name if file else "", file.sha256 if file else ""]


class TakeFiles:
    """Middleware, outside the check of forgery, which looks for its token in the form."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or not scope["route_handler"].opt.get("takes_file"):
            await self.app(scope, receive, send)
            return
        request: AppRequest = AppRequest(scope, receive)
        if request.content_type[0] != RequestEncodingType.MULTI_PART:
            await self.app(scope, receive, send)
            return
        services: Services = scope["litestar_app"].state.services
        await _require_somebody(request, services)
        async with services.storage.receive(LARGEST_FILE) as incoming:
            received = Received()
            await _receive(request, receive, received, incoming)
            scope.setdefault("state", {})["received"] = received
            form: dict[str, Any] = {
                name: texts if len(texts) > 1 else texts[0] for name, texts in received.fields.items()
            }
            ScopeState.from_scope(scope).form = form
            await self.app(scope, receive, send)


async def _require_somebody(request: AppRequest, services: Services) -> None:
    """Nobody's 20 MB are not even read. Whether this somebody may is asked by the action, as always."""
    async with services.database.transaction(write=False) as session:
        signed_in(await viewer_by_token(session, session_token(request)))


async def _receive(request: AppRequest, receive: Receive, received: Received, incoming: Incoming) -> None:
    boundary = request.content_type[1].get("boundary", "")
    try:
        name = await _read(_body(receive), boundary, received, incoming)
    except TooLarge:
        # The rest is not read: the server throws it away, and the browser gets its answer.
        received.trouble = Invalid(
            {"file": _("This file is larger than %(most)s MB.") % {"most": LARGEST_FILE // 1024 // 1024}}
        )
        return
    except (ParserError, ParserLimitReached, UnicodeDecodeError):
        raise ClientException from None
    if not name:
        return
    kept = await incoming.finish()
    try:
        kind = await asyncio.to_thread(judge, incoming.place)
    except Invalid as trouble:
        received.trouble = trouble
        return
    received.upload = Upload(file_name(name, kind), kind, kept.sha256, incoming)


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientException
        yield message.get("body", b"")  # type: ignore[misc]
        if not message.get("more_body"):
            return


async def _read(stream: AsyncIterator[bytes], boundary: str, received: Received, incoming: Incoming) -> str:
    """Writes the file to ``incoming`` and the fields to ``received``; answers what the sender calls the file."""
    called, here, text = "", False, bytearray()
    segment: MultipartSegment | None = None
    with PushMultipartParser(boundary.encode(), max_segment_count=_MOST_PARTS) as parser:
        async for chunk in stream:
            # An empty chunk would mean the end to the parser, and to the sender nothing.
            if not chunk or parser.closed:
                continue
            for part in parser.parse(chunk):
                if isinstance(part, MultipartSegment):
                    segment, text = part, bytearray()
                    here = part.name == "file" and bool(part.filename) and not called
                    called = part.filename if here else called
                elif part and here:
                    await incoming.write(part)
                elif part:
                    received.text += len(part)
                    if received.text > _MOST_TEXT:
                        raise TooLarge
                    text += part
                elif segment is not None and not segment.filename and segment.name != "file":
                    received.fields.setdefault(segment.name, []).append(text.decode())
    return called
