"""Which legal route a cooperation takes: four answers and a table, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import product

from models import RouteAnswer, RouteRule
from models.vocabulary import ApbdShare, AssetUse, FundingSource, LegalForm, MoneyFlow, PartyAbroad, PriceBand, Route


@dataclass(frozen=True)
class Answers:
    """To the four questions; the second has two parts."""

    legal_form: LegalForm
    money_flow: MoneyFlow = MoneyFlow.unknown
    apbd: ApbdShare = ApbdShare.unknown
    asset_use: AssetUse = AssetUse.unknown
    abroad: PartyAbroad = PartyAbroad.none

    def changed(self, given: Mapping[str, StrEnum]) -> "Answers":
        return Answers(**(asdict(self) | dict(given)))


@dataclass(frozen=True)
class Decision:
    """``rule`` named the ``route``; ``decisive``: the questions that it looked at; ``remarks``: what else holds."""

    route: Route
    rule: RouteRule
    decisive: tuple[str, ...]
    remarks: tuple[RouteRule, ...]


#: The column of a rule by the question that it is about.
COLUMNS = {
    "legal_form": "legal_forms",
    "money_flow": "money",
    "apbd": "apbd",
    "asset_use": "asset",
    "abroad": "abroad",
}
QUESTIONS: dict[str, type[StrEnum]] = {
    "legal_form": LegalForm,
    "money_flow": MoneyFlow,
    "apbd": ApbdShare,
    "asset_use": AssetUse,
    "abroad": PartyAbroad,
}
_BUSINESSES = (LegalForm.company, LegalForm.bumn, LegalForm.bumd, LegalForm.cooperative)
_PRICED = tuple(band for band in PriceBand if band not in (PriceBand.free, PriceBand.negotiable))


#: No cooperation that ends in papers of the two sides, but a matter of another office.
HANDED_OVER = (Route.procurement, Route.asset_use, Route.ppp)


class Undecided(Exception):
    """No row of the table holds."""


def decide(rules: Sequence[RouteRule], answers: Answers) -> Decision:
    """By the first row that decides; ``rules`` in their order. Undecided where the table has a gap."""
    rule = next((r for r in rules if r.decides and holds(r, answers)), None)
    if rule is None:
        raise Undecided
    route = Route(rule.routes[0])
    return Decision(
        route=route,
        rule=rule,
        decisive=tuple(question for question, column in COLUMNS.items() if getattr(rule, column)),
        remarks=tuple(r for r in rules if not r.decides and (not r.routes or route in r.routes) and holds(r, answers)),
    )


def holds(rule: RouteRule, answers: Answers) -> bool:
    return all(
        not (allowed := getattr(rule, column)) or getattr(answers, question) in allowed
        for question, column in COLUMNS.items()
    )


def leads_everywhere(rules: Sequence[RouteRule]) -> bool:
    """Whether every set of answers leads to some route."""
    conditions = [[frozenset(getattr(r, column)) for column in COLUMNS.values()] for r in rules if r.decides]
    return all(
        any(all(not codes or answer in codes for codes, answer in zip(c, given, strict=True)) for c in conditions)
        for given in product(*QUESTIONS.values())
    )


def turnings(rules: Sequence[RouteRule], answers: Answers) -> list[tuple[str, str, Route]]:
    """Which single other answer would lead elsewhere: (question, answer, route), one for each route."""
    here = decide(rules, answers).route
    found: dict[Route, tuple[str, str, Route]] = {}
    # Of another partner it would be another cooperation: that question is left as it is.
    for question in ("money_flow", "asset_use", "abroad"):
        for code in QUESTIONS[question]:
            other = decide(rules, answers.changed({question: code})).route
            if other != here:
                found.setdefault(other, (question, code, other))
    return list(found.values())


def in_force(rules: Sequence[RouteRule], region_code: str | None) -> list[RouteRule]:
    """For a region: its own variants in the place of the national rows, in order."""
    own = {rule.code: rule for rule in rules if rule.region_code is not None and rule.region_code == region_code}
    national = [own.pop(rule.code, rule) for rule in rules if rule.region_code is None]
    return sorted([*national, *own.values()], key=lambda rule: (rule.position, rule.code))


def answers_in(row: RouteAnswer) -> Answers:
    return Answers(
        LegalForm(row.legal_form),
        MoneyFlow(row.money_flow),
        ApbdShare(row.apbd),
        AssetUse(row.asset_use),
        PartyAbroad(row.abroad),
    )


def presumed(legal_form: LegalForm, funding_source: str | None, price_band: str | None) -> Answers:
    """What an initiative and a card let one presume before anybody has answered."""
    abroad = PartyAbroad.body if legal_form == LegalForm.foreign else PartyAbroad.none
    answers = Answers(legal_form, abroad=abroad)
    if funding_source in (FundingSource.partner, FundingSource.csr):
        return replace(answers, money_flow=MoneyFlow.partner_brings, apbd=ApbdShare.none)
    if funding_source != FundingSource.apbd:
        return answers
    if price_band == PriceBand.free:
        return replace(answers, money_flow=MoneyFlow.own_costs)
    # A price, or a business, and a budget: a purchase until somebody says otherwise.
    if price_band in _PRICED or legal_form in _BUSINESSES:
        return replace(answers, money_flow=MoneyFlow.region_pays)
    return answers
