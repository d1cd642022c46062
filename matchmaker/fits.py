"""What fits besides the text, and what does not, in the reader's words."""

from collections.abc import Sequence
from typing import NamedTuple

from matchmaker.i18n import gettext as _
from matchmaker.labels import label, place
from models import Card, Initiative
from models.vocabulary import Contribution, Pillar


class SoughtNeed(NamedTuple):
    """A need's title, and the kind of contribution that it asks for."""

    title: str
    contribution: str


def fits_and_gaps(
    initiative: Initiative, needs: Sequence[SoughtNeed], needs_met: Sequence[bool], card: Card
) -> tuple[list[str], list[str]]:
    """What fits besides the text as a whole, and what does not, in the reader's words.

    ``needs``: those of the initiative, in order; ``needs_met``: whether the card answers each, empty if unknown.
    """
    fits, gaps = _needs(needs, needs_met)
    contributions = {need.contribution for need in needs}
    shared = [p for p in (initiative.pillar, *initiative.other_pillars) if p in card.pillars]
    if shared:
        fits.append(_("Same pillar: %(pillars)s") % {"pillars": ", ".join(label(Pillar, p) for p in shared)})
    else:
        gaps.append(_("Registered under other pillars"))
    if card.regions_served:
        served = {"all", initiative.region_code, initiative.region_code[:2]} & set(card.regions_served)
        name = place(initiative.region_code)
        (fits if served else gaps).append(
            _("Serves %(region)s") % {"region": name}
            if served
            else _("Does not name %(region)s among the places it serves") % {"region": name}
        )
    _add_readiness(initiative, card, fits, gaps)
    given = [c for c in card.contributions if c in contributions]
    if given:
        names = ", ".join(label(Contribution, c) for c in given)
        fits.append(_("Brings what is sought: %(kinds)s") % {"kinds": names})
    lacking = sorted(contributions - set(card.contributions))
    if lacking and card.contributions:
        names = ", ".join(label(Contribution, c) for c in lacking)
        gaps.append(_("Sought, but not offered: %(kinds)s") % {"kinds": names})
    return fits, gaps


def _needs(needs: Sequence[SoughtNeed], met: Sequence[bool]) -> tuple[list[str], list[str]]:
    answered = [need.title for need, yes in zip(needs, met, strict=False) if yes]
    left = [need.title for need, yes in zip(needs, met, strict=False) if not yes]
    fits = [_("Answers the need: %(needs)s") % {"needs": "; ".join(answered)}] if answered else []
    gaps = [_("Leaves open the need: %(needs)s") % {"needs": "; ".join(left)}] if left else []
    return fits, gaps


def _add_readiness(initiative: Initiative, card: Card, fits: list[str], gaps: list[str]) -> None:
    """The technology readiness level (TKT 1-9) against the least that the initiative takes."""
    if initiative.minimum_tkt is None:
        return
    if card.tkt is None:
        gaps.append(_("States no readiness level; TKT %(least)s is asked") % {"least": initiative.minimum_tkt})
        return
    values = {"level": card.tkt, "least": initiative.minimum_tkt}
    if card.tkt >= initiative.minimum_tkt:
        fits.append(_("Ready enough: TKT %(level)s, at least %(least)s is asked") % values)
    else:
        gaps.append(_("TKT %(level)s, but at least %(least)s is asked") % values)
