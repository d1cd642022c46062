"""What readers say of suggestions: who may, what is kept, and what the ranking may learn from it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from httpx import AsyncClient
from litestar import Litestar
from sqlmodel import col, select

from matchmaker.database import Database
from matchmaker.reading.feedback import verdicts
from models import Feedback
from tests.api.conftest import CARD, INITIATIVE, INTEREST, World, created

PATH = "/suggestions/feedback"
Kept = Callable[[dict[str, int]], Awaitable[list[tuple[str, str | None]]]]
Learned = Callable[[dict[str, int]], Awaitable[list[bool]]]


@pytest.fixture
def kept(app: Litestar) -> Kept:
    """Verdict and reason of every row about a pair."""
    database: Database = app.state.services.database

    async def read(pair: dict[str, int]) -> list[tuple[str, str | None]]:
        query = select(Feedback).filter_by(**pair).order_by(col(Feedback.id))
        async with database.transaction(write=False) as session:
            return [(row.verdict, row.reason) for row in (await session.exec(query)).all()]

    return read


@pytest.fixture
def learned(app: Litestar) -> Learned:
    """What `verdicts` says of a pair: whether each was useful."""
    database: Database = app.state.services.database

    async def read(pair: dict[str, int]) -> list[bool]:
        async with database.transaction(write=False) as session:
            every = await verdicts(session)
        return [useful for *of, useful in every if of == [pair["initiative_id"], pair["card_id"]]]

    return read


@pytest.mark.parametrize("who", ["region", "company"])
async def test_a_member_of_either_side_says_what_it_thinks(
    world: World, pair: dict[str, int], kept: Kept, who: str
) -> None:
    said = {"verdict": "not_useful", "reason": "capability_gap"}
    answer = await getattr(world, who).post(PATH, json=pair | said)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["id"] > 0
    assert told["organisation_id"] == getattr(world, f"{who}_id")
    assert {name: told[name] for name in (*pair, *said)} == pair | said
    assert await kept(pair) == [("not_useful", "capability_gap")]


async def test_a_new_verdict_replaces_the_callers_old_one(world: World, pair: dict[str, int], kept: Kept) -> None:
    first = await created(world.region, PATH, pair | {"verdict": "not_useful", "reason": "no_budget"})
    other = await created(world.company, PATH, pair | {"verdict": "useful"})
    again = await created(world.region, PATH, pair | {"verdict": "useful", "reason": None})
    assert again == first != other
    assert await kept(pair) == [("useful", None), ("useful", None)]


async def test_verdicts_at_the_same_moment_are_one_row(world: World, pair: dict[str, int], kept: Kept) -> None:
    said = [pair | {"verdict": "useful" if at % 2 else "not_useful"} for at in range(8)]
    answers = await asyncio.gather(*(world.region.post(PATH, json=body) for body in said))
    assert {answer.status_code for answer in answers} == {201}
    assert len(await kept(pair)) == 1


async def test_a_repeat_with_its_key_does_not_undo_what_came_later(
    world: World, pair: dict[str, int], kept: Kept
) -> None:
    body, headers = pair | {"verdict": "useful"}, {"Idempotency-Key": "berguna"}
    first = await world.region.post(PATH, json=body, headers=headers)
    await created(world.region, PATH, pair | {"verdict": "not_useful"})
    again = await world.region.post(PATH, json=body, headers=headers)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert await kept(pair) == [("not_useful", None)]
    other = await world.region.post(PATH, json=pair | {"verdict": "not_useful"}, headers=headers)
    assert other.status_code == 409


async def test_strangers_find_nothing_and_the_signed_out_sign_in(
    world: World, pair: dict[str, int], kept: Kept
) -> None:
    body = pair | {"verdict": "useful"}
    refused = await world.stranger.post(PATH, json=body)
    absent = await world.stranger.post(PATH, json=dict.fromkeys(pair, 2**31 - 1) | {"verdict": "useful"})
    assert refused.status_code == absent.status_code == 404
    assert refused.json() == absent.json()
    assert (await world.anonymous.post(PATH, json=body)).status_code == 401
    assert await kept(pair) == []


async def test_the_other_side_must_be_published(world: World, pair: dict[str, int]) -> None:
    draft = await created(world.company, "/cards", {"title": CARD["title"]})
    idea = await created(world.region, "/initiatives", {"title": INITIATIVE["title"]})
    # Each side sees suggestions for its own draft; of the other's drafts it knows nothing.
    own = [
        (world.region, {"initiative_id": idea, "card_id": pair["card_id"]}),
        (world.company, {"initiative_id": pair["initiative_id"], "card_id": draft}),
    ]
    assert [(await who.post(PATH, json=of | {"verdict": "useful"})).status_code for who, of in own] == [201, 201]
    theirs = [(world.company, own[0][1]), (world.region, own[1][1])]
    assert [(await who.post(PATH, json=of | {"verdict": "useful"})).status_code for who, of in theirs] == [404, 404]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"verdict": "splendid"}, "verdict"),
        ({"verdict": None}, "verdict"),
        ({"verdict": ["useful"]}, "verdict"),
        ({"reason": "cinta"}, "reason"),
        ({"reason": 7}, "reason"),
        ({"card_id": 0}, "card_id"),
        ({"initiative_id": 10**30}, "initiative_id"),
        ({"account_id": 1}, "account_id"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field(
    world: World, pair: dict[str, int], kept: Kept, change: dict[str, Any], field: str
) -> None:
    answer = await world.region.post(PATH, json=pair | {"verdict": "useful"} | change)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await kept(pair) == []


async def test_a_verdict_is_needed_and_a_reason_is_not(world: World, pair: dict[str, int]) -> None:
    answer = await world.region.post(PATH, json=pair)
    assert [error["field"] for error in answer.json()["errors"]] == ["verdict"]
    assert (await world.region.post(PATH, json=pair | {"verdict": "useful"})).json()["reason"] is None


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ({"verdict": "useful"}, [True]),
        ({"verdict": "not_useful"}, [False]),
        ({"verdict": "not_useful", "reason": "not_our_need"}, [False]),
        ({"verdict": "not_useful", "reason": "capability_gap"}, [False]),
        ({"verdict": "not_useful", "reason": "no_budget"}, []),
    ],
)
async def test_what_a_verdict_says_of_the_match(
    world: World, pair: dict[str, int], learned: Learned, said: dict[str, str], meaning: list[bool]
) -> None:
    await created(world.region, PATH, pair | said)
    assert await learned(pair) == meaning


@pytest.mark.parametrize(
    ("act", "body", "meaning"),
    [
        ("accept", None, [True]),
        ("decline", {"reason": "not_our_need"}, [False]),
        ("decline", {"reason": "capability_gap"}, [False]),
        ("decline", {"reason": "region_or_time"}, []),
        ("decline", {"reason": "no_budget"}, []),
    ],
)
async def test_what_an_answered_interest_says_of_the_match(
    world: World, pair: dict[str, int], learned: Learned, act: str, body: dict[str, str] | None, meaning: list[bool]
) -> None:
    interest = await _sent(world.company, pair)
    assert await learned(pair) == []
    assert (await world.region.post(f"/interests/{interest}/{act}", json=body)).status_code == 200
    assert await learned(pair) == meaning


async def test_a_withdrawn_interest_says_nothing_and_several_voices_are_heard(
    world: World, pair: dict[str, int], learned: Learned
) -> None:
    interest = await _sent(world.company, pair)
    await world.company.post(f"/interests/{interest}/withdraw")
    assert await learned(pair) == []
    await created(world.region, PATH, pair | {"verdict": "not_useful"})
    await created(world.company, PATH, pair | {"verdict": "useful"})
    assert sorted(await learned(pair)) == [False, True]


async def _sent(client: AsyncClient, pair: dict[str, int]) -> int:
    return await created(client, "/interests", pair | INTEREST)
