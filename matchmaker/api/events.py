"""The stream of what happens for the caller's organisations (server-sent events)."""

import json
import time
from collections.abc import AsyncIterator
from typing import Annotated

from litestar.response import ServerSentEvent, ServerSentEventMessage
from pydantic import Field

from matchmaker import access
from matchmaker.access import LARGEST_ID, Viewer, viewer_by_token
from matchmaker.api.query import Asked
from matchmaker.api.routes import Caller, get
from matchmaker.inputs.validation import Input, check
from matchmaker.services import AppRequest, Services, services, session_token
from models import Event

#: Seconds of silence after which a word that means nothing is sent, so that nobody on the way hangs up.
HEARTBEAT = 15.0
#: Seconds between two looks whether the caller is still who they were.
LOOK_AGAIN = 60.0
#: Milliseconds that a browser waits before it comes again.
_RETRY = 1_000


class EventQuery(Input):
    after: Annotated[int | None, Field(ge=0, le=LARGEST_ID, description="As `Last-Event-ID`, which wins.")] = None


@get("/events", "followEvents", "What happens, as it happens", asks=EventQuery, media_type="text/event-stream")
async def follow_events(request: AppRequest, viewer: Caller, asked: Asked) -> ServerSentEvent:
    """Server-sent events: `id` grows, `event` is message, interest, terms, decision or notice, `data` names what it is
    about. With `Last-Event-ID` the stream goes on behind that event, without loss or repeat.
    """
    viewer = access.signed_in(viewer)
    after = _last_id(request.headers.get("last-event-id", "")) or check(EventQuery, asked).after
    return ServerSentEvent(
        _stream(services(request), viewer, session_token(request), after),
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _last_id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and int(text[:12]) <= LARGEST_ID else None


async def _stream(
    parts: Services, viewer: Viewer, token: str, after: int | None
) -> AsyncIterator[ServerSentEventMessage]:
    """The transaction of the request is over by now: a stream opens its own, for as long as it needs one."""
    looked = time.monotonic()
    async for event in parts.live.events(viewer.organisation_ids, after, HEARTBEAT):
        if time.monotonic() - looked > LOOK_AGAIN:
            looked = time.monotonic()
            if not await _still(parts, viewer, token):
                return
        yield _said(event) if event else ServerSentEventMessage(comment="still here", data=None, retry=_RETRY)


def _said(event: Event) -> ServerSentEventMessage:
    data = {"conversation_id": event.conversation_id, "object_id": event.row_id}
    return ServerSentEventMessage(id=event.id, event=event.kind, data=json.dumps(data))


async def _still(parts: Services, viewer: Viewer, token: str) -> bool:
    """Signed in yet, and in the same organisations."""
    async with parts.database.transaction(write=False) as session:
        present = await viewer_by_token(session, token)
    return present is not None and present.organisation_ids == viewer.organisation_ids


HANDLERS = [follow_events]
