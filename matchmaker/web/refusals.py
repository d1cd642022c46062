"""How a failed request is answered: a page for people, problem+json (RFC 9457) for programs. The one place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

import structlog
from litestar import Response
from litestar.datastructures import Cookie, FormMultiDict
from litestar.exceptions import HTTPException
from litestar.exceptions.http_exceptions import MethodNotAllowedException
from litestar.response import Redirect
from litestar.types import Empty
from litestar.utils.scope.state import ScopeState
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from matchmaker.context import current
from matchmaker.errors import AppError, Conflict, Invalid, SignInNeeded, TooMany
from matchmaker.forgery import RENEWED
from matchmaker.i18n import gettext as _
from matchmaker.services import SAFE_METHODS, AppRequest, services
from matchmaker.templating import NavViewer, Page, page_response
from matchmaker.web.forms import Form
from models import now

log = structlog.get_logger()
_SECRET_FIELDS = {"password", "current", "own_password"}


@dataclass(kw_only=True)
class ErrorPage(Page):
    """``again``: where to try once more, if that may help; ``wait_until``: the moment from which it may."""

    template: ClassVar[str] = "errors/page.html"
    status: int
    title: str
    text: str
    request_id: str
    again: str | None
    wait_until: datetime | None


@dataclass(kw_only=True)
class ResumePage(Page):
    """A form whose sending failed before anybody looked at it: sign in, or confirm, and it goes on."""

    template: ClassVar[str] = "errors/resume.html"
    sign_in: bool
    action: str
    fields: list[tuple[str, str]]
    form: Form


def _title(status: int) -> str:
    return {
        400: _("This request cannot be understood"),
        401: _("Sign in first"),
        403: _("This is not possible"),
        404: _("This page does not exist"),
        405: _("This is not possible here"),
        409: _("This has changed in the meantime"),
        413: _("This is too large"),
        422: _("Please check what you wrote"),
        429: _("Too many at once"),
        503: _("The service is busy"),
        507: _("There is no room for files at the moment"),
    }.get(status, _("Something went wrong on our side"))


def _text(status: int) -> str:
    return {
        400: _("The address or what was sent with it is incomplete, or was changed on the way."),
        401: _("Sign in to continue."),
        403: _("You are not allowed to do this, or the page was open for too long."),
        404: _("It may have moved, it may never have existed, or it is not open to you."),
        405: _("This address does not accept such a request. Perhaps it was copied from a form."),
        409: _("Somebody else was quicker, or it had been done already."),
        413: _("What was sent is larger than 2 MB, and more is not taken in one go."),
        422: _("Something in what you sent is missing or cannot be right."),
        429: _("This was asked for too often in a short time."),
        503: _("More people are here than can be served at once, or it is being worked on. It seldom takes long."),
        507: _("The disk that files are kept on is full. Nothing of yours was changed; please tell us, or try later."),
    }.get(status, _("This is not your fault. Nothing was saved, and the failure has been recorded."))


def answer_refusal(request: AppRequest, error: Exception) -> Response[Any]:
    """For every exception that a handler lets through."""
    status, text, headers = _read(error)
    if status >= 500:
        log.error("failed", status=status, exc_info=error)
    if request.scope["path"].startswith("/api/"):
        return _problem(status, text, error, headers)
    if isinstance(error, SignInNeeded) and request.method in SAFE_METHODS:
        query = request.url.query
        return Redirect("/masuk", status_code=303, query_params={"lanjut": _local(request.url.path, query)})
    if request.method == "POST" and (page := _resumable(request, error)):
        renewed: Cookie | None = request.scope.get("state", {}).get(RENEWED)
        return page_response(page, status, [renewed] if renewed else None)
    nav: NavViewer | None = request.scope.get("state", {}).get("nav")
    page_ = ErrorPage(
        viewer=nav,
        status=status,
        title=_title(status),
        text=text,
        request_id=current().request_id,
        again=_again(request, status),
        wait_until=now() + timedelta(seconds=error.retry_after) if isinstance(error, TooMany) else None,
    )
    response: Response[Any] = page_response(page_, status)
    response.headers.update(headers)
    return response


def _again(request: AppRequest, status: int) -> str | None:
    """The same page, where only the moment was wrong; without its query, where that was."""
    if request.method not in SAFE_METHODS:
        return None
    if status == 400:
        return request.url.path if request.url.query else None
    return _local(request.url.path, request.url.query) if status in {429, 500, 503} else None


def _local(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _read(error: Exception) -> tuple[int, str, dict[str, str]]:
    """Status, text for the reader, and headers."""
    if isinstance(error, AppError):
        headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else {}
        if isinstance(error, SignInNeeded):
            headers = {"WWW-Authenticate": "Bearer"}
        return error.status, error.message or _text(error.status), headers
    if isinstance(error, MethodNotAllowedException):
        return 405, _text(405), error.headers or {}
    if isinstance(error, HTTPException) and error.status_code < 500:
        return error.status_code, _text(error.status_code), {}
    if isinstance(error, OperationalError | NoConnectionLeft | ConnectionError) or _connection_lost(error):
        return 503, _text(503), {"Retry-After": "5"}
    return 500, _text(500), {}


def _connection_lost(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _problem(status: int, text: str, error: Exception, headers: dict[str, str]) -> Response[Any]:
    body: dict[str, object] = {
        "type": "about:blank",
        "title": _title(status),
        "status": status,
        "detail": text,
    }
    if isinstance(error, Invalid):
        body["detail"] = text or _title(status)
        body["errors"] = [{"field": field, "message": message} for field, message in error.errors.items()]
    if isinstance(error, Conflict) and error.current is not None:
        body |= {"current": error.current, "yours": error.yours}
    if status >= 500:
        body["request_id"] = current().request_id
    return Response(body, status_code=status, media_type="application/problem+json", headers=headers)


def _resumable(request: AppRequest, error: Exception) -> ResumePage | None:
    """The form that was being sent, if its sender only has to sign in again or to confirm.

    A form from another site gets neither: it was not the reader who filled it in.
    Litestar calls this from sync code too, so nothing is awaited.
    """
    forgery_check_failed = isinstance(error, HTTPException) and error.status_code == 403
    if not (isinstance(error, SignInNeeded) or forgery_check_failed) or not _same_site(request):
        return None
    # The forgery check has read the form before any handler ran.
    data = ScopeState.from_scope(request.scope).form
    form = Form.submitted(FormMultiDict.from_form_data(data)) if data is not Empty else Form()
    # A password is typed again rather than written into a page.
    fields = [(name, value) for name, value in form.everything if name not in _SECRET_FIELDS]
    if not fields:
        return None
    return ResumePage(
        sign_in=isinstance(error, SignInNeeded),
        action=request.url.path,
        fields=fields,
        form=Form({"email": [], "password": []}),
    )


def _same_site(request: AppRequest) -> bool:
    origin, settings = request.headers.get("origin"), services(request).settings
    if request.headers.get("sec-fetch-site") == "same-origin":
        return True
    # Not the host's own http:// where the site is https://: whoever sits on the line can write that page.
    scheme = "https" if settings.secure else "http"
    return origin in {settings.base_url.rstrip("/"), f"{scheme}://{request.headers.get('host', '')}"}
