"""The demonstration: invented organisations, initiatives and cards, and some talks under way. The same every time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts, security
from matchmaker.actions.demo_notices import load_notices
from matchmaker.actions.demo_talks import Cast, load_talks
from matchmaker.actions.editing import search_text, write_fields, written_fields
from matchmaker.actions.index import note_change
from matchmaker.actions.initiatives import LIFETIME
from matchmaker.database import Database
from matchmaker.facts.demo import read_all
from matchmaker.inputs.card import PublishableCard
from matchmaker.inputs.initiative import PublishableInitiative
from matchmaker.inputs.validation import check
from matchmaker.storage import Storage
from models import (
    Account,
    Card,
    Initiative,
    Membership,
    Need,
    Organisation,
    now,
)
from models.vocabulary import CardStatus, InitiativeStatus, MemberState, OrganisationKind

PASSWORD = "demo-matchmaker"  # noqa: S105 - printed for everybody who tries the demonstration
DEMO_REGION = "53.11"
# Plainly invented names, so that nobody takes them for somebody.
ACCOUNTS = {
    "officer": "Petugas Contoh Sumba Timur",
    "officer2": "Petugas Contoh Kedua",
    "company": "Pendiri Contoh",
    "company2": "Pendiri Contoh Kedua",
    "academic": "Dosen Contoh",
    "office": "Pengelola Contoh",
}


async def load_demo(database: Database, storage: Storage) -> bool:
    """Fills an empty database; False where there is something already. One transaction: all or nothing."""
    password_hash = await security.hash_password(PASSWORD)
    async with database.transaction() as session:
        if (await session.exec(select(Account.id).limit(1))).first() is not None:
            return False
        await _load(session, storage, password_hash)
    return True


async def _load(session: AsyncSession, storage: Storage, password_hash: str) -> None:
    accounts = {
        key: Account(email=f"{key}@demo.example", name=name, password_hash=password_hash, is_office=key == "office")
        for key, name in ACCOUNTS.items()
    }
    await _add(session, *accounts.values())
    regions = await _regions(session)
    partners, cards = await _partners(session)
    initiatives = await _initiatives(session, regions)
    other_region = next(code for code in regions if code != DEMO_REGION)
    places = {
        "officer": regions[DEMO_REGION],
        "officer2": regions[other_region],
        "company": partners["demo-company"],
        "company2": partners["demo-company-2"],
        "academic": partners["demo-academic"],
    }
    for key, organisation in places.items():
        await _add(
            session,
            Membership(
                account_id=accounts[key].id or 0,
                organisation_id=organisation.id or 0,
                state=MemberState.active,
                is_admin=True,
            ),
        )
    cast = Cast(accounts, places, {i.title: i for i in initiatives}, {c.title: c for c in cards})
    await load_talks(session, storage, cast)
    await load_notices(session)
    # Whoever runs already learns of it all: one entry makes every index look.
    for initiative in initiatives:
        await note_change(session, "initiative", initiative.id or 0)
    for card in cards:
        await note_change(session, "card", card.id or 0)


async def _add(session: AsyncSession, *rows: SQLModel) -> None:
    session.add_all(rows)
    await session.flush()


async def _regions(session: AsyncSession) -> dict[str, Organisation]:
    """The government of every region that posts something, by code."""
    codes = dict.fromkeys([DEMO_REGION, *(entry["region"] for entry in read_all("initiatives", "initiative"))])
    organisations = {
        code: Organisation(
            kind=OrganisationKind.region,
            name=f"Pemerintah {facts.regions()[code]}",
            legal_form="region",
            region_code=code,
            description="Data contoh untuk peragaan, bukan pernyataan pemerintah daerah ini.",
            verified_at=now(),
            is_demo=True,
        )
        for code in codes
    }
    await _add(session, *organisations.values())
    return organisations


async def _partners(session: AsyncSession) -> tuple[dict[str, Organisation], list[Card]]:
    """Companies and campuses by key, and all their cards."""
    entries = read_all("organisations", "organisation")
    organisations = {entry["key"]: _organisation(entry) for entry in entries}
    await _add(session, *organisations.values())
    cards = [_card(organisations[entry["key"]], card) for entry in entries for card in entry.get("card", [])]
    for number, card in enumerate(cards):
        card.published_at = _moment(number, len(cards))
    await _add(session, *cards)
    return organisations, cards


def _organisation(entry: Mapping[str, Any]) -> Organisation:
    return Organisation(
        kind=entry["kind"],
        name=entry["name"],
        legal_form=entry["legal_form"],
        region_code=entry["region"],
        description=entry.get("description", ""),
        website=entry.get("website", ""),
        size_band=entry.get("size_band"),
        founded=entry.get("founded"),
        kbli=entry.get("kbli", ""),
        kbli_edition="2020" if entry.get("kbli") else "",
        field_of_science=entry.get("field_of_science", ""),
        verified_at=now(),
        is_demo=True,
    )


def _card(organisation: Organisation, entry: Mapping[str, Any]) -> Card:
    given = check(PublishableCard, entry)
    card = Card(organisation_id=organisation.id or 0, title=given.title, status=CardStatus.published)
    write_fields(card, written_fields(given))
    card.search_text = search_text(card)
    return card


async def _initiatives(session: AsyncSession, regions: Mapping[str, Organisation]) -> list[Initiative]:
    entries = read_all("initiatives", "initiative")
    initiatives = []
    for number, entry in enumerate(entries):
        start = entry.get("start_in_days")
        fields = {name: value for name, value in entry.items() if name not in {"region", "start_in_days"}}
        given = check(PublishableInitiative, fields)
        initiative = Initiative(
            organisation_id=regions[entry["region"]].id or 0, region_code=entry["region"], title=given.title
        )
        write_fields(initiative, {n: v for n, v in written_fields(given).items() if n != "needs"})
        initiative.status = InitiativeStatus.published
        initiative.published_at = _moment(number, len(entries))
        initiative.expires_at = now() + LIFETIME
        initiative.start_from = (now() + timedelta(days=start)).date() if start else None
        initiative.search_text = search_text(initiative)
        await _add(session, initiative)
        session.add_all(
            Need(initiative_id=initiative.id or 0, position=i, **need.model_dump(mode="json"))
            for i, need in enumerate(given.needs)
        )
        initiatives.append(initiative)
    await session.flush()
    return initiatives


def _moment(number: int, count: int) -> datetime:
    """Publishing spread over the last two months. A fixed stride mixes what stands together in the files."""
    shuffled = number * 37 % count
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=60 * (shuffled + 1) / count)
