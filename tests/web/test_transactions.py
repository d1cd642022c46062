"""One request, one transaction: what raises after writing has written nothing."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from matchmaker.database import Database
from matchmaker.web import initiative_form
from models import Initiative
from tests.visitor import Visitor
from tests.web.forms import INITIATIVE_FORM
from tests.world import World

Visit = Callable[..., Visitor]


@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError("after the writing"), 500), (OperationalError("COMMIT", {}, Exception("the disk is full")), 503)],
)
async def test_a_failure_after_writing_undoes_it(
    visit: Visit, world: World, database: Database, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    async def fail(*_given: object, **_more: object) -> None:
        raise error

    officer = visit()
    await officer.sign_in(world.officer)
    await officer.get("/inisiatif/baru")
    monkeypatch.setattr(initiative_form, "saved_then_published", fail)
    answer = await officer.submit("/inisiatif/baru", INITIATIVE_FORM)
    assert answer.status == status
    assert "after the writing" not in answer.html
    assert "disk" not in answer.html
    async with database.transaction(write=False) as session:
        assert (await session.exec(select(Initiative.id))).all() == []
    # And the next one goes through.
    monkeypatch.undo()
    await officer.get("/inisiatif/baru")
    assert (await officer.submit("/inisiatif/baru", INITIATIVE_FORM)).status == 303
