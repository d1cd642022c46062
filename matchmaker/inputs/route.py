"""Answers that lead to a legal route, and the reference data behind it as the programme office edits it."""

from typing import Annotated

from pydantic import AfterValidator, Field

from matchmaker.inputs.contact import RowId
from matchmaker.inputs.fields import RegionCode, RowVersion
from matchmaker.inputs.text import Line, Text
from matchmaker.inputs.validation import Input
from models.vocabulary import ApbdShare, AssetUse, LegalForm, MoneyFlow, PaperKind, PartyAbroad, Route


def _lines(text: str) -> str:
    """One entry a line, without blank ones between."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


Basis = Annotated[Line, Field(min_length=5, max_length=1000)]
Sentence = Annotated[Text, Field(min_length=10, max_length=600)]
RouteName = Annotated[Line, Field(min_length=4, max_length=120)]
Stages = Annotated[Text, Field(min_length=10, max_length=4000), AfterValidator(_lines)]
Needed = Annotated[Text, Field(min_length=10, max_length=2000), AfterValidator(_lines)]
Lines = Annotated[Text, Field(max_length=2000), AfterValidator(_lines)]


class RouteQuery(Input):
    """An answer that is not given stays as it stands."""

    legal_form: Annotated[LegalForm | None, Field(description="The partner's.")] = None
    money_flow: Annotated[MoneyFlow | None, Field(description="Which way the money flows.")] = None
    apbd: Annotated[ApbdShare | None, Field(description="Whether the regional budget bears a part.")] = None
    asset_use: Annotated[AssetUse | None, Field(description="Whether a regional asset is used.")] = None
    abroad: Annotated[PartyAbroad | None, Field(description="Whether a party is abroad.")] = None


class RouteAnswersInput(RouteQuery):
    """``version``: that of the answers which were on screen; 0 where nobody had answered."""

    version: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class GuideInput(Input):
    version: RowVersion
    name_id: RouteName
    name_en: RouteName
    summary_id: Sentence
    summary_en: Sentence
    stages_id: Stages
    stages_en: Stages
    papers: Annotated[list[PaperKind], Field(max_length=8)] = []
    other_papers_id: Lines = ""
    other_papers_en: Lines = ""
    signers_id: Needed
    signers_en: Needed
    limits_id: Lines = ""
    limits_en: Lines = ""
    uncertain_id: Lines = ""
    uncertain_en: Lines = ""
    legal_basis: Basis


class _Rule(Input):
    legal_forms: Annotated[list[LegalForm], Field(max_length=20)] = []
    money: Annotated[list[MoneyFlow], Field(max_length=10)] = []
    apbd: Annotated[list[ApbdShare], Field(max_length=10)] = []
    asset: Annotated[list[AssetUse], Field(max_length=10)] = []
    abroad: Annotated[list[PartyAbroad], Field(max_length=10)] = []
    routes: Annotated[list[Route], Field(max_length=10)] = []
    reason_id: Sentence
    reason_en: Sentence
    legal_basis: Basis


class RuleInput(_Rule):
    version: RowVersion


class NewRuleInput(_Rule):
    """``decides``: it names a route, and is no remark. ``before``: the row that it stands in front of."""

    decides: bool = False
    before: RowId | None = None


class VariantInput(Input):
    region_code: RegionCode
