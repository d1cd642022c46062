"""An initiative as it is handed in: a draft needs only its title, a published one the fields of the contract."""

from typing import Annotated

from pydantic import Field, model_validator

from matchmaker.i18n import gettext as _
from matchmaker.inputs.fields import (
    Day,
    Email,
    LongLine,
    LongText,
    Moment,
    OptionalEmail,
    Readiness,
    RowVersion,
    ShortText,
    SubDimensions,
    Summary,
    Title,
)
from matchmaker.inputs.text import Line, Text
from matchmaker.inputs.validation import Input
from models.vocabulary import (
    Contribution,
    FundingBand,
    FundingSource,
    Language,
    LegalInstrument,
    Pillar,
    Reason,
    SpbeImpact,
)


class NeedInput(Input):
    title: Annotated[Line, Field(min_length=5, max_length=120)]
    detail: Annotated[Text, Field(max_length=500)] = ""
    contribution: Contribution


class IndicatorInput(Input):
    name: Annotated[Line, Field(min_length=2, max_length=160)]
    baseline: Annotated[Line, Field(max_length=160)] = ""
    target: Annotated[Line, Field(max_length=160)] = ""


class InitiativeInput(Input):
    """In the order of the page, in which its errors are then said."""

    title: Title
    summary: Summary = ""
    problem: LongText = ""
    needs: Annotated[list[NeedInput], Field(max_length=12)] = []
    offers: Annotated[Text, Field(max_length=2000)] = ""
    pillar: Pillar | None = None
    other_pillars: Annotated[list[Pillar], Field(max_length=2)] = []
    sub_dimensions: SubDimensions = []
    quick_win: bool = False
    master_plan_ref: LongLine = ""
    rpjmd_ref: LongLine = ""
    owner_office: Annotated[Line, Field(max_length=160)] = ""
    contact_role: Annotated[Line, Field(max_length=160)] = ""
    contact_email: OptionalEmail = ""
    backup_email: OptionalEmail = ""
    funding_source: FundingSource | None = None
    funding_band: FundingBand | None = None
    legal_instrument: LegalInstrument | None = None
    indicators: Annotated[list[IndicatorInput], Field(max_length=10)] = []
    location: LongLine = ""
    start_from: Day | None = None
    # A PKS lasts at most 60 months.
    duration_months: Annotated[int, Field(ge=1, le=60)] | None = None
    minimum_tkt: Readiness | None = None
    pilot: bool = False
    graduation_clause: ShortText = ""
    spbe_impact: SpbeImpact | None = None
    language: Language = Language.id
    expires_at: Moment | None = None

    @model_validator(mode="after")
    def _main_pillar_once(self) -> "InitiativeInput":
        if self.pillar and self.pillar in self.other_pillars:
            raise ValueError(_("The main pillar is also among the other pillars; choose it once."))
        return self


class PublishableInitiative(InitiativeInput):
    """What must hold before anybody else sees it."""

    summary: Annotated[Text, Field(min_length=80, max_length=500)]
    problem: Annotated[Text, Field(min_length=200, max_length=3000)]
    owner_office: Annotated[Line, Field(min_length=3, max_length=160)]
    contact_role: Annotated[Line, Field(min_length=3, max_length=160)]
    contact_email: Email
    backup_email: Email
    pillar: Pillar
    needs: Annotated[list[NeedInput], Field(min_length=1, max_length=12)]


class InitiativeChange(InitiativeInput):
    """Some of the fields, and the version that they were written against."""

    version: RowVersion
    title: Title = ""


class InitiativeCreation(InitiativeInput):
    """With the region's organisation, where the account belongs to more than one."""

    organisation_id: int | None = None


class Closing(Input):
    reason: Reason
