"""What mails tell: for each event, the rows that its templates speak of."""

from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.actions.clock import BETWEEN, Reminder, turn_of
from matchmaker.labels import label
from matchmaker.states import STEPS
from models import Card, Conversation, Initiative, Interest, Mail, Organisation
from models.vocabulary import FirstStep, InterestState, Step

#: None where there is nothing to tell any more; the mail is then dropped.
Told = Mapping[str, object] | None
Teller = Callable[[AsyncSession, Mail], Awaitable[Told]]
#: By the event: a folder of templates/emails.
TELLERS: dict[str, Teller] = {}


def tells(event: str) -> Callable[[Teller], Teller]:
    """Answers what the templates of ``event`` say, in the language that is in force."""

    def register(teller: Teller) -> Teller:
        TELLERS[event] = teller
        return teller

    return register


@tells("interest")
async def tell_interest(session: AsyncSession, mail: Mail) -> Told:
    """An interest that was received. Not what it says: a mailbox may be read by others."""
    sender, receiver = aliased(Organisation), aliased(Organisation)
    query = (
        select(Interest, Initiative.title, Card.title, sender.name, receiver.name)  # type: ignore[call-overload]
        .join(Initiative, col(Initiative.id) == Interest.initiative_id)
        .join(Card, col(Card.id) == Interest.card_id)
        .join(sender, col(sender.id) == Interest.from_organisation_id)
        .join(receiver, col(receiver.id) == Interest.to_organisation_id)
        .where(Interest.id == mail.ids["interest_id"])
    )
    row = (await session.exec(query)).first()
    if row is None or row[0].state != InterestState.sent:
        return None
    interest, initiative, card, from_name, to_name = row
    return {
        "interest_id": interest.id,
        "initiative": initiative,
        "card": card,
        "sender": from_name,
        "receiver": to_name,
        "first_step": label(FirstStep, interest.first_step),
        "due_at": interest.due_at,
    }


@tells("silence")
async def tell_silence(session: AsyncSession, mail: Mail) -> Told:
    """An answer that is owed for weeks, told to the backup contact. Nothing of what was said."""
    talk, sides = Conversation, (aliased(Organisation), aliased(Organisation))
    query = (
        select(Interest, talk, Initiative, Card.title, sides[0].name, sides[1].name)  # type: ignore[call-overload]
        .join(Initiative, col(Initiative.id) == Interest.initiative_id)
        .join(Card, col(Card.id) == Interest.card_id)
        .join(sides[0], col(sides[0].id) == Initiative.organisation_id)
        .join(sides[1], col(sides[1].id) == Card.organisation_id)
        .outerjoin(talk, col(talk.interest_id) == Interest.id)
        .where(Interest.id == mail.ids["interest_id"])
    )
    row = (await session.exec(query)).first()
    if row is None:
        return None
    interest, conversation, initiative, card, region, partner = row
    pair = conversation or interest
    if turn_of(pair) != mail.organisation_id or pair.reminded == Reminder.none:
        return None
    owed_by_region = mail.organisation_id == initiative.organisation_id
    ends = conversation is None or conversation.state in STEPS[Step.go_stale].sources
    return {
        "initiative": initiative.title,
        "card": card,
        "waiting": partner if owed_by_region else region,
        "owing": region if owed_by_region else partner,
        "path": f"/percakapan/{conversation.id}" if conversation else f"/minat/{interest.id}",
        "due_at": pair.due_at,
        "ends_at": pair.reminded_at + BETWEEN if ends and pair.reminded_at else None,
    }
