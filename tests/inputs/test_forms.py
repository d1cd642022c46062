"""What may be handed in, and what is said at the field where it may not."""

from datetime import date
from typing import Any

import pytest

from matchmaker.errors import Invalid
from matchmaker.i18n import in_language
from matchmaker.inputs.account import Registration
from matchmaker.inputs.card import CardInput, PublishableCard
from matchmaker.inputs.contact import InterestInput
from matchmaker.inputs.initiative import InitiativeInput, PublishableInitiative
from matchmaker.inputs.organisation import OrganisationInput
from matchmaker.inputs.validation import Input, check
from tests.world import CARD, INITIATIVE, PASSWORD

REGISTRATION = {"email": "ani@office.example", "password": PASSWORD, "name": "Ani"}
COMPANY = {"kind": "company", "name": "PT Contoh", "legal_form": "company"}


def errors(model: type[Input], data: Any) -> dict[str, str]:
    with in_language("en"), pytest.raises(Invalid) as refusal:
        check(model, data)
    return refusal.value.errors


def test_complete_ones_are_taken() -> None:
    check(PublishableInitiative, INITIATIVE)
    check(PublishableCard, CARD)
    check(Registration, REGISTRATION)
    check(OrganisationInput, COMPANY)


@pytest.mark.parametrize(
    ("model", "whole", "missing"),
    [
        (
            PublishableInitiative,
            INITIATIVE,
            {"title", "summary", "problem", "pillar", "needs", "owner_office", "contact_role"}
            | {"contact_email", "backup_email"},
        ),
        (PublishableCard, CARD, {"title", "summary", "description", "region_gets", "asks", "pillars"}),
        (Registration, REGISTRATION, {"email", "password", "name"}),
    ],
)
def test_every_needed_field_is_asked_for_at_its_place(
    model: type[Input], whole: dict[str, Any], missing: set[str]
) -> None:
    for field in missing:
        assert set(errors(model, {k: v for k, v in whole.items() if k != field})) == {field}
    assert set(errors(model, {})) == missing


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"title": "Short"}, "title", "at least 10"),
        ({"title": "x" * 121}, "title", "120 characters; there are 121"),
        ({"title": ["a list"]}, "title", "as text"),
        ({"problem": "y" * 3001}, "problem", "3,000"),
        ({"pillar": "magic"}, "pillar", "from the list"),
        ({"needs": []}, "needs", "at least one"),
        ({"needs": [{"title": "", "contribution": "data"}]}, "needs.0.title", "needed"),
        ({"needs": [{"title": "A need that is meant", "contribution": "luck"}]}, "needs.0.contribution", "list"),
        ({"needs": [{"title": "A need that is meant"}]}, "needs.0.contribution", "needed"),
        ({"needs": "none"}, "needs", "list"),
        ({"contact_email": "not an address"}, "contact_email", "name@office.go.id"),
        ({"contact_email": "a@b@c.example"}, "contact_email", "name@office.go.id"),
        ({"duration_months": 61}, "duration_months", "60 or less"),
        ({"duration_months": "two"}, "duration_months", "whole number"),
        ({"minimum_tkt": 0}, "minimum_tkt", "1 or more"),
        ({"start_from": "31-12-2027"}, "start_from", "year-month-day"),
        ({"start_from": "1999-12-31"}, "start_from", "later"),
        ({"expires_at": "2026-01-01T00:00:00"}, "expires_at", "date"),
        ({"sub_dimensions": ["waste", "unknown"]}, "sub_dimensions", "unknown"),
        ({"other_pillars": ["environment"]}, "", "once"),
        ({"other_pillars": ["living", "society", "economy"]}, "other_pillars", "2"),
        ({"status": "published"}, "status", "no such field"),
        ({"organisation_id": 1}, "organisation_id", "no such field"),
    ],
)
def test_what_is_wrong_with_an_initiative_is_said_in_words(changes: dict[str, Any], field: str, said: str) -> None:
    found = errors(PublishableInitiative, INITIATIVE | changes)
    assert set(found) == {field}
    assert said in found[field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tkt": 10}, "tkt"),
        ({"sdgs": [18]}, "sdgs"),
        ({"sdgs": ["x"]}, "sdgs.0"),
        ({"regions_served": ["99"]}, "regions_served"),
        ({"evidence": [{"client": "A", "year": 2020}]}, "evidence.0.client"),
        ({"evidence": [{"client": "A town", "year": 1800}]}, "evidence.0.year"),
        ({"evidence": [{"client": "A town"}] * 11}, "evidence"),
        ({"available_from": "2027-02-01", "available_until": "2027-01-01"}, ""),
        ({"languages": ["fr"]}, "languages.0"),
    ],
)
def test_what_is_wrong_with_a_card_is_said_at_the_field(changes: dict[str, Any], field: str) -> None:
    assert set(errors(PublishableCard, CARD | changes)) == {field}


