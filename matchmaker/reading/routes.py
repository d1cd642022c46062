"""The legal route that answers lead to, in the reader's language, and what is known of a talk's answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import false
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.i18n import gettext, language
from matchmaker.labels import label
from matchmaker.route_labels import ROUTE_QUESTIONS
from matchmaker.routes import HANDED_OVER, QUESTIONS, Answers, answers_in, decide, in_force, presumed, turnings
from models import (
    Account,
    Card,
    Conversation,
    Initiative,
    Organisation,
    RouteAnswer,
    RouteChange,
    RouteGuide,
    RouteRule,
)
from models.vocabulary import LegalForm, PaperKind, Route


@dataclass(frozen=True)
class Entry:
    title: str
    detail: str = ""


@dataclass(frozen=True)
class Given:
    """A question, its answer, and whether the route hung on it."""

    question: str
    answer: str
    decisive: bool


@dataclass(frozen=True)
class Remark:
    text: str
    legal_basis: str


@dataclass(frozen=True)
class Turning:
    """Another answer, and the route that it would lead to."""

    question: str
    answer: str
    route: str


@dataclass(frozen=True)
class Finding:
    """A route and why. ``papers``: (code, name) of those drafted here; ``own_region``: by a region's own rule;
    ``own_basis``: the laws of the route itself, without those that remarks name.
    """

    answers: Answers
    route: Route
    name: str
    summary: str
    reason: str
    given: list[Given]
    remarks: list[Remark]
    turnings: list[Turning]
    stages: list[Entry]
    papers: list[tuple[str, str]]
    other_papers: list[Entry]
    signers: list[Entry]
    limits: list[Entry]
    uncertain: list[Entry]
    legal_basis: list[str]
    own_basis: list[str]
    own_region: bool
    guide: RouteGuide

    @property
    def hands_over(self) -> bool:
        return self.route in HANDED_OVER

    @property
    def to_hand_over(self) -> list[Entry]:
        """What that office wants to have, in the language of the moment rather than that of the finding."""
        return _entries(self.guide, "other_papers") if self.hands_over else []


@dataclass(frozen=True)
class TalkAnswers:
    """``saved``: as somebody gave them; without it ``answers`` are presumed. ``by``: the organisation that did."""

    answers: Answers
    region_code: str
    saved: RouteAnswer | None
    by: str

    @property
    def version(self) -> int:
        return self.saved.version if self.saved else 0


async def find_route(session: AsyncSession, answers: Answers, region_code: str | None) -> Finding:
    """By the tables of the region: one query."""
    rules, guides = await _tables_for(session, region_code)
    return _finding(in_force(rules, region_code), guides, answers)


async def _tables_for(session: AsyncSession, region_code: str | None) -> tuple[list[RouteRule], list[RouteGuide]]:
    """The national rows, and a region's own. Both tables at once: no row of one is joined to any of the other."""
    query = (
        select(RouteRule, RouteGuide)
        .join(RouteGuide, false(), full=True)
        .where(or_(_there(RouteRule, region_code), _there(RouteGuide, region_code)))
    )
    rows = (await session.exec(query)).all()
    return [rule for rule, _guide in rows if rule], [guide for _rule, guide in rows if guide]


def _there(table: type[RouteRule] | type[RouteGuide], region_code: str | None) -> ColumnElement[bool]:
    own = col(table.region_code)
    return and_(col(table.id).is_not(None), or_(own.is_(None), own == region_code))


def _finding(rules: list[RouteRule], guides: Sequence[RouteGuide], answers: Answers) -> Finding:
    decision = decide(rules, answers)
    # A region's own comes behind the national one, and so replaces it.
    by_code = {guide.code: guide for guide in sorted(guides, key=lambda g: g.region_code or "")}
    guide = by_code[decision.route]
    own = [decision.rule.legal_basis, guide.legal_basis]
    return Finding(
        answers=answers,
        route=decision.route,
        name=_text(guide, "name"),
        summary=_text(guide, "summary"),
        reason=_text(decision.rule, "reason"),
        given=[
            Given(gettext(text), label(QUESTIONS[q], getattr(answers, q)), q in decision.decisive)
            for q, text in ROUTE_QUESTIONS.items()
        ],
        remarks=[Remark(_text(r, "reason"), r.legal_basis) for r in decision.remarks],
        turnings=[
            Turning(gettext(ROUTE_QUESTIONS[q]), label(QUESTIONS[q], code), _text(by_code[route], "name"))
            for q, code, route in turnings(rules, answers)
        ],
        stages=_entries(guide, "stages"),
        papers=[(code, label(PaperKind, code)) for code in guide.papers],
        other_papers=_entries(guide, "other_papers"),
        signers=_entries(guide, "signers"),
        limits=_entries(guide, "limits"),
        uncertain=_entries(guide, "uncertain"),
        legal_basis=_laws([*own, *(r.legal_basis for r in decision.remarks)]),
        own_basis=_laws(own),
        own_region=bool(guide.region_code or decision.rule.region_code),
        guide=guide,
    )


