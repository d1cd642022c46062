"""The OpenAPI document says what the API does."""

from typing import Any

from tests.api.conftest import World

CONTRACT = {
    "POST /tokens", "POST /accounts", "GET /regions", "GET /regions/{}",
    "POST /organisations", "GET /organisations", "GET /organisations/{}", "PATCH /organisations/{}",
    "POST /initiatives", "GET /initiatives", "GET /initiatives/{}", "PATCH /initiatives/{}",
    "POST /initiatives/{}/publish", "POST /initiatives/{}/close", "GET /initiatives/{}/suggestions",
    "POST /cards", "GET /cards", "GET /cards/{}", "PATCH /cards/{}",
    "POST /cards/{}/publish", "POST /cards/{}/close", "GET /cards/{}/suggestions", "POST /suggestions/feedback",
    "POST /interests", "GET /interests", "GET /interests/{}",
    "POST /interests/{}/accept", "POST /interests/{}/decline", "POST /interests/{}/withdraw",
    "GET /conversations", "GET /conversations/{}",
    "GET /conversations/{}/messages", "POST /conversations/{}/messages", "GET /events",
    "GET /conversations/{}/route", "POST /conversations/{}/package", "GET /packages/{}",
    "GET /conversations/{}/files", "POST /conversations/{}/files", "GET /conversations/{}/files/{}/{}",
    "GET /conversations/{}/meetings", "POST /conversations/{}/meetings", "GET /conversations/{}/meetings/{}",
    "POST /conversations/{}/meetings/{}/choose", "POST /conversations/{}/meetings/{}/change",
    "POST /conversations/{}/meetings/{}/cancel",
}  # fmt: skip
OTHER_MEDIA = {
    "followEvents": "text/event-stream",
    "getPackageFile": "application/octet-stream",
    "getFile": "application/octet-stream",
    "getPaper": "application/octet-stream",
    "getAttachment": "application/octet-stream",
    "getMeetingCalendar": "text/calendar",
}
INITIATIVE_FIELDS = (
    "title summary problem pillar other_pillars sub_dimensions needs offers owner_office contact_role contact_email "
    "backup_email quick_win master_plan_ref rpjmd_ref funding_source funding_band indicators location start_from "
    "duration_months minimum_tkt pilot graduation_clause spbe_impact language expires_at "
    "id region organisation_id status version published_at"
)
CARD_FIELDS = (
    "title summary description region_gets asks pillars sub_dimensions tkt ip_status evidence contributions "
    "regions_served price_band available_from available_until languages sdgs language "
    "id organisation_id status version published_at"
)


async def document(world: World) -> dict[str, Any]:
    answer = await world.anonymous.get("http://test.example/api/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def test_it_names_the_contracts_calls(world: World) -> None:
    found = await document(world)
    assert found["info"]["title"] == "Temu Mitra API"
    assert found["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    calls = {f"{method.upper()} {_bare(path)}" for path, methods in found["paths"].items() for method in methods}
    assert calls >= CONTRACT


def _bare(path: str) -> str:
    parts = path.removeprefix("/api/v1").split("/")
    return "/".join("{}" if part.startswith("{") else part for part in parts)


async def test_answers_and_bodies_have_the_contracts_fields(world: World) -> None:
    schemas = (await document(world))["components"]["schemas"]
    assert set(schemas["InitiativeAnswer"]["properties"]) >= set(INITIATIVE_FIELDS.split())
    assert set(schemas["CardAnswer"]["properties"]) >= set(CARD_FIELDS.split())
    assert schemas["InitiativeCreation"]["required"] == ["title"]
    assert schemas["CardChange"]["required"] == ["version"]
    assert schemas["CardCreation"]["additionalProperties"] is False
    assert "default" not in schemas["CardChange"]["properties"]["title"]


async def test_every_call_is_described(world: World) -> None:
    found = await document(world)
    for path, methods in found["paths"].items():
        for call in methods.values():
            assert call["summary"], path
            assert call["tags"], path
            for status, answer in call["responses"].items():
                given = OTHER_MEDIA.get(call["operationId"], "application/json")
                assert set(answer["content"]) == {given if status < "300" else "application/problem+json"}, path


async def test_nothing_is_loaded_from_elsewhere(world: World) -> None:
    for path in ("/api", "/api/docs", "/api/redoc", "/schema", "/schema/swagger"):
        answer = await world.anonymous.get(f"http://test.example{path}")
        assert (path, answer.status_code) == (path, 404)
