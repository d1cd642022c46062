"""Agreements through their pages: the signed paper goes in and comes out, both sides report, and a result shows."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from matchmaker.actions.results import quarter_of_today
from matchmaker.database import Database
from matchmaker.inputs.agreement import today
from models import Conversation
from tests.documents import PDF
from tests.pages import Page
from tests.visitor import Visitor
from tests.world import Scene, World

Visit = Callable[..., Visitor]
RESULT = "Half of the waste of three markets is composted, and the traders run the machines by themselves."


async def both(visit: Visit, world: World) -> tuple[Visitor, Visitor]:
    officer, founder = visit(), visit()
    await officer.sign_in(world.officer)
    await founder.sign_in(world.founder)
    return officer, founder


async def set_state(database: Database, scene: Scene, state: str) -> None:
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, scene.conversation)
        conversation.state = state
        session.add(conversation)


async def send(visitor: Visitor, path: str, form: str, fields: dict[str, str], file: bytes | None) -> httpx.Response:
    """The form of a page as a browser sends one that has a file."""
    page = await visitor.get(form)
    values = dict(page.form(path).filled(dict(fields)))
    name = "" if file is None else "PKS bertanda tangan.pdf"
    answer = await visitor.client.post(
        path,
        data=values,
        files={"file": (name, file or b"")},
        headers={"Origin": visitor.origin, "Sec-Fetch-Site": "same-origin"},
    )
    visitor.page = Page(answer)
    return answer


def signing() -> dict[str, str]:
    ends = (today() + timedelta(days=500)).isoformat()
    return {"step": "sign_pks", "number": "119/1/PKS", "signed_on": today().isoformat(), "ends_on": ends}


async def test_the_signed_paper_takes_the_pair_on_and_both_sides_have_it(
    visit: Visit, database: Database, world: World, scene: Scene
) -> None:
    await set_state(database, scene, "to_tkksd")
    officer, founder = await both(visit, world)
    here = f"/kesepakatan/{scene.agreement}"
    assert here in (await founder.get("/kesepakatan")).links
    steps = await officer.get(f"/percakapan/{scene.conversation}/langkah")
    form = f"{here}?isi=tanda-tangan&langkah=sign_pks#isi"
    assert form in steps.links
    answer = await send(officer, f"{here}/tanda-tangan", form, signing(), PDF)
    assert answer.status_code == 303, officer.page and officer.page.alert
    page = await founder.get(here)
    assert "Cooperation agreement signed" in page.main
    assert "PKS bertanda tangan.pdf" in page.main
    paper = await founder.client.get(f"{here}/dokumen/pks_signed")
    assert (paper.status_code, paper.content) == (200, PDF)
    assert paper.headers["content-disposition"].startswith("attachment")
    assert (await founder.get(f"{here}/dokumen/kb_signed")).status == 404


@pytest.mark.parametrize(
    ("changes", "file", "said"),
    [
        ({"ends_on": "2099-01-01"}, PDF, "lasts at most 60 months"),
        ({"signed_on": "31/12/2025"}, PDF, "Write a date as year-month-day"),
        ({"signed_on": "2099-01-01"}, PDF, "This day has not come yet."),
        ({}, None, "write where it lies"),
        ({}, b"MZ\x90\x00 not a paper", "file"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    visit: Visit,
    database: Database,
    world: World,
    scene: Scene,
    changes: dict[str, str],
    file: bytes | None,
    said: str,
) -> None:
    await set_state(database, scene, "to_tkksd")
    officer, _founder = await both(visit, world)
    here = f"/kesepakatan/{scene.agreement}"
    form = f"{here}?isi=tanda-tangan"
    answer = await send(officer, f"{here}/tanda-tangan", form, signing() | changes, file)
    assert answer.status_code == 422
    assert said in answer.text
    assert "119/1/PKS" in answer.text
    assert "With the TKKSD" in (await officer.get(here)).main


async def test_milestones_reports_and_a_result_that_both_show(
    visit: Visit, database: Database, world: World, scene: Scene
) -> None:
    await set_state(database, scene, "running")
    officer, founder = await both(visit, world)
    here, public = f"/kesepakatan/{scene.agreement}", f"/inisiatif/{scene.initiative}"
    await founder.get(f"{here}?isi=capaian")
    due = (today() + timedelta(days=9)).isoformat()
    page = await founder.submit(f"{here}/capaian", {"title": "First machine runs", "due_on": due}, follow=True)
    assert "First machine runs" in page.main
    proof = {"done_on": today().isoformat(), "evidence": "Seen by the traders of Matawai."}
    answer = await send(officer, f"{here}/capaian/1", f"{here}?isi=bukti&ke=1", proof, PDF)
    assert answer.status_code == 303
    assert (await founder.client.get(f"{here}/capaian/1/bukti")).content == PDF

    report = {"quarter": quarter_of_today(), "progress": "Two machines run.", "rating": "4", "outlook": "widen"}
    for visitor in (officer, founder):
        await visitor.get(f"{here}?isi=pemantauan")
        assert (await visitor.submit(f"{here}/pemantauan", report)).status == 303
    again = await founder.post(f"{here}/pemantauan", report)
    assert (again.status, "reported on this quarter already" in again.text) == (422, True)
    assert (await founder.get(here)).main.count("Two machines run.") == 2

    await officer.get(f"{here}?isi=hasil")
    short = await officer.submit(f"{here}/hasil", {"result": "Good."})
    assert (short.status, "Good." in short.text) == (422, True)
    assert (await officer.submit(f"{here}/hasil", {"result": RESULT, "show": "1"})).status == 303
    stranger = visit()
    assert RESULT not in (await stranger.get(public)).text
    await founder.get(here)
    await founder.submit(f"{here}/tampil")
    assert RESULT in (await stranger.get(public)).main
    await officer.get(here)
    await officer.submit(f"{here}/tampil")
    assert RESULT not in (await stranger.get(public)).text
    assert (await founder.post(f"{here}/capaian", {"title": "Too late now", "due_on": due})).status == 422
