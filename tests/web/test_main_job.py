"""The whole way, from registering to a talk, as people walk it through the pages."""

from collections.abc import Callable

from tests.pages import Page
from tests.visitor import Visitor
from tests.web.forms import CARD_FORM, INITIATIVE_FORM, INTEREST_FORM
from tests.world import PASSWORD, Scene, World

Visit = Callable[..., Visitor]


async def registered(visit: Visit, key: str, kind: str, **organisation: str) -> tuple[Visitor, str]:
    """Somebody with a new organisation; answers its address too."""
    visitor = visit()
    await visitor.get("/daftar")
    answer = await visitor.submit(
        "/daftar", {"email": f"{key}@new.example", "password": PASSWORD, "name": f"Ms {key}", "language": "en"}
    )
    assert (answer.status, answer.location.split("?")[0]) == (303, "/organisasi")
    opened = await visitor.get(f"/organisasi/baru?jenis={kind}")
    assert opened.form("/organisasi/baru")["kind"] == kind
    page = await visitor.submit("/organisasi/baru", dict(organisation), follow=True)
    assert page.status == 200, page.text
    assert "will verify it" in page.main
    return visitor, page.path


def row_id(page: Page) -> str:
    return next(part for part in page.path.split("/") if part.isdigit())


async def test_from_registering_to_a_conversation(visit: Visit, world: World) -> None:
    officer, region = await registered(visit, "officer", "region", region_code="35.78")
    company, firm = await registered(
        visit, "company", "company", name="PT Komposter", legal_form="company", region_code="35.78"
    )
    initiative = await drafted(officer)
    assert (await visit().get(initiative)).status == 404
    await verified(visit, world, region, firm)

    await officer.get(f"{initiative}/ubah")
    saved = await officer.submit(f"{initiative}/ubah", {"location": "Pasar Genteng"}, follow=True)
    assert saved.path == initiative
    assert "Pasar Genteng" in saved.main
    published = await officer.submit(f"{initiative}/terbitkan", follow=True)
    assert published.path == f"{initiative}/saran"
    assert (await visit().get(initiative)).status == 200
    assert initiative in (await visit().get("/inisiatif")).links

    await company.get("/kapabilitas/baru")
    suggestions = await company.submit("/kapabilitas/baru", CARD_FORM | {"then": "publish"}, follow=True)
    card = suggestions.path.removesuffix("/saran")
    assert initiative in suggestions.links
    assert card in (await officer.get(f"{initiative}/saran")).links
    assert f"{card}/saran" in (await company.get("/saran")).links

    talk = await asked_and_accepted(company, officer, card)
    await converse(officer, company, talk)

    # Closed: out of lists and matching, and the talk goes on.
    await officer.get(initiative)
    closed = await officer.submit(f"{initiative}/tutup", {"reason": "already_partnered"}, follow=True)
    assert "Closed" in closed.main
    assert initiative not in (await company.get(f"{card}/saran")).links
    assert initiative not in (await visit().get("/inisiatif")).links
    await company.get(talk)
    assert (await company.submit(talk, {"body": "Thank you for the visit."})).status == 303
    await company.get(card)
    assert "Closed" in (await company.submit(f"{card}/tutup", follow=True)).main


async def drafted(officer: Visitor) -> str:
    """A draft that was kept although an unverified region may not publish it."""
    await officer.get("/inisiatif/baru")
    refused = await officer.submit("/inisiatif/baru", INITIATIVE_FORM | {"then": "publish"}, follow=True)
    assert refused.path.endswith("/ubah")
    assert "not verified your organisation" in refused.alert
    assert str(INITIATIVE_FORM["title"]) in refused.main
    return refused.path.removesuffix("/ubah")


async def verified(visit: Visit, world: World, *organisations: str) -> None:
    office = visit()
    await office.sign_in(world.office)
    assert set(organisations) <= set((await office.get("/pengelola")).links)
    for address in organisations:
        await office.submit(f"/pengelola{address}/verifikasi", page=await office.get("/pengelola"), follow=True)
    assert set(organisations).isdisjoint((await office.get("/pengelola")).links)


