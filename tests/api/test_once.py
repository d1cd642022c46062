"""The Idempotency-Key: however often a POST is sent, it acts once."""

import asyncio
from typing import Any

from httpx import AsyncClient
from litestar import Litestar
from sqlmodel import select

from matchmaker.database import Database
from models import IdempotentAnswer
from tests.api.conftest import CARD, INTEREST, PASSWORD, World, created


async def test_a_repeat_answers_the_first_result(world: World) -> None:
    body, headers = {"title": "Dikirim dua kali"}, {"Idempotency-Key": "satu"}
    first = await world.company.post("/cards", json=body, headers=headers)
    again = await world.company.post("/cards", json=body, headers=headers)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")


async def test_white_space_and_order_are_the_same_body(world: World) -> None:
    headers = {"Idempotency-Key": "rapi"}
    first = await world.company.post("/cards", content=b'{"title":"Judul yang sama","tkt":7}', headers=headers)
    again = await world.company.post("/cards", content=b'{ "tkt": 7, "title":"Judul yang sama"}', headers=headers)
    assert again.json()["id"] == first.json()["id"]


async def test_another_body_or_path_is_a_conflict(world: World) -> None:
    headers = {"Idempotency-Key": "dua"}
    card = await created(world.company, "/cards", CARD)
    first = await world.company.post("/cards", json={"title": "Judul pertama"}, headers=headers)
    other = await world.company.post("/cards", json={"title": "Judul lainnya"}, headers=headers)
    elsewhere = await world.company.post(f"/cards/{card}/publish", headers=headers)
    assert [first.status_code, other.status_code, elsewhere.status_code] == [201, 409, 409]


async def test_keys_belong_to_their_caller(world: World) -> None:
    body, headers = {"title": "Judul kami sendiri"}, {"Idempotency-Key": "tiga"}
    ours = await world.company.post("/cards", json=body, headers=headers)
    theirs = await world.stranger.post("/cards", json=body, headers=headers)
    assert ours.json()["id"] != theirs.json()["id"]


async def test_twins_at_the_same_moment_act_once(world: World, pair: dict[str, int]) -> None:
    headers = {"Idempotency-Key": "kembar"}
    answers = await asyncio.gather(
        *(world.company.post("/interests", json=pair | INTEREST, headers=headers) for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 7
    listed = (await world.region.get("/interests", params={"limit": 100})).json()["items"]
    assert sum(item["card_id"] == pair["card_id"] for item in listed) == 1


async def test_what_failed_is_tried_again(world: World) -> None:
    card = await created(world.company, "/cards", {"title": "Belum lengkap isinya"})
    headers = {"Idempotency-Key": "gagal"}
    assert (await world.company.post(f"/cards/{card}/publish", headers=headers)).status_code == 422
    await world.company.patch(f"/cards/{card}", json=CARD | {"version": 1})
    again = await world.company.post(f"/cards/{card}/publish", headers=headers)
    assert (again.status_code, again.json()["status"]) == (200, "published")
    assert "idempotency-replayed" not in again.headers


async def test_a_message_is_said_once(world: World, conversation: int) -> None:
    path, headers = f"/conversations/{conversation}/messages", {"Idempotency-Key": "pesan"}
    sent = await asyncio.gather(
        *(world.company.post(path, json={"body": "Sekali saja"}, headers=headers) for _ in range(5))
    )
    assert len({answer.json()["id"] for answer in sent}) == 1
    said = (await world.region.get(path)).json()["items"]
    assert [message["body"] for message in said].count("Sekali saja") == 1


async def test_an_account_is_made_once(world: World) -> None:
    body = {"email": "kembar@test.example", "password": PASSWORD, "name": "Wulan"}
    headers = {"Idempotency-Key": "akun"}
    answers = await asyncio.gather(*(world.anonymous.post("/accounts", json=body, headers=headers) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    other = await world.anonymous.post("/accounts", json=body | {"password": "x" * 12}, headers=headers)
    assert other.status_code == 409


async def test_a_token_is_given_again_but_not_kept(world: World, connect: Any, app: Litestar) -> None:
    body, headers = {"email": "company@test.example", "password": PASSWORD}, {"Idempotency-Key": "masuk"}
    answers = await asyncio.gather(*(world.anonymous.post("/tokens", json=body, headers=headers) for _ in range(2)))
    assert answers[0].content == answers[1].content
    token = answers[0].json()["token"]
    assert (await connect(token).get("/conversations")).status_code == 200
    wrong = await world.anonymous.post("/tokens", json=body | {"password": "salah"}, headers=headers)
    assert wrong.status_code == 401

    other = await world.anonymous.post("/tokens", json=body, headers={"Idempotency-Key": "masuk lagi"})
    assert other.json()["token"] != token
    await _no_secret_kept(app, token, PASSWORD)


async def _no_secret_kept(app: Litestar, *secrets: str) -> None:
    database: Database = app.state.services.database
    async with database.transaction(write=False) as session:
        kept = (await session.exec(select(IdempotentAnswer))).all()
    assert kept
    for row in kept:
        assert row.status in {200, 201}
        assert not any(secret in row.body for secret in secrets)


async def test_keys_of_odd_length(world: World) -> None:
    for key in ("", "x" * 201):
        answer = await world.company.post("/cards", json={"title": "Judul saja"}, headers={"Idempotency-Key": key})
        assert answer.status_code == 400
    longest = await _with_key(world.company, "x" * 200)
    assert longest.status_code == 201


async def _with_key(client: AsyncClient, key: str) -> Any:
    return await client.post("/cards", json={"title": "Judul yang cukup"}, headers={"Idempotency-Key": key})