def _laws(bases: Sequence[str]) -> list[str]:
    """Each once, where it is named first."""
    return list(dict.fromkeys(part.strip() for basis in bases for part in basis.split(";")))


def _text(row: RouteGuide | RouteRule, name: str) -> str:
    return str(getattr(row, f"{name}_{language()}"))


def _entries(guide: RouteGuide, name: str) -> list[Entry]:
    """``title: detail``, one a line."""
    parted = [line.partition(": ") for line in _text(guide, name).split("\n") if line]
    return [Entry(title, detail[:1].upper() + detail[1:]) for title, _colon, detail in parted]


async def answers_of(session: AsyncSession, conversation: Conversation) -> TalkAnswers:
    """Of a talk that the reader may see."""
    query = (
        select(
            Organisation.legal_form,
            Initiative.funding_source,
            Initiative.region_code,
            Card.price_band,
            RouteAnswer,
            _by.name,
        )  # type: ignore[call-overload]
        .select_from(Conversation)
        .join(Organisation, col(Organisation.id) == Conversation.partner_side_id)
        .join(Initiative, col(Initiative.id) == Conversation.initiative_id)
        .join(Card, col(Card.id) == Conversation.card_id)
        .outerjoin(RouteAnswer, col(RouteAnswer.conversation_id) == Conversation.id)
        .outerjoin(_by, col(_by.id) == RouteAnswer.organisation_id)
        .where(Conversation.id == conversation.id)
    )
    form, funding, region_code, price, saved, by = (await session.exec(query)).one()
    return TalkAnswers(talk_answers(saved, form, funding, price), region_code, saved, by or "")


def talk_answers(saved: RouteAnswer | None, legal_form: str, funding: str | None, price: str | None) -> Answers:
    """As somebody gave them; before that, what the two sides let one presume."""
    return answers_in(saved) if saved else presumed(LegalForm(legal_form), funding, price)


_by = aliased(Organisation)


@dataclass(frozen=True)
class ChangeRow:
    """``fields``: what became different, as (name, before, after)."""

    kind: str
    code: str
    region_code: str | None
    by: str
    at: datetime
    fields: list[tuple[str, str, str]]
    made: bool
    removed: bool


async def list_changes(session: AsyncSession, limit: int = 30) -> list[ChangeRow]:
    """Of the tables behind the routes, newest first."""
    query = (
        select(RouteChange, Account.name)
        .join(Account, col(Account.id) == RouteChange.account_id)
        .order_by(col(RouteChange.id).desc())
        .limit(limit)
    )
    return [_change(change, name) for change, name in (await session.exec(query)).all()]


def _change(change: RouteChange, by: str) -> ChangeRow:
    before, after = change.before or {}, change.after or {}
    both = change.before is not None and change.after is not None
    fields = [(n, _shown(before[n]), _shown(after[n])) for n in after if before.get(n) != after[n]] if both else []
    return ChangeRow(
        kind=change.kind,
        code=change.code,
        region_code=change.region_code,
        by=by,
        at=change.created_at,
        fields=fields,
        made=change.before is None,
        removed=change.after is None,
    )


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


async def regions_of_their_own(session: AsyncSession) -> list[str]:
    """Codes of the regions for which some row differs."""
    codes: set[str] = set()
    for table in (RouteGuide, RouteRule):
        own = col(table.region_code)
        codes.update(
            code for code in (await session.exec(select(own).where(own.is_not(None)).distinct())).all() if code
        )
    return sorted(codes)


async def tables(session: AsyncSession) -> tuple[list[RouteGuide], list[RouteRule]]:
    """All rows, national ones before the variants of regions."""
    guides = (await session.exec(select(RouteGuide))).all()
    rules = (await session.exec(select(RouteRule))).all()
    order = list(Route)
    return (
        sorted(guides, key=lambda g: (order.index(Route(g.code)), g.region_code or "")),
        sorted(rules, key=lambda r: (r.position, r.region_code or "")),
    )
