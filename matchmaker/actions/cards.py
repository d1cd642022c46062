"""Capability cards: registered, changed, published, closed."""

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.editing import (
    apply_changes,
    check_publishable,
    search_text,
    write_fields,
    written_fields,
)
from matchmaker.actions.index import note_change
from matchmaker.errors import Conflict
from matchmaker.i18n import gettext as _
from matchmaker.inputs.card import CardChange, CardCreation, PublishableCard
from models import Card, now
from models.vocabulary import CardStatus

KIND = "card"


async def register_card(session: AsyncSession, viewer: Viewer | None, given: CardCreation) -> Card:
    """A draft of the viewer's company or campus."""
    member = access.acting_member(viewer, access.PARTNERS, given.organisation_id)
    card = Card(
        organisation_id=member.organisation_id,
        created_by_id=access.signed_in(viewer).account_id,
        title=given.title,
    )
    write_fields(card, written_fields(given))
    card.search_text = search_text(card)
    session.add(card)
    await session.flush()
    return card


async def change_card(session: AsyncSession, viewer: Viewer | None, card_id: int, change: CardChange) -> Card:
    """Writes what was handed in. A published card must stay fit to be published."""
    card = await access.card_to_edit(session, viewer, card_id)
    if card.status == CardStatus.closed:
        raise Conflict(_("This card is closed and can no longer be changed."))
    apply_changes(card, change)
    card.search_text = search_text(card)
    card.updated_at = now()
    session.add(card)
    if card.status == CardStatus.published:
        check_publishable(PublishableCard, card.model_dump())
        await note_change(session, KIND, card_id)
    return card


async def publish_card(session: AsyncSession, viewer: Viewer | None, card_id: int) -> Card:
    """Makes a complete draft public and has it matched. An unverified organisation's card says so."""
    card = await access.card_to_edit(session, viewer, card_id)
    if card.status == CardStatus.published:
        return card
    if card.status != CardStatus.draft:
        raise Conflict(_("Only a draft can be published."))
    check_publishable(PublishableCard, card.model_dump())
    card.status, card.published_at = CardStatus.published, now()
    card.version += 1
    session.add(card)
    await note_change(session, KIND, card_id)
    return card


async def close_card(session: AsyncSession, viewer: Viewer | None, card_id: int) -> Card:
    """Takes it out of lists and matching; talks about it go on. Closing twice is closing once."""
    card = await access.card_to_edit(session, viewer, card_id)
    if card.status != CardStatus.closed:
        card.status, card.closed_at = CardStatus.closed, now()
        card.version += 1
        session.add(card)
        await note_change(session, KIND, card_id)
    return card
