"""The first contact and the talk that follows."""

from typing import Annotated

from pydantic import Field

from matchmaker.inputs.text import Text
from matchmaker.inputs.validation import Input
from models.vocabulary import FirstStep, Reason, Step

RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class InterestInput(Input):
    initiative_id: RowId
    card_id: RowId
    message: Annotated[Text, Field(min_length=20, max_length=2000)]
    first_step: FirstStep


class Refusal(Input):
    reason: Reason
    note: Annotated[Text, Field(max_length=1000)] = ""


class MessageInput(Input):
    body: Annotated[Text, Field(min_length=1, max_length=10_000)]


class StepInput(Input):
    """``reason`` where the step asks for one."""

    step: Step
    reason: Reason | None = None
    note: Annotated[Text, Field(max_length=1000)] = ""
