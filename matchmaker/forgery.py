"""Cross-site request forgery: Litestar's check, but not for calls that carry no cookie's authority."""

from litestar.enums import ScopeType
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import Receive, Scope, Send


class ForgeryCheck(CSRFMiddleware):
    """Forms always; API calls only when they are made under a session cookie.

    A browser adds cookies to another site's request by itself, but never an Authorization header; a call without
    either has no authority to abuse.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["path"].startswith("/api/") and not _rides_on_cookie(scope):
            await self.app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)


def _rides_on_cookie(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    if headers.get(b"authorization", b"").lower().startswith(b"bearer "):
        return False
    return b"session=" in headers.get(b"cookie", b"")
