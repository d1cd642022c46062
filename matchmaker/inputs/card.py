"""A capability card as it is handed in."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from matchmaker.i18n import gettext as _
from matchmaker.inputs.fields import (
    Day,
    Goals,
    LongText,
    Places,
    Readiness,
    RowVersion,
    ShortText,
    SubDimensions,
    Summary,
    Title,
)
from matchmaker.inputs.text import Line, Text
from matchmaker.inputs.validation import Input
from models.vocabulary import Contribution, IpStatus, Language, Pillar, PriceBand


class EvidenceInput(Input):
    client: Annotated[Line, Field(min_length=2, max_length=160)]
    year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    result: Annotated[Line, Field(max_length=300)] = ""


class CardInput(Input):
    title: Title
    summary: Summary = ""
    description: LongText = ""
    region_gets: ShortText = ""
    asks: ShortText = ""
    pillars: Annotated[list[Pillar], Field(max_length=6)] = []
    sub_dimensions: SubDimensions = []
    tkt: Readiness | None = None
    ip_status: IpStatus | None = None
    evidence: Annotated[list[EvidenceInput], Field(max_length=10)] = []
    contributions: Annotated[list[Contribution], Field(max_length=7)] = []
    regions_served: Places = []
    price_band: PriceBand | None = None
    available_from: Day | None = None
    available_until: Day | None = None
    languages: Annotated[list[Language], Field(max_length=2)] = []
    sdgs: Goals = []
    language: Language = Language.id

    @model_validator(mode="after")
    def _window_runs_forward(self) -> "CardInput":
        start: date | None = self.available_from
        if start and self.available_until and self.available_until < start:
            raise ValueError(_("The availability ends before it begins."))
        return self


class PublishableCard(CardInput):
    """What must hold before anybody else sees it."""

    summary: Annotated[Text, Field(min_length=80, max_length=500)]
    description: Annotated[Text, Field(min_length=200, max_length=3000)]
    region_gets: Annotated[Text, Field(min_length=20, max_length=1000)]
    asks: Annotated[Text, Field(min_length=10, max_length=1000)]
    pillars: Annotated[list[Pillar], Field(min_length=1, max_length=6)]


class CardChange(CardInput):
    """Some of the fields, and the version that they were written against."""

    version: RowVersion
    title: Title = ""


class CardCreation(CardInput):
    """With the organisation, where the account belongs to more than one."""

    organisation_id: int | None = None