def test_a_draft_needs_only_its_title_and_an_empty_choice_means_none() -> None:
    draft = check(
        InitiativeInput, {"title": "Air bersih untuk desa", "pillar": "", "start_from": "", "minimum_tkt": ""}
    )
    assert (draft.pillar, draft.start_from, draft.minimum_tkt) == (None, None, None)
    assert check(CardInput, {"title": "Sumur bor tenaga surya", "tkt": ""}).tkt is None
    assert set(errors(InitiativeInput, {"title": ""})) == {"title"}


def test_everywhere_is_everywhere_and_doubles_are_one() -> None:
    assert check(CardInput, CARD | {"regions_served": ["53", "all"]}).regions_served == ["all"]
    assert check(CardInput, CARD | {"regions_served": ["53", "53"]}).regions_served == ["53"]
    assert check(CardInput, CARD | {"sdgs": [12, 11, 12]}).sdgs == [11, 12]


def test_addresses_never_differ_in_capitals_alone() -> None:
    assert check(Registration, REGISTRATION | {"email": " Ani@OFFICE.Example "}).email == "ani@office.example"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "region", "region_code": "31.71"}, "region_code"),
        ({"kind": "region", "region_code": "99.99"}, "region_code"),
        ({"kind": "region", "region_code": ""}, "region_code"),
        ({"kind": "region", "region_code": "53.11", "legal_form": "company"}, ""),
        ({"legal_form": "private_university"}, ""),
        ({"kind": "academic"}, ""),
        ({"kind": "club"}, "kind"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://a b.example"}, "website"),
        ({"kbli": "1234"}, "kbli"),
        ({"business_number": "12"}, "business_number"),
        ({"founded": 1500}, "founded"),
        ({"name": ""}, "name"),
        ({"verified_at": "2026-01-01T00:00:00Z"}, "verified_at"),
    ],
)
def test_an_organisation_that_cannot_be(changes: dict[str, Any], field: str) -> None:
    assert field in errors(OrganisationInput, COMPANY | changes)


def test_a_region_needs_neither_name_nor_legal_form() -> None:
    with in_language("en"):
        region = check(OrganisationInput, {"kind": "region", "region_code": "53.11"})
    assert region.legal_form == "region"
    assert "Kabupaten Sumba Timur" in region.name


@pytest.mark.parametrize("row_id", [0, -1, 2**31, "x", ""])
def test_an_interest_is_about_rows_that_can_be(row_id: object) -> None:
    data = {"initiative_id": row_id, "card_id": 1, "message": "A message of some length.", "first_step": "call"}
    assert set(errors(InterestInput, data)) == {"initiative_id"}


def test_days_are_days() -> None:
    assert check(InitiativeInput, INITIATIVE | {"start_from": "2027-01-31"}).start_from == date(2027, 1, 31)
    assert set(errors(InitiativeInput, INITIATIVE | {"start_from": "2027-02-30"})) == {"start_from"}
