"""One's own account: name, language, password, sessions, leaving."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlmodel import col, select

from matchmaker import access
from matchmaker.access import Viewer, viewer_by_token
from matchmaker.actions import accounts as actions
from matchmaker.actions.sessions import revoke_session
from matchmaker.errors import Invalid, TooMany
from matchmaker.inputs.account import Farewell, PasswordChange, Profile
from matchmaker.labels import options
from matchmaker.language_choice import language_cookie
from matchmaker.services import AppRequest, services, session_token
from matchmaker.templating import Page
from matchmaker.web.forms import Form
from matchmaker.web.sign_in import session_cookie
from matchmaker.web.visit import Answer, Visit, go, nav_viewer
from models import Session, now
from models.vocabulary import Language


@dataclass(kw_only=True)
class AccountPage(Page):
    template: ClassVar[str] = "account/page.html"
    profile: Form
    password: Form
    farewell: Form
    email: str
    organisations: list[tuple[int, str, bool]]
    sessions: list[Session]
    own_session_id: int
    languages: list[tuple[str, str]]


@get("/akun")
async def account_page(visit: NamedDependency[Visit]) -> Response[str]:
    return await _show(visit)


async def _show(
    visit: Visit, *, profile: Form | None = None, password: Form | None = None, farewell: Form | None = None
) -> Response[str]:
    viewer = access.signed_in(visit.viewer)
    query = (
        select(Session)
        .where(Session.account_id == viewer.account_id, Session.expires_at > now())
        .order_by(col(Session.created_at).desc())
    )
    page = AccountPage(
        profile=profile or Form.of({"name": viewer.name, "language": viewer.language}),
        password=password or Form(),
        farewell=farewell or Form(),
        email=viewer.email,
        organisations=[(m.organisation_id, m.name, m.verified) for m in viewer.memberships],
        sessions=list((await visit.session.exec(query)).all()),
        own_session_id=viewer.session_id,
        languages=options(Language),
    )
    failed = any(form and form.errors for form in (profile, password, farewell))
    return visit.show(page, 422 if failed else 200)


@post("/akun", status_code=200)
async def change_profile(visit: NamedDependency[Visit]) -> Answer:
    access.signed_in(visit.viewer)
    form = await visit.form()
    profile: Profile | None = await visit.attempt(form, lambda: _change_profile(visit, form))
    if profile is None:
        return await _show(visit, profile=form)
    cookie = language_cookie(visit.services.settings, profile.language)
    return Redirect("/akun?ok=saved", status_code=303, cookies=[cookie])


async def _change_profile(visit: Visit, form: Form) -> Profile:
    profile = form.read(Profile)
    await actions.change_profile(visit.session, visit.viewer, profile)
    return profile


@post("/akun/sesi/{session_id:int}/cabut", status_code=200)
async def end_session(visit: NamedDependency[Visit], session_id: FromPath[int]) -> Answer:
    await revoke_session(visit.session, visit.viewer, session_id)
    return go("/akun", "revoked")


# The next two check a password, so they hold no transaction while they do (see sign_in.py).
@post("/akun/sandi", status_code=200)
async def change_password(request: AppRequest) -> Answer:
    viewer = await _viewer(request)
    form = Form.submitted(await request.form())
    try:
        await actions.change_password(services(request).database, viewer, form.read(PasswordChange))
    except (Invalid, TooMany) as refusal:
        form.refuse(refusal)
        return await _show_again(request, viewer, password=form)
    return go("/akun", "password")


@post("/akun/hapus", status_code=200)
async def delete_account(request: AppRequest) -> Answer:
    viewer = await _viewer(request)
    form = Form.submitted(await request.form())
    try:
        await actions.delete_account(services(request).database, viewer, form.read(Farewell))
    except (Invalid, TooMany) as refusal:
        form.refuse(refusal)
        return await _show_again(request, viewer, farewell=form)
    return Redirect("/?ok=goodbye", status_code=303, cookies=[session_cookie(request, "")])


async def _viewer(request: AppRequest) -> Viewer:
    async with services(request).database.transaction(write=False) as session:
        return access.signed_in(await viewer_by_token(session, session_token(request)))


async def _show_again(request: AppRequest, viewer: Viewer, **forms: Form) -> Response[str]:
    async with services(request).database.transaction(write=False) as session:
        visit = Visit(request, session, viewer, await nav_viewer(session, viewer))
        return await _show(visit, **forms)


HANDLERS = [account_page, change_profile, end_session, change_password, delete_account]
