"""Query strings, checked like bodies: a model says what a list can be asked."""

import inspect
from collections.abc import Mapping
from types import NoneType
from typing import Annotated, Any, TypeAlias, get_args

from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidationMarker
from pydantic import BaseModel, Field

from matchmaker.inputs.validation import Input
from matchmaker.reading.listing import LARGEST_PAGE, PAGE

# What was written in the address, unchecked. A handler hands it to ``check``: a dependency that raises would leave
# the transaction, which was opened beside it, to the garbage collector.
Asked: TypeAlias = NamedDependency[Mapping[str, str]]


OF_ONE_ORGANISATION = "All of one organisation's instead, for its members with drafts; no other filter counts."


class Stretch(Input):
    """What every list takes."""

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE, description="How many items at most.")] = PAGE
    cursor: Annotated[str, Field(max_length=200, description="`next` of the stretch before.")] | None = None


def asked(model: type[BaseModel]) -> Provide:
    """The dependency ``asked``: the values in the address of the fields of ``model``, which documents them."""

    async def provide(**values: str | None) -> dict[str, str]:
        return {name: value for name, value in values.items() if value is not None}

    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_annotation(model, name))
        for name in model.model_fields
    ]
    provide.__signature__ = inspect.Signature(parameters, return_annotation=dict[str, str])  # type: ignore[attr-defined]
    provide.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": dict[str, str]}
    return Provide(provide)


def _annotation(model: type[BaseModel], name: str) -> Any:
    """The field's type for the document; its value stays the text that it was."""
    field = model.model_fields[name]
    kinds = [kind for kind in get_args(field.annotation) if kind is not NoneType]
    kind = kinds[0] if kinds and NoneType in get_args(field.annotation) else field.annotation
    schema = _bounds(model, name)
    parameter = QueryParameter(description=schema.pop("description", None), schema_extra=schema or None)
    return Annotated[kind, parameter, SkipValidationMarker()]


_KEYWORDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "maxLength": "max_length",
    "pattern": "pattern",
    "default": "default",
    "description": "description",
}


def _bounds(model: type[BaseModel], name: str) -> dict[str, Any]:
    """What JSON Schema says of the field besides its type, under Litestar's names."""
    schema = model.model_json_schema()["properties"][name]
    schema |= next((s for s in schema.get("anyOf", []) if s.get("type") != "null"), {})
    return {_KEYWORDS[k]: v for k, v in schema.items() if k in _KEYWORDS and v is not None}
