"""Somebody at a browser: keeps cookies, sends back the page's token, and fills in the forms that are there."""

from datetime import timedelta
from typing import Any

from httpx import ASGITransport, AsyncClient
from litestar import Litestar
from litestar.middleware.csrf import generate_csrf_token

from matchmaker import security
from matchmaker.services import Services, cookie_name
from models import Session, now
from tests.pages import FormOnPage, Page, encoded
from tests.world import Person

Value = str | list[str] | None


class Visitor:
    def __init__(self, app: Litestar, *, base_url: str = "http://test.example", language: str = "en") -> None:
        self.app = app
        self.client = AsyncClient(
            transport=ASGITransport(app, raise_app_exceptions=False),
            base_url=base_url,
            headers={"Accept-Language": language, "User-Agent": "Firefox"},
            trust_env=False,
        )
        self.origin = base_url
        self.page: Page | None = None

    async def close(self) -> None:
        await self.client.aclose()

    @property
    def services(self) -> Services:
        found: Services = self.app.state.services
        return found

    async def sign_in(self, person: Person) -> str:
        """A session without the cost of a password; answers its token."""
        token = security.new_token()
        async with self.services.database.transaction() as session:
            session.add(
                Session(
                    token_hash=security.token_hash(token),
                    account_id=person.account_id,
                    kind="web",
                    expires_at=now() + timedelta(days=1),
                )
            )
        self.client.cookies.set(cookie_name(self.services.settings), token, domain="test.example", path="/")
        return token

    def sign_out(self) -> None:
        """Loses the session as when its time has run out."""
        self.client.cookies.delete(cookie_name(self.services.settings), domain="test.example", path="/")

    async def get(self, path: str, *, follow: bool = False, headers: dict[str, str] | None = None) -> Page:
        answer = await self.client.get(path, headers=headers or {}, follow_redirects=follow)
        self.page = Page(answer)
        return self.page

    def _token(self) -> str:
        """From a form of the open page; without one, as if some page had been open before."""
        for form in self.page.forms if self.page else []:
            if form["_csrf_token"]:
                return form["_csrf_token"]
        settings = self.services.settings
        name = "__Host-csrf" if settings.secure else "csrf"
        token = self.client.cookies.get(name) or generate_csrf_token(settings.secret_key)
        self.client.cookies.set(name, token, domain="test.example", path="/")
        return token

    async def post(self, path: str, data: dict[str, Value] | None = None, *, follow: bool = False) -> Page:
        """Sends a form with the token that a page of this site gave."""
        form = FormOnPage(path, "post")
        form.values = [("_csrf_token", self._token())]
        return await self.send(path, form.filled(data or {}), follow=follow)

    async def submit(
        self, action: str, changes: dict[str, Value] | None = None, *, page: Page | None = None, follow: bool = False
    ) -> Page:
        """Sends the form of the open page, as it stands there but for the changes."""
        opened = page or self.page
        assert opened is not None, "no page is open"
        return await self.send(action, opened.form(action).filled(changes or {}), follow=follow)

    async def send(
        self,
        path: str,
        values: list[tuple[str, str]] | bytes,
        *,
        follow: bool = False,
        headers: dict[str, Any] | None = None,
    ) -> Page:
        usual = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.origin,
            "Sec-Fetch-Site": "same-origin",
        }
        answer = await self.client.post(
            path,
            content=values if isinstance(values, bytes) else encoded(values),
            headers={k: v for k, v in (usual | (headers or {})).items() if v is not None},
            follow_redirects=follow,
        )
        self.page = Page(answer)
        return self.page
