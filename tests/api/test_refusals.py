"""Every call, from its own document: who must not make it is refused, and learns nothing."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from httpx import AsyncClient

from tests.api.conftest import CARD, INITIATIVE, INTEREST, World, created

MEETING = {"slots": ["2099-01-31T02:00:00Z"], "minutes": 60, "online": False, "place": "Kantor bupati"}
# A body that would be taken, for the calls that need one.
BODIES: dict[str, dict[str, Any]] = {
    "createOrganisation": {"kind": "company", "name": "PT Contoh", "legal_form": "company"},
    "changeOrganisation": {"version": 1, "name": "PT Direbut"},
    "createInitiative": {"title": INITIATIVE["title"]},
    "changeInitiative": {"version": 1, "title": "Judul yang direbut"},
    "closeInitiative": {"reason": "other"},
    "createCard": {"title": CARD["title"]},
    "changeCard": {"version": 1, "title": "Judul yang direbut"},
    "judgeSuggestion": {"initiative_id": 1, "card_id": 1, "verdict": "useful"},
    "expressInterest": {"initiative_id": 1, "card_id": 1, **INTEREST},
    "declineInterest": {"reason": "other"},
    "sendMessage": {"body": "Halo"},
    "editMessage": {"body": "Direbut", "version": 1},
    "takeStep": {"step": "draft_terms"},
    "answerRoute": {"money_flow": "nothing"},
    "proposeTerms": {"purpose": "Direbut"},
    "commentOnTerms": {"section": "scope", "body": "Halo"},
    "proposeDecision": {"title": "Direbut orang", "body": "Bukan punya kami."},
    "reportOrganisation": {"reason": "spam"},
    "saveDraft": {"body": "Direbut"},
    "rejectDecision": {"reason": "Bukan punya kami."},
    "readNotices": {},
    "proposeMeeting": MEETING,
    "changeMeeting": MEETING,
    "chooseMeetingTime": {"slot": 1},
    "cancelMeeting": {},
    "recordStage": {"stage": "offer", "done_on": "2026-01-05"},
    "recordSignature": {"step": "sign_kb", "number": "1", "signed_on": "2026-01-05", "ends_on": "2027-01-05"},
    "addMilestone": {"title": "Capaian yang direbut", "due_on": "2027-01-05"},
    "reachMilestone": {"done_on": "2026-01-05", "evidence": "Bukti yang direbut"},
    "reportQuarter": {"quarter": "2026-Q1", "progress": "Laporan yang direbut", "rating": 1, "outlook": "stop"},
    "closeAgreement": {"result": "Hasil yang direbut oleh pihak yang sama sekali tidak ikut dalam kerja sama ini."},
    "showResult": {"show": True},
}
# Calls that somebody else's member may make as anybody may: these are not about a thing that is owned.
FOR_ANY_ACCOUNT = {
    "createOrganisation",
    "createInitiative",
    "createCard",
    "listInterests",
    "listConversations",
    "listAgreements",
    "followEvents",
    "listNotices",
    "readNotices",
    # About any other organisation: tests/api/test_reports.py
    "blockOrganisation",
    "unblockOrganisation",
    "reportOrganisation",
}


async def operations(client: AsyncClient) -> dict[str, tuple[str, str, bool]]:
    """Method, path and whether it is for everybody, by operation id."""
    document = (await client.get("http://test.example/api/openapi.json")).json()
    return {
        call["operationId"]: (method.upper(), path.removeprefix("/api/v1"), {} in call["security"])
        for path, methods in document["paths"].items()
        for method, call in methods.items()
    }


async def _make(client: AsyncClient, name: str, method: str, path: str) -> tuple[int, dict[str, Any]]:
    answer = await client.request(method, path, json=BODIES.get(name))
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()


async def test_signed_out(world: World, conversation: int, interest: int) -> None:
    filled = _filled(world, conversation, interest)
    for name, (method, path, public) in (await operations(world.anonymous)).items():
        if not public:
            status, problem = await _make(world.anonymous, name, method, path.format(**filled))
            assert (name, status) == (name, 401)
            assert problem["detail"] == "Sign in to continue."


async def test_a_token_that_means_nothing(connect: Any) -> None:
    answer = await connect("0" * 64).get("/conversations")
    assert answer.status_code == 401


async def test_a_stranger_finds_nothing(world: World, conversation: int, interest: int) -> None:
    filled = _filled(world, conversation, interest)
    for name, (method, path, public) in (await operations(world.anonymous)).items():
        if public or name in FOR_ANY_ACCOUNT:
            continue
        refused = await _make(world.stranger, name, method, path.format(**filled))
        absent = await _make(world.stranger, name, method, path.format(**dict.fromkeys(filled, 2**31 - 1)))
        assert (name, refused[0]) == (name, 404)
        assert refused == absent


async def test_drafts_are_their_organisations_alone(world: World) -> None:
    initiative = await created(world.region, "/initiatives", {"title": "Rancangan yang belum jadi"})
    card = await created(world.company, "/cards", {"title": "Rancangan yang belum jadi"})
    for path in (f"/initiatives/{initiative}", f"/cards/{card}"):
        for client in (world.stranger, world.anonymous):
            assert (await client.get(path)).status_code == 404
            assert (await client.get(f"{path}/suggestions")).status_code == 404
    mine = (await world.region.get("/initiatives", params={"organisation_id": world.region_id})).json()
    theirs = (await world.stranger.get("/initiatives", params={"organisation_id": world.region_id})).json()
    assert initiative in {item["id"] for item in mine["items"]}
    assert {item["status"] for item in theirs["items"]} <= {"published", "in_talks"}


async def test_the_wrong_side_cannot_answer(world: World, interest: int) -> None:
    assert (await world.company.post(f"/interests/{interest}/accept")).status_code == 404
    assert (await world.region.post(f"/interests/{interest}/withdraw")).status_code == 404


@pytest.mark.parametrize(("who", "path"), [("company", "/initiatives"), ("region", "/cards")])
async def test_the_wrong_kind_of_organisation(world: World, who: str, path: str) -> None:
    answer = await getattr(world, who).post(path, json={"title": "Judul yang cukup panjang"})
    assert answer.status_code == 403


async def test_contacts_and_numbers_are_for_members(world: World, verify: Callable[[int], Awaitable[None]]) -> None:
    for client, email in ((world.region, INITIATIVE["contact_email"]), (world.stranger, None)):
        initiative = (await client.get(f"/initiatives/{world.initiative}")).json()
        assert initiative["contact_email"] == email
    path = f"/organisations/{world.company_id}"
    await world.company.patch(path, json={"version": 1, "name": "PT Kompos Jaya", "tax_number": "0" * 15})
    assert (await world.company.get(path)).json()["tax_number"] == "0" * 15
    assert (await world.stranger.get(path)).json()["tax_number"] is None
    # Another tax number needs verifying anew, and the rest of the world counts on this company.
    await verify(world.company_id)


def _filled(world: World, conversation: int, interest: int) -> dict[str, int]:
    return {
        "organisation_id": world.region_id,
        "initiative_id": world.initiative,
        "card_id": world.card,
        "interest_id": interest,
        "conversation_id": conversation,
        "version": 1,
        "comment_id": 1,
        "message_id": 1,
        "number": 1,
        "package_id": 1,
        "file_id": 1,
        "attachment_id": 1,
        "meeting_id": 1,
        "file": "1.ics",
        "stage": "kb_signed",
        "agreement_id": 1,
        "milestone_id": 1,
    }
