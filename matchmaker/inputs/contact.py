"""The first contact and the talk that follows."""

from typing import Annotated

from pydantic import Field

from matchmaker.inputs.text import Text
from matchmaker.inputs.validation import Input
from models.vocabulary import FirstStep, MessageKind, Reason, ReportReason, Step

RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class InterestInput(Input):
    initiative_id: RowId
    card_id: RowId
    message: Annotated[Text, Field(min_length=20, max_length=2000)]
    first_step: FirstStep


class ReportInput(Input):
    reason: ReportReason
    note: Annotated[Text, Field(max_length=1000)] = ""


class Refusal(Input):
    reason: Reason
    note: Annotated[Text, Field(max_length=1000)] = ""


# As browsers and callers make them: short, and fit for an address.
ClientKey = Annotated[str, Field(min_length=8, max_length=60, pattern=r"^[\w.:-]+$")]
Body = Annotated[Text, Field(min_length=1, max_length=10_000)]


class MessageInput(Input):
    """``kind`` note: for one's own organisation alone. ``mention``: accounts that are asked to look at it.

    ``key``: the same key of the same author in one conversation is the same message, for ever.
    """

    body: Body
    kind: MessageKind = MessageKind.message
    mention: Annotated[list[RowId], Field(max_length=20)] = []
    key: ClientKey | None = None


class MessageChange(Input):
    """``version``: of the message that is edited."""

    body: Body
    version: Annotated[int, Field(ge=1)]


class DraftInput(Input):
    """``key``: of the message that the draft will become; once that is sent, no draft of it comes back."""

    body: Annotated[Text, Field(max_length=10_000)] = ""
    kind: MessageKind = MessageKind.message
    key: ClientKey | None = None


class StepInput(Input):
    """``reason`` where the step asks for one."""

    step: Step
    reason: Reason | None = None
    note: Annotated[Text, Field(max_length=1000)] = ""
