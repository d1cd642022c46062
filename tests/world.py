"""One small world: a few organisations and their people, and what they can post."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from matchmaker import access, security
from matchmaker.access import Viewer
from matchmaker.actions import accounts, cards, initiatives, interests, organisations
from matchmaker.actions.agreed import agreement_of
from matchmaker.database import Database
from matchmaker.inputs.account import Registration
from matchmaker.inputs.card import CardCreation
from matchmaker.inputs.contact import InterestInput
from matchmaker.inputs.initiative import InitiativeCreation
from matchmaker.inputs.organisation import OrganisationInput
from matchmaker.inputs.validation import check
from models import Conversation, Session, now

PASSWORD = "kata-sandi-panjang"
INITIATIVE: dict[str, Any] = {
    "title": "Composting the organic waste of the Waingapu markets",
    "summary": (
        "Three markets in Waingapu leave six tonnes of organic waste a day, unsorted. We want it composted near by "
        "and the compost used on farms."
    ),
    "problem": (
        "Organic waste from the markets is carried to the landfill mixed with plastic. The landfill is nearly full "
        "and its leachate has reached the wells of two villages, some four thousand people. Traders pay for rounds "
        "that come late. In 2022 a composting site was tried, but nobody had been trained to run it and it stopped."
    ),
    "owner_office": "Dinas Lingkungan Hidup",
    "contact_role": "Head of the waste management division",
    "contact_email": "sampah@sumbatimur.example",
    "backup_email": "sekretariat@sumbatimur.example",
    "pillar": "environment",
    "needs": [
        {
            "title": "Composting technology for market waste",
            "detail": "Two tonnes a day",
            "contribution": "technology",
        },
        {"title": "Training of the operators", "detail": "", "contribution": "training"},
    ],
    "minimum_tkt": 7,
    "language": "en",
}
CARD: dict[str, Any] = {
    "title": "Composting machines for the organic waste of markets",
    "summary": (
        "We build composting machines that turn the organic waste of a market into compost within two weeks, and "
        "train those who run them."
    ),
    "description": (
        "Our drum composter takes two tonnes of organic waste a day, needs no chemicals and is repaired with parts "
        "from any workshop. Operators are trained for three days at the site and visited for a year. The compost is "
        "tested and sold to farms near by. It runs at four markets in East Java since 2021; the waste that goes "
        "to the landfill fell by half."
    ),
    "region_gets": "The machine, the training of its operators and a year of visits.",
    "asks": "A site of one hundred square metres with power, and a counterpart.",
    "pillars": ["environment"],
    "contributions": ["technology", "training"],
    "regions_served": ["all"],
    "tkt": 8,
    "evidence": [{"client": "Pasar Wonokromo", "year": 2023, "result": "Half the waste to the landfill"}],
    "language": "en",
}
MESSAGE = "We would like to hear more about the composting of your market waste."


@dataclass(frozen=True)
class Person:
    account_id: int
    email: str
    name: str
    # Where they belong; 0 for nowhere.
    organisation_id: int = 0


@dataclass(frozen=True)
class World:
    """A verified region with two members, a second one, a verified company and campus, what is unverified, the office,
    and somebody without an organisation.
    """

    officer: Person
    colleague: Person
    officer2: Person
    founder: Person
    lecturer: Person
    newcomer: Person
    clerk: Person
    office: Person
    stranger: Person


@dataclass(frozen=True)
class Scene:
    """Ids of what the world's people have posted: drafts and published ones of the officer and the founder, an
    interest of the founder's that waits, and a conversation (with the interest that opened it and its agreement) about
    another card.
    """

    initiative: int
    draft: int
    card: int
    card_draft: int
    interest: int
    other_card: int
    accepted: int
    conversation: int
    agreement: int


async def viewer_of(database: Database, person: Person) -> Viewer:
    """As a request of theirs would see them."""
    token = security.new_token()
    async with database.transaction() as session:
        session.add(
            Session(
                token_hash=security.token_hash(token),
                account_id=person.account_id,
                kind="web",
                expires_at=now() + timedelta(hours=1),
            )
        )
        await session.flush()
        viewer = await access.viewer_by_token(session, token)
    assert viewer is not None
    return viewer


async def register(database: Database, key: str, name: str) -> Person:
    given = Registration(email=f"{key}@test.example", password=PASSWORD, name=name, language="en")
    account = await accounts.register(database, given, address="127.0.0.1")
    return Person(account.id or 0, given.email, name)


async def found(database: Database, person: Person, **fields: Any) -> Person:
    """The person as the admin of a new, unverified organisation."""
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        made = await organisations.create_organisation(session, viewer, check(OrganisationInput, fields))
    return Person(person.account_id, person.email, person.name, made.id or 0)


async def make_world(database: Database) -> World:
    await accounts.make_office_account(database, "office@test.example", "Rina Office", PASSWORD)
    async with database.transaction() as session:
        account = await access.by_id(session, accounts.Account, 1)
        account.language = "en"
        session.add(account)
    office = Person(account.id or 0, "office@test.example", "Rina Office")

    async def admin(key: str, called: str, **fields: Any) -> Person:
        return await found(database, await register(database, key, called), **fields)

    officer = await admin("officer", "Umbu Officer", kind="region", region_code="53.11")
    officer2 = await admin("officer2", "Wayan Officer", kind="region", region_code="51.71")
    founder = await admin("founder", "Sari Founder", kind="company", name="PT Kompos Jaya", legal_form="company")
    lecturer = await admin(
        "lecturer", "Dewi Lecturer", kind="academic", name="Universitas Contoh", legal_form="private_university"
    )
    newcomer = await admin("newcomer", "Budi Newcomer", kind="company", name="CV Baru Sekali", legal_form="company")
    clerk = await admin("clerk", "Tono Clerk", kind="region", region_code="33.74")
    colleague = await register(database, "colleague", "Rambu Colleague")
    colleague = Person(colleague.account_id, colleague.email, colleague.name, officer.organisation_id)
    stranger = await register(database, "stranger", "Joko Stranger")
    viewers = {p.email: await viewer_of(database, p) for p in (office, officer, colleague)}
    async with database.transaction() as session:
        for person in (officer, officer2, founder, lecturer):
            await organisations.verify_organisation(session, viewers[office.email], person.organisation_id)
        await organisations.ask_to_join(session, viewers[colleague.email], officer.organisation_id)
        await session.flush()
        await organisations.admit_member(
            session, viewers[officer.email], officer.organisation_id, colleague.account_id
        )
    return World(officer, colleague, officer2, founder, lecturer, newcomer, clerk, office, stranger)


async def make_scene(database: Database, world: World) -> Scene:
    initiative = await publish_initiative(database, world.officer)
    card = await publish_card(database, world.founder)
    other_card = await publish_card(database, world.founder, title="Sorting machines for the dry waste of towns")
    accepted = await express_interest(database, world.founder, initiative, other_card)
    conversation = await accept_interest(database, world.officer, accepted)
    return Scene(
        initiative=initiative,
        draft=await draft_initiative(database, world.officer),
        card=card,
        card_draft=await draft_card(database, world.founder),
        interest=await express_interest(database, world.founder, initiative, card),
        other_card=other_card,
        accepted=accepted,
        conversation=conversation,
        agreement=await begin_agreement(database, conversation),
    )


async def begin_agreement(database: Database, conversation: int) -> int:
    """Before its time, so that its pages are there."""
    async with database.transaction() as session:
        return (await agreement_of(session, await session.get_one(Conversation, conversation))).id or 0


async def draft_initiative(database: Database, person: Person, **changes: Any) -> int:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        given = check(InitiativeCreation, INITIATIVE | changes)
        return (await initiatives.post_initiative(session, viewer, given)).id or 0


async def publish_initiative(database: Database, person: Person, **changes: Any) -> int:
    row_id = await draft_initiative(database, person, **changes)
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        await initiatives.publish_initiative(session, viewer, row_id)
    return row_id


async def draft_card(database: Database, person: Person, **changes: Any) -> int:
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        return (await cards.register_card(session, viewer, check(CardCreation, CARD | changes))).id or 0


async def publish_card(database: Database, person: Person, **changes: Any) -> int:
    row_id = await draft_card(database, person, **changes)
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        await cards.publish_card(session, viewer, row_id)
    return row_id


async def express_interest(database: Database, person: Person, initiative: int, card: int) -> int:
    given = InterestInput(initiative_id=initiative, card_id=card, message=MESSAGE, first_step="visit")
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        return (await interests.express_interest(session, viewer, given)).id or 0


async def accept_interest(database: Database, person: Person, interest: int) -> int:
    """Answers the id of the conversation."""
    viewer = await viewer_of(database, person)
    async with database.transaction() as session:
        return (await interests.accept_interest(session, viewer, interest)).id or 0
