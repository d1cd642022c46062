"""An organisation as it is handed in, by anybody who may speak for it."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator, model_validator

from matchmaker import facts
from matchmaker.i18n import gettext as _
from matchmaker.inputs.fields import Name, RegionCode, RowVersion, ShortText
from matchmaker.inputs.text import Line
from matchmaker.inputs.validation import Input
from models.vocabulary import LegalForm, OrganisationKind, SizeBand

_ACADEMIC_FORMS = {
    LegalForm.private_university,
    LegalForm.state_university_satker,
    LegalForm.state_university_blu,
    LegalForm.state_university_ptnbh,
    LegalForm.foreign,
    LegalForm.foundation,
    LegalForm.ministry,
}
FORMS_OF_KIND: dict[OrganisationKind, set[LegalForm]] = {
    OrganisationKind.region: {LegalForm.region},
    OrganisationKind.academic: _ACADEMIC_FORMS,
    OrganisationKind.company: set(LegalForm) - {LegalForm.region, *_ACADEMIC_FORMS}
    | {LegalForm.foreign, LegalForm.foundation},
}


class OrganisationDetails(Input):
    """What its members can change by themselves."""

    name: Name
    description: ShortText = ""
    website: Annotated[Line, Field(max_length=200, pattern=r"^(https?://[^\s]+)?$")] = ""
    size_band: SizeBand | None = None
    founded: Annotated[int, Field(ge=1800, le=2100)] | None = None
    kbli: Annotated[Line, Field(pattern=r"^(\d{5})?$")] = ""
    kbli_edition: Annotated[Line, Field(pattern=r"^(\d{4})?$")] = ""
    field_of_science: Annotated[Line, Field(max_length=120)] = ""
    business_number: Annotated[Line, Field(pattern=r"^(\d{13})?$")] = ""
    tax_number: Annotated[Line, Field(pattern=r"^(\d{15,16})?$")] = ""
    university_domain: Annotated[Line, Field(max_length=120, pattern=r"^([a-z0-9.-]+\.[a-z]{2,})?$")] = ""
    local_content: Annotated[Line, Field(max_length=200)] = ""


class OrganisationInput(OrganisationDetails):
    kind: OrganisationKind
    legal_form: LegalForm
    region_code: Annotated[RegionCode | None, Field(validate_default=True)] = None

    @model_validator(mode="before")
    @classmethod
    def _region_implies(cls, data: object) -> object:
        """A regional government has one legal form and its region's name: nobody needs to type them."""
        if isinstance(data, dict) and data.get("kind") == OrganisationKind.region:
            region = facts.regions().get(str(data.get("region_code")), "")
            # Without a region nothing is stored: the complaint is then about the region alone, not about the name.
            name = data.get("name") or f"Pemerintah {region}"
            return {**data, "legal_form": data.get("legal_form") or LegalForm.region, "name": name}
        return data

    @model_validator(mode="after")
    def _form_fits_kind(self) -> "OrganisationInput":
        if self.legal_form not in FORMS_OF_KIND[self.kind]:
            raise ValueError(_("This legal form does not belong to this kind of organisation."))
        return self

    @field_validator("region_code")
    @classmethod
    def _region_governs_itself(cls, code: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("kind") is not OrganisationKind.region:
            return code
        if code is None:
            raise ValueError(_("Choose the region that this government leads."))
        if code not in facts.self_governing_regions():
            raise ValueError(_("The administrative units of Jakarta have no government of their own."))
        return code


class OrganisationChange(OrganisationDetails):
    version: RowVersion
    name: Name = ""
