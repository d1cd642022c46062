"""A package of papers: asked for, made by a job, kept in versions, for the two organisations alone."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from sqlmodel import col, select

from matchmaker.database import Database
from matchmaker.jobs.packages import make_package
from matchmaker.jobs.queue import Work
from matchmaker.reading.packages import draft_papers
from matchmaker.services import Services
from models import (
    Decision,
    Initiative,
    Notice,
    Organisation,
    Package,
    RouteAnswer,
    RouteRule,
    TermsAcceptance,
    TermsVersion,
)
from tests.visitor import Visitor
from tests.world import Scene, World

Visit = Callable[..., Visitor]
THIRD_PARTY = [
    *("surat-penawaran", "kerangka-acuan-kerja", "studi-kelayakan"),
    *("kesepakatan-bersama", "perjanjian-kerja-sama"),
]


@pytest.fixture
def work(services: Services, tmp_path: Path) -> Work:
    """The job works where the application looks."""
    services.storage.folder = tmp_path / "files"
    settings = services.settings.__class__(**vars(services.settings) | {"files_dir": str(tmp_path / "files")})
    return Work(settings, services.database)


async def partner_is(database: Database, world: World, scene: Scene, form: str, money: str = "own_costs") -> None:
    async with database.transaction() as session:
        partner = await session.get_one(Organisation, world.founder.organisation_id)
        partner.legal_form = form
        session.add(partner)
        session.add(
            RouteAnswer(
                conversation_id=scene.conversation,
                legal_form=form,
                money_flow=money,
                apbd="none",
                asset_use="none",
                abroad="none",
                organisation_id=partner.id or 0,
                account_id=world.founder.account_id,
            )
        )


async def settle(database: Database, world: World, scene: Scene, scope: str = "Two drum composters") -> None:
    """Terms that both sides have accepted, and a final decision beside one that is not."""
    async with database.transaction() as session:
        common = {"conversation_id": scene.conversation, "organisation_id": world.founder.organisation_id}
        version = TermsVersion(number=1, author_id=world.founder.account_id, scope=scope, duration_months=12, **common)
        session.add(version)
        await session.flush()
        for person in (world.founder, world.officer):
            session.add(
                TermsAcceptance(
                    version_id=version.id or 0, organisation_id=person.organisation_id, account_id=person.account_id
                )
            )
        for number, state in ((1, "final"), (2, "proposed")):
            session.add(
                Decision(
                    number=number,
                    title=f"Point {number}",
                    body=f"Body of the {state} one",
                    state=state,
                    author_id=world.founder.account_id,
                    **common,
                )
            )


async def made(visit: Visit, world: World, scene: Scene, work: Work) -> tuple[Visitor, str]:
    officer = visit()
    await officer.sign_in(world.officer)
    here = f"/percakapan/{scene.conversation}/jalur/naskah"
    await officer.get(here)
    page = await officer.submit(here, follow=True)
    assert page.status == 200
    assert "is being made" in page.text
    async with work.database.transaction(write=False) as session:
        package = (await session.exec(select(Package).order_by(Package.number.desc()))).first()  # type: ignore[attr-defined]
    assert package is not None
    await make_package(work, package_id=package.id)
    return officer, here


def word(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*[p.text for p in document.paragraphs], *cells])


@pytest.mark.parametrize(
    ("form", "papers"),
    [
        ("private_university", THIRD_PARTY),
        ("state_university_blu", ["kerangka-acuan-kerja", "nota-kesepakatan"]),
        ("company", THIRD_PARTY),
    ],
)
async def test_the_papers_of_the_route(
    visit: Visit, world: World, scene: Scene, work: Work, form: str, papers: list[str]
) -> None:
    await partner_is(work.database, world, scene, form)
    await settle(work.database, world, scene)
    officer, here = await made(visit, world, scene, work)
    page = await officer.get(here)
    assert "terms version 1" in page.text
    links = [link for link in page.links if link.startswith("/naskah/")]
    names = []
    for link in links:
        answer = await officer.client.get(link)
        assert answer.status_code == 200
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith("attachment")
        names.append(disposition.split('"')[1])
        if names[-1].endswith(".pdf"):
            assert answer.content.startswith(b"%PDF-")
        else:
            text = word(answer.content)
            assert "Body of the proposed one" not in text
            if names[-1] in ("perjanjian-kerja-sama.docx", "nota-kesepakatan.docx"):
                assert "Body of the final one" in text
                assert "Two drum composters" in text
    assert names == [f"{paper}.{kind}" for paper in papers for kind in ("pdf", "docx")]


async def test_what_a_remark_alone_names_is_no_legal_basis(world: World, scene: Scene, work: Work) -> None:
    """As long as nobody knows which way money flows, buying is remarked on."""
    await partner_is(work.database, world, scene, "private_university", "unknown")
    async with work.database.transaction(write=False) as session:
        draft = await draft_papers(session, scene.conversation, 1)
    assert any("Perpres 16/2018" in law for law in draft.found.legal_basis)
    cited = str([paper for paper in draft.papers if paper.code == "kb"])
    assert "Peraturan Pemerintah Nomor 28 Tahun 2018" in cited
    assert "Pengadaan Barang/Jasa" not in cited


async def test_a_law_that_a_remark_names_too_stays_a_legal_basis(world: World, scene: Scene, work: Work) -> None:
    """The row that decides rests on it, whatever else is said of it."""
    await partner_is(work.database, world, scene, "private_university", "unknown")
    async with work.database.transaction() as session:
        codes = ("private_university", "note_money_unknown")
        for row in (await session.exec(select(RouteRule).where(col(RouteRule.code).in_(codes)))).all():
            row.legal_basis = "PP 54/2017"
            session.add(row)
    async with work.database.transaction(write=False) as session:
        draft = await draft_papers(session, scene.conversation, 1)
    assert "PP 54/2017;" in str([paper for paper in draft.papers if paper.code == "kb"])


async def test_versions_are_kept_and_the_other_side_told_once(
    visit: Visit, world: World, scene: Scene, work: Work
) -> None:
    await partner_is(work.database, world, scene, "state_university_blu")
    officer, here = await made(visit, world, scene, work)
    page = await officer.get(here)
    assert "without agreed terms" in page.text
    assert "No terms are agreed yet" in page.text
    assert "Ruang lingkup kerja sama" in page.text
    await make_package(work, package_id=1)  # a job may run twice
    async with work.database.transaction(write=False) as session:
        told = (await session.exec(select(Notice).where(Notice.detail == "package"))).all()
    assert [(n.organisation_id, n.row_id) for n in told] == [(world.founder.organisation_id, 1)]
    await settle(work.database, world, scene)
    await made(visit, world, scene, work)
    page = await officer.get(here)
    assert "Version 1" in page.text
    assert "Version 2" in page.text
    assert len([link for link in page.links if link.startswith("/naskah/")]) == 8


async def test_asking_twice_makes_one(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    await partner_is(database, world, scene, "company")
    officer = visit()
    await officer.sign_in(world.officer)
    here = f"/percakapan/{scene.conversation}/jalur/naskah"
    page = await officer.get(here)
    await officer.submit(here, page=page)
    await officer.submit(here, page=page)
    async with database.transaction(write=False) as session:
        assert [p.number for p in (await session.exec(select(Package))).all()] == [1]


async def test_a_purchase_has_no_papers_and_hands_over(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    await partner_is(database, world, scene, "company", "region_pays")
    officer = visit()
    await officer.sign_in(world.officer)
    here = f"/percakapan/{scene.conversation}/jalur/naskah"
    page = await officer.get(here)
    assert "another office of the region takes over" in page.text
    assert "written by the commitment officer" in page.text.lower()
    assert {f"/inisiatif/{scene.initiative}", f"/percakapan/{scene.conversation}/salinan.pdf"} <= set(page.links)
    assert not page.has_form(here)
    refused = await officer.post(here)
    assert refused.status == 422
    async with database.transaction(write=False) as session:
        assert (await session.exec(select(Package))).all() == []


async def test_nobody_else_gets_them(visit: Visit, world: World, scene: Scene, work: Work) -> None:
    await partner_is(work.database, world, scene, "company")
    officer, here = await made(visit, world, scene, work)
    link = next(link for link in (await officer.get(here)).links if link.startswith("/naskah/"))
    for person in (world.stranger, world.officer2, world.newcomer, world.office):
        other = visit()
        token = await other.sign_in(person)
        assert (await other.get(link)).status == 404
        headers = {"Authorization": f"Bearer {token}"}
        for path in ("/api/v1/packages/1", "/api/v1/packages/1/files/1"):
            assert (await other.client.get(path, headers=headers)).status_code == 404
    founder = visit()
    token = await founder.sign_in(world.founder)
    headers = {"Authorization": f"Bearer {token}"}
    assert (await founder.get(link)).status == 200
    answer = (await founder.client.get("/api/v1/packages/1", headers=headers)).json()
    assert (answer["state"], answer["progress"], len(answer["files"])) == ("done", 100, 10)
    assert answer["missing"][0]["who"]
    file = await founder.client.get(answer["files"][0]["url"], headers=headers)
    assert file.content.startswith(b"%PDF-")
    assert (await founder.get("/naskah/1/999")).status == 404


async def test_the_api_asks_for_one(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    await partner_is(database, world, scene, "private_university")
    founder = visit()
    headers = {"Authorization": f"Bearer {await founder.sign_in(world.founder)}"}
    path = f"/api/v1/conversations/{scene.conversation}/package"
    answer = await founder.client.post(path, headers=headers)
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["route"], answer.json()["files"]) == ("waiting", "ksdpk", [])
    again = await founder.client.post(path, headers=headers)
    assert again.json()["id"] == answer.json()["id"]


async def test_titles_of_any_kind_do_no_harm(visit: Visit, world: World, scene: Scene, work: Work) -> None:
    await partner_is(work.database, world, scene, "company")
    odd = "#panic() $x$ \\ @a *_b_* \u202e\u0627 <b>"
    async with work.database.transaction() as session:
        initiative = await session.get_one(Initiative, scene.initiative)
        initiative.title, initiative.problem = odd, odd * 60
        session.add(initiative)
    await settle(work.database, world, scene, scope=f"{odd}\n{odd}")
    officer, here = await made(visit, world, scene, work)
    assert len([link for link in (await officer.get(here)).links if link.startswith("/naskah/")]) == 10
