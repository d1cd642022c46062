"""Filters of lists: what each choice would leave is what it leaves, whatever else is chosen."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from matchmaker.database import Database
from models import Card, Initiative, Organisation, now
from tests.pages import Page
from tests.visitor import Visitor
from tests.web.rows import copies, one
from tests.web.test_lists import walked
from tests.world import Scene, World

Visit = Callable[..., Visitor]
PILLARS = ("governance", "branding", "economy", "living", "society", "environment")


def counts(page: Page) -> dict[tuple[str, str], int]:
    """What stands beside each choice, by name and value in the address."""
    found = re.findall(r'id="n-(\w+)-([\w]+)" data-count>([\d,.]+)<', page.html)
    return {(name, value): int(number.replace(",", "")) for name, value, number in found}


def said(page: Page) -> int:
    """How many there are, as the heading above the results says it."""
    found = re.search(r'id="hasil-jumlah">([\d,.]+) ', page.html)
    assert found
    return int(found[1].replace(",", ""))


@pytest.fixture
async def many(scene: Scene, database: Database) -> None:
    """Initiatives and cards of all sorts, so that every two choices cut each other."""
    row = await one(database, Initiative, scene.initiative)
    regions, sources = ("53.11", "51.71", "11.71", "53.71"), ("apbd", "csr", "partner", None, "unknown")
    await copies(
        database,
        row,
        60,
        region_code=lambda n: regions[n % 4],
        pillar=lambda n: PILLARS[n % 5],
        other_pillars=lambda n: [PILLARS[(n // 3) % 6]] if n % 2 else [],
        quick_win=lambda n: n % 3 == 0,
        funding_source=lambda n: sources[n % 5],
        expires_at=lambda n: now() + timedelta(days=1 + n % 50),
        search_text=lambda n: "air bersih" if n % 4 else "sampah pasar",
    )
    card = await one(database, Card, scene.card)
    await copies(
        database,
        card,
        60,
        organisation_id=lambda n: (card.organisation_id, row.organisation_id)[n % 7 == 0],
        pillars=lambda n: [PILLARS[n % 6], PILLARS[(n * 5 + 1) % 6]],
        contributions=lambda n: ["technology", "training"][: n % 3],
        tkt=lambda n: n % 10 or None,
    )


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    "asked",
    [
        "/inisiatif?",
        "/inisiatif?pilar=living&pilar=economy&provinsi=53",
        "/inisiatif?didanai=1&jenis=kota",
        "/inisiatif?unggulan=1&provinsi=53&provinsi=51&jenis=kabupaten&jenis=kota",
        "/inisiatif?q=air&unggulan=1&pilar=society&provinsi=11",
        "/kapabilitas?",
        "/kapabilitas?tkt=7&kontribusi=training",
        "/kapabilitas?pilar=living&pilar=economy&jenis=company&tkt=4",
        "/kapabilitas?q=composting&kontribusi=technology&jenis=company",
        "/organisasi?",
        "/organisasi?terverifikasi=1&jenis=company&provinsi=53",
    ],
)
async def test_a_count_is_what_the_choice_leaves(visit: Visit, asked: str) -> None:
    visitor = visit()
    path, _mark, query = asked.partition("?")
    page = await visitor.get(f"{asked}&lang=en")
    chosen = [tuple(pair.split("=")) for pair in query.split("&") if pair]
    assert said(page) == len(await walked(visitor, asked, f"{path}/"))
    beside = counts(page)
    assert {name for name, _value in beside} >= {"jenis", "provinsi"}
    for (name, value), number in beside.items():
        # Without what is chosen of this facet, and with this value alone.
        rest = [f"{n}={v}" for n, v in chosen if n != name]
        assert said(await visitor.get(f"{path}?{'&'.join([*rest, f'{name}={value}'])}&lang=en")) == number, (
            name,
            value,
        )
        if number == 0 and name == "provinsi":
            break  # one empty province says it for all


@pytest.mark.usefixtures("many")
async def test_what_closes_soonest_comes_first_on_every_stretch(visit: Visit, database: Database) -> None:
    addresses = await walked(visit(), "/inisiatif?urut=tutup", "/inisiatif/")
    rows = [await one(database, Initiative, int(address.rsplit("/", 1)[1])) for address in addresses]
    assert len(rows) == len({row.id for row in rows}) == 61
    assert [row.expires_at for row in rows] == sorted(row.expires_at for row in rows)
    first = await visit().get("/inisiatif?urut=tutup&pilar=living&lang=en")
    assert "Closes" in first.main
    # The order is carried along by filters and chips.
    assert "/inisiatif?urut=tutup&lang=en" in first.links


async def test_chips_lift_one_value_each(visit: Visit, scene: Scene) -> None:
    page = await visit().get("/inisiatif?pilar=living&pilar=branding&q=x+y&urut=tutup&lang=en")
    assert page.html.count('class="chip"') == 3
    assert {
        "/inisiatif?pilar=branding&q=x+y&urut=tutup&lang=en",
        "/inisiatif?pilar=living&q=x+y&urut=tutup&lang=en",
        "/inisiatif?pilar=living&pilar=branding&urut=tutup&lang=en",
    } <= set(page.links)
    assert "No initiative fits these filters" in page.main
    assert "(2)" in page.main
    assert f"/inisiatif/{scene.initiative}" not in page.links


async def test_a_row_says_what_decides(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    row = await one(database, Initiative, scene.initiative)
    await copies(
        database,
        row,
        1,
        title=lambda _n: "Dengan dana",
        funding_source=lambda _n: "apbd",
        funding_band=lambda _n: "from_1b_to_5b",
        expires_at=lambda _n: now() + timedelta(days=5, hours=1),
    )
    page = await visit().get("/inisiatif?lang=en")
    assert "Kabupaten Sumba Timur, Nusa Tenggara Timur" in page.main
    for text in ("Sought", "Technology", "Training", "Regional budget (APBD)", "Rp1 billion", "Closes in 5 days"):
        assert text in page.main
    cards = await visit().get("/kapabilitas?lang=en")
    for text in ("PT Kompos Jaya", "Verified", "TKT 8", "All of Indonesia", "Brings", "Smart Environment"):
        assert text in cards.main
    organisation = await one(database, Organisation, world.newcomer.organisation_id)
    assert organisation.name not in (await visit().get("/organisasi?terverifikasi=1")).main
