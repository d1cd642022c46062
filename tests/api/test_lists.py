"""Lists: walked to their end without loss or repeat, narrowed, and refused where the question makes no sense."""

from typing import Any

import pytest
from httpx import AsyncClient

from tests.api.conftest import World, created

LISTS = ["/regions", "/organisations", "/initiatives", "/cards", "/interests", "/conversations"]


async def walked(client: AsyncClient, path: str, limit: int, **asked: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        params = asked | {"limit": limit} | ({"cursor": cursor} if cursor else {})
        answer = await client.get(path, params=params)
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["items"]) <= limit
        items += answer.json()["items"]
        cursor = answer.json()["next"]
        if cursor is None:
            return items


@pytest.mark.parametrize("path", ["/initiatives", "/cards"])
async def test_own_lists_are_walked_to_the_end(world: World, path: str) -> None:
    client, organisation = (
        (world.region, world.region_id) if path == "/initiatives" else (world.company, world.company_id)
    )
    made = [await created(client, path, {"title": f"Judul nomor {number:03}"}) for number in range(7)]
    ids = [item["id"] for item in await walked(client, path, 2, organisation_id=organisation)]
    assert ids[:7] == made[::-1]
    assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("conversation")
@pytest.mark.parametrize("path", LISTS)
async def test_public_and_own_lists(world: World, path: str) -> None:
    whole = (await world.region.get(path, params={"limit": 100})).json()["items"]
    key = "code" if path == "/regions" else "id"
    by_ones = await walked(world.region, path, 1 if path != "/regions" else 100)
    assert [item[key] for item in by_ones][:100] == [item[key] for item in whole]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", ["x", "%%%", "MjAyNi0wMS0wMQ", "MjAyNi0wMS0wMSAx", "\x00", "ñ", "99.99"])
async def test_a_cursor_that_is_none(world: World, path: str, cursor: str) -> None:
    answer = await world.region.get(path, params={"cursor": cursor})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", [*LISTS, "/initiatives/1/suggestions", "/cards/1/suggestions"])
@pytest.mark.parametrize("limit", ["0", "101", "x", "-1", "9" * 5000, "1.5"])
async def test_a_limit_out_of_bounds(world: World, path: str, limit: str) -> None:
    answer = await world.region.get(path, params={"limit": limit})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["limit"]


async def test_initiatives_are_narrowed(world: World) -> None:
    fitting = {
        "pillar": "environment",
        "province": "53",
        "region": "53.11",
        "kind": "kabupaten",
        "search": "KOMPOS pasar",
    }
    for asked in ({name: value} for name, value in fitting.items()):
        items = (await world.anonymous.get("/initiatives", params=asked | {"limit": 100})).json()["items"]
        assert (asked, world.initiative in {item["id"] for item in items}) == (asked, True)
    for asked in (
        {"pillar": "economy"},
        {"province": "11"},
        {"kind": "kota"},
        {"search": "jembatan"},
        {"quick_win": True},
    ):
        items = (await world.anonymous.get("/initiatives", params=asked | {"limit": 100})).json()["items"]
        assert (asked, world.initiative in {item["id"] for item in items}) == (asked, False)


async def test_a_filter_off_the_list_is_refused(world: World) -> None:
    answer = await world.anonymous.get("/cards", params={"pillar": "love", "province": "99", "kind": "region"})
    assert {error["field"] for error in answer.json()["errors"]} == {"pillar", "province", "kind"}


async def test_organisations_by_name_kind_and_membership(world: World) -> None:
    found = (await world.anonymous.get("/organisations", params={"search": "kompos JAYA"})).json()["items"]
    assert [item["id"] for item in found] == [world.company_id]
    companies = await walked(world.anonymous, "/organisations", 100, kind="company")
    assert {item["kind"] for item in companies} == {"company"}
    verified = await walked(world.anonymous, "/organisations", 100, verified="true")
    assert {world.region_id, world.company_id} <= {item["id"] for item in verified}
    assert all(item["verified"] for item in verified)
    mine = (await world.company.get("/organisations", params={"mine": "true"})).json()["items"]
    assert [item["id"] for item in mine] == [world.company_id]
    assert (await world.anonymous.get("/organisations", params={"mine": "true"})).status_code == 401


async def test_messages_are_followed(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/messages"
    for number in range(5):
        await world.company.post(path, json={"body": f"Pesan {number}"})
    everything = await walked(world.region, path, 2)
    assert [message["body"] for message in everything][1:] == [f"Pesan {n}" for n in range(5)]
    behind = (await world.region.get(path, params={"after": everything[2]["id"]})).json()
    assert [message["id"] for message in behind["items"]] == [m["id"] for m in everything[3:]]
    for bad in ("-1", "x", 2**31):
        assert (await world.region.get(path, params={"after": bad})).status_code == 422
    assert (await world.region.get(path, params={"cursor": "x"})).status_code == 400


async def test_regions_by_spelling_province_and_year(world: World) -> None:
    first = (await world.anonymous.get("/regions", params={"search": "kab. Sumba Timur"})).json()["items"][0]
    assert (first["code"], first["kind"], first["name"]) == ("53.11", "kabupaten", "Sumba Timur")
    assert first["participations"] == [{"year": 2023, "complete": True}]
    by_code = await walked(world.anonymous, "/regions", 100, province="53")
    by_name = await walked(world.anonymous, "/regions", 7, province="nusa tenggara timur")
    assert by_code == by_name
    assert {region["province"] for region in by_code} == {"Nusa Tenggara Timur"}
    joined = await walked(world.anonymous, "/regions", 100, year=2023)
    assert all(2023 in {p["year"] for p in region["participations"]} for region in joined)


async def test_the_closest_spelling_stays_first_over_pages(world: World) -> None:
    whole = await walked(world.anonymous, "/regions", 100, search="bandung")
    assert [r["code"] for r in await walked(world.anonymous, "/regions", 1, search="bandung")] == [
        r["code"] for r in whole
    ]
    assert {"32.04", "32.73"} == {region["code"] for region in whole[:2]}


async def test_an_unknown_year_is_not_told_as_no(world: World) -> None:
    region = (await world.anonymous.get("/regions/53.11")).json()
    known = {year["year"]: (year["complete"], year["took_part"]) for year in region["years"]}
    assert known[2023] == (True, "yes")
    assert known[2024] == (True, "no")
    assert known[2022] == (False, "unknown")
    for code in ("99.99", "53", "x"):
        assert (await world.anonymous.get(f"/regions/{code}")).status_code == 404
