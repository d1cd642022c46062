"""The API from outside, on one small world: a region with an initiative, a company with a card, and a stranger.

The region and the company are verified: the one thing that is done behind the API's back, which cannot do it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar

from matchmaker.access import Viewer
from matchmaker.actions import organisations
from matchmaker.actions.accounts import make_office_account
from matchmaker.app import create_app
from matchmaker.database import Database
from tests.databases import Databases, settings_for

PASSWORD = "kata-sandi-panjang"
INITIATIVE: dict[str, Any] = {
    "title": "Mengolah sampah pasar menjadi kompos",
    "summary": "Pasar Inpres menghasilkan enam ton sampah organik sehari yang belum terpilah dan belum dimanfaatkan.",
    "problem": (
        "Sampah organik dari pasar diangkut bercampur ke tempat pembuangan akhir. Armada terbatas dan lahan hampir "
        "penuh, sehingga sampah menumpuk dan air lindi mencemari sumur warga. Kami mencari teknologi pengomposan yang "
        "dapat dijalankan kelompok pedagang, dengan biaya operasi yang rendah."
    ),
    "owner_office": "Dinas Lingkungan Hidup",
    "contact_role": "Kepala Bidang Kebersihan",
    "contact_email": "kebersihan@region.example",
    "backup_email": "sekretariat@region.example",
    "pillar": "environment",
    "needs": [{"title": "Teknologi pengomposan sampah organik", "contribution": "technology"}],
    "minimum_tkt": 6,
}
CARD: dict[str, Any] = {
    "title": "Komposter sampah organik untuk pasar",
    "summary": "Komposter kami mengolah sampah organik pasar menjadi kompos dalam dua minggu, tanpa bau.",
    "description": (
        "Komposter kami mengolah sampah organik sampai dua ton sehari. Mesin dirawat oleh pedagang sendiri setelah "
        "pelatihan tiga hari, dan kompos yang dihasilkan laku dijual kepada petani. Sudah berjalan di empat pasar di "
        "Jawa Timur sejak dua tahun yang lalu."
    ),
    "region_gets": "Mesin, pelatihan pedagang dan pendampingan setahun.",
    "asks": "Lahan seratus meter persegi dan listrik.",
    "pillars": ["environment"],
    "contributions": ["technology", "training"],
    "regions_served": ["all"],
    "tkt": 8,
    "evidence": [{"client": "Pasar Wonokromo", "year": 2024, "result": "Sampah ke TPA turun separuh"}],
    "sdgs": [11, 12],
}
INTEREST = {"message": "Kami ingin membahas komposter ini untuk pasar kami.", "first_step": "visit"}

Signed = Callable[[str], Awaitable[AsyncClient]]


@dataclass
class World:
    """Clients under a token, and ids of what they own. ``initiative`` and ``card`` are published."""

    region: AsyncClient
    company: AsyncClient
    stranger: AsyncClient
    anonymous: AsyncClient
    region_id: int
    company_id: int
    initiative: int
    card: int


@pytest.fixture(scope="session")
async def app(databases: Databases) -> AsyncIterator[Litestar]:
    _name, address = await databases.take("facts")
    settings = settings_for(address)
    app = create_app(settings)
    ready, over = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        # A task of its own: the lifespan must end in the task that it began in, and pytest promises none.
        async with app.lifespan():
            ready.set()
            await over.wait()

    life = asyncio.create_task(live())
    await asyncio.wait({life, asyncio.create_task(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
    yield app
    over.set()
    await life


@pytest.fixture(scope="session")
async def connect(app: Litestar) -> AsyncIterator[Callable[[str], AsyncClient]]:
    """A client at the API, under a bearer token unless it is empty."""
    async with AsyncExitStack() as stack:

        def make(token: str) -> AsyncClient:
            headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {token}"} if token else {})
            client = AsyncClient(transport=ASGITransport(app), base_url="http://test.example/api/v1", headers=headers)
            stack.push_async_callback(client.aclose)
            return client

        yield make


@pytest.fixture(scope="session")
async def sign_up(connect: Callable[[str], AsyncClient]) -> Signed:
    """A new account with this address, signed in."""

    async def register(email: str) -> AsyncClient:
        account = {"email": email, "password": PASSWORD, "name": "Wulan Sari", "language": "id"}
        answer = await connect("").post("/accounts", json=account)
        assert answer.status_code == 201, answer.text
        answer = await connect("").post("/tokens", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return connect(answer.json()["token"])

    return register


@pytest.fixture(scope="session")
async def verify(app: Litestar) -> Callable[[int], Awaitable[None]]:
    database: Database = app.state.services.database
    await make_office_account(database, "office@test.example", "Kantor", PASSWORD)
    office = Viewer(1, 0, "Kantor", "office@test.example", "id", is_office=True, memberships=())

    async def verify_organisation(organisation_id: int) -> None:
        async with database.transaction() as session:
            await organisations.verify_organisation(session, office, organisation_id)

    return verify_organisation


async def created(client: AsyncClient, path: str, body: dict[str, Any]) -> int:
    answer = await client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


@pytest.fixture(scope="session")
async def world(
    connect: Callable[[str], AsyncClient], sign_up: Signed, verify: Callable[[int], Awaitable[None]]
) -> World:
    region, company, stranger = [await sign_up(f"{who}@test.example") for who in ("region", "company", "stranger")]
    region_id = await created(region, "/organisations", {"kind": "region", "region_code": "53.11"})
    company_id = await created(
        company, "/organisations", {"kind": "company", "name": "PT Kompos Jaya", "legal_form": "company"}
    )
    await created(
        stranger, "/organisations", {"kind": "company", "name": "CV Lain Sama Sekali", "legal_form": "company"}
    )
    await verify(region_id)
    await verify(company_id)
    initiative = await created(region, "/initiatives", INITIATIVE)
    card = await created(company, "/cards", CARD)
    for client, path in ((region, f"/initiatives/{initiative}"), (company, f"/cards/{card}")):
        answer = await client.post(f"{path}/publish")
        assert answer.status_code == 200, answer.text
    return World(region, company, stranger, connect(""), region_id, company_id, initiative, card)


@pytest.fixture
async def pair(world: World) -> dict[str, int]:
    """A published initiative and a card of the world's two sides that no interest is about yet."""
    initiative = await created(world.region, "/initiatives", INITIATIVE)
    card = await created(world.company, "/cards", CARD)
    await world.region.post(f"/initiatives/{initiative}/publish")
    await world.company.post(f"/cards/{card}/publish")
    return {"initiative_id": initiative, "card_id": card}


@pytest.fixture
async def interest(world: World, pair: dict[str, int]) -> int:
    """From the company to the region, waiting for an answer."""
    return await created(world.company, "/interests", pair | INTEREST)


@pytest.fixture
async def conversation(world: World, interest: int) -> int:
    answer = await world.region.post(f"/interests/{interest}/accept")
    assert answer.status_code == 200, answer.text
    return int(answer.json()["conversation_id"])
