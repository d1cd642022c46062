"""The legal route of a conversation by the API."""

from tests.api.conftest import World


async def test_presumed_tried_and_answered(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/route"
    presumed = (await world.company.get(path)).json()
    assert (presumed["legal_form"], presumed["assumed"], presumed["version"]) == ("company", True, 0)
    tried = (
        await world.company.get(path, params={"legal_form": "state_university_blu", "money_flow": "own_costs"})
    ).json()
    assert tried["route"] == "sinergi"
    assert [paper["code"] for paper in tried["papers"]] == ["kak", "nota_kesepakatan"]
    assert "Permendagri 22/2020" in tried["legal_basis"]
    assert tried["signers"][0]["title"]
    given = {"money_flow": "own_costs", "apbd": "none", "asset_use": "none", "version": 0}
    kept = await world.region.post(path, json=given)
    assert kept.status_code == 200, kept.text
    answer = (await world.company.get(path)).json()
    assert answer == kept.json()
    assert (answer["route"], answer["assumed"], answer["version"]) == ("ksdpk", False, 1)
    assert [paper["code"] for paper in answer["papers"]] == ["offer_letter", "kak", "feasibility_study", "kb", "pks"]
    assert answer["remarks"] == []
    stale = await world.company.post(path, json={"money_flow": "nothing", "version": 0})
    assert stale.status_code == 409
    bought = (await world.company.post(path, json={"money_flow": "region_pays"})).json()
    assert (bought["route"], bought["papers"], bought["hands_over"]) == ("procurement", [], True)


async def test_what_is_no_answer(world: World, conversation: int) -> None:
    path = f"/conversations/{conversation}/route"
    asked = await world.company.get(path, params={"money_flow": "sideways"})
    assert (asked.status_code, asked.json()["errors"][0]["field"]) == (422, "money_flow")
    given = await world.company.post(path, json={"asset_use": "all of them"})
    assert given.json()["errors"][0]["field"] == "asset_use"
