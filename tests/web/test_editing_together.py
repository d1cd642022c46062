"""Two members of one organisation write at once: the second is told, and nothing is lost."""

from collections.abc import Callable

from matchmaker.database import Database
from tests.visitor import Visitor
from tests.web.forms import CARD_FORM
from tests.world import PASSWORD, Person, Scene, World, publish_card

Visit = Callable[..., Visitor]


async def together(visit: Visit, *people: Person) -> list[Visitor]:
    visitors = [visit() for _person in people]
    for visitor, person in zip(visitors, people, strict=True):
        await visitor.sign_in(person)
    return visitors


async def test_an_initiative_edited_by_two_members(visit: Visit, world: World, scene: Scene) -> None:
    officer, colleague = await together(visit, world.officer, world.colleague)
    edit = f"/inisiatif/{scene.initiative}/ubah"
    for visitor in (officer, colleague):
        await visitor.get(f"{edit}?bagian=bidang")
    first = await officer.submit(edit, {"location": "Pasar Inpres", "rpjmd_ref": "Target 3.1"})
    assert first.status == 303
    second = await colleague.submit(edit, {"location": "Pasar Matawai", "master_plan_ref": "Chapter 4"})
    assert second.status == 409
    assert "Somebody else changed this" in second.alert
    assert "What the other member saved" in second.main
    assert "Pasar Inpres" in second.main
    assert "Target 3.1" in second.main
    form = second.form(edit)
    assert (form["location"], form["master_plan_ref"]) == ("Pasar Matawai", "Chapter 4")
    nothing_lost = await officer.get(f"/inisiatif/{scene.initiative}")
    assert "Pasar Inpres" in nothing_lost.main
    # Having seen both, saving again goes through.
    again = await colleague.submit(edit, {"rpjmd_ref": "Target 3.1"}, follow=True)
    assert again.status == 200
    assert "Pasar Matawai" in again.main
    assert "Target 3.1" in again.main


async def test_two_groups_of_one_initiative_are_not_in_each_others_way(
    visit: Visit, world: World, scene: Scene
) -> None:
    officer, colleague = await together(visit, world.officer, world.colleague)
    edit = f"/inisiatif/{scene.draft}/ubah"
    await officer.get(f"{edit}?bagian=bidang")
    await colleague.get(f"{edit}?bagian=dicari")
    assert (await officer.submit(edit, {"location": "Pasar Inpres"})).status == 303
    saved = await colleague.submit(edit, {"offers": "A site of one hectare"}, follow=True)
    assert saved.status == 200
    assert "A site of one hectare" in saved.main
    assert "Pasar Inpres" in saved.main
    # Mending an error is not having seen what the other wrote meanwhile.
    for visitor in (officer, colleague):
        await visitor.get(f"{edit}?bagian=penanggung-jawab")
    wrong = await colleague.submit(edit, {"contact_email": "nobody", "contact_role": "Secretary"})
    assert wrong.status == 422
    assert (await officer.submit(edit, {"contact_role": "Head of the division"}, page=None)).status == 303
    clash = await colleague.submit(edit, {"contact_email": "sampah@sumbatimur.example"}, page=wrong)
    assert clash.status == 409
    assert "Head of the division" in clash.main


async def test_a_card_edited_in_two_windows(visit: Visit, world: World, scene: Scene) -> None:
    one, other = await together(visit, world.founder, world.founder)
    edit = f"/kapabilitas/{scene.card}/ubah"
    for window in (one, other):
        await window.get(f"{edit}?bagian=bukti")
    assert (await one.submit(edit, {"evidence.0.result": "Two thirds of the waste"})).status == 303
    second = await other.submit(edit, {"evidence.0.result": "Half of it", "tkt": "9"})
    assert second.status == 409
    assert "Two thirds of the waste" in second.main
    assert second.form(edit)["evidence.0.result"] == "Half of it"
    assert (await other.submit(edit)).status == 303
    # A third text in between is told again.
    assert (await one.post(edit, CARD_FORM | {"version": "2"})).status == 409


