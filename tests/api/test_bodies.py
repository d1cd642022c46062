"""What is handed in wrong is told at its field, in the caller's language, and nothing odd brings the server down."""

import json
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar

from tests.api.conftest import PASSWORD, World, created


def told(problem: dict[str, Any]) -> dict[str, str]:
    return {error["field"]: error["message"] for error in problem["errors"]}


async def test_every_field_at_once(world: World) -> None:
    body = {
        "title": "pendek",
        "pillar": "cinta",
        "needs": [{"title": "x", "contribution": "technology"}, {"title": "Pelatihan", "contribution": "uang"}],
        "duration_months": 61,
        "start_from": "1999-01-01",
        "unknown": 1,
    }
    answer = await world.region.post("/initiatives", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert {"type", "title", "status", "detail"} <= set(problem)
    assert told(problem) == {
        "title": "Write at least 10 characters; there are 6.",
        "pillar": "Choose one from the list.",
        "needs.0.title": "Write at least 5 characters; there are 1.",
        "needs.1.contribution": "Choose one from the list.",
        "duration_months": "Write 60 or less.",
        "start_from": "Choose 1 January 2000 or a later day.",
        "unknown": "There is no such field.",
    }


@pytest.mark.parametrize(("accepted", "language"), [("id-ID,id;q=0.9", "id"), ("en", "en"), ("de, en;q=0.5", "en")])
async def test_the_callers_language(world: World, accepted: str, language: str) -> None:
    answer = await world.anonymous.post("/accounts", json={}, headers={"Accept-Language": accepted})
    assert answer.headers["content-language"] == language
    assert set(told(answer.json())) == {"email", "password", "name"}


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[" * 100_000, b'{"title": "\xff"}', b'{"title": 1e999}', b"title=Judul", b'{"title": "\\ud800"}'],
    ids=["nothing", "cut", "deep", "no UTF-8", "infinite", "a form", "half a character"],
)
async def test_a_body_that_is_no_json(world: World, body: bytes) -> None:
    answer = await world.region.post("/initiatives", content=body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("body", [None, [], "x", 1, {"title": None}, {"title": {"a": []}}, {"title": 10**40}])
async def test_json_that_is_no_initiative(world: World, body: object) -> None:
    answer = await world.region.post("/initiatives", content=json.dumps(body).encode())
    assert answer.status_code == 422
    assert answer.json()["errors"]


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2027-01-31T00:00:00", "tomorrow", 1e300, True],
)
async def test_moments_at_the_edge_of_the_calendar(world: World, moment: object) -> None:
    answer = await world.region.post("/initiatives", json={"title": "Judul yang cukup", "expires_at": moment})
    assert set(told(answer.json())) == {"expires_at"}


async def test_text_is_cleaned(world: World) -> None:
    body = {"title": "  Judul\x00 yang\u202e\n cukup\t panjang ", "summary": "a\r\nb\n\n\n\nc \x07"}
    initiative = (await world.region.post("/initiatives", json=body)).json()
    assert initiative["title"] == "Judul yang cukup panjang"
    assert initiative["summary"] == "a\nb\n\nc"


async def test_numbers_beyond_every_id(world: World) -> None:
    body = {"initiative_id": 10**30, "card_id": 0, "message": "Kami ingin membahas ini bersama.", "first_step": "call"}
    answer = await world.company.post("/interests", json=body)
    assert set(told(answer.json())) == {"initiative_id", "card_id"}
    answer = await world.region.post("/initiatives", json={"title": "Judul yang cukup", "organisation_id": 10**30})
    assert answer.status_code == 404


@pytest.mark.parametrize("row_id", ["0", "-1", "9" * 30, "x", "%00", "1.5", "²", "٣9"])
async def test_ids_that_no_row_has(world: World, row_id: str) -> None:
    for path in ("initiatives", "cards", "organisations", "interests", "conversations"):
        answer = await world.region.get(f"/{path}/{row_id}")
        assert (path, answer.status_code) == (path, 404)
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_taken_address_in_other_capitals(world: World) -> None:
    body = {"email": "REGION@test.example", "password": PASSWORD, "name": "Wulan"}
    answer = await world.anonymous.post("/accounts", json=body)
    assert set(told(answer.json())) == {"email"}


async def test_wrong_password_then_too_many(world: World, sign_up: Any) -> None:
    await sign_up("forgetful@test.example")
    wrong = {"email": "forgetful@test.example", "password": "salah-sekali"}
    answer = await world.anonymous.post("/tokens", json=wrong)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "This address and password do not match."
    statuses = [(await world.anonymous.post("/tokens", json=wrong)).status_code for _ in range(9)]
    assert statuses[-1] == 429
    last = await world.anonymous.post("/tokens", json=wrong | {"password": PASSWORD})
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0


async def test_a_stale_change_is_given_both_texts(world: World) -> None:
    card = await created(world.company, "/cards", {"title": "Judul yang pertama"})
    path = f"/cards/{card}"
    first = await world.company.patch(path, json={"version": 1, "title": "Judul yang kedua"})
    assert first.json()["version"] == 2
    stale = await world.company.patch(path, json={"version": 1, "title": "Judul yang ketiga"})
    assert stale.status_code == 409
    assert stale.json()["current"] == {"version": 2, "title": "Judul yang kedua"}
    assert stale.json()["yours"] == {"title": "Judul yang ketiga"}
    assert (await world.company.get(path)).json()["title"] == "Judul yang kedua"


async def test_a_change_keeps_what_it_does_not_name(world: World) -> None:
    body = {
        "title": "Judul yang lengkap",
        "needs": [{"title": "Pelatihan", "contribution": "training"}],
        "pilot": True,
    }
    initiative = await created(world.region, "/initiatives", body)
    changed = await world.region.patch(f"/initiatives/{initiative}", json={"version": 1, "location": "Waingapu"})
    assert changed.json()["location"] == "Waingapu"
    assert changed.json()["pilot"]
    assert [need["title"] for need in changed.json()["needs"]] == ["Pelatihan"]


async def test_a_change_names_its_version(world: World) -> None:
    answer = await world.company.patch(f"/cards/{world.card}", json={"title": "Tanpa nomor versi"})
    assert set(told(answer.json())) == {"version"}


async def test_a_session_cookie_needs_the_forgery_token(app: Litestar, world: World) -> None:
    token = world.region.headers["authorization"].removeprefix("Bearer ")
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test.example/api/v1") as browser:
        browser.cookies.set("session", token)
        assert (await browser.get("/conversations")).status_code == 200
        body = {"title": "Ditulis dari halaman"}
        refused = await browser.post("/initiatives", json=body)
        assert refused.status_code == 403
        assert refused.headers["content-type"] == "application/problem+json"
        headers = {"X-CSRFToken": browser.cookies["csrf"]}
        assert (await browser.post("/initiatives", json=body, headers=headers)).status_code == 201
        # A header that carries no token must not let the cookie pass either.
        empty = await browser.post("/initiatives", json=body, headers={"Authorization": "Bearer "})
        assert empty.status_code == 401
