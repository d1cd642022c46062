"""Blocking and reporting an organisation over the API."""

from tests.api.conftest import INTEREST, Signed, World


async def test_who_is_blocked_sends_no_interest(world: World, pair: dict[str, int], interest: int) -> None:
    path = f"/organisations/{world.company_id}"
    answer = await world.region.post(f"{path}/block")
    assert answer.json() == {"organisation_id": world.company_id, "blocked": True}
    assert (await world.region.post(f"{path}/block")).status_code == 200
    # What waited is declined.
    assert (await world.company.get(f"/interests/{interest}")).json()["state"] == "declined"
    refused = await world.company.post("/interests", json=pair | INTEREST)
    assert refused.status_code == 409
    assert "takes no expressions of interest from yours" in refused.json()["detail"]
    assert (await world.region.post(f"{path}/unblock")).json()["blocked"] is False
    assert (await world.region.post(f"{path}/unblock")).json()["blocked"] is False


async def test_a_report_goes_to_the_programme_office_alone(world: World, sign_up: Signed) -> None:
    path = f"/organisations/{world.company_id}/report"
    made = await world.region.post(path, json={"reason": "spam", "note": "Pesan yang sama ke semua daerah."})
    assert (made.status_code, made.json()["reason"], made.json()["about_id"]) == (201, "spam", world.company_id)
    told = (await world.company.get("/notices")).json()["items"]
    assert "spam" not in {notice["kind"] for notice in told} | {notice["detail"] for notice in told}
    wrong = await world.region.post(path, json={"reason": "boring"})
    assert [error["field"] for error in wrong.json()["errors"]] == ["reason"]
    nowhere = await sign_up("tanpa-organisasi@test.example")
    for verb in ("block", "unblock", "report"):
        body = {"reason": "spam"} if verb == "report" else None
        own = await world.company.post(f"/organisations/{world.company_id}/{verb}", json=body)
        without = await nowhere.post(f"/organisations/{world.company_id}/{verb}", json=body)
        assert (own.status_code, without.status_code) == (404, 404)
    for verb in ("block", "report"):
        body = {"reason": "spam"} if verb == "report" else None
        assert (await world.region.post(f"/organisations/999999/{verb}", json=body)).status_code == 404
