"""Every step from every state, tried by both sides of every kind of pair: what is allowed, and what follows."""

from datetime import timedelta

import pytest
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker import access
from matchmaker.access import Viewer
from matchmaker.actions.steps import take_step, take_step_by_clock
from matchmaker.database import Database
from matchmaker.errors import Conflict, Forbidden, Invalid
from matchmaker.states import Path
from models import Conversation, Event, Notice, Organisation, StateChange, now
from models.vocabulary import LegalForm, PairState, Step
from tests.world import Scene, World, viewer_of

FORMS = {
    Path.cooperation: LegalForm.private_university,
    Path.synergy: LegalForm.state_university_blu,
    Path.abroad: LegalForm.foreign,
}
# state, step, by whom -> state, whose turn, within days, on which paths; written out, not read off the table.
ALLOWED = """
exploring draft_terms both -> terms_drafted other 14
terms_drafted submit region -> to_tkksd region 30
returned submit region -> to_tkksd region 30
to_tkksd return region -> returned region 30
returned revise both -> terms_drafted other 14
to_tkksd revise both -> terms_drafted other 14
to_tkksd sign_kb region -> kb_signed region 30
to_tkksd sign_pks region -> pks_signed region 14 cooperation
kb_signed sign_pks region -> pks_signed region 14 cooperation,abroad
kb_signed start region -> running partner 90 synergy
pks_signed start region -> running partner 90
running finish both -> finished nobody 0
exploring leave both -> withdrawn nobody 0
terms_drafted leave both -> withdrawn nobody 0
to_tkksd leave both -> withdrawn nobody 0
returned leave both -> withdrawn nobody 0
kb_signed leave both -> withdrawn nobody 0
exploring give_up both -> unreachable nobody 0
terms_drafted give_up both -> unreachable nobody 0
stale reopen both -> exploring other 14
unreachable reopen both -> exploring other 14
"""
Expected = dict[tuple[str, str, str], tuple[str, str, int]]


def expected_on(path: Path) -> Expected:
    found: Expected = {}
    for line in ALLOWED.strip().splitlines():
        before, after = (half.split() for half in line.split("->"))
        if path not in (after[3].split(",") if len(after) > 3 else list(Path)):
            continue
        for side in ("region", "partner") if before[2] == "both" else (before[2],):
            found[before[0], before[1], side] = (after[0], after[1], int(after[2]))
    return found


async def set_state(session: AsyncSession, conversation: Conversation, state: PairState) -> None:
    for table in (Event, Notice, StateChange):
        await session.exec(delete(table))
    conversation.state = state
    session.add(conversation)
    await session.flush()


@pytest.mark.parametrize("path", Path)
async def test_every_step_by_every_side(database: Database, world: World, scene: Scene, path: Path) -> None:
    people = {"region": await viewer_of(database, world.officer), "partner": await viewer_of(database, world.founder)}
    sides = {name: viewer.organisation_ids[0] for name, viewer in people.items()}
    expected, happened = expected_on(path), set()
    async with database.transaction() as session:
        partner = await access.by_id(session, Organisation, sides["partner"])
        partner.legal_form = FORMS[path]
        session.add(partner)
        conversation = await access.conversation_to_read(session, people["region"], scene.conversation, lock=True)
        for state in PairState:
            for step in Step:
                for side, viewer in people.items():
                    await set_state(session, conversation, state)
                    if await tried(session, viewer, conversation, step):
                        happened.add((state.value, step.value, side))
                        await check(session, conversation, side, sides, expected[state, step, side])
    assert happened == set(expected)


async def tried(session: AsyncSession, viewer: Viewer, conversation: Conversation, step: Step) -> bool:
    try:
        await take_step(session, viewer, conversation, step, reason="no_budget", note="As we said.", signed=True)
    except (Conflict, Forbidden):
        assert (await session.exec(select(StateChange))).first() is None
        assert (await session.exec(select(Notice))).first() is None
        return False
    return True


async def check(
    session: AsyncSession, talk: Conversation, side: str, sides: dict[str, int], then: tuple[str, str, int]
) -> None:
    target, turn, days = then
    other = "partner" if side == "region" else "region"
    assert talk.state == target
    assert talk.next_actor_id == {"other": sides[other], "nobody": None}.get(turn, sides.get(turn))
    if days:
        assert talk.due_at is not None
        assert timedelta(0) <= now() + timedelta(days=days) - talk.due_at < timedelta(minutes=5)
    else:
        assert talk.due_at is None
    told = (await session.exec(select(Notice.organisation_id))).all()
    assert list(told) == [sides[other]]
    change = (await session.exec(select(StateChange))).one()
    assert (change.target, change.organisation_id, change.note) == (target, sides[side], "As we said.")
    # A reason is kept where one is asked for, and nowhere else.
    assert bool(change.reason) == (change.step in (Step.return_, Step.leave, Step.give_up))


async def test_the_clock_tells_both_and_nobody_is_the_actor(database: Database, world: World, scene: Scene) -> None:
    viewer = await viewer_of(database, world.officer)
    async with database.transaction() as session:
        conversation = await access.conversation_to_read(session, viewer, scene.conversation, lock=True)
        await set_state(session, conversation, PairState.exploring)
        await take_step_by_clock(session, conversation, Step.go_stale, "no_reply")
        told = (await session.exec(select(Notice.organisation_id).order_by(col(Notice.organisation_id)))).all()
        assert list(told) == sorted((conversation.region_side_id, conversation.partner_side_id))
        assert (conversation.state, conversation.next_actor_id, conversation.due_at) == ("stale", None, None)
        with pytest.raises(Conflict):
            await take_step_by_clock(session, conversation, Step.go_stale, "no_reply")


async def test_a_reason_is_asked_for_before_anything_is_written(
    database: Database, world: World, scene: Scene
) -> None:
    viewer = await viewer_of(database, world.founder)
    async with database.transaction() as session:
        conversation = await access.conversation_to_read(session, viewer, scene.conversation, lock=True)
        with pytest.raises(Invalid) as refused:
            await take_step(session, viewer, conversation, Step.leave)
        assert set(refused.value.errors) == {"reason"}
        assert conversation.state == PairState.exploring
