"""A form on a page: what was typed, what is wrong with it, and how it becomes an input model."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar, get_args, get_origin

from litestar.datastructures import FormMultiDict
from pydantic import BaseModel

from matchmaker.errors import AppError, Conflict, Invalid
from matchmaker.inputs.validation import check

ModelT = TypeVar("ModelT", bound=BaseModel)
_ROW = re.compile(r"^([a-z_]+)\.(\d{1,4})\.([a-z_]+)$")
# The buttons that add or take away a row; a browser without script sends them to the server.
ADD, REMOVE = "add", "remove"
TOKEN = "_csrf_token"  # noqa: S105 - the name of a field
# Several times what the longest form of ours sends: what is beyond is no form, and would only cost time to show again.
MOST_VALUES, MOST_ROWS = 2_000, 50


class Form:
    """Typed values by the name of their field; ``needs.0.title`` is one inside a repeated row.

    ``errors``: one message a field, ``""`` standing for the whole form.
    """

    def __init__(self, typed: Mapping[str, list[str]] | None = None) -> None:
        self._typed = {name: list(values) for name, values in (typed or {}).items()}
        self.errors: dict[str, str] = {}
        self.conflict: Conflict | None = None
        self.was_sent = False

    @classmethod
    def submitted(cls, data: FormMultiDict) -> "Form":
        """What a browser sent. Rows are numbered anew without gaps, empty ones dropped."""
        typed: dict[str, list[str]] = {}
        for name, value in islice(data.multi_items(), MOST_VALUES):
            if isinstance(value, str):
                typed.setdefault(name, []).append(value)
        gone = tuple(f"{row}." for row in typed.get(REMOVE, []) if row)
        kept = {name: values for name, values in typed.items() if not (gone and name.startswith(gone))}
        form = cls(_renumbered(kept))
        form.was_sent = True
        return form

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Form":
        """Filled from a row or an input: lists are choices, lists of mappings are rows."""
        typed: dict[str, list[str]] = {}
        for name, value in values.items():
            if isinstance(value, list) and value and isinstance(value[0], Mapping):
                for number, row in enumerate(value):
                    typed |= {f"{name}.{number}.{key}": [_written(v)] for key, v in row.items()}
            elif isinstance(value, list):
                typed[name] = [_written(v) for v in value]
            elif value is not None and value is not False:
                typed[name] = [_written(value)]
        return cls(typed)

    def value(self, name: str) -> str:
        return next(iter(self._typed.get(name, [])), "")

    def chosen(self, name: str) -> list[str]:
        return self._typed.get(name, [])

    def one_of(self, name: str, allowed: Iterable[str]) -> str | None:
        """The value if it is one of the allowed codes, as a filter in an address may be anything."""
        value = self.value(name)
        return value if value in {str(code) for code in allowed} else None

    def error(self, name: str) -> str | None:
        return self.errors.get(name)

    def rows(self, name: str) -> int:
        """How many rows of ``name`` were typed."""
        return len({m[2] for key in self._typed if (m := _ROW.match(key)) and m[1] == name})

    def set(self, name: str, value: str) -> None:
        self._typed[name] = [value]

    @property
    def everything(self) -> list[tuple[str, str]]:
        """Every field as it was sent, for carrying a form across a sign-in."""
        return [(name, value) for name, values in self._typed.items() for value in values if name != TOKEN]

    def refuse(self, refusal: AppError) -> None:
        """Writes down what an action said of the form: at its fields, or of the whole."""
        self.errors = refusal.errors if isinstance(refusal, Invalid) else {"": refusal.message}
        self.conflict = refusal if isinstance(refusal, Conflict) else None
        if self.conflict and self.conflict.current is not None:
            # The next save is made knowing the other text, so it may stand.
            self.set("version", str(self.conflict.current["version"]))

    def reshaped(self, *row_names: str) -> bool:
        """Carries out a pressed 'add' or 'remove' button; True if there was one."""
        if (added := self.value(ADD)) in row_names:
            self._typed.pop(ADD)
            present = self.rows(added)
            # An empty row was not sent along, but stands on the page: the new one comes after it.
            for number in range(present, max(present, 1) + 1):
                self._typed[f"{added}.{number}.title"] = [""]
            return True
        # The row went before the others were numbered anew (see ``submitted``).
        return self._typed.pop(REMOVE, None) is not None

    def read(self, model: type[ModelT], page: Collection[str] | None = None) -> ModelT:
        """The typed values as ``model``, or Invalid. A field that the page does not have keeps its default.

        An empty list and an unticked box are sent as nothing. ``page`` names the fields that the page has, where it
        has not all: of the others, only what was sent is read.
        """
        given: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            if page is not None and name not in page and not (name in self._typed or self.rows(name)):
                continue
            kind = _list_item(field.annotation)
            if kind is not None and issubclass(kind, BaseModel):
                given[name] = [
                    {sub: self.value(f"{name}.{number}.{sub}") for sub in kind.model_fields}
                    for number in range(self.rows(name))
                ]
            elif kind is not None:
                given[name] = [value for value in self.chosen(name) if value]
            elif field.annotation is bool:
                given[name] = bool(self.value(name))
            elif name in self._typed:
                given[name] = self.value(name)
        return check(model, given)


def _list_item(annotation: Any) -> type | None:
    """``BaseModel`` of ``list[BaseModel]``; None for what is no list."""
    if get_origin(annotation) is not list:
        return None
    item = get_args(annotation)[0]
    return item if isinstance(item, type) else str


def _renumbered(typed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    rows: dict[tuple[str, int], dict[str, list[str]]] = {}
    answer: dict[str, list[str]] = {}
    for key, values in typed.items():
        if match := _ROW.match(key):
            rows.setdefault((match[1], int(match[2])), {})[match[3]] = values
        else:
            answer[key] = values
    counts: dict[str, int] = {}
    for (name, _number), fields in sorted(rows.items()):
        # A row in which nothing was written is one that nobody meant; a choice alone is its default.
        if not any(text.strip() for key, texts in fields.items() for text in texts if key != "contribution"):
            continue
        number = counts.get(name, 0)
        if number == MOST_ROWS:
            continue
        counts[name] = number + 1
        answer |= {f"{name}.{number}.{key}": values for key, values in fields.items()}
    return answer


def _written(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if value is not None else ""


def query_form(query: Iterable[tuple[str, str]]) -> Form:
    """A form of filters as the address holds it."""
    typed: dict[str, list[str]] = {}
    for name, value in query:
        typed.setdefault(name, []).append(value)
    return Form(typed)
