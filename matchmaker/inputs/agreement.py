"""What is written down of an agreement: its papers, what is to be reached, how it goes, and what came of it."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from matchmaker.i18n import gettext as _
from matchmaker.i18n import local_day
from matchmaker.inputs.fields import Day
from matchmaker.inputs.text import Line, Text
from matchmaker.inputs.validation import Input
from models import now
from models.vocabulary import Outlook, Stage, Step


def today() -> date:
    return local_day(now())


def _not_ahead(day: date) -> date:
    if day > today():
        raise ValueError(_("This day has not come yet."))
    return day


PastDay = Annotated[Day, AfterValidator(_not_ahead)]
Number = Annotated[Line, Field(min_length=1, max_length=120)]
Quarter = Annotated[str, Field(pattern=r"^20[0-9]{2}-Q[1-4]$")]


class StageInput(Input):
    """A stage without a signature."""

    stage: Stage
    done_on: PastDay
    number: Annotated[Line, Field(max_length=120)] = ""
    note: Annotated[Line, Field(max_length=300)] = ""


class SigningInput(Input):
    """``on_paper_at``: where the signed paper lies, if no file of it is handed in."""

    step: Step
    number: Number
    signed_on: PastDay
    ends_on: Day
    on_paper_at: Annotated[Line, Field(max_length=300)] = ""


class MilestoneInput(Input):
    title: Annotated[Line, Field(min_length=5, max_length=160)]
    due_on: Day


class EvidenceInput(Input):
    done_on: PastDay
    evidence: Annotated[Text, Field(min_length=10, max_length=1000)]


class MonitoringInput(Input):
    quarter: Quarter
    progress: Annotated[Text, Field(min_length=10, max_length=1000)]
    indicator: Annotated[Text, Field(max_length=500)] = ""
    obstacle: Annotated[Text, Field(max_length=1000)] = ""
    solution: Annotated[Text, Field(max_length=1000)] = ""
    rating: Annotated[int, Field(ge=1, le=5)]
    outlook: Outlook


class ReachedInput(Input):
    title: Annotated[Line, Field(max_length=200)] = ""
    reached: Annotated[Line, Field(max_length=120)] = ""


class ClosingInput(Input):
    """``reached``: by the names of the initiative's indicators. ``show``: this side agrees to a public result."""

    result: Annotated[Text, Field(min_length=50, max_length=3000)]
    reached: Annotated[list[ReachedInput], Field(max_length=20)] = []
    show: bool = False


class ShowInput(Input):
    show: bool = False
