"""Sessions in the browser: lost in the middle of a form, forged from elsewhere, ended from afar."""

from collections.abc import Callable

import pytest

from tests.visitor import Visitor
from tests.web.forms import INITIATIVE_FORM
from tests.world import PASSWORD, Scene, World

Visit = Callable[..., Visitor]


async def test_signing_in_and_out(visit: Visit, world: World) -> None:
    officer = visit()
    asked = await officer.get("/minat?lang=en")
    assert asked.status == 303
    await officer.get(asked.location)
    wrong = await officer.submit("/masuk", {"email": world.officer.email, "password": "wrong-password"})
    assert wrong.status == 422
    assert wrong.form("/masuk")["email"] == world.officer.email
    assert "do not match" in wrong.errors["password"]
    right = await officer.submit("/masuk", {"password": PASSWORD})
    assert (right.status, right.location) == (303, "/minat?lang=en")
    assert (await officer.get("/minat")).status == 200
    token = officer.client.cookies["session"]
    assert (await officer.submit("/keluar", follow=True)).path == "/"
    assert (await officer.get("/minat")).status == 303
    # The token itself is dead, not only forgotten.
    thief = visit()
    thief.client.cookies.set("session", token, domain="test.example", path="/")
    assert (await thief.get("/minat")).status == 303


async def test_a_planted_session_is_worth_nothing_after_sign_in(visit: Visit, world: World) -> None:
    officer, thief = visit(), visit()
    planted = await thief.sign_in(world.stranger)
    officer.client.cookies.set("session", planted, domain="test.example", path="/")
    await officer.submit(
        "/masuk", {"email": world.officer.email, "password": PASSWORD}, page=await visit().get("/masuk")
    )
    await officer.post("/masuk", {"email": world.officer.email, "password": PASSWORD})
    assert officer.client.cookies["session"] != planted
    assert (await thief.get("/minat")).status == 303


async def test_a_page_of_an_earlier_account_sends_nothing_in_the_name_of_the_next(
    visit: Visit, world: World, scene: Scene
) -> None:
    browser, here = visit(), f"/percakapan/{scene.conversation}"
    left = None
    for person in (world.officer, world.colleague):
        browser.client.cookies.delete("session")
        await browser.get("/masuk")
        await browser.submit("/masuk", {"email": person.email, "password": PASSWORD})
        left = left or await browser.get(here)
    assert left is not None
    refused = await browser.submit(here, {"body": "Written by the officer."}, page=left)
    # It is the colleague's to confirm.
    assert (refused.status, "One more step" in refused.text) == (403, True)
    assert "Written by the officer." not in (await browser.get(here)).text


async def test_the_cookie_of_a_session_is_out_of_reach_of_scripts(visit: Visit, world: World) -> None:
    officer = visit()
    answer = await officer.post("/masuk", {"email": world.officer.email, "password": PASSWORD})
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


async def test_a_form_survives_an_ended_session(visit: Visit, world: World) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/inisiatif/baru")
    officer.sign_out()
    asked = await officer.submit("/inisiatif/baru", INITIATIVE_FORM)
    assert asked.status == 401
    assert "nothing was lost" in asked.main
    wrong = await officer.submit("/masuk", {"email": world.officer.email, "password": "wrong-password"})
    assert wrong.status == 422
    assert wrong.form("/masuk")["carried:title"] == INITIATIVE_FORM["title"]
    resumed = await officer.submit("/masuk", {"email": world.officer.email, "password": PASSWORD})
    assert resumed.status == 200
    form = resumed.form("/inisiatif/baru")
    assert PASSWORD not in resumed.html
    assert form["needs.1.title"] == INITIATIVE_FORM["needs.1.title"]
    saved = await officer.submit("/inisiatif/baru", follow=True)
    assert saved.status == 200
    for name in ("title", "summary", "needs.0.title", "contact_role"):
        assert str(INITIATIVE_FORM[name]) in saved.main


async def test_a_page_open_for_too_long_is_confirmed_not_lost(visit: Visit, world: World) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/inisiatif/baru")
    opened = officer.page
    # The browser was closed meanwhile: the cookie of the token is gone, the one of the session is not.
    officer.client.cookies.delete("csrf", domain="test.example", path="/")
    refused = await officer.submit("/inisiatif/baru", INITIATIVE_FORM, page=opened)
    assert refused.status == 403
    assert "nothing was lost" in refused.main
    saved = await officer.submit("/inisiatif/baru", follow=True)
    assert saved.status == 200
    assert str(INITIATIVE_FORM["title"]) in saved.main


