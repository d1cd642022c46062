"""Registering, signing in and out."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from litestar import get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.response import Redirect

from matchmaker.actions import accounts as account_actions
from matchmaker.actions import sessions as actions
from matchmaker.errors import Invalid, TooMany
from matchmaker.i18n import language
from matchmaker.inputs.account import Credentials, Registration
from matchmaker.labels import options
from matchmaker.language_choice import language_cookie
from matchmaker.services import AppRequest, client_address, cookie_name, services, session_token
from matchmaker.templating import NavViewer, Page, page_response
from matchmaker.web.forms import Form
from matchmaker.web.refusals import ResumePage
from matchmaker.web.visit import Answer, Visit, go
from models.vocabulary import Language

# A form that was interrupted by a lost session travels through the sign-in under this prefix.
CARRIED = "carried:"


@dataclass(kw_only=True)
class SignInPage(Page):
    template: ClassVar[str] = "account/sign_in.html"
    form: Form
    demo: bool


@dataclass(kw_only=True)
class RegisterPage(Page):
    template: ClassVar[str] = "account/register.html"
    form: Form
    languages: list[tuple[str, str]]


@get("/masuk")
async def sign_in_page(visit: NamedDependency[Visit]) -> Answer:
    onward = local_path(visit.request.query_params.get("lanjut", ""))
    if visit.viewer:
        return go(onward)
    form = Form({"lanjut": [onward]})
    return visit.show(SignInPage(form=form, demo=visit.services.settings.demo))


# Without the request's transaction: checking a password takes a tenth of a second, and SQLite has one writer.
@post("/masuk", status_code=200)
async def sign_in(request: AppRequest) -> Answer:
    form = Form.submitted(await request.form())
    carried = _carried(form)
    try:
        token, account = await actions.sign_in(
            services(request).database,
            form.read(Credentials),
            address=client_address(request),
            kind="web",
            days=services(request).settings.session_days,
            user_agent=request.headers.get("user-agent", ""),
            old_token=session_token(request),
        )
    except Invalid as refusal:
        form.errors = refusal.errors
    except TooMany as refusal:
        form.errors = {"": refusal.message}
    if form.errors:
        return _sign_in_again(request, form, carried)
    cookies = [session_cookie(request, token), language_cookie(services(request).settings, account.language)]
    if carried:
        page = ResumePage(sign_in=False, action=local_path(form.value("action")), fields=carried, form=Form())
        page.viewer = NavViewer(account.name, None, None, unread=0, is_office=account.is_office)
        return page_response(page, cookies=cookies)
    return Redirect(local_path(form.value("lanjut")), status_code=303, cookies=cookies)


def _sign_in_again(request: AppRequest, form: Form, carried: list[tuple[str, str]]) -> Answer:
    if carried:
        page: Page = ResumePage(sign_in=True, action=local_path(form.value("action")), fields=carried, form=form)
    else:
        page = SignInPage(form=form, demo=services(request).settings.demo)
    return page_response(page, 429 if "" in form.errors else 422)


def _carried(form: Form) -> list[tuple[str, str]]:
    return [(name.removeprefix(CARRIED), value) for name, value in form.everything if name.startswith(CARRIED)]


def local_path(address: str) -> str:
    """A path of this site, or the start page: nobody is sent elsewhere by a crafted link."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/"
    return address


def session_cookie(request: AppRequest, token: str) -> Cookie:
    """The session's cookie; an empty token ends it."""
    settings = services(request).settings
    return Cookie(
        key=cookie_name(settings),
        value=token,
        max_age=settings.session_days * 86_400 if token else 0,
        path="/",
        httponly=True,
        secure=settings.secure,
        samesite="lax",
    )


@post("/keluar", status_code=200)
async def sign_out(visit: NamedDependency[Visit]) -> Answer:
    await actions.sign_out(visit.session, session_token(visit.request))
    return Redirect("/", status_code=303, cookies=[session_cookie(visit.request, "")])


@get("/daftar")
async def register_page(visit: NamedDependency[Visit]) -> Answer:
    if visit.viewer:
        return go("/akun")
    form = Form({"language": [language()], "jenis": visit.request.query_params.getall("jenis", [])})
    return visit.show(RegisterPage(form=form, languages=options(Language)))


@post("/daftar", status_code=200)
async def register(request: AppRequest) -> Answer:
    """Registers and signs in; the next question is which organisation."""
    form = Form.submitted(await request.form())
    database = services(request).database
    try:
        registration = form.read(Registration)
        await account_actions.register(database, registration, address=client_address(request))
        token, account = await actions.sign_in(
            database,
            Credentials(email=registration.email, password=registration.password),
            address=client_address(request),
            kind="web",
            days=services(request).settings.session_days,
            user_agent=request.headers.get("user-agent", ""),
            old_token=session_token(request),
        )
    except Invalid as refusal:
        form.errors = refusal.errors
    except TooMany as refusal:
        form.errors = {"": refusal.message}
    if form.errors:
        page = RegisterPage(form=form, languages=options(Language))
        return page_response(page, 429 if "" in form.errors else 422)
    cookies = [session_cookie(request, token), language_cookie(services(request).settings, account.language)]
    return Redirect("/organisasi?ok=registered", status_code=303, cookies=cookies)


HANDLERS = [sign_in_page, sign_in, sign_out, register_page, register]
