"""How a call is declared: its address, its name in the document, who may make it, how it can fail."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import SerializationException
from litestar.handlers import HTTPRouteHandler
from litestar.types import Method, TypeDecodersSequence
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.access import Viewer
from matchmaker.api.problems import problems
from matchmaker.api.query import asked
from matchmaker.inputs.validation import Input, check

Transaction: TypeAlias = NamedDependency[AsyncSession]
Caller: TypeAlias = NamedDependency[Viewer | None]

BEARER = "bearer"


class CallRequest(Request[Any, Any, State]):
    async def json(self) -> Any:
        try:
            return await super().json()
        except (RecursionError, UnicodeDecodeError):
            # Litestar knows only its decoder's own errors: not a hundred thousand brackets, nor Latin-1.
            raise SerializationException from None


class CallHandler(HTTPRouteHandler):
    """Reads a body by ``check``, which tells all its faults at once, at their fields, in the caller's language.

    Litestar's own decoder of Pydantic models stands before any that an app or a router adds, and forgets the
    types of the errors, by which our messages are chosen.
    """

    def resolve_type_decoders(self) -> TypeDecodersSequence:
        return [(_is_input, check), *super().resolve_type_decoders()]


def _is_input(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Input)


def get(
    path: str,
    name: str,
    summary: str,
    *,
    asks: type[BaseModel] | None = None,
    public: bool = False,
    also: Iterable[int] = (),
    **options: Any,
) -> CallHandler:
    """``asks``: the model of the query string; ``also``: refusals that this call alone meets."""
    dependencies = {"asked": asked(asks)} if asks else None
    return _handler("GET", path, name, summary, public=public, also=also, dependencies=dependencies, **options)


def post(
    path: str,
    name: str,
    summary: str,
    *,
    status: int = 200,
    public: bool = False,
    also: Iterable[int] = (),
    **options: Any,
) -> CallHandler:
    return _handler("POST", path, name, summary, public=public, also=also, status_code=status, **options)


def patch(path: str, name: str, summary: str) -> CallHandler:
    return _handler("PATCH", path, name, summary, public=False, also=())


def put(path: str, name: str, summary: str) -> CallHandler:
    return _handler("PUT", path, name, summary, public=False, also=())


def delete(path: str, name: str, summary: str) -> CallHandler:
    """Answers what is there now: a body as any other."""
    return _handler("DELETE", path, name, summary, public=False, also=(), status_code=200)


def _handler(
    method: Method, path: str, name: str, summary: str, *, public: bool, also: Iterable[int], **options: Any
) -> CallHandler:
    refusals = problems(
        writes=method != "GET",
        public=public,
        one="{" in path,
        asks=options.get("dependencies") is not None,
        also=also,
    )
    return CallHandler(
        path,
        http_method=method,
        operation_id=name,
        summary=summary,
        responses=refusals,
        # An empty requirement beside the other: a token is welcome, but not needed.
        security=[{}, {BEARER: []}] if public else [{BEARER: []}],
        **options,
    )
