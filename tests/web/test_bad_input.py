"""What people and machines send by mistake or on purpose: a clear answer, and nothing that was typed is lost."""

import asyncio
from collections.abc import Callable
from urllib.parse import quote

import pytest
from sqlmodel import select

from matchmaker.database import Database
from models import Account, Initiative
from tests.visitor import Visitor
from tests.web.forms import INITIATIVE_FORM, Typed
from tests.world import PASSWORD, Scene, World

Visit = Callable[..., Visitor]
REGISTRATION: Typed = {"email": "ani@test.example", "password": PASSWORD, "name": "Ani", "language": "en"}


async def test_the_same_address_in_other_capitals_is_taken(visit: Visit, world: World) -> None:
    visitor = visit()
    await visitor.get("/daftar")
    again = await visitor.submit("/daftar", REGISTRATION | {"email": world.officer.email.upper()})
    assert again.status == 422
    assert "already has an account" in again.errors["email"]
    assert again.form("/daftar")["name"] == "Ani"
    assert again.form("/daftar")["password"] == ""
    assert PASSWORD not in again.html


async def test_a_region_that_has_its_organisation(visit: Visit, world: World) -> None:
    visitor = visit()
    await visitor.sign_in(world.stranger)
    await visitor.get("/organisasi/baru?jenis=region&daerah=53.11")
    refused = await visitor.submit("/organisasi/baru", {"description": "We are the region."})
    assert refused.status == 422
    assert "already has its organisation" in refused.errors["region_code"]
    assert refused.form("/organisasi/baru")["description"] == "We are the region."
    assert refused.form("/organisasi/baru")["region_code"] == "53.11"


async def test_a_region_claimed_by_two_at_the_same_moment(visit: Visit, world: World) -> None:
    visitors = []
    for person in (world.stranger, world.newcomer, world.lecturer):
        visitors.append(visit())
        await visitors[-1].sign_in(person)
        await visitors[-1].get("/organisasi/baru?jenis=region&daerah=35.78")
    answers = await asyncio.gather(*(visitor.submit("/organisasi/baru") for visitor in visitors))
    assert sorted(answer.status for answer in answers) == [303, 422, 422]


async def test_a_hundred_kilobytes_in_a_title(visit: Visit, world: World) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/inisiatif/baru")
    pasted = "sampah " * 15_000
    answer = await officer.submit("/inisiatif/baru", INITIATIVE_FORM | {"title": pasted})
    assert answer.status == 422
    assert "120 characters" in answer.errors["title"]
    form = answer.form("/inisiatif/baru")
    assert form["title"].split() == pasted.split()
    for name in ("summary", "problem", "needs.0.title", "needs.1.contribution", "contact_email"):
        assert form[name] == INITIATIVE_FORM[name]


async def test_a_body_beyond_all_forms(visit: Visit, world: World) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    answer = await officer.post("/inisiatif/baru", {"title": "x" * 3_000_000})
    assert answer.status == 413
    assert answer.title.startswith("This is too large")


async def test_publishing_without_what_is_needed_names_each_field(visit: Visit, world: World) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/inisiatif/baru")
    typed: Typed = {"title": "A need without its words", "then": "publish"}
    answer = await officer.submit("/inisiatif/baru", typed, follow=True)
    # Under the draft's own address: loading it again posts nothing twice.
    assert (answer.status, answer.path.split("/")[-1]) == (200, "ubah")
    assert "saved, but not published" in answer.main
    linked = {link.split("#f-")[1]: link for link in answer.links if "kurang=1#f-" in link}
    assert set(linked) >= {"summary", "problem", "pillar", "needs", "contact_email", "backup_email", "owner_office"}
    for name in ("summary", "contact_email", "pillar", "needs"):
        mended = await officer.get(linked[name])
        assert name in mended.errors
    again = await officer.submit(answer.path, {"owner_office": "Dinas Sosial"}, page=await officer.get(answer.path))
    refused = await officer.post(f"{again.location.split('?')[0]}/terbitkan")
    assert refused.status == 422
    assert "Responsible office" not in refused.alert
    assert "Backup mailbox" in refused.alert


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ({"needs.0.title": "", "needs.0.detail": "Only details", "needs.0.contribution": "data"}, "needs.0.title"),
        ({"needs.0.title": "A need with a title", "needs.0.contribution": ""}, "needs.0.contribution"),
        ({"indicators.0.baseline": "Six tonnes"}, "indicators.0.name"),
    ],
)
async def test_half_a_row_is_said_at_its_field(
    visit: Visit, world: World, scene: Scene, rows: Typed, wrong: str
) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    edit = f"/inisiatif/{scene.draft}/ubah"
    await officer.get(f"{edit}?bagian={'dicari' if 'needs' in wrong else 'ukuran'}")
    answer = await officer.submit(edit, rows)
    assert answer.status == 422
    assert set(answer.errors) == {wrong}
    for name, value in rows.items():
        assert answer.form(edit)[name] == value