async def asked_and_accepted(company: Visitor, officer: Visitor, card: str) -> str:
    """By the button of a suggestion; answers the address of the conversation."""
    ask = next(link for link in (await company.get(f"{card}/saran")).links if link.startswith("/minat/baru?"))
    assert (await company.get(ask)).status == 200
    sent = await company.submit("/minat/baru", INTEREST_FORM, follow=True)
    interest = sent.path
    assert "Withdraw the interest" in sent.main
    assert "Seen" not in sent.main
    assert interest in (await officer.get("/minat")).links
    assert interest in (await officer.get("/")).links
    opened = await officer.get(interest)
    assert INTEREST_FORM["message"] in opened.main
    assert "Seen" in (await company.get(interest)).main
    talk = await officer.submit(f"{interest}/terima", page=opened, follow=True)
    assert talk.path.startswith("/percakapan/")
    assert INTEREST_FORM["message"] in talk.main
    assert "their turn" in talk.main
    return talk.path


async def converse(officer: Visitor, company: Visitor, talk: str) -> None:
    """Unread on one side, read on the other, and whose turn it is."""
    assert "1 new message" not in (await officer.get("/percakapan")).main
    await officer.get(talk)
    await officer.submit(talk, {"body": "Come on Tuesday.\nBring the drawings."}, follow=True)
    assert "Come on Tuesday." in (await officer.get(talk)).main
    listed = await company.get("/percakapan")
    assert "1 new message" in listed.main
    assert "Your turn" in listed.main
    assert "Conversations 1 unread" in listed.text
    assert sent_and_read(await officer.get(talk)) == (1, 0)
    read = await company.get(talk)
    assert "It is your turn" in read.main
    assert "Conversations 1 unread" not in read.text
    assert sent_and_read(await officer.get(talk)) == (0, 1)
    await company.submit(talk, {"body": "We shall."}, page=read, follow=True)
    assert "1 new message" in (await officer.get("/percakapan")).main


def sent_and_read(page: Page) -> tuple[int, int]:
    """How many of one's own messages are marked as sent, and how many as read."""
    feet = [part.split("</p>")[0] for part in page.html.split('class="message-foot"')[1:]]
    return sum("Sent" in foot for foot in feet), sum("Read" in foot for foot in feet)


