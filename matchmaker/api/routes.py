"""How a call is declared: its address, its name in the document, who may make it, how it can fail."""

from typing import Any, TypeAlias

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import SerializationException
from litestar.handlers import HTTPRouteHandler
from litestar.types import TypeDecodersSequence
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
    path: str, name: str, summary: str, *, asks: type[BaseModel] | None = None, public: bool = False
) -> CallHandler:
    """``asks``: the model of the query string."""
    dependencies = {"asked": asked(asks)} if asks else None
    return _handler("GET", path, name, summary, public=public, asks=bool(asks), dependencies=dependencies)


def post(path: str, name: str, summary: str, *, status: int = 200, public: bool = False) -> CallHandler:
    return _handler("POST", path, name, summary, public=public, status_code=status)


def patch(path: str, name: str, summary: str) -> CallHandler:
    return _handler("PATCH", path, name, summary, public=False)


def _handler(
    method: Any, path: str, name: str, summary: str, *, public: bool, asks: bool = False, **options: Any
) -> CallHandler:
    responses = problems(writes=method != "GET", public=public, one="{" in path, asks=asks)
    # An empty requirement beside the other: a token is welcome, but not needed.
    security: list[dict[str, list[str]]] = [{}, {BEARER: []}] if public else [{BEARER: []}]
    return CallHandler(
        path,
        http_method=method,
        operation_id=name,
        summary=summary,
        responses=responses,
        security=security,
        **options,
    )
