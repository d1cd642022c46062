"""A short form of ``benchmarks.robust``: what was acknowledged is there once, in order, on both sides."""

import asyncio

import pytest

from benchmarks.robust import Plan, run

# Every part is killed once and started again.
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("sqlite", [True, False], ids=["one process on SQLite", "every part"])
async def test_nothing_acknowledged_is_lost_or_doubled(sqlite: bool) -> None:
    plan = Plan(users=12, seconds=12 if sqlite else 25, kill_every=4, pause=1, sqlite=sqlite)
    verdict = await asyncio.to_thread(run, plan)
    # Something went on between one kill and the next, on however slow a machine.
    assert verdict.acknowledged["message"] > verdict.kills > 0
    assert verdict.good, str(verdict)
