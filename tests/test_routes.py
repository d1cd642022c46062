"""The legal routes: the table against a list written down apart from it, and against itself."""

from itertools import product

import pytest

from matchmaker.facts import regions
from matchmaker.facts.routes import guides, rules
from matchmaker.labels import LABELS
from matchmaker.route_labels import ROUTE_QUESTIONS
from matchmaker.routes import (
    COLUMNS,
    QUESTIONS,
    Answers,
    decide,
    holds,
    in_force,
    leads_everywhere,
    presumed,
    turnings,
)
from models import RouteRule
from models.vocabulary import ApbdShare, AssetUse, LegalForm, MoneyFlow, PaperKind, PartyAbroad, Route

RULES, GUIDES = rules(), guides()
#: partner's form, money, asset, abroad -> route and the row that said so: from the law, not from the table.
EXPECTED = [
    ("region", "region_pays", "none", "none", "ksdd", "regions_share_costs"),
    ("region", "own_costs", "none", "none", "ksdd", "regions"),
    ("region", "unknown", "part", "none", "ksdd", "regions"),
    ("region", "shared", "none", "region", "ksdpl", "region_abroad"),
    ("ministry", "own_costs", "none", "none", "sinergi", "central_government"),
    ("ministry", "region_pays", "none", "none", "procurement", "public_body_is_paid"),
    ("state_university_blu", "own_costs", "none", "none", "sinergi", "state_university_unit"),
    ("state_university_blu", "region_pays", "none", "none", "procurement", "public_body_is_paid"),
    ("state_university_satker", "nothing", "part", "none", "sinergi", "state_university_unit"),
    ("state_university_satker", "region_pays", "main", "none", "procurement", "public_body_is_paid"),
    ("state_university_ptnbh", "own_costs", "none", "none", "ksdpk", "state_university_ptnbh"),
    ("state_university_ptnbh", "region_pays", "none", "none", "procurement", "region_pays"),
    ("private_university", "own_costs", "none", "none", "ksdpk", "private_university"),
    ("private_university", "own_costs", "main", "none", "asset_use", "asset_is_the_matter"),
    ("private_university", "invests", "none", "none", "ksdpk", "private_university"),
    ("company", "region_pays", "none", "none", "procurement", "region_pays"),
    ("company", "region_pays", "main", "none", "procurement", "region_pays"),
    ("company", "partner_brings", "none", "none", "ksdpk", "business"),
    ("company", "invests", "part", "none", "ppp", "business_invests"),
    ("company", "own_costs", "unknown", "body", "ksdll", "body_abroad"),
    ("bumn", "shared", "none", "none", "ksdpk", "business"),
    ("bumd", "nothing", "none", "none", "ksdpk", "business"),
    ("bumd", "region_pays", "none", "none", "procurement", "region_pays"),
    ("cooperative", "own_costs", "none", "none", "ksdpk", "business"),
    ("cooperative", "invests", "none", "none", "ppp", "business_invests"),
    ("foundation", "partner_brings", "none", "none", "ksdpk", "civil_society"),
    ("association", "unknown", "unknown", "none", "ksdpk", "civil_society"),
    ("foreign", "partner_brings", "none", "body", "ksdll", "body_abroad"),
    ("foreign", "partner_brings", "none", "none", "ksdll", "foreign_form"),
    ("foreign", "region_pays", "none", "body", "procurement", "region_pays"),
    ("foreign", "invests", "none", "body", "ppp", "business_invests"),
]
#: Remarks: answers, and the code of what is said beside their route.
REMARKS = [
    ({"money_flow": "unknown"}, "note_money_unknown"),
    ({"apbd": "not_budgeted"}, "note_apbd_not_budgeted"),
    ({"apbd": "unknown"}, "note_apbd_unknown"),
    ({"money_flow": "shared"}, "note_shared_purchases"),
    ({"money_flow": "shared", "apbd": "none"}, "note_shared_without_apbd"),
    ({"asset_use": "part"}, "note_asset_beside"),
    ({"asset_use": "unknown"}, "note_asset_unknown"),
    ({"legal_form": "state_university_ptnbh"}, "note_ptnbh"),
    ({"legal_form": "bumd"}, "note_own_enterprise"),
    ({"money_flow": "invests"}, "note_invests_without_business"),
    ({"legal_form": "foreign", "money_flow": "region_pays"}, "note_abroad_and_bought"),
]
#: What the papers of a route are.
PAPERS = {
    "ksdpk": ["offer_letter", "kak", "feasibility_study", "kb", "pks"],
    "sinergi": ["kak", "nota_kesepakatan"],
    "ksdd": ["offer_letter", "kak", "kb", "pks"],
    "ksdpl": ["letter_of_intent", "kak", "mou"],
    "ksdll": ["kak", "mou"],
    "procurement": [],
    "asset_use": [],
    "ppp": [],
}


def answers(form: str, money: str, asset: str, abroad: str, apbd: str = "none") -> Answers:
    return Answers(LegalForm(form), MoneyFlow(money), ApbdShare(apbd), AssetUse(asset), PartyAbroad(abroad))


