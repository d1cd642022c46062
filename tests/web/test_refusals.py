"""Every route refuses whom it must, and says nothing about what exists."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from matchmaker.assets import asset, by_address
from matchmaker.database import Database
from matchmaker.mail_links import STOP, stop_path
from matchmaker.services import Services
from matchmaker.settings import DEMO_SECRET
from models import Session
from tests.visitor import Visitor
from tests.web.refusals import CALLERS, ROWS, Row
from tests.world import Scene, World, viewer_of

Visit = Callable[..., Visitor]
_OWNED = ("draft", "card_draft", "initiative", "card", "interest", "conversation", "region", "colleague", "session")
# As of a browser that has been on every page: the sheets of a page differ by what a browser has.
SHEETS = ".".join(file.digest for file in by_address().values() if file.name.endswith(".css"))
ABSENT = dict.fromkeys([*_OWNED, "unverified"], "999999")


@pytest.fixture
async def objects(scene: Scene, world: World, database: Database) -> dict[str, str]:
    """What the rows name in braces."""
    session_of_officer = await viewer_of(database, world.officer)
    async with database.transaction(write=False) as session:
        row = await session.get(Session, session_of_officer.session_id)
    assert row is not None
    rows = {name: str(value) for name, value in vars(scene).items()}
    return rows | {
        "region": str(world.officer.organisation_id),
        "unverified": str(world.clerk.organisation_id),
        "colleague": str(world.colleague.account_id),
        "session": str(row.id),
        "asset": asset("app.css"),
        "stop": stop_path(DEMO_SECRET, world.officer.account_id, "message").removeprefix(STOP),
    }


def test_every_route_has_its_row_and_no_row_is_left_over(shared_app: Litestar) -> None:
    routes = {
        (method, route.path)
        for route in shared_app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods
        if method != "OPTIONS"  # Litestar answers it by itself: the methods, nothing else
    }
    named = [row.key for row in ROWS]
    assert routes - set(named) == set(), "a new route needs a row in tests/web/refusals.py"
    assert set(named) - routes == set()
    assert len(named) == len(set(named))
    for row in ROWS:
        assert row.why or row.statuses[0] in {303, 401, 404}, f"{row.key} is open to all: say why"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.method} {row.route}" for row in ROWS])
async def test_refused(row: Row, visit: Visit, world: World, objects: dict[str, str], services: Services) -> None:
    # A stream then ends as soon as it has begun.
    services.live.end_streams()
    people = dict(
        zip(CALLERS, (None, world.stranger, getattr(world, row.other), getattr(world, row.unverified)), strict=True)
    )
    answers = {}
    for caller, person in people.items():
        visitor = visit()
        visitor.client.cookies.set("sheets", SHEETS, domain="test.example", path="/")
        token = await visitor.sign_in(person) if person else ""
        answer = await call(visitor, row, objects, token)
        answers[caller] = answer.status_code
        if answer.status_code == 303 and row.method == "GET" and person is None:
            assert answer.headers["location"].startswith("/masuk?lanjut=%2F")
        if answer.status_code == 404 and "{" in f"{row.path}{row.body}":
            absent = await call(visitor, row, objects | ABSENT, token)
            assert absent.status_code == 404
            assert plain(answer, filled(row, objects)) == plain(absent, filled(row, objects | ABSENT))
    assert answers == dict(zip(CALLERS, row.statuses, strict=True))


async def call(visitor: Visitor, row: Row, objects: dict[str, str], token: str) -> httpx.Response:
    path = filled(row, objects)
    body = {name: fill(value, objects) for name, value in row.body.items()} if row.body is not None else {}
    if path.startswith("/api/"):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = {"json": body} if row.body is not None else {}
        return await visitor.client.request(row.method, path, headers=headers, **data)
    if row.method == "GET":
        return (await visitor.get(path)).response
    return (await visitor.post(path, body)).response


def filled(row: Row, objects: dict[str, str]) -> str:
    return fill(row.path or row.route, objects)


def fill(text: Any, objects: dict[str, str]) -> Any:
    if not isinstance(text, str):
        return text
    return re.sub(r"\{(\w+)\}", lambda m: objects.get(m[1], m[0]), text)


def plain(answer: httpx.Response, path: str) -> tuple[str, dict[str, str]]:
    """Body and headers without what differs between any two answers: number, nonce, token, and the address itself."""
    body = answer.text.replace(path, "PATH").replace(path.replace("&", "&amp;"), "PATH")
    body = re.sub(r"(<code>)\w+(</code>)|(nonce=\")[\w-]+|(_csrf_token\" value=\")[\w-]+", "", body)
    headers = {
        name: re.sub(r"nonce-[\w-]+", "", value)
        for name, value in answer.headers.items()
        if name not in {"content-length", "set-cookie"}
    }
    return body, headers


async def test_a_draft_is_its_members_and_what_is_published_everybodys(
    visit: Visit, world: World, scene: Scene
) -> None:
    colleague, nobody = visit(), visit()
    await colleague.sign_in(world.colleague)
    assert (await colleague.get(f"/inisiatif/{scene.draft}")).status == 200
    assert (await colleague.get(f"/inisiatif/{scene.draft}/saran")).status == 200
    for path in (f"/inisiatif/{scene.initiative}", f"/kapabilitas/{scene.card}"):
        for page in (path, f"{path}/saran"):
            answer = await nobody.get(page)
            assert answer.status == 200
            assert "@sumbatimur.example" not in answer.html
            assert not [link for link in answer.links if link.startswith("/minat/baru?initiative=") and "&" in link]


async def test_members_are_named_to_members_alone(visit: Visit, world: World) -> None:
    address = f"/organisasi/{world.officer.organisation_id}"
    for person, are_named in ((None, False), (world.founder, False), (world.colleague, True), (world.office, True)):
        visitor = visit()
        if person:
            await visitor.sign_in(person)
        page = await visitor.get(address)
        assert (world.officer.email in page.html) is are_named
        assert page.has_form(f"{address}/anggota/{world.colleague.account_id}/admin") is (person == world.office)


async def test_the_office_sees_its_pages_and_nobodys_talks(visit: Visit, world: World, scene: Scene) -> None:
    office = visit()
    await office.sign_in(world.office)
    assert (await office.get("/pengelola")).status == 200
    for path in (f"/percakapan/{scene.conversation}", f"/minat/{scene.interest}", f"/inisiatif/{scene.draft}"):
        assert (await office.get(path)).status == 404
