"""What a reader of notices hands in: how far they have read, and when they want mail about what."""

from typing import Annotated

from pydantic import Field

from matchmaker.inputs.contact import RowId
from matchmaker.inputs.validation import Input
from models.vocabulary import MailTiming, NoticeKind


class NoticesRead(Input):
    up_to: Annotated[RowId | None, Field(description="The last notice that was read; all of them without it.")] = None


class MailChoices(Input):
    """A timing for each kind of notices; one that is not named is left as it is."""

    interest: MailTiming | None = None
    message: MailTiming | None = None
    mention: MailTiming | None = None
    step: MailTiming | None = None
    terms: MailTiming | None = None
    decision: MailTiming | None = None
    file: MailTiming | None = None
    meeting: MailTiming | None = None
    agreement: MailTiming | None = None
    reminder: MailTiming | None = None
    membership: MailTiming | None = None
    verification: MailTiming | None = None

    def named(self) -> dict[NoticeKind, MailTiming]:
        return {NoticeKind(name): timing for name, timing in self if timing is not None}
