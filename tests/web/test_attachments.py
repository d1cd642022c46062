"""Files of an initiative: attached by its members, taken by whoever is signed in, removed without a trace."""

import asyncio
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from matchmaker.actions.attachments import remove_attachment
from matchmaker.actions.storing import note_stored, sweep_files
from matchmaker.database import Database
from matchmaker.services import Services
from matchmaker.storage import Kept
from models import Attachment, Initiative, StoredFile
from tests.documents import PAGE, PDF, TAKEN
from tests.pages import Page
from tests.visitor import Visitor
from tests.web.test_files import at, hand_in
from tests.world import Scene, World, viewer_of

Visit = Callable[..., Visitor]


async def attach(visitor: Visitor, initiative: int, name: str, content: bytes) -> Page:
    path = f"/inisiatif/{initiative}/lampiran"
    page = await visitor.get(path)
    answer = await visitor.client.post(
        path,
        data=dict(page.form(path).filled({})),
        files={"file": (name, content)},
        headers={"Origin": visitor.origin, "Sec-Fetch-Site": "same-origin"},
    )
    return Page(answer)


def link_on(page: Page) -> str:
    return next(link for link in page.links if "/lampiran/" in link)


def on_disk(services: Services) -> set[Path]:
    """What this worker's tests have left so far."""
    return {path for path in services.storage.folder.rglob("*") if path.is_file()}


def place_of(services: Services, content: bytes) -> Path:
    return services.storage.path(hashlib.sha256(content).hexdigest())


async def kept(database: Database) -> tuple[list[str], list[str]]:
    """The names of what is attached, and the contents that are noted as kept."""
    async with database.transaction(write=False) as session:
        names = (await session.exec(select(Attachment.name))).all()
        return list(names), list((await session.exec(select(StoredFile.sha256))).all())


async def test_what_a_member_attaches_the_signed_in_take(visit: Visit, world: World, scene: Scene) -> None:
    officer, stranger = await at(visit, world.officer), await at(visit, world.stranger)
    answer = await attach(officer, scene.initiative, "Peta pasar.pdf", PDF)
    assert (answer.status, answer.location) == (303, f"/inisiatif/{scene.initiative}/lampiran?ok=attached")
    path = link_on(await stranger.get(f"/inisiatif/{scene.initiative}"))
    got = (await stranger.get(path)).response
    assert got.content == PDF
    assert got.headers["content-disposition"].startswith('attachment; filename="Peta pasar.pdf"')
    assert "sandbox" in got.headers["content-security-policy"]
    nobody = visit()
    page = await nobody.get(f"/inisiatif/{scene.initiative}")
    assert "Peta pasar.pdf" in page.text
    assert path not in page.links
    assert (await nobody.get(path)).location.startswith("/masuk?lanjut=")
    # Another initiative's address leads nowhere.
    assert (await stranger.get(path.replace(f"/{scene.initiative}/", f"/{scene.draft}/"))).status == 404


async def test_of_a_draft_they_are_its_members_alone(visit: Visit, world: World, scene: Scene) -> None:
    officer, colleague = await at(visit, world.officer), await at(visit, world.colleague)
    await attach(officer, scene.draft, "Kajian.docx", TAKEN["docx"])
    path = link_on(await colleague.get(f"/inisiatif/{scene.draft}"))
    assert (await colleague.get(path)).response.content == TAKEN["docx"]
    for person in (world.officer2, world.founder, world.stranger):
        other = await at(visit, person)
        assert (await other.get(path)).status == 404
        assert (await other.get(f"/inisiatif/{scene.draft}/lampiran")).status == 404
        assert (await other.post(f"{path}/hapus")).status == 404
    assert (await colleague.get(path)).status == 200