ODD = {
    "emoji": "Sampah 🗑️ jadi kompos 🌱 bersama 👩🏽‍🌾",
    "right to left": "مشروع تحويل النفايات إلى سماد",
    "markup": "<script>alert(1)</script> & \"quotes\" 'too' {{ 7*7 }}",
    "astral": "𝕊𝕒𝕞𝕡𝕒𝕙 pasar 𠜎 kompos",
}


@pytest.mark.parametrize("title", ODD.values(), ids=ODD)
async def test_every_script_is_kept_and_shown_as_it_was(visit: Visit, world: World, title: str) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/inisiatif/baru")
    page = await officer.submit("/inisiatif/baru", INITIATIVE_FORM | {"title": title, "then": "publish"}, follow=True)
    assert page.status == 200
    address = page.path.removesuffix("/saran")
    detail = await officer.get(address)
    assert title in detail.main
    assert "<script>alert" not in detail.html
    assert "49" not in detail.title
    assert (await officer.get(f"{address}/ubah")).form(f"{address}/ubah")["title"] == title
    assert address in (await officer.get(f"/inisiatif?q={quote(title.split()[1])}")).links


async def test_nul_and_lone_surrogates_break_nothing(visit: Visit, world: World, database: Database) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    token = (await officer.get("/inisiatif/baru")).form("/inisiatif/baru")["_csrf_token"]
    odd = b"title=Sampah%00+pasar+%ED%A0%80+menjadi+%FF+kompos&language=id&_csrf_token=" + token.encode()
    answer = await officer.send("/inisiatif/baru", odd, follow=True)
    assert answer.status == 200
    async with database.transaction(write=False) as session:
        query = select(Initiative.title).where(Initiative.organisation_id == world.officer.organisation_id)
        title = (await session.exec(query)).one()
    assert "\x00" not in title
    assert title.startswith("Sampah pasar")
    for path in ("/inisiatif?q=%00", "/inisiatif?q=%ED%A0%80", "/daerah?q=%FF%00", "/organisasi?q=%F0%9F%98%80"):
        assert (await officer.get(path)).status == 200


@pytest.mark.parametrize("base", ["/inisiatif", "/kapabilitas", "/minat", "/percakapan", "/organisasi", "/daerah"])
async def test_addresses_of_nothing(visit: Visit, world: World, base: str) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    for last in ("x", "0", "-1", "1.5", "1e3", "99999999999999999999", str(2**31), str(2**63), "%00", "²", "a/b/c"):
        answer = await officer.get(f"{base}/{last}")
        assert answer.status == 404, (last, answer.status)
        assert answer.title.startswith("This page does not exist")


@pytest.mark.parametrize("path", ["/inisiatif", "/kapabilitas", "/organisasi", "/minat", "/percakapan", "/pengelola"])
@pytest.mark.parametrize(
    "cursor", ["x", "%FF", "!!!", "MjAyNi0wMS0wMQ", "MDAwMS0wMS0wMVQwMDowMDowMCswMDowMCAx", "A" * 5000]
)
async def test_a_garbage_cursor_is_a_clear_refusal(visit: Visit, world: World, path: str, cursor: str) -> None:
    visitor = visit()
    await visitor.sign_in(world.office if path == "/pengelola" else world.officer)
    answer = await visitor.get(f"{path}?lanjut={cursor}")
    assert answer.status in {200, 400}
    if answer.status == 400:
        assert "broken" in answer.main


@pytest.mark.parametrize(
    "query", ["pilar=magic", "provinsi=99", "jenis=club", "pilar=%27%3B--", "pilar=living&pilar=x", "unggulan=%FF"]
)
async def test_unknown_filters_are_no_filters(visit: Visit, scene: Scene, query: str) -> None:
    visitor = visit()
    suggestions = (f"/inisiatif/{scene.initiative}/saran", f"/kapabilitas/{scene.card}/saran")
    for path in ("/inisiatif", "/kapabilitas", "/organisasi", "/daerah", *suggestions):
        assert (await visitor.get(f"{path}?{query}")).status == 200


