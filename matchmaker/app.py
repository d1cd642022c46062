"""create_app: the one place where the parts meet."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.middleware import DefineMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from matchmaker import api, context, i18n, logs, sheets, templating, web
from matchmaker.forgery import ForgeryCheck, forgery_config
from matchmaker.jobs import every  # noqa: F401 - so that every job is known by its name
from matchmaker.language_choice import LANGUAGE_COOKIE, language_cookie
from matchmaker.services import Services, provide_session, provide_viewer
from matchmaker.settings import Settings
from matchmaker.shutdown import told_to_end
from matchmaker.uploads import TakeFiles
from matchmaker.web.refusals import answer_refusal

log = structlog.get_logger()
# A form of 3,000 words with everything in it is under 100 KB; a larger body is a mistake or an attack.
# Files and pictures are compressed already, and neither they nor health checks carry a form.
_NO_PAGES = ["^/static/", "^/health/", r"/gambar\.png$"]
_FILES = r"/(berkas|files)/\d+/\d+$"
LARGEST_BODY = 2 * 1024 * 1024


def create_app(settings: Settings) -> Litestar:
    """The whole application for ``settings``; it opens nothing before its lifespan begins."""
    logs.configure(settings.log_format)
    app = Litestar(
        route_handlers=[
            Router("/", route_handlers=web.HANDLERS, dependencies=web.DEPENDENCIES, include_in_schema=False),
            api.router,
        ],
        dependencies={"session": Provide(provide_session), "viewer": Provide(provide_viewer)},
        exception_handlers={Exception: answer_refusal},
        middleware=[
            DefineMiddleware(TakeFiles),
            DefineMiddleware(ForgeryCheck, config=forgery_config(settings, _NO_PAGES)),
        ],
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=5,
            brotli_gzip_fallback=True,
            minimum_size=600,
            # A stream that is squeezed waits until there is enough to squeeze; a file says how long it is.
            exclude=[*_NO_PAGES, "^/api/v1/events$", _FILES],
        ),
        openapi_config=api.openapi_config(settings),
        request_max_body_size=LARGEST_BODY,
        lifespan=[_lifespan(settings)],
        debug=False,
    )
    app.asgi_handler = _with_context(app.asgi_handler, settings)
    return app


def _lifespan(settings: Settings):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        i18n.load_catalogues()
        templating.environment()
        app.state.services = Services(settings)
        app.state.services.start()
        with told_to_end(app.state.services.live.end_streams):
            yield
        await app.state.services.close()

    return lifespan


def _with_context(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Around everything, also around unknown paths and failures: language, headers, one line of log."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        cookies = _cookies(scope)
        request = context.enter(scope, settings, cookies)
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        asked = dict(request.query).get("lang")
        i18n.set_language(
            i18n.negotiate(asked, cookies.get(LANGUAGE_COOKIE), _header(scope, b"accept-language"), settings.language)
        )
        started = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                chosen = asked if asked in i18n.LANGUAGES and asked != cookies.get(LANGUAGE_COOKIE) else None
                own = [*message["headers"], *_headers(settings, request, chosen)]
                if not any(name.lower() == b"cache-control" for name, _value in own):
                    # Redirects and the API's answers: somebody's own, so nobody on the way keeps them.
                    own.append((b"cache-control", b"no-store"))
                message["headers"] = own
            await send(message)

        await app(scope, receive, send_with_headers)
        log.info(
            "request",
            method=scope["method"],
            path=request.path,
            status=status,
            ms=round(1000 * (time.perf_counter() - started), 1),
        )

    return handle


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _cookies(scope: Scope) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in _header(scope, b"cookie").split(";"))
    return {name: value for name, _equals, value in pairs if name}


def _headers(settings: Settings, request: context.RequestContext, language: str | None) -> list[tuple[bytes, bytes]]:
    policy = (
        f"default-src 'none'; style-src 'self' 'nonce-{request.nonce}'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        f"script-src 'nonce-{request.nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "content-language": i18n.language(),
    }
    if not request.path.startswith("/static/") and not request.path.endswith("/gambar.png"):
        headers["vary"] = "Accept-Language, Cookie"
    if settings.secure:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    cookies = [language_cookie(settings, language) if language else None, sheets.cookie(settings)]
    said = [*headers.items(), *[("set-cookie", cookie.to_header(header="")) for cookie in cookies if cookie]]
    return [(name.encode(), value.encode()) for name, value in said]