async def test_five_at_most_and_the_same_content_once(
    visit: Visit, world: World, scene: Scene, database: Database, services: Services
) -> None:
    officer = await at(visit, world.officer)
    for number in (1, 1, 2, 3, 4):
        await attach(officer, scene.initiative, f"{number}.pdf", PDF + bytes([number]))
    read = await officer.get(f"/inisiatif/{scene.initiative}/lampiran")
    await attach(officer, scene.initiative, "5.pdf", PDF + b"5")
    full = await officer.get(f"/inisiatif/{scene.initiative}/lampiran")
    assert not full.has_form(f"/inisiatif/{scene.initiative}/lampiran")
    answer = await officer.client.post(
        f"/inisiatif/{scene.initiative}/lampiran",
        data=dict(read.form(f"/inisiatif/{scene.initiative}/lampiran").filled({})),
        files={"file": ("6.pdf", PDF + b"6")},
        headers={"Origin": officer.origin, "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 409
    assert "at most 5 files" in Page(answer).alert
    assert len((await kept(database))[0]) == 5
    assert place_of(services, PDF + b"5").exists()
    assert not place_of(services, PDF + b"6").exists()


@pytest.mark.parametrize("content", [PAGE, b""])
async def test_what_is_none_leaves_nothing(
    visit: Visit, world: World, scene: Scene, database: Database, services: Services, content: bytes
) -> None:
    officer, before = await at(visit, world.officer), on_disk(services)
    page = await attach(officer, scene.initiative, "Peta.pdf", content)
    assert page.status == 422
    assert set(page.errors) == {"file"}
    assert await kept(database) == ([], [])
    assert on_disk(services) == before


async def test_what_is_removed_goes_from_the_disk_unless_it_is_shown_elsewhere(
    visit: Visit, world: World, scene: Scene, database: Database, services: Services
) -> None:
    officer = await at(visit, world.officer)
    shown, alone = PDF + b"shown in the talk too", PDF + b"shown here alone"
    await hand_in(officer, scene.conversation, "Peta.pdf", shown)
    await attach(officer, scene.initiative, "Peta.pdf", shown)
    await attach(officer, scene.initiative, "Kajian.pdf", alone)
    here = f"/inisiatif/{scene.initiative}/lampiran"
    for _left in (1, 0):
        page = await officer.get(here)
        gone = link_on(page)
        assert (await officer.submit(f"{gone}/hapus", page=page)).location == f"{here}?ok=detached"
        assert (await officer.get(gone)).status == 404
    names, contents = await kept(database)
    assert (names, len(contents)) == ([], 1)
    for content in (shown, alone):
        os.utime(place_of(services, content), (time.time() - 200_000,) * 2)
    assert await sweep_files(database, services.storage) == 1
    assert not place_of(services, alone).exists()
    talk = await officer.get(f"/percakapan/{scene.conversation}/berkas")
    path = next(link for link in talk.links if "/berkas/" in link)
    assert (await officer.get(path)).response.content == shown


async def test_a_content_that_comes_again_while_it_goes_is_kept(
    database: Database, world: World, scene: Scene
) -> None:
    """Between noting it and the row that shows it somebody removes the only other one that does."""
    content, shown = Kept("ab" * 32, 3), {"name": "Peta.pdf", "kind": "pdf", "sha256": "ab" * 32, "size": 3}
    by = world.officer.account_id
    async with database.transaction() as session:
        await note_stored(session, content)
        file = Attachment(initiative_id=scene.initiative, account_id=by, **shown)
        session.add(file)
    viewer = await viewer_of(database, world.officer)

    async def remove() -> None:
        async with database.transaction() as session:
            await remove_attachment(session, viewer, scene.initiative, file.id or 0)

    async with database.transaction() as session:
        await note_stored(session, content)
        removing = asyncio.create_task(remove())
        await asyncio.sleep(0.3)
        session.add(Attachment(initiative_id=scene.draft, account_id=by, **shown))
    await removing
    assert await kept(database) == (["Peta.pdf"], [content.sha256])


async def test_a_closed_one_keeps_what_it_has(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    officer = await at(visit, world.officer)
    await attach(officer, scene.initiative, "Peta.pdf", PDF)
    here = f"/inisiatif/{scene.initiative}/lampiran"
    path = link_on(await officer.get(here))
    await officer.submit(
        f"/inisiatif/{scene.initiative}/tutup", {"reason": "other"}, page=await officer.get(here[:-9])
    )
    async with database.transaction(write=False) as session:
        assert (await session.get_one(Initiative, scene.initiative)).closed_at
    closed = await officer.get(here)
    assert not closed.has_form(here)
    assert (await officer.post(f"{path}/hapus")).status in {409, 422}
    assert (await officer.get(path)).response.content == PDF
