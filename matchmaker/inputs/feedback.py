"""What a reader says of a suggestion."""

from matchmaker.inputs.contact import RowId
from matchmaker.inputs.validation import Input
from models.vocabulary import Reason, Verdict


class FeedbackInput(Input):
    initiative_id: RowId
    card_id: RowId
    verdict: Verdict
    reason: Reason | None = None