@pytest.mark.parametrize("token", [None, "", "0" * 96, "x" * 9000, "é"])
async def test_without_the_right_token_nothing_happens(
    visit: Visit, world: World, scene: Scene, token: str | None
) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/")
    values = [("reason", "other")] + ([("_csrf_token", token)] if token is not None else [])
    answer = await officer.send(f"/inisiatif/{scene.initiative}/tutup", values)
    assert answer.status == 403
    assert (await officer.get(f"/inisiatif/{scene.initiative}")).has_form(f"/inisiatif/{scene.initiative}/tutup")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://test.example.evil.example"])
async def test_a_form_of_another_site_is_not_even_offered_again(
    visit: Visit, world: World, scene: Scene, origin: str
) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/")
    answer = await officer.send(
        f"/inisiatif/{scene.initiative}/tutup",
        [("reason", "other")],
        headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status == 403
    assert not answer.has_form(f"/inisiatif/{scene.initiative}/tutup")


async def test_nobody_elses_token_will_do(visit: Visit, world: World) -> None:
    officer, other = visit(), visit()
    await officer.sign_in(world.officer)
    await officer.get("/akun")
    stolen = (await other.get("/daftar")).form("/daftar")["_csrf_token"]
    answer = await officer.send("/akun", [("name", "Taken"), ("language", "en"), ("_csrf_token", stolen)])
    assert answer.status == 403
    assert "Taken" not in (await officer.get("/akun")).text


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "///evil.example",
    "http:///evil.example",
    "evil.example",
    "/x\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("address", ELSEWHERE)
async def test_signing_in_leads_nowhere_else(visit: Visit, world: World, address: str) -> None:
    officer = visit()
    form = (await officer.client.get("/masuk", params={"lanjut": address})).text
    assert 'value="/"' in form or "evil" not in form
    answer = await officer.post("/masuk", {"email": world.officer.email, "password": PASSWORD, "lanjut": address})
    assert answer.status == 303
    assert answer.location in {"/", "/x%0D%0ASet-Cookie:%20a=b"} or leads_here(answer.location)
    signed_in = await officer.client.get("/masuk", params={"lanjut": address})
    assert signed_in.status_code == 303
    assert leads_here(signed_in.headers["location"])
    assert "a" not in officer.client.cookies


def leads_here(location: str) -> bool:
    """As a browser reads it: it drops tabs and line ends, and takes a backslash for a slash."""
    read = "".join(c for c in location if c not in "\t\r\n").replace("\\", "/").strip()
    return read.startswith("/") and not read.startswith("//")


async def test_a_carried_form_goes_to_this_site_alone(visit: Visit, world: World) -> None:
    officer = visit()
    answer = await officer.post(
        "/masuk",
        {
            "email": world.officer.email,
            "password": PASSWORD,
            "action": "https://evil.example/take",
            "carried:title": "A title",
        },
    )
    assert answer.status == 200
    assert "evil" not in answer.html
    assert {form.action for form in answer.forms} <= {"/", "/keluar"}


async def test_another_device_is_ended_from_afar(visit: Visit, world: World) -> None:
    here, there = visit(), visit()
    for visitor in (here, there):
        await visitor.get("/masuk")
        await visitor.submit("/masuk", {"email": world.officer.email, "password": PASSWORD})
    page = await here.get("/akun")
    ends = [form.action for form in page.forms if form.action.endswith("/cabut")]
    assert ends
    for action in ends:
        await here.submit(action, page=page)
    assert (await there.get("/akun")).status == 303
    assert (await here.get("/akun")).status == 200


async def test_a_new_password_through_the_page(visit: Visit, world: World) -> None:
    here, there = visit(), visit()
    for visitor in (here, there):
        await visitor.get("/masuk")
        await visitor.submit("/masuk", {"email": world.officer.email, "password": PASSWORD})
    await here.get("/akun")
    wrong = await here.submit("/akun/sandi", {"current": "not-this-one", "password": "a new password"})
    assert wrong.status == 422
    assert "current" in wrong.errors
    assert "a new password" not in wrong.html
    right = await here.submit("/akun/sandi", {"current": PASSWORD, "password": "a new password"}, follow=True)
    assert "Your password is changed" in right.main
    assert (await there.get("/akun")).status == 303
    await there.get("/masuk")
    answer = await there.submit("/masuk", {"email": world.officer.email, "password": "a new password"})
    assert answer.status == 303


async def test_too_many_tries_say_when_to_come_back(visit: Visit, world: World) -> None:
    visitor = visit()
    await visitor.get("/masuk")
    for _ in range(10):
        await visitor.submit("/masuk", {"email": world.officer.email, "password": "wrong-password"})
    answer = await visitor.submit("/masuk", {"email": world.officer.email, "password": PASSWORD})
    assert answer.status == 429
    assert "Too many attempts" in answer.alert
    assert answer.form("/masuk")["email"] == world.officer.email
