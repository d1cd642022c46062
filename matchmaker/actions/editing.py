"""What changing an initiative, a card and an organisation have in common."""

from collections.abc import Mapping
from typing import Protocol

from pydantic import BaseModel

from matchmaker.errors import Conflict, Invalid
from matchmaker.i18n import gettext as _
from matchmaker.inputs.validation import check


class Versioned(Protocol):
    version: int


class Titled(Protocol):
    title: str
    summary: str


def search_text(row: Titled) -> str:
    """What the text filter of a list looks into; cut, because a few letters are two when lower-cased."""
    return f"{row.title} {row.summary}".lower()[:800]


def written_fields(change: BaseModel) -> dict[str, object]:
    """The fields that were handed in, as columns take them; ``version`` says what they were written against."""
    # Not exclude_unset: that would also take the unset fields out of the rows of a list.
    values: dict[str, object] = change.model_dump(mode="json", include=change.model_fields_set)
    for name in change.model_fields_set & _TYPED:
        values[name] = getattr(change, name)
    if "sdgs" in values:
        values["sdgs"] = [str(goal) for goal in change.sdgs]  # type: ignore[attr-defined]
    values.pop("version", None)
    values.pop("organisation_id", None)
    return values


# Columns that take the object itself, not its JSON.
_TYPED = {"start_from", "available_from", "available_until", "expires_at"}


def check_version(row: Versioned, change: BaseModel, present: Mapping[str, object]) -> None:
    """Raises Conflict with both texts where somebody else changed the row since ``change`` was begun."""
    version = getattr(change, "version", None)
    if version is None or version == row.version:
        return
    yours = change.model_dump(mode="json", include=change.model_fields_set - {"version"})
    raise Conflict(
        _("Somebody else changed this while you were writing. Nothing was overwritten; compare and save again."),
        current={"version": row.version} | {name: present.get(name) for name in yours},
        yours=yours,
    )


def apply_changes(row: Versioned, change: BaseModel) -> None:
    """Writes the fields that were handed in to a row that has the same names."""
    values = written_fields(change)
    check_version(row, change, {name: getattr(row, name) for name in values})
    write_fields(row, values)
    row.version += 1


def write_fields(row: object, values: Mapping[str, object]) -> None:
    """Columns have the names of the fields that fill them."""
    for name, value in values.items():
        setattr(row, name, value)


def check_publishable(model: type[BaseModel], present: Mapping[str, object]) -> None:
    """Raises Invalid, a message per field, unless ``present`` holds all that ``model`` wants."""
    check(model, {name: present[name] for name in model.model_fields if name in present})


def gaps(model: type[BaseModel], present: Mapping[str, object]) -> dict[str, str]:
    """What ``present`` still lacks before it can be published: a message per field, in the order of the form."""
    try:
        check_publishable(model, present)
    except Invalid as refusal:
        return refusal.errors
    return {}