@pytest.mark.parametrize(("form", "money", "asset", "abroad", "route", "code"), EXPECTED)
def test_expected(form: str, money: str, asset: str, abroad: str, route: str, code: str) -> None:
    decision = decide(RULES, answers(form, money, asset, abroad))
    assert (decision.route, decision.rule.code) == (route, code)


@pytest.mark.parametrize(("changed", "code"), REMARKS)
def test_remarks(changed: dict[str, str], code: str) -> None:
    plain = answers("private_university", "own_costs", "none", "none")
    assert [r.code for r in decide(RULES, plain).remarks] == []
    kinds = {name: QUESTIONS[name](value) for name, value in changed.items()}
    assert code in [r.code for r in decide(RULES, plain.changed(kinds)).remarks]


def test_both_lists_know_every_row() -> None:
    assert {row[5] for row in EXPECTED} == {rule.code for rule in RULES if rule.decides}
    assert {code for _answers, code in REMARKS} == {rule.code for rule in RULES if not rule.decides}
    assert {row[0] for row in EXPECTED} == set(LegalForm)
    assert {row[1] for row in EXPECTED} == set(MoneyFlow)


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_each_row_holds_for_what_it_names_and_nothing_else(rule: RouteRule) -> None:
    for given in product(*QUESTIONS.values()):
        named = all(not (c := getattr(rule, COLUMNS[q])) or a in c for q, a in zip(QUESTIONS, given, strict=True))
        assert holds(rule, Answers(*given)) is named
    for question, column in COLUMNS.items():
        assert set(getattr(rule, column)) <= set(QUESTIONS[question])
    assert set(rule.routes) <= set(Route)
    assert len(rule.routes) == 1 or not rule.decides
    assert rule.reason_id.endswith((".", "?"))
    assert rule.reason_en.endswith((".", "?"))
    assert rule.legal_basis


@pytest.mark.parametrize("guide", GUIDES, ids=[guide.code for guide in GUIDES])
def test_each_route_says_all_it_must_in_both_languages(guide: object) -> None:
    row = vars(guide)
    assert row["papers"] == PAPERS[row["code"]]
    assert set(row["papers"]) <= set(PaperKind)
    for name in ("name", "summary", "stages", "signers", "uncertain"):
        assert row[f"{name}_id"]
        assert row[f"{name}_en"]
        assert row[f"{name}_id"] != row[f"{name}_en"]
    for name in ("stages", "papers", "other_papers", "signers", "limits", "uncertain"):
        if f"{name}_id" in row:
            assert row[f"{name}_id"].count("\n") == row[f"{name}_en"].count("\n")
    assert row["legal_basis"]


def test_there_is_a_guide_for_every_route_and_a_route_for_all_answers() -> None:
    assert [guide.code for guide in GUIDES] == list(Route)
    assert leads_everywhere(RULES)
    assert not leads_everywhere([rule for rule in RULES if rule.code != "civil_society"])
    assert set(ROUTE_QUESTIONS) == set(QUESTIONS) == set(COLUMNS)
    for vocabulary in QUESTIONS.values():
        assert set(LABELS[vocabulary]) == set(vocabulary)


def test_a_region_s_own_row_takes_the_place_of_the_national_one() -> None:
    own = RouteRule(
        **next(r for r in RULES if r.code == "state_university_ptnbh").model_dump() | {"routes": ["sinergi"]}
    )
    own.region_code = "53.11"
    asked = answers("state_university_ptnbh", "own_costs", "none", "none")
    assert decide(in_force([*RULES, own], "53.11"), asked).route == Route.sinergi
    for other in (None, "51.71"):
        assert other is None or other in regions()
        assert decide(in_force([*RULES, own], other), asked).route == Route.ksdpk


def test_it_says_which_other_answer_would_lead_elsewhere() -> None:
    asked = answers("private_university", "own_costs", "none", "none")
    assert turnings(RULES, asked) == [
        ("money_flow", "region_pays", "procurement"),
        ("asset_use", "main", "asset_use"),
        ("abroad", "region", "ksdpl"),
        ("abroad", "body", "ksdll"),
    ]


@pytest.mark.parametrize(
    ("form", "funding", "price", "money"),
    [
        ("company", "apbd", None, "region_pays"),
        ("company", "apbd", "free", "own_costs"),
        ("private_university", "apbd", None, "unknown"),
        ("private_university", "apbd", "under_50m", "region_pays"),
        ("foundation", "csr", None, "partner_brings"),
        ("company", "partner", "under_50m", "partner_brings"),
        ("company", "none_yet", None, "unknown"),
        ("company", None, None, "unknown"),
    ],
)
def test_what_is_presumed(form: str, funding: str | None, price: str | None, money: str) -> None:
    assert presumed(LegalForm(form), funding, price).money_flow == money


def test_a_foreign_partner_is_presumed_abroad() -> None:
    assert presumed(LegalForm.foreign, None, None).abroad == PartyAbroad.body
