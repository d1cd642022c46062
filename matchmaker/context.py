"""What every layer may ask about the request under way: its scope, its nonce, its number."""

import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from litestar.types import Scope
from litestar.utils.empty import value_or_default
from litestar.utils.scope.state import ScopeState

from matchmaker.settings import Settings


@dataclass
class RequestContext:
    """One HTTP request. ``nonce`` admits the page's own script under the Content-Security-Policy."""

    scope: Scope
    settings: Settings
    request_id: str = field(default_factory=lambda: secrets.token_hex(8))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def path(self) -> str:
        return self.scope["path"]

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.scope["query_string"].decode("latin-1"), keep_blank_values=False)

    @property
    def csrf_token(self) -> str:
        """The token that a form on this page must send back."""
        return value_or_default(ScopeState.from_scope(self.scope).csrf_token, "")

    def address(self, **changed: str | None) -> str:
        """This page's address with some query values set, or dropped where None."""
        kept = [(name, value) for name, value in self.query if name not in changed]
        query = urlencode(kept + [(name, value) for name, value in changed.items() if value is not None])
        return f"{self.path}?{query}" if query else self.path


_current: ContextVar[RequestContext] = ContextVar("request_context")


def enter(scope: Scope, settings: Settings) -> RequestContext:
    """Begins a request's context; it ends with the task that serves the request."""
    context = RequestContext(scope, settings)
    _current.set(context)
    return context


def current() -> RequestContext:
    """The context of the request under way; LookupError outside one."""
    return _current.get()
