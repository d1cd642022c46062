"""Files of a conversation: handed in by either side, kept in versions, given back to both and to nobody else."""

import asyncio
import hashlib
from collections.abc import Callable

import httpx
from sqlmodel import select

from matchmaker.database import Database
from models import Conversation, FileVersion, Notice
from tests.documents import PAGE, PDF, TAKEN
from tests.pages import Page
from tests.visitor import Visitor
from tests.world import Person, Scene, World

Visit = Callable[..., Visitor]


async def hand_in(visitor: Visitor, conversation: int, name: str, content: bytes) -> httpx.Response:
    path = f"/percakapan/{conversation}/berkas"
    page = await visitor.get(path)
    token = page.form(path).filled({})
    answer = await visitor.client.post(
        path,
        data=dict(token),
        files={"file": (name, content)},
        headers={"Origin": visitor.origin, "Sec-Fetch-Site": "same-origin"},
    )
    visitor.page = Page(answer)
    return answer


async def at(visit: Visit, person: Person) -> Visitor:
    visitor = visit()
    await visitor.sign_in(person)
    return visitor


async def test_what_one_side_hands_in_the_other_downloads(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    founder, officer = await at(visit, world.founder), await at(visit, world.officer)
    answer = await hand_in(founder, scene.conversation, "Penawaran – “kompos”.pdf", PDF)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/percakapan/{scene.conversation}/berkas?ok=file",
    )
    page = await officer.get(f"/percakapan/{scene.conversation}/berkas")
    assert "Penawaran – “kompos”.pdf" in page.text
    assert "Sari Founder, PT Kompos Jaya" in page.text
    assert hashlib.sha256(PDF).hexdigest()[:12] in page.text
    path = next(link for link in page.links if "/berkas/" in link)
    got = (await officer.get(path)).response
    assert got.content == PDF
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-length"] == str(len(PDF))
    assert got.headers["content-disposition"] == (
        'attachment; filename="Penawaran  kompos.pdf"; '
        "filename*=UTF-8''Penawaran%20%E2%80%93%20%E2%80%9Ckompos%E2%80%9D.pdf"
    )
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    assert "no-store" in got.headers["cache-control"]
    async with database.transaction(write=False) as session:
        notice = (await session.exec(select(Notice).where(Notice.kind == "file"))).one()
        talk = await session.get(Conversation, scene.conversation)
    assert (notice.organisation_id, notice.detail) == (world.officer.organisation_id, "new")
    assert talk is not None
    assert talk.next_actor_id == world.officer.organisation_id


async def test_the_same_name_is_the_next_version_and_the_same_content_none(
    visit: Visit, world: World, scene: Scene
) -> None:
    founder, officer = await at(visit, world.founder), await at(visit, world.officer)
    await hand_in(founder, scene.conversation, "Rencana.docx", TAKEN["docx"])
    for _ in range(2):
        await hand_in(officer, scene.conversation, "rencana.DOCX", TAKEN["docx"] + b"\x00")
    page = await founder.get(f"/percakapan/{scene.conversation}/berkas")
    downloads = [link for link in page.links if "/berkas/" in link]
    assert [link.rsplit("/", 1)[1] for link in downloads] == ["2", "1"]
    assert (await founder.get(downloads[1])).response.content == TAKEN["docx"]
    assert (await founder.get(downloads[0].rsplit("/", 1)[0] + "/3")).status == 404


async def test_a_refused_file_is_told_at_its_field_and_leaves_nothing(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    founder = await at(visit, world.founder)
    refused = await hand_in(founder, scene.conversation, "surat.pdf", PAGE)
    assert refused.status_code == 422
    assert "whatever its name says" in Page(refused).text
    nothing = await hand_in(founder, scene.conversation, "", b"")
    assert (nothing.status_code, "Choose a file." in nothing.text) == (422, True)
    large = await hand_in(founder, scene.conversation, "besar.pdf", PDF + b"\x00" * 20 * 1024 * 1024)
    assert (large.status_code, "This file is larger than 20 MB." in large.text) == (422, True)
    async with database.transaction(write=False) as session:
        assert (await session.exec(select(FileVersion))).all() == []


async def test_a_form_without_the_token_or_a_broken_one_is_refused(visit: Visit, world: World, scene: Scene) -> None:
    founder = await at(visit, world.founder)
    path = f"/percakapan/{scene.conversation}/berkas"
    assert (await founder.client.post(path, files={"file": ("a.pdf", PDF)})).status_code == 403
    broken = {"Content-Type": "multipart/form-data; boundary=x", "Origin": founder.origin}
    for body in (b"", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf'):
        assert (await founder.client.post(path, content=body, headers=broken)).status_code == 400
    much = {"_csrf_token": "x" * 70_000}
    assert (await founder.client.post(path, data=much, files={"file": ("a.pdf", PDF)})).status_code in {403, 413, 422}


async def test_two_of_one_name_at_the_same_moment_become_two_versions(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    people = [await at(visit, person) for person in (world.founder, world.officer, world.colleague)]
    answers = await asyncio.gather(
        *(hand_in(person, scene.conversation, "sama.pdf", PDF + bytes([n])) for n, person in enumerate(people))
    )
    assert [answer.status_code for answer in answers] == [303] * 3
    async with database.transaction(write=False) as session:
        versions = (await session.exec(select(FileVersion))).all()
    assert sorted(version.number for version in versions) == [1, 2, 3]
    assert len({version.file_id for version in versions}) == 1


async def test_others_find_neither_page_nor_file(visit: Visit, world: World, scene: Scene) -> None:
    founder, lecturer = await at(visit, world.founder), await at(visit, world.lecturer)
    await hand_in(founder, scene.conversation, "rahasia.pdf", PDF)
    page = await founder.get(f"/percakapan/{scene.conversation}/berkas")
    path = next(link for link in page.links if "/berkas/" in link)
    assert (await lecturer.get(path)).status == 404
    assert (await lecturer.get(f"/percakapan/{scene.conversation}/berkas")).status == 404


async def test_a_closed_conversation_takes_none(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    founder = await at(visit, world.founder)
    await founder.get(f"/percakapan/{scene.conversation}/berkas")
    page = founder.page
    assert page is not None
    token = page.form(f"/percakapan/{scene.conversation}/berkas").filled({})
    async with database.transaction() as session:
        talk = await session.get(Conversation, scene.conversation)
        assert talk is not None
        talk.state = "stale"
        session.add(talk)
    answer = await founder.client.post(
        f"/percakapan/{scene.conversation}/berkas", data=dict(token), files={"file": ("a.pdf", PDF)}
    )
    assert (answer.status_code, "This conversation is closed." in answer.text) == (422, True)
