"""Who talks in ``benchmarks.robust``: a member of a region and a member of its partner in each conversation."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts, security
from matchmaker.actions.demo import load_demo
from matchmaker.database import Database
from matchmaker.settings import Settings
from matchmaker.storage import Storage
from models import Account, Card, Conversation, Initiative, Interest, Membership, Session, now
from models.vocabulary import InterestState, MemberState


@dataclass(frozen=True)
class Player:
    """A member of one side of a conversation, signed in by ``token``."""

    name: str
    token: str
    organisation_id: int
    conversation_id: int


async def prepare(settings: Settings, pairs: int) -> list[Player]:
    """A database with the demo's content and ``pairs`` conversations; two players a conversation, side by side."""
    database = Database(settings)
    try:
        await database.migrate()
        async with database.transaction() as session:
            await facts.load_facts(session)
        await load_demo(database, Storage(Path(settings.files_dir)))
        async with database.transaction() as session:
            return await _conversations(session, pairs)
    finally:
        await database.close()


async def _conversations(session: AsyncSession, pairs: int) -> list[Player]:
    taken = set((await session.exec(select(Interest.initiative_id, Interest.card_id))).all())
    initiatives = (await session.exec(select(Initiative).order_by(col(Initiative.id)))).all()
    cards = (await session.exec(select(Card).order_by(col(Card.id)))).all()
    # Step by step through both, so that no organisation has many more of the talks than another.
    steps = ((i, cards[(number + turn) % len(cards)]) for turn in count() for number, i in enumerate(initiatives))
    free = ((i, c) for i, c in steps if (i.id, c.id) not in taken)
    players: list[Player] = []
    for number, (initiative, card) in zip(range(pairs), free, strict=False):
        region = await _member(session, f"region{number}", initiative.organisation_id)
        partner = await _member(session, f"partner{number}", card.organisation_id)
        talk = await _talk(session, initiative, card, region[0], partner[0])
        players += [
            Player(f"region{number}", region[1], initiative.organisation_id, talk),
            Player(f"partner{number}", partner[1], card.organisation_id, talk),
        ]
    return players


async def _talk(session: AsyncSession, initiative: Initiative, card: Card, region: int, partner: int) -> int:
    """The id of a new conversation, which the account ``partner`` asked for and ``region`` opened."""
    interest = Interest(
        initiative_id=initiative.id or 0,
        card_id=card.id or 0,
        from_organisation_id=card.organisation_id,
        to_organisation_id=initiative.organisation_id,
        state=InterestState.accepted,
        message="Kami ingin menjajaki kerja sama.",
        first_step="call",
        sent_by_id=partner,
        answered_by_id=region,
        answered_at=now(),
        due_at=now() + timedelta(days=14),
    )
    session.add(interest)
    await session.flush()
    conversation = Conversation(
        interest_id=interest.id or 0,
        initiative_id=interest.initiative_id,
        card_id=interest.card_id,
        region_side_id=initiative.organisation_id,
        partner_side_id=card.organisation_id,
        next_actor_id=initiative.organisation_id,
        due_at=now() + timedelta(days=14),
    )
    session.add(conversation)
    await session.flush()
    return conversation.id or 0


async def _member(session: AsyncSession, name: str, organisation_id: int) -> tuple[int, str]:
    """The id of a new account that is a member, and a token for it."""
    account = Account(email=f"{name}@load.example", name=f"Contoh {name}", password_hash="", language="id")
    session.add(account)
    await session.flush()
    token = security.new_token()
    session.add(Membership(account_id=account.id or 0, organisation_id=organisation_id, state=MemberState.active))
    session.add(
        Session(
            token_hash=security.token_hash(token),
            account_id=account.id or 0,
            kind="token",
            expires_at=now() + timedelta(days=1),
        )
    )
    await session.flush()
    return account.id or 0, token
