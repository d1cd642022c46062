"""What fits besides the text, and what does not, in the reader's words."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from matchmaker.fact_names import place
from matchmaker.i18n import gettext as _
from matchmaker.labels import label
from models import Card, Initiative
from models.vocabulary import Contribution, Pillar


class NeedMet(NamedTuple):
    """A need's title, and whether the card answers it."""

    title: str
    met: bool


def fits_and_gaps(initiative: Initiative, contributions: Collection[str], card: Card) -> tuple[list[str], list[str]]:
    """What fits besides the text, and what does not, in the reader's words; what says most first.

    ``contributions``: the kinds that the initiative's needs ask for.
    """
    fits: list[str] = []
    gaps: list[str] = []
    _add_contributions(contributions, card, fits, gaps)
    _add_readiness(initiative, card, fits, gaps)
    if card.regions_served:
        served = {"all", initiative.region_code, initiative.region_code[:2]} & set(card.regions_served)
        name = place(initiative.region_code)
        (fits if served else gaps).append(
            _("Serves %(region)s") % {"region": name}
            if served
            else _("Does not name %(region)s among the places it serves") % {"region": name}
        )
    shared = [p for p in (initiative.pillar, *initiative.other_pillars) if p in card.pillars]
    if shared:
        fits.append(_("Same pillar: %(pillars)s") % {"pillars": ", ".join(label(Pillar, p) for p in shared)})
    else:
        gaps.append(_("Registered under other pillars"))
    return fits, gaps


def needs_said(needs: Sequence[NeedMet]) -> tuple[list[str], list[str]]:
    """The needs that are answered, and those left open, each as one sentence."""
    answered = [need.title for need in needs if need.met]
    left = [need.title for need in needs if not need.met]
    fits = [_("Answers the need: %(needs)s") % {"needs": "; ".join(answered)}] if answered else []
    gaps = [_("Leaves open the need: %(needs)s") % {"needs": "; ".join(left)}] if left else []
    return fits, gaps


def _add_contributions(contributions: Collection[str], card: Card, fits: list[str], gaps: list[str]) -> None:
    given = [c for c in card.contributions if c in contributions]
    if given:
        names = ", ".join(label(Contribution, c) for c in given)
        fits.append(_("Brings what is sought: %(kinds)s") % {"kinds": names})
    lacking = sorted(set(contributions) - set(card.contributions))
    if lacking and card.contributions:
        names = ", ".join(label(Contribution, c) for c in lacking)
        gaps.append(_("Sought, but not offered: %(kinds)s") % {"kinds": names})


def _add_readiness(initiative: Initiative, card: Card, fits: list[str], gaps: list[str]) -> None:
    """The technology readiness level (TKT 1-9) against the least that the initiative takes."""
    if initiative.minimum_tkt is None:
        return
    if card.tkt is None:
        gaps.append(
            _("States no readiness level; at least TKT %(least)s is required") % {"least": initiative.minimum_tkt}
        )
        return
    values = {"level": card.tkt, "least": initiative.minimum_tkt}
    if card.tkt >= initiative.minimum_tkt:
        fits.append(_("Ready enough: TKT %(level)s, at least %(least)s is required") % values)
    else:
        gaps.append(_("TKT %(level)s, but at least %(least)s is required") % values)
