"""What topics, goals and places are called on screen: names that come with the facts."""

from matchmaker import facts
from matchmaker.i18n import gettext, language, ngettext
from matchmaker.labels import label
from models.vocabulary import Pillar


def named(entry: facts.Named) -> str:
    return entry.name_id if language() == "id" else entry.name_en


def topics() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(pillar, its name, [(code, name)] of its sub-dimensions), for a form."""
    return [
        (pillar, label(Pillar, pillar), [(entry.code, _capital(named(entry))) for entry in entries])
        for pillar, entries in facts.sub_dimensions().items()
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sub_dimension(code: str) -> str:
    return next((named(e) for es in facts.sub_dimensions().values() for e in es if e.code == code), code)


def sdg(goal: str) -> str:
    return next((f"{e.code}. {named(e)}" for e in facts.sdgs() if e.code == goal), goal)


def place(code: str) -> str:
    """``all``, a province or a region, as a reader says it."""
    if code == "all":
        return gettext("All of Indonesia")
    return facts.regions().get(code) or facts.provinces().get(code) or code


def places(codes: list[str], most: int) -> str:
    """The first of some places, and how many more there are."""
    names, more = ", ".join(place(code) for code in codes[:most]), len(codes) - most
    if more <= 0:
        return names
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": names, "n": more}
