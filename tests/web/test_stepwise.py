"""Writing a long form a group at a time: what is saved, where the buttons lead, and what is said on the way."""

from collections.abc import Callable

import pytest

from matchmaker.i18n import in_language
from matchmaker.quality import of_card, of_initiative
from tests.visitor import Visitor
from tests.web.forms import CARD_FORM, INITIATIVE_FORM
from tests.world import CARD, INITIATIVE, Scene, World, draft_initiative

Visit = Callable[..., Visitor]
GROUPS = ("kebutuhan", "dicari", "bidang", "penanggung-jawab", "dana-waktu", "ukuran", "periksa")


async def test_a_new_initiative_is_written_from_group_to_group(visit: Visit, world: World) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    opened = await officer.get("/inisiatif/baru")
    assert opened.form("/inisiatif/baru")["language"] == "en"
    first = {name: INITIATIVE_FORM[name] for name in ("title", "summary")}
    page = await officer.submit("/inisiatif/baru", first | {"then": "next"}, follow=True)
    edit = page.path
    assert edit.endswith("/ubah")
    needs = {name: text for name, text in INITIATIVE_FORM.items() if name.startswith("needs.")}
    groups = [needs, {"pillar": "environment", "quick_win": "1", "sub_dimensions": ["waste"]}]
    groups.append({n: INITIATIVE_FORM[n] for n in ("owner_office", "contact_role", "contact_email", "backup_email")})
    groups += [{"minimum_tkt": "7"}, {"indicators.0.name": "Waste composted", "indicators.0.target": "Half"}]
    for key, typed in zip(GROUPS[1:], groups, strict=False):
        assert page.form(edit)["bagian"] == key
        page = await officer.submit(edit, typed | {"then": "next"}, follow=True)
        assert page.status == 200
    # The last page: what is still needed, each a link to where it is asked for, and the whole as others see it.
    problem = next(link for link in page.links if link.endswith("#f-problem"))
    assert "bagian=kebutuhan" in problem
    assert "Composting technology for market waste" in page.main
    assert "problem" in (await officer.get(problem)).errors
    typed = {"problem": INITIATIVE_FORM["problem"], "then": "publish"}
    done = await officer.submit(edit, typed, follow=True)
    assert done.path == edit.replace("/ubah", "/saran")
    detail = await officer.get(edit.removesuffix("/ubah"))
    for text in ("Quick win", "Waste composted", "Training of the operators", "TKT 7", "Waste management"):
        assert text.lower() in detail.main.lower()


@pytest.mark.parametrize("group", GROUPS[:-1])
async def test_saving_one_group_leaves_the_others_alone(visit: Visit, world: World, scene: Scene, group: str) -> None:
    everything = {
        "quick_win": "1",
        "pilot": "1",
        "other_pillars": ["living"],
        "sub_dimensions": ["waste"],
        "indicators.0.name": "Waste composted",
    }
    officer = visit()
    await officer.sign_in(world.officer)
    edit = f"/inisiatif/{scene.draft}/ubah"
    for key, names in (("bidang", ("quick_win", "other_pillars", "sub_dimensions")), ("dana-waktu", ("pilot",))):
        await officer.get(f"{edit}?bagian={key}")
        await officer.submit(edit, {name: everything[name] for name in names})
    await officer.get(f"{edit}?bagian=ukuran")
    await officer.submit(edit, {"indicators.0.name": "Waste composted"})

    async def all_of_it() -> dict[str, list[str]]:
        values: dict[str, list[str]] = {}
        for key in GROUPS[:-1]:
            for name, value in (await officer.get(f"{edit}?bagian={key}")).form(edit).values:
                if name not in {"bagian", "then", "version", "asal", "_csrf_token"}:
                    values.setdefault(name, []).append(value)
        return values

    before = await all_of_it()
    assert {name: before[name] for name in everything} == {
        name: value if isinstance(value, list) else [value] for name, value in everything.items()
    }
    await officer.get(f"{edit}?bagian={group}")
    assert (await officer.submit(edit)).status == 303
    assert await all_of_it() == before


async def test_what_is_unticked_on_its_page_is_gone(visit: Visit, world: World, scene: Scene) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    edit = f"/inisiatif/{scene.draft}/ubah"
    await officer.get(f"{edit}?bagian=bidang")
    await officer.submit(edit, {"quick_win": "1", "sub_dimensions": ["waste", "energy"]})
    await officer.get(f"{edit}?bagian=bidang")
    await officer.submit(edit, {"quick_win": None, "sub_dimensions": None})
    form = (await officer.get(f"{edit}?bagian=bidang")).form(edit)
    assert (form["quick_win"], form.all("sub_dimensions")) == ("", [])


