"""Complete forms, as somebody types them."""

from typing import Any

from tests.world import CARD, INITIATIVE

Typed = dict[str, str | list[str] | None]


def typed(values: dict[str, Any]) -> Typed:
    """An input as the fields of its form: ``needs.0.title`` for one inside a list."""
    answer: Typed = {}
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                answer |= {f"{name}.{number}.{key}": str(text) for key, text in row.items()}
        else:
            answer[name] = [str(v) for v in value] if isinstance(value, list) else str(value)
    return answer


INITIATIVE_FORM = typed(INITIATIVE)
CARD_FORM = typed(CARD)
INTEREST_FORM: Typed = {
    "message": "We have built composters for four markets and would like to see yours.",
    "first_step": "visit",
}
