"""Rows of the decision: added and moved by the programme office. The route finder follows at once."""

import re

from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.routes import content_of, hold_rules, note_route_change
from matchmaker.errors import Conflict, Invalid
from matchmaker.facts.routes import arrange, order_of
from matchmaker.i18n import gettext as _
from matchmaker.inputs.route import NewRuleInput
from models import RouteRule, now

_LONGEST_CODE = 36


async def add_rule(session: AsyncSession, viewer: Viewer | None, given: NewRuleInput) -> RouteRule:
    """For the whole country, in front of the row that was named, or at the end."""
    viewer = access.office(viewer)
    rules = await hold_rules(session)
    if given.decides and len(given.routes) != 1:
        raise Invalid({"routes": _("Choose one route: this row decides.")})
    follower = next((rule.code for rule in rules if rule.id == given.before), None)
    if given.before is not None and follower is None:
        raise Invalid({"before": _("Choose one from the list.")})
    codes = order_of(rules)
    rule = RouteRule(
        code=_new_code(given.reason_en, codes),
        position=0,
        edited_at=now(),
        **given.model_dump(mode="json", exclude={"before"}),
    )
    codes.insert(codes.index(follower) if follower else len(codes), rule.code)
    session.add(rule)
    arrange([*rules, rule], codes)
    await session.flush()
    note_route_change(session, viewer, rule, None, content_of(rule))
    return rule


def _new_code(reason: str, taken: list[str]) -> str:
    """From its sentence, so that the history reads well."""
    code = re.sub(r"[^a-z0-9]+", "_", reason.lower())[:_LONGEST_CODE].strip("_") or "rule"
    numbered = (f"{code}_{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (code, *numbered) if name not in taken)


async def move_rule(session: AsyncSession, viewer: Viewer | None, rule: RouteRule, *, up: bool) -> None:
    """Past the next one of its kind. Variants of regions stand where their national row stands."""
    viewer = access.office(viewer)
    if rule.region_code is not None:
        raise Conflict(_("The variant of a region stands where the national row stands. Move that one."))
    rules = await hold_rules(session)
    codes = order_of(rules)
    alike = {r.code for r in rules if r.decides == rule.decides and r.region_code is None}
    group = [code for code in codes if code in alike]
    place = group.index(rule.code) + (-1 if up else 1)
    if not 0 <= place < len(group):
        return
    before = content_of(rule)
    codes.remove(rule.code)
    codes.insert(codes.index(group[place]) + (0 if up else 1), rule.code)
    arrange(rules, codes)
    await session.flush()
    note_route_change(session, viewer, rule, before, content_of(rule))