async def test_a_save_in_passing_stays_on_its_page(visit: Visit, world: World) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/inisiatif/baru")
    page = await officer.submit("/inisiatif/baru", {"title": "A draft that saves itself", "then": "stay"}, follow=True)
    assert page.form(page.path)["bagian"] == "kebutuhan"
    assert ("form", "data-autosave", "") in page.attributes
    assert "Last saved" in page.main
    for text in ("First words.", "Second words."):
        page = await officer.submit(page.path, {"summary": text, "then": "stay"}, follow=True)
        assert page.form(page.path)["summary"] == text


async def test_what_is_published_never_saves_itself(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = visit(), visit()
    await officer.sign_in(world.officer)
    await founder.sign_in(world.founder)
    for visitor, path in ((officer, f"/inisiatif/{scene.initiative}"), (founder, f"/kapabilitas/{scene.card}")):
        page = await visitor.get(f"{path}/ubah")
        assert page.has_form(f"{path}/ubah?bagian={page.form(f'{path}/ubah')['bagian']}")
        assert not [a for a in page.attributes if a[1] == "data-autosave"]
        # Nor does a history keep it: its version would be past.
        assert "no-store" in page.headers["cache-control"]


async def test_where_one_stands_is_said_in_words(visit: Visit, world: World) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/inisiatif/baru")
    page = await officer.submit("/inisiatif/baru", {"title": "A need of few words", "then": "next"}, follow=True)
    assert "The need: 2 answers missing" in page.main
    assert "Responsible: 4 answers missing" in page.main
    assert "How success is measured: Optional" in page.main
    wrong = await officer.submit(page.path, {"needs.0.detail": "No title"})
    assert wrong.status == 422
    assert "What you seek: Something to correct" in wrong.main
    assert (await officer.get(f"{page.path}?bagian=nothing")).form(page.path)["bagian"] == "kebutuhan"


async def test_a_card_is_written_the_same_way(visit: Visit, world: World) -> None:
    founder = visit()
    await founder.sign_in(world.founder)
    await founder.get("/kapabilitas/baru")
    page = await founder.submit("/kapabilitas/baru", {"title": CARD_FORM["title"], "then": "next"}, follow=True)
    edit = page.path
    for typed in (
        {name: CARD_FORM[name] for name in ("region_gets", "asks", "contributions")},
        {"pillars": ["environment"], "sub_dimensions": ["waste"]},
        {name: text for name, text in CARD_FORM.items() if name.startswith("evidence.")},
        {"regions_served": ["53", "73"]},
    ):
        page = await founder.submit(edit, typed | {"then": "next"}, follow=True)
    assert "Nusa Tenggara Timur" in page.main
    assert {link.split("#f-")[1] for link in page.links if "kurang=1#f-" in link} == {"summary", "description"}
    refused = await founder.submit(edit.replace("/ubah", "/terbitkan"))
    assert refused.status == 422
    assert "Description" in refused.alert
    await founder.get(f"{edit}?bagian=kemampuan")
    typed = {name: CARD_FORM[name] for name in ("summary", "description")}
    ready = await founder.submit(edit, typed | {"then": "publish"}, follow=True)
    assert ready.path == edit.replace("/ubah", "/saran")


async def test_advice_praises_and_names_the_next_best_step(visit: Visit, world: World, scene: Scene) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    page = await officer.get(f"/inisiatif/{scene.draft}/ubah?bagian=periksa")
    assert "The problem has numbers in it." in page.main
    assert "What helps most now" in page.main
    assert any("bagian=kebutuhan" in link and link.endswith("#f-problem") for link in page.links)


def test_advice_follows_from_the_text() -> None:
    with in_language("en"):
        bare, whole = (
            of_initiative({}),
            of_initiative(INITIATIVE | {"offers": "A site, four workers and two years of data."}),
        )
        assert not [point for point in bare if point.met]
        met = {point.praise for point in whole if point.met}
        assert {"Each need is an entry of its own.", "A partner sees what your region brings."} <= met
        assert not [point for point in of_card({}) if point.met]
        for result, met_by_it in (("Much less waste", False), ("40 percent less", True), ("Tiga pasar", True)):
            card = CARD | {"evidence": [{"client": "A town", "result": result}]}
            assert ("There is proof with a number in it." in {p.praise for p in of_card(card) if p.met}) is met_by_it


async def test_a_session_that_ends_in_between_comes_back_to_its_group(visit: Visit, world: World) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    row = await draft_initiative(officer.services.database, world.officer)
    edit = f"/inisiatif/{row}/ubah"
    await officer.get(f"{edit}?bagian=dicari")
    officer.sign_out()
    asked = await officer.submit(edit, {"offers": "A site of one hectare", "then": "next"})
    assert asked.status == 401
    carried = dict(asked.form("/masuk").values)
    assert (carried["carried:bagian"], carried["carried:offers"]) == ("dicari", "A site of one hectare")
