"""Internal notes: for one's own organisation, and by no path for the other side."""

import asyncio
from collections.abc import Callable

import pytest
from sqlmodel import col, select

from matchmaker.database import Database
from matchmaker.live import Live
from matchmaker.typesetting import pdf as set_pdf
from models import Conversation, Event, Message, Notice
from tests.visitor import Visitor
from tests.web.test_talk import at
from tests.world import Scene, World

Visit = Callable[..., Visitor]
SECRET = "Our ceiling is ninety million rupiah"


@pytest.fixture
async def noted(visit: Visit, world: World, scene: Scene) -> int:
    """The founder has noted something, and called nobody; answers its id."""
    founder = await at(visit, world.founder)
    talk = f"/percakapan/{scene.conversation}"
    await founder.get(talk)
    sent = await founder.submit(talk, {"body": SECRET, "kind": "note"})
    return int(sent.location.rpartition("#m")[2])


async def test_own_members_see_it_as_what_it_is(visit: Visit, world: World, scene: Scene, noted: int) -> None:
    founder = await at(visit, world.founder)
    page = await founder.get(f"/percakapan/{scene.conversation}")
    said = page.html[page.html.index(f'id="m{noted}"') :].partition("</li>")[0]
    assert all(text in said for text in ("Internal note", "Only PT Kompos Jaya sees this", SECRET))
    assert "data-unread" not in said
    found = await founder.get("/percakapan?cari=CEILING+ninety")
    assert f"#m{noted}" in "".join(found.links)
    assert found.html.count("<mark>") == 2


async def test_no_page_of_the_other_side_shows_it(visit: Visit, world: World, scene: Scene, noted: int) -> None:
    talk = f"/percakapan/{scene.conversation}"
    for person in (world.officer, world.colleague):
        reader = await at(visit, person)
        for path in (
            *("/", "/percakapan", "/percakapan?cari=ceiling", "/percakapan?cari=rupiah+ninety", "/minat"),
            *(talk, f"{talk}?dari=1", f"{talk}?sebelum={noted + 1}", f"{talk}?dari={noted}"),
            *(f"{talk}/pesan?sesudah=0", f"{talk}/pesan?satu={noted}"),
        ):
            page = await reader.get(path)
            assert page.status == 200, path
            assert "ceiling is" not in page.html, path
            assert f'id="m{noted}"' not in page.html, path
            assert "/percakapan?lanjut" not in page.html
        assert (await reader.get(f"{talk}/pesan/{noted}/ubah")).status == 404


async def test_no_call_of_the_other_side_answers_it(visit: Visit, world: World, scene: Scene, noted: int) -> None:
    officer, founder = visit(), visit()
    seen = {}
    for visitor, person in ((officer, world.officer), (founder, world.founder)):
        bearer = {"Authorization": f"Bearer {await visitor.sign_in(person)}"}
        base = f"/api/v1/conversations/{scene.conversation}"
        said = (await visitor.client.get(f"{base}/messages", headers=bearer)).json()["items"]
        behind = (await visitor.client.get(f"{base}/messages?after={noted - 1}", headers=bearer)).json()["items"]
        found = (await visitor.client.get("/api/v1/conversations?search=ceiling", headers=bearer)).json()["items"]
        seen[person.email] = (noted in [m["id"] for m in said], len(behind), len(found))
        unread = (await visitor.client.get(base, headers=bearer)).json()["unread"]
        assert unread == (1 if person == world.officer else 0)  # the interest's own text
        change = await visitor.client.patch(
            f"{base}/messages/{noted}", json={"body": f"{SECRET}.", "version": 1}, headers=bearer
        )
        assert change.status_code == (200 if person == world.founder else 404)
    assert seen == {world.officer.email: (False, 0, 0), world.founder.email: (True, 1, 1)}


async def test_neither_turn_nor_order_nor_count_tells_of_it(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    async def standing() -> tuple[object, ...]:
        async with database.transaction(write=False) as session:
            talk = await session.get_one(Conversation, scene.conversation)
            return talk.next_actor_id, talk.due_at, talk.last_message_at, talk.state

    officer, founder = await at(visit, world.officer), await at(visit, world.founder)
    path = f"/percakapan/{scene.conversation}"
    await officer.get(path)
    before = await standing()
    await founder.get(path)
    for number in range(3):
        await founder.post(path, {"body": f"{SECRET} {number}", "kind": "note"})
    assert await standing() == before
    assert (await officer.get("/percakapan/belum-dibaca")).html == "0"
    assert "new message" not in (await officer.get("/percakapan")).main


async def test_the_stream_and_notices_tell_only_its_own_side(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    founder = await at(visit, world.founder)
    live = Live(database)
    live.start()
    theirs = live.events([world.officer.organisation_id], None, 0.2)
    assert await anext(theirs) is None
    path = f"/percakapan/{scene.conversation}"
    await founder.get(path)
    await founder.submit(path, {"body": SECRET, "kind": "note"})
    async with database.transaction(write=False) as session:
        note = (await session.exec(select(Message).where(Message.kind == "note"))).one()
        events = (await session.exec(select(Event).where(Event.row_id == note.id, Event.kind == "message"))).all()
        notices = (await session.exec(select(Notice).where(Notice.row_id == note.id))).all()
    assert [e.organisation_id for e in events] == [world.founder.organisation_id]
    assert list(notices) == []
    async with asyncio.timeout(10):
        for _silence in range(3):
            assert await anext(theirs) is None
    await live.close()


async def test_the_other_side_cannot_be_called_to_it(
    visit: Visit, world: World, scene: Scene, database: Database
) -> None:
    officer = await at(visit, world.officer)
    path = f"/percakapan/{scene.conversation}"
    await officer.get(path)
    refused = await officer.submit(path, {"body": SECRET, "kind": "note", "mention": [str(world.founder.account_id)]})
    assert refused.status == 422
    assert "your own organisation only" in refused.errors["mention"]
    sent = await officer.submit(path, {"mention": [str(world.colleague.account_id)]})
    assert sent.status == 303
    async with database.transaction(write=False) as session:
        notices = (await session.exec(select(Notice).order_by(col(Notice.id)))).all()
        assert (await session.exec(select(Message).where(Message.kind == "note"))).one().body == SECRET
    called = [(n.organisation_id, n.account_id, n.detail) for n in notices if n.kind == "mention"]
    assert called == [(world.officer.organisation_id, world.colleague.account_id, "note")]


@pytest.mark.usefixtures("noted")
async def test_the_paper_has_it_only_for_its_own_side_and_only_where_asked(
    visit: Visit, world: World, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    async def note_what_is_told(name: str, data: dict[str, object]) -> bytes:
        told.append(str(data))
        return await set_pdf(name, data)

    monkeypatch.setattr("matchmaker.web.talk_copy.pdf", note_what_is_told)
    path = f"/percakapan/{scene.conversation}/salinan.pdf"
    for person, query, there in (
        (world.founder, "", False),
        (world.founder, "?catatan=ya", True),
        (world.officer, "?catatan=ya", False),
    ):
        answer = await (await at(visit, person)).get(path + query)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.response.content.startswith(b"%PDF-")
        assert (SECRET in told[-1]) is there
