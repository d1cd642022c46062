"""The kinds of field that several forms share."""

from datetime import UTC, date, datetime
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, AwareDatetime, Field

from matchmaker import facts
from matchmaker.i18n import gettext as _
from matchmaker.inputs.text import Line, Text

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)

Title = Annotated[Line, Field(min_length=10, max_length=120)]
Summary = Annotated[Text, Field(max_length=500)]
LongText = Annotated[Text, Field(max_length=3000)]
ShortText = Annotated[Text, Field(max_length=1000)]
Name = Annotated[Line, Field(min_length=2, max_length=160)]
LongLine = Annotated[Line, Field(max_length=300)]
Readiness = Annotated[int, Field(ge=1, le=9)]
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
# Also keeps away the edges of the calendar, where a change of zone overflows.
Moment = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 12, 31, tzinfo=UTC))]
RowVersion = Annotated[int, Field(ge=1, le=2**31 - 1)]


def _email(address: str) -> str:
    """Lower-cased as a whole: two accounts never differ in capitals alone. Nothing stays nothing."""
    if not address:
        return ""
    try:
        return validate_email(address, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise ValueError(_("Write an address like name@office.go.id.")) from None


def _unique(codes: list[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _known_sub_dimensions(codes: list[str]) -> list[str]:
    known = {entry.code for entries in facts.sub_dimensions().values() for entry in entries}
    if unknown := [code for code in codes if code not in known]:
        raise ValueError(_("There is no sub-dimension “%(code)s”.") % {"code": unknown[0]})
    return _unique(codes)


def _known_places(codes: list[str]) -> list[str]:
    known = {"all", *facts.provinces(), *facts.regions()}
    if unknown := [code for code in codes if code not in known]:
        raise ValueError(_("There is no province or region with the code “%(code)s”.") % {"code": unknown[0]})
    return ["all"] if "all" in codes else _unique(codes)


def _known_goals(goals: list[int]) -> list[int]:
    if any(not 1 <= goal <= 17 for goal in goals):
        raise ValueError(_("The goals are numbered 1 to 17."))
    return sorted(set(goals))


def _known_region(code: str) -> str:
    if code not in facts.regions():
        raise ValueError(_("Choose a region from the list."))
    return code


def _known_province(text: str) -> str:
    """By its code or, in whatever capitals, its name; answers the code."""
    codes = {name.lower(): code for code, name in facts.provinces().items()}
    code = codes.get(text.lower(), text)
    if code not in facts.provinces():
        raise ValueError(_("There is no province or region with the code “%(code)s”.") % {"code": text})
    return code


OptionalEmail = Annotated[Line, Field(max_length=254), AfterValidator(_email)]
Email = Annotated[
    Line, Field(min_length=1, max_length=254, json_schema_extra={"format": "email"}), AfterValidator(_email)
]
Code = Annotated[str, Field(max_length=30)]
SubDimensions = Annotated[list[Code], Field(max_length=18), AfterValidator(_known_sub_dimensions)]
Places = Annotated[list[Code], Field(max_length=560), AfterValidator(_known_places)]
Goals = Annotated[list[int], Field(max_length=17), AfterValidator(_known_goals)]
ProvinceCode = Annotated[str, Field(max_length=80), AfterValidator(_known_province)]
RegionCode = Annotated[str, Field(max_length=5), AfterValidator(_known_region)]
