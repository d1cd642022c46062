"""How a failed call is described in the OpenAPI document; web/refusals.py makes the answer itself."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from litestar.openapi.datastructures import ResponseSpec
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"


class FieldError(BaseModel):
    field: str = Field(description="`needs.0.title` is one inside a list; empty for the whole body.")
    message: str = Field(description="In the caller's language.")


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = Field(default=[], description="With 422: what is wrong, field by field.")
    current: dict[str, Any] | None = Field(
        default=None, description="With 409 after a stale PATCH: `version` and the fields as they are now."
    )
    yours: dict[str, Any] | None = Field(default=None, description="The same fields as they were sent.")
    request_id: str = Field(default="", description="With 500: what to tell the operator.")


_DESCRIPTIONS = {
    HTTPStatus.BAD_REQUEST: "The body is no JSON, or the cursor or the Idempotency-Key is none.",
    HTTPStatus.UNAUTHORIZED: "Not signed in, or the token has ended.",
    HTTPStatus.FORBIDDEN: "Yours, but not allowed now; or under a session cookie without its CSRF token.",
    HTTPStatus.NOT_FOUND: "Absent, or not yours to see.",
    HTTPStatus.CONFLICT: "The state has moved on, or the Idempotency-Key was used for something else.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something needs mending: a message for each field.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many tries; `Retry-After` says how many seconds to wait.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Busy; `Retry-After` says how many seconds to wait.",
    HTTPStatus.INSUFFICIENT_STORAGE: "The disk that files are kept on is full.",
}
_WRITING = {403, 409, 413, 422, 429}


def problems(*, writes: bool, public: bool, one: bool, asks: bool, also: Iterable[int]) -> dict[int, ResponseSpec]:
    """The refusals that a call can meet. ``one``: its address names an object; ``asks``: it takes a query."""
    statuses = {400, 503, *also} | (_WRITING if writes else set()) | ({422} if asks else set())
    statuses |= (set() if public else {401}) | ({404} if one or (writes and not public) else set())
    return {
        status: ResponseSpec(
            Problem,
            generate_examples=False,
            description=_DESCRIPTIONS[HTTPStatus(status)],
            media_type=MEDIA_TYPE,
        )
        for status in sorted(statuses)
    }
