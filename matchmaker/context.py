"""What every layer may ask about the request under way: its scope, its nonce, its number."""

import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from litestar.types import Scope
from litestar.utils.empty import value_or_default
from litestar.utils.scope.state import ScopeState

from matchmaker.settings import Settings


@dataclass
class RequestContext:
    """One HTTP request. ``nonce`` admits the page's own script and style under the Content-Security-Policy;
    ``sheets_within``: the style sheets that are written into the page.
    """

    scope: Scope
    settings: Settings
    cookies: Mapping[str, str]
    request_id: str = field(default_factory=lambda: secrets.token_hex(8))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    sheets_within: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.scope["path"]

    @property
    def by_script(self) -> bool:
        """True where script fetches the page to take a part of it (htmx)."""
        return (b"hx-request", b"true") in self.scope["headers"]

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.scope["query_string"].decode("latin-1"), keep_blank_values=False)

    @property
    def csrf_token(self) -> str:
        """The token that a form on this page must send back."""
        return value_or_default(ScopeState.from_scope(self.scope).csrf_token, "")

    def absolute(self, path: str) -> str:
        """The public address of a path of ours, for who reads it elsewhere."""
        return f"{self.settings.base_url.rstrip('/')}{path}"

    def address_without(self, name: str, value: str) -> str:
        """This page's address with one of the values of ``name`` dropped; a list then begins at its top."""
        query = urlencode([pair for pair in self.query if pair != (name, value) and pair[0] != "lanjut"])
        return f"{self.path}?{query}" if query else self.path

    def address(self, **changed: str | None) -> str:
        """This page's address with some query values set, or dropped where None."""
        kept = [(name, value) for name, value in self.query if name not in changed]
        query = urlencode(kept + [(name, value) for name, value in changed.items() if value is not None])
        return f"{self.path}?{query}" if query else self.path


_current: ContextVar[RequestContext] = ContextVar("request_context")


def enter(scope: Scope, settings: Settings, cookies: Mapping[str, str]) -> RequestContext:
    """Begins a request's context; it ends with the task that serves the request."""
    context = RequestContext(scope, settings, cookies)
    _current.set(context)
    return context


def current() -> RequestContext:
    """The context of the request under way; LookupError outside one."""
    return _current.get()
