"""Schemathesis reads the OpenAPI document and tries to find an answer that breaks a promise of it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import schemathesis
import uvicorn
from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from litestar import Litestar
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import CARD, INITIATIVE, INTEREST, Signed, World, created

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = {GenerationMode.POSITIVE: 20, GenerationMode.NEGATIVE: 10}


@asynccontextmanager
async def served(app: Litestar) -> AsyncIterator[str]:
    """The app behind a real server, in this loop."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="warning"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await task


@pytest.mark.slow
async def test_every_answer_is_as_the_document_says(
    app: Litestar, world: World, sign_up: Signed, verify: Callable[[int], Awaitable[None]]
) -> None:
    caller = await sign_up("machine@test.example")
    known = await _own_world(caller, world.company, verify) | {"code": "53.11"}
    headers = {"Authorization": caller.headers["authorization"]}
    # A stream then ends as soon as it has begun.
    app.state.services.live.end_streams()
    async with served(app) as url:
        await asyncio.to_thread(_examine, url, headers, known)


async def _own_world(
    caller: AsyncClient, partner: AsyncClient, verify: Callable[[int], Awaitable[None]]
) -> dict[str, Any]:
    """Ids of things of every kind that the caller may do everything with."""
    region = await created(caller, "/organisations", {"kind": "region", "region_code": "51.71"})
    await created(caller, "/organisations", {"kind": "company", "name": "PT Mesin", "legal_form": "company"})
    await verify(region)
    initiative = await created(caller, "/initiatives", INITIATIVE)
    await caller.post(f"/initiatives/{initiative}/publish")
    interests = []
    for _ in range(2):
        card = await created(partner, "/cards", CARD)
        await partner.post(f"/cards/{card}/publish")
        asked = {"initiative_id": initiative, "card_id": card}
        interests.append(await created(partner, "/interests", asked | INTEREST))
    accepted = await caller.post(f"/interests/{interests[0]}/accept")
    return {
        "organisation_id": region,
        "initiative_id": initiative,
        "card_id": await created(caller, "/cards", {"title": CARD["title"]}),
        "interest_id": interests[1],
        "conversation_id": accepted.json()["conversation_id"],
    }


def _examine(url: str, headers: dict[str, str], known: dict[str, Any]) -> None:
    document = schemathesis.openapi.from_url(f"{url}/api/openapi.json")
    count = 0
    for operation in document.get_all_operations():
        for mode, examples in EXAMPLES.items():
            _try(operation.ok(), mode, examples, headers, known)
        count += 1
    assert count >= 32


def _try(operation: Any, mode: GenerationMode, examples: int, headers: dict[str, str], known: dict[str, Any]) -> None:
    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def answers_as_promised(case: Case, real: bool) -> None:
        if real:
            _name_what_exists(case, known)
        case.call_and_validate(headers=headers, checks=CHECKS)

    try:
        answers_as_promised()
    except Unsatisfiable:
        # Some calls cannot be made wrong: they take nothing.
        assert mode is GenerationMode.NEGATIVE


def _name_what_exists(case: Case, known: dict[str, Any]) -> None:
    """Random ids meet nothing: half of the calls are about the world's own things."""
    for given_values in (case.path_parameters, case.body):
        if isinstance(given_values, dict):
            given_values.update({name: known[name] for name in given_values if name in known})
