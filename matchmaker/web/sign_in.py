"""Registering, signing in and out."""

import re
from dataclasses import dataclass
from typing import ClassVar

from litestar import get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.response import Redirect

from matchmaker.actions import accounts as account_actions
from matchmaker.actions import sessions as actions
from matchmaker.errors import Invalid, TooMany
from matchmaker.forgery import forgery_config, new_token
from matchmaker.i18n import language
from matchmaker.inputs.account import Credentials, Registration
from matchmaker.labels import options
from matchmaker.language_choice import language_cookie
from matchmaker.services import AppRequest, client_address, cookie_name, services, session_token
from matchmaker.templating import NavViewer, Page, page_response
from matchmaker.web.forms import Form
from matchmaker.web.refusals import ResumePage
from matchmaker.web.visit import Answer, Visit, go
from models import Account
from models.vocabulary import Language

# A form that was interrupted by a lost session travels through the sign-in under this prefix.
CARRIED = "carried:"
# One slash and then none: browsers read "//", "/\\" and what hides them in white space as another host.
_LOCAL = re.compile(r"/(?![/\\])[!-~]*\Z")


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
        account, cookies = await _enter(request, form.read(Credentials))
    except (Invalid, TooMany) as refusal:
        form.refuse(refusal)
        return _sign_in_again(request, form, carried, refusal.status)
    if carried:
        page = ResumePage(sign_in=False, action=local_path(form.value("action")), fields=carried, form=Form())
        page.viewer = NavViewer(account.id or 0, account.name, None, None, unread=0, is_office=account.is_office)
        return page_response(page, cookies=cookies)
    return Redirect(local_path(form.value("lanjut")), status_code=303, cookies=cookies)


async def _enter(request: AppRequest, credentials: Credentials) -> tuple[Account, list[Cookie]]:
    """A new session for whoever knows the password, in place of the browser's former one."""
    settings = services(request).settings
    token, account = await actions.sign_in(
        services(request).database,
        credentials,
        address=client_address(request),
        kind="web",
        days=settings.session_days,
        user_agent=request.headers.get("user-agent", ""),
        old_token=session_token(request),
    )
    # What an earlier account left open in this browser can send nothing in the name of this one.
    forgery = new_token(request.scope, forgery_config(settings))
    return account, [session_cookie(request, token), language_cookie(settings, account.language), forgery]


def _sign_in_again(request: AppRequest, form: Form, carried: list[tuple[str, str]], status: int) -> Answer:
    if carried:
        page: Page = ResumePage(sign_in=True, action=local_path(form.value("action")), fields=carried, form=form)
    else:
        page = SignInPage(form=form, demo=services(request).settings.demo)
    return page_response(page, status)


def _carried(form: Form) -> list[tuple[str, str]]:
    return [(name.removeprefix(CARRIED), value) for name, value in form.everything if name.startswith(CARRIED)]


def local_path(address: str) -> str:
    """A path of this site, or the start page: nobody is sent elsewhere by a crafted link."""
    return address if _LOCAL.match(address) else "/"


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
    try:
        registration = form.read(Registration)
        await account_actions.register(services(request).database, registration, address=client_address(request))
        credentials = Credentials(email=registration.email, password=registration.password)
        _account, cookies = await _enter(request, credentials)
    except (Invalid, TooMany) as refusal:
        form.refuse(refusal)
        page = RegisterPage(form=form, languages=options(Language))
        return page_response(page, refusal.status)
    return Redirect("/organisasi?ok=registered", status_code=303, cookies=cookies)


HANDLERS = [sign_in_page, sign_in, sign_out, register_page, register]