async def test_declined_with_a_reason_that_the_other_side_reads(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = visit(), visit()
    await officer.sign_in(world.officer)
    await founder.sign_in(world.founder)
    address = f"/minat/{scene.interest}"
    opened = await officer.get(address)
    without = await officer.submit(f"{address}/tolak", {"note": "Sorry, not this year."})
    assert without.status == 422
    assert "reason" in without.errors
    assert without.form(f"{address}/tolak")["note"] == "Sorry, not this year."
    declined = await officer.submit(
        f"{address}/tolak", {"reason": "no_budget", "note": "Sorry, not this year."}, page=opened, follow=True
    )
    assert "Declined" in declined.main
    told = await founder.get(address)
    assert "No budget" in told.main
    assert "Sorry, not this year." in told.main
    # An answer is final.
    assert not told.has_form(f"{address}/tarik")
    assert (await officer.post(f"{address}/terima")).status == 409
    assert (await officer.post(f"{address}/tolak", {"reason": "other"})).status in {409, 422}
    # Whoever said no may ask by itself; the other side waits (tests/actions/test_anew.py).
    assert (await ask(founder, scene.initiative, scene.card)).status == 422
    assert (await ask(officer, scene.initiative, scene.card)).status == 303


async def ask(visitor: Visitor, initiative: int, card: int) -> Page:
    await visitor.get(f"/minat/baru?initiative={initiative}&card={card}")
    return await visitor.submit("/minat/baru", INTEREST_FORM)


async def test_withdrawn_by_its_sender_alone(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = visit(), visit()
    await officer.sign_in(world.officer)
    await founder.sign_in(world.founder)
    address = f"/minat/{scene.interest}"
    assert (await officer.post(f"{address}/tarik")).status == 404
    assert (await founder.post(f"{address}/terima")).status == 404
    await founder.get(address)
    assert "Withdrawn" in (await founder.submit(f"{address}/tarik", follow=True)).main
    assert (await founder.post(f"{address}/tarik")).status == 409
    assert (await officer.post(f"{address}/terima")).status == 409


async def test_accepting_twice_is_accepting_once(visit: Visit, world: World, scene: Scene) -> None:
    officer, colleague = visit(), visit()
    await officer.sign_in(world.officer)
    await colleague.sign_in(world.colleague)
    answers = [await visitor.post(f"/minat/{scene.interest}/terima") for visitor in (officer, colleague, officer)]
    assert {(answer.status, answer.location) for answer in answers} == {(303, answers[0].location)}
    messages = await officer.get(answers[0].location)
    assert messages.html.count('class="message-foot"') == 1


async def test_one_open_interest_a_pair(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = visit(), visit()
    await officer.sign_in(world.officer)
    await founder.sign_in(world.founder)
    for visitor in (founder, officer):
        again = await ask(visitor, scene.initiative, scene.card)
        assert again.status == 422
        assert "already an open expression of interest" in again.alert
        assert again.form("/minat/baru")["message"] == INTEREST_FORM["message"]


async def test_no_interest_in_what_is_closed_or_a_draft(visit: Visit, world: World, scene: Scene) -> None:
    officer, founder = visit(), visit()
    await officer.sign_in(world.officer)
    await founder.sign_in(world.founder)
    form = INTEREST_FORM | {"initiative_id": str(scene.initiative), "card_id": str(scene.card_draft)}
    own_draft = await founder.post("/minat/baru", form)
    assert own_draft.status == 422
    assert "published and open" in own_draft.alert
    await officer.post(f"/inisiatif/{scene.initiative}/tutup", {"reason": "no_budget"})
    closed = await founder.post("/minat/baru", form | {"card_id": str(scene.other_card)})
    assert closed.status == 422
    assert "published and open" in closed.alert
    assert (await founder.get(f"/inisiatif/{scene.initiative}")).status == 200


async def test_five_a_day_from_an_unverified_organisation(visit: Visit, world: World, scene: Scene) -> None:
    newcomer = visit()
    await newcomer.sign_in(world.newcomer)
    answers = []
    for number in range(6):
        await newcomer.get("/kapabilitas/baru")
        title = f"Composting machines of size {number}"
        page = await newcomer.submit("/kapabilitas/baru", CARD_FORM | {"title": title, "then": "publish"}, follow=True)
        answers.append(await ask(newcomer, scene.initiative, int(row_id(page))))
    assert [answer.status for answer in answers[:5]] == [303] * 5
    assert answers[5].status in {422, 429}
    assert "5 expressions of interest a day" in answers[5].alert
    assert answers[5].form("/minat/baru")["message"] == INTEREST_FORM["message"]


async def test_which_card_is_asked_where_only_the_initiative_is_known(
    visit: Visit, world: World, scene: Scene
) -> None:
    founder, lecturer = visit(), visit()
    await founder.sign_in(world.founder)
    await lecturer.sign_in(world.lecturer)
    choice = await founder.get(f"/minat/baru?initiative={scene.initiative}")
    pair = f"/minat/baru?initiative={scene.initiative}&card="
    assert {f"{pair}{scene.card}", f"{pair}{scene.other_card}"} == {li for li in choice.links if li.startswith(pair)}
    none = await lecturer.get(f"/minat/baru?initiative={scene.initiative}")
    assert "/kapabilitas/baru" in none.links


async def test_joining_a_region_that_is_there(visit: Visit, world: World) -> None:
    stranger, officer = visit(), visit()
    await stranger.sign_in(world.stranger)
    await officer.sign_in(world.officer)
    address = f"/organisasi/{world.officer.organisation_id}"
    await stranger.get(address)
    assert "You have asked to join" in (await stranger.submit(f"{address}/gabung", follow=True)).main
    assert (await stranger.get("/inisiatif/baru")).status == 403
    opened = await officer.get(address)
    assert world.stranger.email in opened.main
    admitted = await officer.submit(f"{address}/anggota/{world.stranger.account_id}/terima", page=opened, follow=True)
    assert admitted.status == 200
    assert (await stranger.get("/inisiatif/baru")).status == 200
    assert not (await stranger.get(address)).has_form(f"{address}/anggota/{world.colleague.account_id}/admin")
