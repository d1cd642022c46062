"""Cross-site request forgery: Litestar's check, but not for calls that carry no cookie's authority."""

from collections.abc import Sequence

from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, State
from litestar.enums import ScopeType
from litestar.middleware.csrf import CSRFMiddleware, generate_csrf_token
from litestar.types import HTTPScope, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

from matchmaker.mail_links import STOP
from matchmaker.services import csrf_cookie_name
from matchmaker.settings import Settings

# Where a refused request finds the cookie that its answer has to set.
RENEWED = "renewed_csrf_cookie"


def forgery_config(settings: Settings, exclude: Sequence[str] = ()) -> CSRFConfig:
    """``exclude``: paths that no cookie is given out with."""
    return CSRFConfig(
        secret=settings.secret_key,
        cookie_name=csrf_cookie_name(settings),
        cookie_secure=settings.secure,
        cookie_samesite="lax",
        exclude=list(exclude),
    )


def new_token(scope: Scope, config: CSRFConfig) -> Cookie:
    """From now on the pages of this browser that are open already cannot send."""
    token = generate_csrf_token(config.secret)
    ScopeState.from_scope(scope).csrf_token = token
    return _cookie(config, token)


def _cookie(config: CSRFConfig, token: str) -> Cookie:
    return Cookie(
        key=config.cookie_name,
        value=token,
        path=config.cookie_path,
        secure=config.cookie_secure,
        httponly=config.cookie_httponly,
        samesite=config.cookie_samesite,
    )


class ForgeryCheck(CSRFMiddleware):
    """Forms always; API calls only when they are made under a session cookie.

    A browser adds cookies to another site's request by itself, but never an Authorization header; a call without
    either has no authority to abuse.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["path"].startswith("/api/") and not _rides_on_cookie(scope):
            await self.app(scope, receive, send)
            return
        if scope["type"] == ScopeType.HTTP and scope["method"] not in self.config.safe_methods:
            self._renew(scope)
            if scope["path"].startswith(STOP):
                # Its address is signed and says all; mail programs send it without a cookie or a page.
                await self.app(scope, receive, send)
                return
        await super().__call__(scope, receive, send)

    def _renew(self, scope: HTTPScope) -> None:
        """A refused form is shown again to be confirmed. That page needs a token like any other, and a browser that
        has lost the cookie (it was closed meanwhile) needs a new one.
        """
        present = ASGIConnection[object, object, object, State](scope).cookies.get(self.config.cookie_name, "")
        if self._decode_csrf_token(present):
            ScopeState.from_scope(scope).csrf_token = present
        else:
            scope.setdefault("state", {})[RENEWED] = new_token(scope, self.config)


def _rides_on_cookie(scope: Scope) -> bool:
    headers = scope["headers"]
    if any(name == b"authorization" and value.lower().startswith(b"bearer ") for name, value in headers):
        return False
    # HTTP/2 may send cookies in several headers.
    return any(name == b"cookie" and b"session=" in value for name, value in headers)
