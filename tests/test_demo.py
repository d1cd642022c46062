"""The demonstration's content: enough of it, varied, invented, and the same every time."""

import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, func, select

from matchmaker.actions.demo import ACCOUNTS, PASSWORD, load_demo
from matchmaker.actions.sessions import check_credentials
from matchmaker.asking import Filters
from matchmaker.database import Database
from matchmaker.facts.demo import read_all
from matchmaker.inputs.account import Credentials
from matchmaker.inputs.file import judge
from matchmaker.matching import Matching
from matchmaker.reading.agreements import stages_of_agreement
from matchmaker.reading.packages import draft_papers
from matchmaker.settled import settled_route
from matchmaker.storage import Storage
from models import (
    Account,
    Agreement,
    Card,
    Conversation,
    FileVersion,
    Initiative,
    Meeting,
    MeetingSlot,
    Membership,
    Message,
    Need,
    Organisation,
    Participation,
    now,
)
from models.vocabulary import MeetingState, MessageKind, PaperKind, Pillar, Stage
from tests.databases import settings_for

INITIATIVES = read_all("initiatives", "initiative")
ORGANISATIONS = read_all("organisations", "organisation")
CARDS = [card for organisation in ORGANISATIONS for card in organisation.get("card", [])]


@pytest.fixture
async def empty(fresh_url: Callable[[str | None], Awaitable[str]]) -> Callable[[], Awaitable[Database]]:
    async def make() -> Database:
        return Database(settings_for(await fresh_url("facts")))

    return make


def words(entry: dict[str, Any]) -> list[str]:
    """Of everything that a reader reads in it."""
    texts = [str(entry.get(name, "")) for name in ("title", "summary", "problem", "description", "offers")]
    texts += [str(entry.get(name, "")) for name in ("region_gets", "asks")]
    texts += [f"{need['title']} {need.get('detail', '')}" for need in entry.get("needs", [])]
    texts += [f"{e['client']} {e.get('result', '')}" for e in entry.get("evidence", [])]
    return re.findall(r"\w+", " ".join(texts).lower())


def test_there_is_enough_of_it() -> None:
    assert len(INITIATIVES) >= 60
    assert len(CARDS) >= 160
    assert len({o["key"] for o in ORGANISATIONS}) >= 90
    assert {o["kind"] for o in ORGANISATIONS} == {"company", "academic"}
    for pillar in Pillar:
        of_pillar = [i for i in INITIATIVES if i["pillar"] == pillar]
        assert len(of_pillar) >= 5, pillar
        assert any(i.get("quick_win") for i in of_pillar), pillar
        assert sum(pillar in card["pillars"] for card in CARDS) >= 10, pillar


def test_a_third_of_the_cards_is_english_and_some_initiatives_are() -> None:
    assert 0.3 <= sum(card["language"] == "en" for card in CARDS) / len(CARDS) <= 0.4
    assert sum(initiative["language"] == "en" for initiative in INITIATIVES) >= 5


def test_texts_are_of_a_length_that_people_write() -> None:
    lengths = {entry["title"]: len(words(entry)) for entry in [*INITIATIVES, *CARDS]}
    assert {title: n for title, n in lengths.items() if not 80 <= n <= 300} == {}


def test_no_two_texts_share_a_run_of_twelve_words() -> None:
    seen: dict[tuple[str, ...], str] = {}
    shared = []
    for entry in [*INITIATIVES, *CARDS]:
        of_this = words(entry)
        for run in {tuple(of_this[i : i + 12]) for i in range(len(of_this) - 11)}:
            if run in seen:
                shared.append((seen[run], entry["title"], " ".join(run)))
            seen[run] = entry["title"]
    assert shared == []


def test_titles_and_organisations_are_told_apart() -> None:
    for names in ([e["title"] for e in [*INITIATIVES, *CARDS]], [o["name"] for o in ORGANISATIONS]):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_address_leads_nowhere() -> None:
    mails = [i[field] for i in INITIATIVES for field in ("contact_email", "backup_email")]
    sites = [o["website"] for o in ORGANISATIONS if o.get("website")]
    assert all(mail.endswith(".example") for mail in mails)
    assert all(re.fullmatch(r"https://[a-z0-9.-]+\.example(/\S*)?", site) for site in sites)
    everything = repr([INITIATIVES, ORGANISATIONS, read_all("talks", "talk")])
    found = re.findall(r"[\w.-]+\.(?:id|com|org|net|io|gov|edu)\b", everything)
    assert found == []
    assert re.findall(r"(?:\+62|\b08\d{2})[\s-]?\d{3,}", everything) == []


