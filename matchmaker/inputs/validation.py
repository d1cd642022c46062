"""Checks what was handed in, and says what is wrong in the user's words at the field where it is wrong."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from matchmaker.errors import Invalid
from matchmaker.i18n import gettext as _
from matchmaker.i18n import ngettext, show_date, show_number


class Input(BaseModel):
    """The base of every form. Unknown fields are refused; an empty choice means none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_choice_is_none(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return {k: None if v == "" and k in _nullable(cls) else v for k, v in data.items()}


@cache
def _nullable(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, field in model.model_fields.items() if NoneType in get_args(field.annotation))


InputT = TypeVar("InputT", bound=BaseModel)


def check(model: type[InputT], data: object) -> InputT:
    """``data`` as ``model``, or Invalid with a message per field (``needs.0.title`` for one inside a list)."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise Invalid(field_errors(error)) from None


def field_errors(error: ValidationError) -> dict[str, str]:
    """The first message of each field, in the reader's language."""
    answer: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=True):
        field = ".".join(str(step) for step in detail["loc"])
        answer.setdefault(field, _message(detail["type"], detail.get("ctx", {}), detail.get("input")))
    return answer


def _message(kind: str, context: dict[str, Any], given: object) -> str:
    if kind == "value_error":
        return str(context["error"])
    if kind in {"too_short", "too_long"} and isinstance(given, str):
        kind = f"string_{kind}"
    if kind in _MESSAGES:
        return _MESSAGES[kind](context, given)
    if kind in {"time_parsing", "time_type"}:
        return _("Write a time as hours and minutes, for example 09:30.")
    if kind.startswith(("date", "datetime", "timezone")):
        return _("Write a date as year-month-day, for example 2027-01-31.")
    if kind.startswith(("int", "float", "finite")):
        return _("Write a whole number.")
    return _("This is not valid here.")


def _too_short(context: dict[str, Any], given: object) -> str:
    length = len(given.strip()) if isinstance(given, str) else 0
    if length == 0:
        return _("This is needed.")
    return _("Write at least %(least)s characters; there are %(present)s.") % {
        "least": show_number(context["min_length"]),
        "present": show_number(length),
    }


def _too_long(context: dict[str, Any], given: object) -> str:
    return _("Keep this to %(most)s characters; there are %(present)s.") % {
        "most": show_number(context["max_length"]),
        "present": show_number(len(given) if isinstance(given, str) else 0),
    }


def _list_too_short(context: dict[str, Any], _given: object) -> str:
    least = context["min_length"]
    return ngettext("Give at least one.", "Give at least %(least)s.", least) % {"least": least}


def _list_too_long(context: dict[str, Any], _given: object) -> str:
    most = context["max_length"]
    return ngettext("Give at most one.", "Give at most %(most)s.", most) % {"most": most}


def _too_little(context: dict[str, Any], _given: object) -> str:
    least = context["ge"]
    if isinstance(least, str):  # pydantic tells the bound of a day as text
        return _("Choose %(day)s or a later day.") % {"day": show_date(date.fromisoformat(least[:10]))}
    return _("Write %(least)s or more.") % {"least": show_number(least)}


def _too_much(context: dict[str, Any], _given: object) -> str:
    most = context["le"]
    if isinstance(most, str):
        return _("Choose %(day)s or an earlier day.") % {"day": show_date(date.fromisoformat(most[:10]))}
    return _("Write %(most)s or less.") % {"most": show_number(most)}


_MESSAGES: dict[str, Callable[[dict[str, Any], object], str]] = {
    "missing": lambda _context, _given: _("This is needed."),
    "extra_forbidden": lambda _context, _given: _("There is no such field."),
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "too_short": _list_too_short,
    "too_long": _list_too_long,
    "string_type": lambda _context, _given: _("Write this as text."),
    "string_pattern_mismatch": lambda _context, _given: _("This does not have the expected form."),
    "enum": lambda _context, _given: _("Choose one from the list."),
    "literal_error": lambda _context, _given: _("Choose one from the list."),
    "bool_parsing": lambda _context, _given: _("Answer yes or no."),
    "bool_type": lambda _context, _given: _("Answer yes or no."),
    "list_type": lambda _context, _given: _("Give a list."),
    "greater_than_equal": _too_little,
    "less_than_equal": _too_much,
}
