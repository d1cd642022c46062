"""The pages of the term sheet, for both sides."""

from collections.abc import Callable

import pytest

from matchmaker.database import Database
from models.vocabulary import PairState
from tests.actions.test_terms import comment, propose, put_at
from tests.visitor import Visitor
from tests.web.test_editing_together import together
from tests.world import CARD, INITIATIVE, Scene, World

Visit = Callable[..., Visitor]
SHEET = {"purpose": "Less market waste.", "scope": "Two machines.\n\nNot part of it: carrying.", "duration_months": 12}


async def test_from_the_first_sheet_to_agreed_terms(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = await together(visit, world.officer, world.founder)
    page = f"/percakapan/{scene.conversation}/rancangan"
    assert "No term sheet yet" in (await officer.get(page)).main
    opened = await officer.get(f"{page}/ubah")
    form = opened.form(f"{page}/ubah")
    # What both have said before is there already.
    assert form["object"] == INITIATIVE["title"]
    assert CARD["asks"] in form["region_brings"]
    assert CARD["region_gets"] in form["partner_brings"]
    assert "Pasar Wonokromo" in form["partner_brings"]
    sent = await officer.submit(f"{page}/ubah", {"duration_months": "12", "costs": "Each its own."}, follow=True)
    assert "Your version has been sent" in sent.main
    assert "Terms drafted" in sent.main
    assert "their turn" in sent.main
    assert "12 months" in sent.main

    read = await founder.get(page)
    assert "It is your turn" in read.main
    assert "How the cooperation ends" in read.main
    await founder.get(f"{page}/ubah")
    answered = await founder.submit(f"{page}/ubah", {"costs": "Each its own, power apart."}, follow=True)
    assert "Version 2" in answered.main
    differs = await officer.get(f"{page}/banding")
    assert "What changed from version 1 to version 2" in differs.main
    assert "<ins" in differs.html
    assert "[added: , power apart ]" in " ".join(differs.main.split()) or "power apart" in differs.main

    opened = await officer.get(page)
    accepted = await officer.submit(f"{page}/2/setuju", page=opened, follow=True)
    assert "You have accepted this version" in accepted.main
    assert not accepted.has_form(f"{page}/2/setuju")
    opened = await founder.get(page)
    agreed = await founder.submit(f"{page}/2/setuju", page=opened, follow=True)
    assert "Agreed by both sides" in agreed.main
    older = await founder.get(f"{page}/1")
    assert "Only the newest version counts" in older.main
    assert not older.has_form(f"{page}/1/setuju")
    assert (await founder.get(f"{page}/3")).status == 404


async def test_the_second_writer_sees_both_texts(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    """A member of the same side, and one of the other, wrote on while a new version came."""
    page = f"/percakapan/{scene.conversation}/rancangan"
    await propose(database, world.officer, scene.conversation, 0, **SHEET)
    officer, colleague, founder = await together(visit, world.officer, world.colleague, world.founder)
    for visitor in (officer, colleague, founder):
        await visitor.get(f"{page}/ubah")
    assert (await officer.submit(f"{page}/ubah", {"purpose": "No waste.", "costs": "Shared."})).status == 303
    for late in (colleague, founder):
        told = await late.submit(f"{page}/ubah", {"purpose": "Half the waste.", "ending": "By letter."})
        assert told.status == 409
        assert "A new version arrived while you were writing" in told.alert
        assert "No waste." in told.main
        form = told.form(f"{page}/ubah")
        assert (form["purpose"], form["ending"]) == ("Half the waste.", "By letter.")
        # What this writer had not touched is taken over, and said.
        assert form["costs"] == "Shared."
        assert "they now say what the other wrote: Who bears which cost" in told.main
        assert form["scope"] == SHEET["scope"].replace("\n", "\r\n") or form["scope"] == SHEET["scope"]
    sent = await colleague.submit(f"{page}/ubah", follow=True)
    assert "Version 3" in sent.main
    assert "Half the waste." in sent.main
    assert "Shared." in sent.main
    # And the third is told again.
    assert (await founder.submit(f"{page}/ubah")).status == 409


async def test_what_is_wrong_is_said_at_its_field(visit: Visit, world: World, scene: Scene) -> None:
    (officer,) = await together(visit, world.officer)
    edit = f"/percakapan/{scene.conversation}/rancangan/ubah"
    await officer.get(edit)
    wrong = await officer.submit(edit, {"duration_months": "61", "scope": "x" * 4001, "costs": "Kept."})
    assert wrong.status == 422
    assert "60" in wrong.errors["duration_months"]
    assert "4,000" in wrong.errors["scope"]
    assert wrong.form(edit)["costs"] == "Kept."
    assert wrong.form(edit)["duration_months"] == "61"
    for duration in ("0", "twelve", "-3", "1.5"):
        again = await officer.submit(edit, {"duration_months": duration, "scope": ""})
        assert (again.status, list(again.errors)) == (422, ["duration_months"])
    assert "No term sheet yet" in (await officer.get(edit.removesuffix("/ubah"))).main


async def test_an_older_version_is_not_accepted(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    await propose(database, world.officer, scene.conversation, 0, **SHEET)
    (founder,) = await together(visit, world.founder)
    page = f"/percakapan/{scene.conversation}/rancangan"
    opened = await founder.get(page)
    await propose(database, world.colleague, scene.conversation, 1, costs="Yours.")
    late = await founder.submit(f"{page}/1/setuju", page=opened)
    assert late.status == 409
    assert "There is a newer version" in late.alert
    assert late.has_form(f"{page}/2/setuju")


async def test_comments_beside_their_section(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    await propose(database, world.officer, scene.conversation, 0, **SHEET)
    officer, founder = await together(visit, world.officer, world.founder)
    page = f"/percakapan/{scene.conversation}/rancangan"
    opened = await founder.get(page)
    empty = await founder.post(f"{page}/komentar", {"section": "scope", "body_scope": " "})
    assert (empty.status, list(empty.errors)) == (422, ["body_scope"])
    sent = await founder.post(f"{page}/komentar", {"section": "scope", "body_scope": "Which markets?\nAll of them?"})
    assert (sent.status, sent.location) == (303, f"{page}#b-scope")
    assert opened.status == 200
    read = await officer.get(page)
    assert "Which markets?" in read.main
    assert "1 comment is still open" in read.main
    mark = next(f for f in (f"{page}/komentar/{n}" for n in range(1, 9)) if read.has_form(f))
    done = await officer.submit(mark, page=read, follow=True)
    assert "still open" not in done.main
    assert f"Dealt with, says {world.officer.name}" in done.main
    assert (await officer.post(f"{page}/komentar", {"section": "nowhere", "body_nowhere": "?"})).status == 422
    assert (await officer.post(f"{page}/komentar/9999")).status == 404


@pytest.mark.parametrize(
    ("state", "words", "writes"),
    [
        (PairState.to_tkksd, "takes them back", True),
        (PairState.kb_signed, "goes into the paper that follows", True),
        (PairState.pks_signed, "changed by an addendum", False),
        (PairState.withdrawn, "This conversation is closed", False),
    ],
)
async def test_the_page_says_what_the_state_allows(
    visit: Visit, world: World, scene: Scene, database: Database, state: PairState, words: str, writes: bool
) -> None:
    await propose(database, world.officer, scene.conversation, 0, **SHEET)
    await comment(database, world.officer, scene.conversation, "scope", "A question.")
    await put_at(database, scene.conversation, state)
    (founder,) = await together(visit, world.founder)
    page = f"/percakapan/{scene.conversation}/rancangan"
    read = await founder.get(page)
    assert words in read.main
    assert "A question." in read.main
    assert (f"{page}/ubah" in read.links) is writes
    assert read.has_form(f"{page}/1/setuju") is (state != PairState.withdrawn)
    assert (await founder.get(f"{page}/ubah")).status == (200 if writes else 303)
    refused = await founder.post(f"{page}/ubah", {"version": "1", "costs": "Late."})
    assert refused.status == (303 if writes else 409)
    if not writes:
        assert refused.form(f"{page}/ubah")["costs"] == "Late."


async def test_hostile_text_is_text(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    evil = "<script>alert(1)</script>" * 100 + "\u202egpj.exe " + "a " * 500
    await propose(database, world.officer, scene.conversation, 0, purpose=evil, duration_months=1)
    await propose(database, world.founder, scene.conversation, 1, purpose="b " * 2000, scope=evil)
    (officer,) = await together(visit, world.officer)
    page = f"/percakapan/{scene.conversation}/rancangan"
    for path in (page, f"{page}/1", f"{page}/banding", f"{page}/banding?a=2&b=1", f"{page}/ubah"):
        read = await officer.get(path)
        assert read.status == 200
        assert "<script>alert" not in read.html
        assert "\u202e" not in read.html
    for query, status in (("a=1&b=9", 404), ("a=x&b=2", 404), ("a=1&b=1", 200), ("b=2", 200), ("a=0", 404)):
        assert (await officer.get(f"{page}/banding?{query}")).status == status


async def test_indonesian_says_it_too(visit: Visit, world: World, scene: Scene, database: Database) -> None:
    await propose(database, world.officer, scene.conversation, 0, **SHEET)
    await propose(database, world.founder, scene.conversation, 1, costs="Bersama.")
    (officer,) = await together(visit, world.officer)
    page = f"/percakapan/{scene.conversation}/rancangan"
    assert "Ruang lingkup" in (await officer.get(f"{page}?lang=id")).main
    assert "Tulis versi 3" in (await officer.get(f"{page}/ubah?lang=id")).main
    assert "[ditambahkan:" in (await officer.get(f"{page}/banding?lang=id")).main
