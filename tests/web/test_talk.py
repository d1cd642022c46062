"""The page of a conversation: sent once, drafts, edits, calls, marks of reading, and what script fetches."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from matchmaker.database import Database
from models import Conversation, Mention, Message, MessageDraft, Notice
from tests.visitor import Visitor
from tests.world import Person, Scene, World

Visit = Callable[..., Visitor]
SIGNED = "Twelve pallets arrive on Tuesday."


@pytest.fixture
def talk(scene: Scene) -> str:
    return f"/percakapan/{scene.conversation}"


async def at(visit: Visit, person: Person) -> Visitor:
    visitor = visit()
    await visitor.sign_in(person)
    return visitor


async def messages(database: Database, scene: Scene) -> list[Message]:
    async with database.transaction(write=False) as session:
        query = select(Message).where(Message.conversation_id == scene.conversation).order_by(col(Message.id))
        return list((await session.exec(query)).all())


async def test_a_form_that_is_sent_twice_says_it_once(
    visit: Visit, world: World, scene: Scene, talk: str, database: Database
) -> None:
    officer = await at(visit, world.officer)
    page = await officer.get(talk)
    answers = [await officer.submit(talk, {"body": SIGNED}, page=page) for _time in range(3)]
    assert len({answer.location for answer in answers}) == 1
    assert [m.body for m in await messages(database, scene)].count(SIGNED) == 1
    # The page was taken back from the history, and something else is written on it.
    refused = await officer.submit(talk, {"body": "Thirteen, I hear."}, page=page)
    assert refused.status == 422
    assert "sent already" in refused.alert
    assert refused.form(talk)["body"] == "Thirteen, I hear."
    assert (await officer.submit(talk)).status == 303
    assert [m.body for m in await messages(database, scene)][-2:] == [SIGNED, "Thirteen, I hear."]


async def test_a_draft_is_its_writers_alone_and_gone_once_it_is_sent(
    visit: Visit, world: World, talk: str, database: Database
) -> None:
    officer, colleague = await at(visit, world.officer), await at(visit, world.colleague)
    page = await officer.get(talk)
    saved = await officer.send(f"{talk}/konsep", page.form(talk).filled({"body": "We could begin with"}), follow=True)
    assert saved.form(talk)["body"] == "We could begin with"
    await officer.send(f"{talk}/konsep", page.form(talk).filled({"body": "And then", "kind": "note"}))
    again = (await officer.get(talk)).form(talk)
    assert (again["body"], again["kind"]) == ("And then", "note")
    for path in ("/percakapan", "/"):
        assert ">Draft</span>" in (await officer.get(path)).html
        assert ">Draft</span>" not in (await colleague.get(path)).html
    assert (await colleague.get(talk)).form(talk)["body"] == ""
    sent = again.filled({})
    assert (await officer.send(talk, sent)).status == 303
    # A save that was under way when it was sent comes too late.
    await officer.send(f"{talk}/konsep", sent)
    assert (await officer.get(talk)).form(talk)["body"] == ""
    async with database.transaction(write=False) as session:
        assert (await session.exec(select(MessageDraft))).all() == []


async def test_an_edit_shows_what_was_said_before_to_both_sides(
    visit: Visit, world: World, scene: Scene, talk: str, database: Database
) -> None:
    officer, founder = await at(visit, world.officer), await at(visit, world.founder)
    await officer.get(talk)
    await officer.submit(talk, {"body": "On Tuesday"})
    row_id = (await messages(database, scene))[-1].id
    edit = f"{talk}/pesan/{row_id}/ubah"
    assert edit in (await officer.get(talk)).links
    assert edit not in (await founder.get(talk)).links
    opened = await officer.get(edit)
    assert (await officer.submit(edit, {"body": "On Wednesday"}, page=opened)).status == 303
    for reader in (officer, founder):
        page = await reader.get(talk)
        assert page.main.index("On Wednesday") < page.main.index("Edited at") < page.main.index("On Tuesday")
    # It was opened before the other edit.
    stale = await officer.submit(edit, {"body": "On Thursday"}, page=opened)
    assert stale.status == 409
    assert stale.form(edit)["body"] == "On Thursday"
    assert "On Wednesday" in stale.main


async def test_after_a_quarter_of_an_hour_a_message_stands(
    visit: Visit, world: World, scene: Scene, talk: str, database: Database
) -> None:
    officer = await at(visit, world.officer)
    await officer.get(talk)
    await officer.submit(talk, {"body": "On Tuesday"})
    message = (await messages(database, scene))[-1]
    edit = f"{talk}/pesan/{message.id}/ubah"
    await officer.get(edit)
    async with database.transaction() as session:
        message.sent_at -= timedelta(minutes=15)
        await session.merge(message)
    refused = await officer.submit(edit, {"body": "Never"})
    assert refused.status == 409
    assert "for 15 minutes" in refused.alert
    assert edit not in (await officer.get(talk)).links
    assert (await messages(database, scene))[-1].body == "On Tuesday"


async def test_who_is_called_gets_a_notice_of_their_own(
    visit: Visit, world: World, scene: Scene, talk: str, database: Database
) -> None:
    officer = await at(visit, world.officer)
    page = await officer.get(talk)
    called = [str(world.founder.account_id), str(world.colleague.account_id)]
    assert set(called) <= {value for tag, name, value in page.attributes if (tag, name) == ("input", "value")}
    sent = await officer.submit(talk, {"body": f"@{world.founder.name} please look.", "mention": called}, follow=True)
    assert f"Asked to look: {world.colleague.name}" in sent.main
    async with database.transaction(write=False) as session:
        notices = (await session.exec(select(Notice).where(Notice.kind == "mention"))).all()
        mentions = (await session.exec(select(Mention))).all()
    assert {(n.account_id, n.organisation_id, n.detail) for n in notices} == {
        (world.founder.account_id, world.founder.organisation_id, "message"),
        (world.colleague.account_id, world.officer.organisation_id, "message"),
    }
    assert sorted(str(m.account_id) for m in mentions) == sorted(called)
    refused = await officer.submit(talk, {"body": "And you", "mention": [str(world.stranger.account_id)]})
    assert refused.status == 422
    assert "members of the two organisations" in refused.errors["mention"]
    assert (await messages(database, scene))[-1].body != "And you"


async def test_one_notice_tells_of_a_pile_of_messages(
    visit: Visit, world: World, talk: str, database: Database
) -> None:
    officer, founder = await at(visit, world.officer), await at(visit, world.founder)

    async def told() -> list[int]:
        async with database.transaction(write=False) as session:
            query = select(Notice.organisation_id).where(Notice.kind == "message")
            return list((await session.exec(query)).all())

    async def say(text: str) -> None:
        await officer.get(talk)
        assert (await officer.submit(talk, {"body": text})).status == 303

    for text in ("One", "Two", "Three"):
        await say(text)
    assert await told() == [world.founder.organisation_id]
    await founder.get(talk)
    await say("Four")
    assert len(await told()) == 2


async def test_own_messages_say_which_organisation_has_read_them(visit: Visit, world: World, talk: str) -> None:
    officer, founder = await at(visit, world.officer), await at(visit, world.founder)
    await officer.get(talk)
    sent = await officer.submit(talk, {"body": SIGNED}, follow=True)
    assert "data-unread" in sent.html
    assert (await founder.get("/percakapan/belum-dibaca")).html == "1"
    await founder.post(f"{talk}/dibaca", {"sampai": "1"})
    assert (await founder.get("/percakapan/belum-dibaca")).html == "1"
    await founder.post(f"{talk}/dibaca", {"sampai": "999999"})
    assert (await founder.get("/percakapan/belum-dibaca")).html == "0"
    assert "Read by PT Kompos Jaya" in (await officer.get(talk)).main
    await founder.post(f"{talk}/dibaca", {"sampai": "1"})
    assert (await founder.get("/percakapan/belum-dibaca")).html == "0"


async def test_script_fetches_what_is_behind_a_message_and_no_more(
    visit: Visit, world: World, scene: Scene, talk: str, database: Database
) -> None:
    officer, founder = await at(visit, world.officer), await at(visit, world.founder)
    await founder.get(talk)
    last = (await messages(database, scene))[-1].id
    assert 'id="m' not in (await founder.get(f"{talk}/pesan?sesudah={last}")).html
    for number in range(3):
        await officer.post(talk, {"body": f"Number {number}"})
    news = await founder.get(f"{talk}/pesan?sesudah={last}")
    assert [news.html.count(f"Number {n}") for n in range(3)] == [1, 1, 1]
    assert "<html" not in news.html
    assert "It is your turn." in news.text
    # Fetched, and not yet seen by anybody.
    assert (await founder.get("/percakapan/belum-dibaca")).html == "3"
    one = await founder.get(f"{talk}/pesan?satu={(last or 0) + 1}")
    assert ("Number 0" in one.html, "Number 1" in one.html) == (True, False)
    assert (await founder.get(f"{talk}/pesan?sesudah=x")).status == 200


async def test_what_is_new_is_marked_where_it_begins(visit: Visit, world: World, talk: str) -> None:
    officer, founder = await at(visit, world.officer), await at(visit, world.founder)
    await founder.get(talk)
    for number in range(2):
        await officer.post(talk, {"body": f"Number {number}"})
    page = await founder.get(talk)
    assert page.html.index('id="baru"') < page.html.index("Number 0")
    assert 'id="baru"' not in (await founder.get(talk)).html


async def test_a_closed_talk_takes_nothing_more(
    visit: Visit, world: World, scene: Scene, talk: str, database: Database
) -> None:
    officer = await at(visit, world.officer)
    page = await officer.get(talk)
    form = page.form(talk).filled({"body": "Too late"})
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, scene.conversation)
        conversation.state = "withdrawn"
        session.add(conversation)
    for path in (talk, f"{talk}/konsep"):
        assert (await officer.send(path, form)).status == 422
    closed = await officer.get(talk)
    assert "nothing more is written in it" in closed.main
    assert not closed.has_form(talk)