async def test_it_loads_quickly_and_only_into_an_empty_database(
    empty: Callable[[], Awaitable[Database]], tmp_path: Path
) -> None:
    database, storage = await empty(), Storage(tmp_path)
    begun = time.process_time()
    assert await load_demo(database, storage)
    assert time.process_time() - begun < 10
    before = await content(database)
    assert not await load_demo(database, storage)
    assert await content(database) == before
    await regions_took_part(database)
    await accounts_can_sign_in(database)
    await officer_has_suggestions(database)
    await no_part_of_a_talk_is_empty(database, storage)
    await what_was_signed_fits_the_route(database)
    await database.close()
    other = await empty()
    await load_demo(other, storage)
    assert await content(other) == before
    await other.close()


async def content(database: Database) -> list[Any]:
    """All that does not depend on the day it was loaded."""
    queries = (
        select(Initiative.title, Initiative.problem, Initiative.region_code, Initiative.quick_win, Organisation.name)
        .join(Organisation, col(Organisation.id) == Initiative.organisation_id)
        .order_by(col(Initiative.id)),
        select(Card.title, Card.description, Organisation.name)
        .join(Organisation, col(Organisation.id) == Card.organisation_id)
        .order_by(col(Card.id)),
        select(Need.title, Need.contribution).order_by(col(Need.id)),
        select(Message.body).order_by(col(Message.id)),
        select(Account.email, Account.name).order_by(col(Account.id)),
        select(func.count(col(Conversation.id))),
    )
    async with database.transaction(write=False) as session:
        return [(await session.exec(query)).all() for query in queries]


async def regions_took_part(database: Database) -> None:
    async with database.transaction(write=False) as session:
        took_part = select(Participation.region_code).where(Participation.year == 2023)
        posted = select(func.count(func.distinct(Initiative.region_code))).where(
            col(Initiative.region_code).in_(took_part)
        )
        assert (await session.exec(posted)).one() >= 40
        unmarked = select(func.count(col(Organisation.id))).where(~col(Organisation.is_demo))
        assert (await session.exec(unmarked)).one() == 0


async def accounts_can_sign_in(database: Database) -> None:
    homes = {}
    for key in ACCOUNTS:
        given = Credentials(email=f"{key}@demo.example", password=PASSWORD)
        account = await check_credentials(database, given, address="127.0.0.1")
        async with database.transaction(write=False) as session:
            query = select(Organisation).join(Membership, col(Membership.organisation_id) == Organisation.id)
            homes[key] = (await session.exec(query.where(Membership.account_id == account.id))).first()
        assert account.is_office == (key == "office")
    organisations = [home for home in homes.values() if home]
    assert homes["officer"] is not None
    assert homes["officer"].region_code == "53.11"
    assert len({home.id for home in organisations}) == len(ACCOUNTS) - 1
    assert all(home.verified_at for home in organisations)


async def officer_has_suggestions(database: Database) -> None:
    matching = Matching(database)
    async with database.transaction(write=False) as session:
        query = select(Initiative.id).where(Initiative.region_code == "53.11").order_by(col(Initiative.id))
        for row_id in (await session.exec(query)).all():
            found = await matching.cards_for(session, row_id or 0, Filters())
            assert found
            assert found[0].band in {"strong", "fair"}


async def no_part_of_a_talk_is_empty(database: Database, storage: Storage) -> None:
    """In the first talk that the officer finds there is something under every tab, and files can be fetched."""
    async with database.transaction(write=False) as session:
        meetings = (await session.exec(select(Meeting).where(Meeting.conversation_id == 1))).all()
        assert {MeetingState.proposed, MeetingState.chosen} == {meeting.state for meeting in meetings}
        waiting = [meeting.id for meeting in meetings if meeting.state == MeetingState.proposed]
        slots = await session.exec(select(MeetingSlot).where(col(MeetingSlot.meeting_id).in_(waiting)))
        assert all(slot.starts_at > now() for slot in slots.all())
        versions = (await session.exec(select(FileVersion))).all()
        assert {version.number for version in versions} == {1, 2}
        assert {judge(storage.path(version.sha256)) for version in versions} == {version.kind for version in versions}
        notes = await session.exec(select(func.count(col(Message.id))).where(Message.kind == MessageKind.note))
        assert notes.one() > 0


async def what_was_signed_fits_the_route(database: Database) -> None:
    """No agreement stands on a route that ends in a purchase, and each signed the papers that its route names."""
    papers = {Stage.kb_signed: {PaperKind.kb, PaperKind.nota_kesepakatan}, Stage.pks_signed: {PaperKind.pks}}
    async with database.transaction(write=False) as session:
        for agreement in (await session.exec(select(Agreement))).all():
            draft = await draft_papers(session, agreement.conversation_id, 0)
            named = {code for code, _name in draft.found.papers}
            signed = set(await stages_of_agreement(session, agreement.id or 0)) & set(papers)
            assert signed == {stage for stage, kinds in papers.items() if kinds & named}, draft.found.route
            conversation = await session.get_one(Conversation, agreement.conversation_id)
            assert await settled_route(session, conversation) == draft.found.route
