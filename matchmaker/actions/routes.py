"""What a talk answers to the questions of the route, and how the programme office keeps the tables behind it."""

from dataclasses import asdict
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.notices import notify
from matchmaker.actions.steps import take_step
from matchmaker.errors import Conflict, Invalid
from matchmaker.i18n import gettext as _
from matchmaker.inputs.route import GuideInput, RouteAnswersInput, RuleInput
from matchmaker.routes import QUESTIONS, Answers, answers_in, in_force, leads_everywhere
from matchmaker.states import OPEN
from models import Conversation, RouteAnswer, RouteChange, RouteGuide, RouteRule, now
from models.vocabulary import NoticeKind, PairState, Reason, Step

#: What is written down of a row with each change.
_APART = {"id", "edited_at"}


async def answer_route(
    session: AsyncSession, viewer: Viewer | None, conversation_id: int, standing: Answers, given: RouteAnswersInput
) -> RouteAnswer:
    """Keeps the answers of a talk, by a member of either side; the other side is told. ``standing``: what is presumed
    where nobody has answered.
    """
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    if PairState(conversation.state) not in OPEN:
        raise Conflict(_("This conversation is closed."))
    viewer = access.signed_in(viewer)
    own_side = access.side_of(viewer, conversation)
    row = await session.get(RouteAnswer, conversation_id, populate_existing=True)
    if given.version is not None and given.version != (row.version if row else 0):
        raise Conflict(_("The other side has changed these answers meanwhile. Look at them, then save again."))
    chosen = {name: getattr(given, name) for name in QUESTIONS if getattr(given, name) is not None}
    before = answers_in(row) if row else standing
    answers = before.changed(chosen)
    if row is not None and answers == before:
        return row
    if row is None:
        row = RouteAnswer(conversation_id=conversation_id, version=0, **asdict(answers), **_made(viewer, own_side))
    row.sqlmodel_update(asdict(answers) | _made(viewer, own_side) | {"version": row.version + 1})
    session.add(row)
    await session.flush()
    await notify(
        session,
        NoticeKind.agreement,
        [access.other_side(conversation, own_side)],
        actor_id=own_side,
        detail="route",
        conversation_id=conversation_id,
    )
    return row


def _made(viewer: Viewer, own_side: int) -> dict[str, Any]:
    return {"organisation_id": own_side, "account_id": viewer.account_id, "updated_at": now()}


async def leave_for_other_route(session: AsyncSession, viewer: Viewer | None, conversation_id: int) -> Conversation:
    """Ends a talk whose matter goes another legal way."""
    conversation = await access.conversation_to_read(session, viewer, conversation_id, lock=True)
    await take_step(session, viewer, conversation, Step.leave, reason=Reason.route_blocked)
    return conversation


async def route_row_to_edit(
    session: AsyncSession, viewer: Viewer | None, table: type[RouteGuide] | type[RouteRule], row_id: int
) -> RouteGuide | RouteRule:
    """For the programme office. Of the decision every row is held, not that one alone: whether answers still lead
    somewhere depends on all.
    """
    access.office(viewer)
    if table is RouteRule:
        await hold_rules(session)
    return await access.by_id(session, table, row_id, lock=True)


async def hold_rules(session: AsyncSession) -> list[RouteRule]:
    """All rows of the decision, always in one order, so that two who change them do it one after the other."""
    query = select(RouteRule).order_by(col(RouteRule.id)).with_for_update()
    return list((await session.exec(query)).all())


async def edit_route_row(
    session: AsyncSession, viewer: Viewer | None, row: RouteGuide | RouteRule, given: GuideInput | RuleInput
) -> None:
    """Of the national table, or of a region's variant. The files no longer change what was edited."""
    viewer = access.office(viewer)
    if given.version != row.version:
        raise Conflict(_("Somebody else has changed this row meanwhile. Look at it again, then save."))
    before, values = content_of(row), given.model_dump(mode="json", exclude={"version"})
    if isinstance(row, RouteRule) and row.decides and len(values["routes"]) != 1:
        raise Invalid({"routes": _("Choose one route: this row decides.")})
    row.sqlmodel_update(values)
    if before == content_of(row):
        return
    row.version, row.edited_at = row.version + 1, now()
    session.add(row)
    await session.flush()
    if isinstance(row, RouteRule):
        await _refuse_gaps(session)
    note_route_change(session, viewer, row, before, content_of(row))


async def add_variant(
    session: AsyncSession, viewer: Viewer | None, row: RouteGuide | RouteRule, region_code: str
) -> RouteGuide | RouteRule:
    """A region's own row in the place of the national one, at first with the same text."""
    viewer = access.office(viewer)
    table = type(row)
    query = select(table.id).where(col(table.code) == row.code, col(table.region_code) == region_code)
    if (await session.exec(query)).first() is not None:
        raise Invalid({"region_code": _("This region has a variant already.")})
    kept = row.model_dump(exclude={"id", "region_code", "version"})
    variant = table(**kept | {"region_code": region_code, "edited_at": now()})
    session.add(variant)
    await session.flush()
    note_route_change(session, viewer, variant, None, content_of(variant))
    return variant


async def remove_row(session: AsyncSession, viewer: Viewer | None, row: RouteGuide | RouteRule) -> None:
    """A variant: the national row holds again for that region. Or a national row of the decision: an update of the
    platform does not bring it back, and variants of it stay in force in their regions.
    """
    viewer = access.office(viewer)
    if row.region_code is None and isinstance(row, RouteGuide):
        raise Conflict(_("The national row says what a route asks for, and stays."))
    note_route_change(session, viewer, row, content_of(row), None)
    await session.delete(row)
    await session.flush()
    await _refuse_gaps(session)


async def _refuse_gaps(session: AsyncSession) -> None:
    """A table in which some answers lead nowhere would leave people without a page."""
    rules = (await session.exec(select(RouteRule))).all()
    if not all(leads_everywhere(in_force(rules, code)) for code in {rule.region_code for rule in rules}):
        raise Invalid({"": _("With this change some answers would lead to no route. Keep a row for them.")})


def content_of(row: RouteGuide | RouteRule) -> dict[str, Any]:
    return {name: value for name, value in row.model_dump(mode="json").items() if name not in _APART | {"version"}}


def note_route_change(
    session: AsyncSession,
    viewer: Viewer,
    row: RouteGuide | RouteRule,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    session.add(
        RouteChange(
            kind="guide" if isinstance(row, RouteGuide) else "rule",
            code=row.code,
            region_code=row.region_code,
            account_id=viewer.account_id,
            before=before,
            after=after,
        )
    )