@pytest.mark.parametrize("query", ["", "?initiative=x&card=1", "?initiative=1&card=99999999999999", "?card=-1"])
async def test_an_interest_in_nothing(visit: Visit, world: World, query: str) -> None:
    founder = visit()
    await founder.sign_in(world.founder)
    assert (await founder.get(f"/minat/baru{query}")).status == 404


async def test_fields_that_the_form_does_not_have_change_nothing(
    visit: Visit, world: World, database: Database
) -> None:
    visitor = visit()
    await visitor.get("/daftar")
    answer = await visitor.submit("/daftar", REGISTRATION | {"is_office": "1", "id": "1"})
    assert answer.status == 303
    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/inisiatif/baru")
    sneaky: Typed = {
        "status": "published",
        "organisation_id": str(world.officer2.organisation_id),
        "region_code": "51.71",
    }
    page = await officer.submit("/inisiatif/baru", INITIATIVE_FORM | sneaky, follow=True)
    async with database.transaction(write=False) as session:
        account = (await session.exec(select(Account).where(Account.email == "ani@test.example"))).one()
        assert not account.is_office
        row = await session.get(Initiative, int(page.path.split("/")[2]))
        assert row is not None
        assert (row.status, row.organisation_id, row.region_code) == (
            "draft",
            world.officer.organisation_id,
            "53.11",
        )


async def test_rows_come_and_go_without_javascript(visit: Visit, world: World, scene: Scene) -> None:
    officer = visit()
    await officer.sign_in(world.officer)
    edit = f"/inisiatif/{scene.draft}/ubah"
    opened = await officer.get(f"{edit}?bagian=dicari")
    assert {("add", "needs"), ("remove", "needs.0")} <= set(opened.form(edit).buttons)
    assert ("add", "indicators") in (await officer.get(f"{edit}?bagian=ukuran")).form(edit).buttons
    more = await officer.submit(edit, {"offers": "Typed just now", "add": "needs"}, page=opened)
    form = more.form(edit)
    assert more.status == 200
    assert [form[f"needs.{n}.title"] for n in range(2)] == [INITIATIVE_FORM[f"needs.{n}.title"] for n in range(2)]
    assert "needs.2.title" in dict(form.values)
    assert form["offers"] == "Typed just now"
    less = await officer.submit(edit, {"needs.2.title": "A third need, typed", "remove": "needs.0"})
    form = less.form(edit)
    assert [form[f"needs.{n}.title"] for n in range(2)] == [INITIATIVE_FORM["needs.1.title"], "A third need, typed"]
    assert "needs.2.title" not in dict(form.values)
    saved = await officer.submit(edit, {"needs.1.contribution": "data"}, follow=True)
    assert saved.main.index("Training of the operators") < saved.main.index("A third need, typed")


async def test_evidence_comes_and_goes_too(visit: Visit, world: World, scene: Scene) -> None:
    founder = visit()
    await founder.sign_in(world.founder)
    edit = f"/kapabilitas/{scene.card_draft}/ubah"
    await founder.get(f"{edit}?bagian=bukti")
    more = await founder.submit(edit, {"add": "evidence"})
    assert "evidence.1.client" in dict(more.form(edit).values)
    less = await founder.submit(edit, {"remove": "evidence.0"})
    assert less.form(edit)["evidence.0.client"] == ""
    # What no row is called changes nothing.
    for odd in ("evidence.x", "evidence.99", "title.0", "", "evidence"):
        answer = await founder.post(edit, {"title": "Short", "version": "1", "remove": odd, "add": "title"})
        assert answer.status in {200, 422}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/masuk", {"email": "", "password": ""}),
        ("/masuk", {"email": "x" * 3000, "password": "y"}),
        ("/masuk", {"email": "no-address", "password": "wrong"}),
        ("/daftar", {"email": "no address", "password": "short", "name": ""}),
        ("/daftar", {"email": ["a@test.example", "b@test.example"], "password": "z" * 5000, "name": "N" * 5000}),
    ],
)
async def test_sign_in_and_registration_say_what_is_wrong(visit: Visit, path: str, fields: Typed) -> None:
    visitor = visit()
    await visitor.get(path)
    answer = await visitor.submit(path, fields)
    assert answer.status == 422
    assert answer.errors
    assert "Please check your answers" in answer.alert
    assert str(fields["password"]) not in answer.html or fields["password"] in {"", "y"}