async def test_an_organisation_edited_by_two_members(visit: Visit, world: World) -> None:
    officer, colleague = await together(visit, world.officer, world.colleague)
    edit = f"/organisasi/{world.officer.organisation_id}/ubah"
    for visitor in (officer, colleague):
        await visitor.get(edit)
    assert (await officer.submit(edit, {"description": "The first text."})).status == 303
    second = await colleague.submit(edit, {"description": "The second text."})
    assert second.status == 409
    assert "The first text." in second.main
    assert second.form(edit)["description"] == "The second text."
    assert (await colleague.submit(edit)).status == 303


async def test_an_edit_without_its_version_is_refused(visit: Visit, world: World, scene: Scene) -> None:
    (founder,) = await together(visit, world.founder)
    for version in ("", "x", "0", "99999999999", "-1"):
        answer = await founder.post(f"/kapabilitas/{scene.card}/ubah", CARD_FORM | {"version": version})
        assert answer.status in {409, 422}, version


async def test_what_is_published_stays_fit_for_it(visit: Visit, world: World, scene: Scene) -> None:
    (officer,) = await together(visit, world.officer)
    edit = f"/inisiatif/{scene.initiative}/ubah"
    await officer.get(edit)
    answer = await officer.submit(
        edit, {"problem": "Too short", "needs.0.title": "", "needs.0.detail": "", "location": "Kept"}
    )
    assert answer.status == 422
    assert "200" in answer.errors["problem"]
    assert answer.form(edit)["problem"] == "Too short"
    assert answer.form(edit)["location"] == "Kept"
    shown = await officer.get(f"/inisiatif/{scene.initiative}")
    assert "Too short" not in shown.main
    assert "Kept" not in shown.main


async def test_what_is_closed_is_changed_no_more(visit: Visit, world: World, scene: Scene) -> None:
    founder, officer = await together(visit, world.founder, world.officer)
    for visitor, thing, closing in (
        (founder, f"/kapabilitas/{scene.card}", {}),
        (officer, f"/inisiatif/{scene.initiative}", {"reason": "no_budget"}),
    ):
        await visitor.get(f"{thing}/ubah")
        form = visitor.page
        assert (await visitor.post(f"{thing}/tutup", closing)).status == 303
        assert (await visitor.post(f"{thing}/tutup", closing)).status == 303
        late = await visitor.submit(f"{thing}/ubah", {"title": "A title that comes too late"}, page=form)
        assert late.status == 409
        assert "closed" in late.alert
        assert (await visitor.post(f"{thing}/terbitkan")).status in {409, 422}
        assert (await visitor.get(thing)).has_form(f"{thing}/tutup") is False


async def test_a_former_members_words_stay(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = await together(visit, world.officer, world.founder)
    talk = f"/percakapan/{scene.conversation}"
    await officer.get(talk)
    await officer.submit(talk, {"body": "Words that stay."})
    await officer.get("/akun")
    gone = await officer.submit("/akun/hapus", {"own_password": PASSWORD}, follow=True)
    assert "Your account is deleted" in gone.main
    assert (await officer.get("/akun")).status == 303
    read = await founder.get(talk)
    assert "Words that stay." in read.main
    assert "A former member" in read.main
    assert world.officer.name not in read.html
    assert world.officer.email not in read.html
    assert (await founder.get(f"/inisiatif/{scene.initiative}")).status == 200
    (colleague,) = await together(visit, world.colleague)
    members = await colleague.get(f"/organisasi/{world.officer.organisation_id}")
    assert world.officer.email not in members.html


async def test_a_card_published_by_an_unverified_organisation_says_so(
    visit: Visit, world: World, database: Database
) -> None:
    card = await publish_card(database, world.newcomer)
    assert "Not yet verified" in (await visit().get(f"/kapabilitas/{card}")).main
