"""The first term sheet of a talk, as far as the initiative and the card already say it."""

from collections.abc import Iterable, Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import facts
from matchmaker.actions.terms import sections_of
from matchmaker.i18n import gettext as _
from matchmaker.labels import label
from models import Card, Conversation, Initiative, Need
from models.terms import LONGEST_SECTION
from models.vocabulary import FundingBand, FundingSource, IpStatus, PriceBand, TermsSection


async def first_sheet(session: AsyncSession, conversation: Conversation) -> dict[str, object]:
    """Sections by name, in the words of both; nothing where neither says anything."""
    initiative = await session.get_one(Initiative, conversation.initiative_id)
    card = await session.get_one(Card, conversation.card_id)
    query = select(Need).where(Need.initiative_id == initiative.id).order_by(col(Need.position))
    needs = (await session.exec(query)).all()
    region = facts.regions()[initiative.region_code]
    known: dict[str, object] = {
        TermsSection.purpose.value: initiative.summary,
        TermsSection.object.value: initiative.title,
        TermsSection.scope.value: _lines(f"{n.title}: {n.detail}" if n.detail else n.title for n in needs),
        TermsSection.location.value: f"{initiative.location}, {region}" if initiative.location else region,
        TermsSection.duration_months.value: initiative.duration_months,
        TermsSection.region_brings.value: _blocks(("", initiative.offers), (_("The partner asks for:"), card.asks)),
        TermsSection.partner_brings.value: _blocks(
            ("", card.region_gets), (_("Proof so far:"), _lines(map(_evidence, card.evidence)))
        ),
        TermsSection.costs.value: _costs(initiative, card),
        TermsSection.intellectual_property.value: _protection(card),
        TermsSection.success.value: _lines(map(_indicator, initiative.indicators)),
        TermsSection.graduation.value: initiative.graduation_clause,
    }
    return sections_of(None) | known


def _blocks(*parts: tuple[str, str]) -> str:
    """Texts under their headings, those that are empty left out."""
    return "\n\n".join(f"{heading}\n{text}".strip() for heading, text in parts if text)[:LONGEST_SECTION]


def _lines(entries: Iterable[str]) -> str:
    """A list, a line each, for as many as there is room."""
    text = ""
    for entry in entries:
        if len(text) + len(entry) + 3 > LONGEST_SECTION // 2:
            break
        text += f"- {entry}\n"
    return text.rstrip("\n")


def _evidence(row: Mapping[str, object]) -> str:
    return f"{row.get('client', '')} ({row.get('year', '')}): {row.get('result', '')}"


def _indicator(row: Mapping[str, str]) -> str:
    named = {"name": row.get("name", ""), "baseline": row.get("baseline", ""), "target": row.get("target", "")}
    if named["baseline"] and named["target"]:
        return _("%(name)s: from %(baseline)s to %(target)s") % named
    return f"{named['name']}: {named['target'] or named['baseline']}".removesuffix(": ")


def _costs(initiative: Initiative, card: Card) -> str:
    """What is known of the money. How it is divided is for the two sides to write."""
    rows = (
        (_("Funding source"), label(FundingSource, initiative.funding_source)),
        (_("Funding"), label(FundingBand, initiative.funding_band)),
        (_("Price band"), label(PriceBand, card.price_band)),
    )
    return "\n".join(f"{name}: {text}" for name, text in rows if text)


def _protection(card: Card) -> str:
    if not card.ip_status:
        return ""
    return _("What the partner already owns: %(protection)s") % {"protection": label(IpStatus, card.ip_status)}
