"""The first steps of somebody new: worked out from what is there, so nothing of it is stored, and gone once done."""

from dataclasses import dataclass
from enum import StrEnum

from matchmaker.access import Viewer
from matchmaker.i18n import gettext as _
from matchmaker.reading.desk import OwnItem
from models.vocabulary import OrganisationKind


class StepState(StrEnum):
    """``wait``: somebody else has to act."""

    done = "done"
    now = "now"
    wait = "wait"
    later = "later"


@dataclass(frozen=True)
class Step:
    """``why``: one line on what it is good for."""

    title: str
    why: str
    href: str
    action: str
    state: StepState


@dataclass(frozen=True)
class _Draft:
    """A step before it is known which one is next. ``open``: it can be taken now."""

    title: str
    why: str
    href: str
    action: str
    done: bool
    waits: bool = False


def first_steps(viewer: Viewer, items: list[OwnItem], asked: list[tuple[int, str]], *, in_touch: bool) -> list[Step]:
    """In order; empty once all are done, and for the programme office. ``in_touch``: an interest went or came."""
    if viewer.is_office and not viewer.memberships:
        return []
    if not viewer.memberships:
        drafts = [_organisation(asked), *_before_belonging()]
    elif viewer.acts_for(OrganisationKind.region):
        drafts = _for_region(viewer, items, in_touch)
    else:
        drafts = _for_partner(viewer, items, in_touch)
    return [] if all(d.done for d in drafts) else _in_order(drafts)


def _in_order(drafts: list[_Draft]) -> list[Step]:
    steps, taken = [], False
    for d in drafts:
        state = StepState.done if d.done else StepState.wait if d.waits else StepState.later
        if state == StepState.later and not taken:
            state, taken = StepState.now, True
        steps.append(Step(d.title, d.why, d.href, d.action, state))
    return steps


def _organisation(asked: list[tuple[int, str]]) -> _Draft:
    title = _("Say which organisation you work for")
    if asked:
        organisation_id, name = asked[0]
        why = _("You have asked to join %(organisation)s. One of its admins will answer.") % {"organisation": name}
        return _Draft(title, why, f"/organisasi/{organisation_id}", _("See the organisation"), done=False, waits=True)
    why = _("Needs are posted and talks are held by organisations, not by persons.")
    return _Draft(title, why, "/organisasi", _("Find my organisation"), done=False)


def _before_belonging() -> list[_Draft]:
    return [
        _Draft(
            _("Describe what you need or what you can do"),
            _("A region posts an initiative; a company or a campus registers a capability."),
            "/bantuan/menulis",
            _("How to write it"),
            done=False,
        ),
        _Draft(
            _("See who fits, and express interest"),
            _("The platform suggests partners and says why. One message opens the talk."),
            "/bantuan/kecocokan",
            _("How matching works"),
            done=False,
        ),
    ]


def _joined(viewer: Viewer) -> _Draft:
    first = viewer.memberships[0]
    return _Draft(_("Say which organisation you work for"), first.name, "", "", done=True)


def _verified(viewer: Viewer, why: str) -> _Draft:
    pending = [m for m in viewer.memberships if not m.verified]
    href = f"/organisasi/{pending[0].organisation_id}/ubah" if pending else ""
    return _Draft(
        _("Be verified by the programme office"), why, href, _("Complete the profile"), done=not pending, waits=True
    )


def _for_region(viewer: Viewer, items: list[OwnItem], in_touch: bool) -> list[_Draft]:
    own = [i for i in items if i.kind == "initiative"]
    why = _(
        "The office vouches that you speak for your region; then initiatives can be published. Drafts can be written."
    )
    return [
        _joined(viewer),
        _verified(viewer, why),
        _Draft(
            _("Write down a first need"),
            _("A draft needs only a title, and nobody outside your organisation sees it."),
            "/inisiatif/baru",
            _("Post an initiative"),
            done=bool(own),
        ),
        _publication(own, _("Publish the initiative")),
        _first_touch(own, in_touch),
    ]


def _for_partner(viewer: Viewer, items: list[OwnItem], in_touch: bool) -> list[_Draft]:
    own = [i for i in items if i.kind == "card"]
    why = _(
        "You can begin without it. Until then your cards say so, "
        "and only five expressions of interest a day can be sent."
    )
    return [
        _joined(viewer),
        _Draft(
            _("Describe a first capability"),
            _("One card for each thing that you do well: every card is matched on its own."),
            "/kapabilitas/baru",
            _("Register a capability"),
            done=bool(own),
        ),
        _publication(own, _("Publish the card")),
        _first_touch(own, in_touch),
        _verified(viewer, why),
    ]


def _publication(own: list[OwnItem], title: str) -> _Draft:
    draft = next((i for i in own if i.is_draft), None)
    path = {"initiative": "inisiatif", "card": "kapabilitas"}
    return _Draft(
        title,
        _("Only what is published is seen and matched. The form says what is still missing."),
        f"/{path[draft.kind]}/{draft.id}/ubah" if draft else "",
        _("Continue writing"),
        done=any(i.published_at for i in own),
    )


def _first_touch(own: list[OwnItem], in_touch: bool) -> _Draft:
    published = next((i for i in own if i.is_open), None)
    path = {"initiative": "inisiatif", "card": "kapabilitas"}
    return _Draft(
        _("See who fits, and express interest"),
        _("The platform suggests partners and says why. One message opens the talk."),
        f"/{path[published.kind]}/{published.id}/saran" if published else "/saran",
        _("See suggestions"),
        done=in_touch,
    )
