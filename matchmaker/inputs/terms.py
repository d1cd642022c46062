"""A term sheet as it is handed in, what is said of its sections, and decisions."""

from typing import Annotated

from pydantic import Field

from matchmaker.inputs.contact import RowId
from matchmaker.inputs.text import Line, Text
from matchmaker.inputs.validation import Input
from models.terms import LONGEST_SECTION
from models.vocabulary import TermsSection

Section = Annotated[Text, Field(max_length=LONGEST_SECTION)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class TermsInput(Input):
    """``version``: the number of the newest version that the writer knows, 0 for none. A section that is left out
    stays as it is there.
    """

    version: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    purpose: Section = ""
    object: Section = ""
    scope: Section = ""
    location: Section = ""
    # A PKS lasts at most 60 months.
    duration_months: Annotated[int, Field(ge=1, le=60)] | None = None
    region_brings: Section = ""
    partner_brings: Section = ""
    costs: Section = ""
    data_privacy: Section = ""
    intellectual_property: Section = ""
    success: Section = ""
    graduation: Section = ""
    ending: Section = ""


class TermsCommentInput(Input):
    section: TermsSection
    body: Annotated[Text, Field(min_length=1, max_length=2000)]


class DecisionInput(Input):
    """``replaces``: the number of an earlier, final decision."""

    title: Annotated[Line, Field(min_length=5, max_length=160)]
    body: Annotated[Text, Field(min_length=10, max_length=3000)]
    message_id: RowId | None = None
    section: TermsSection | None = None
    replaces: Number | None = None


class RejectionInput(Input):
    reason: Annotated[Line, Field(min_length=3, max_length=300)]
