"""What makes a repeated POST act once: its key is claimed in the transaction of the act itself."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.database import insert_unless_present
from matchmaker.errors import Conflict
from matchmaker.i18n import gettext as _
from models import IdempotentAnswer, now

# Repeats come within minutes. What was answered may hold a name or an address, so it is not kept longer than this.
KEPT_FOR = timedelta(days=2)


async def claim_key(session: AsyncSession, caller: str, key: str, request_hash: str) -> IdempotentAnswer:
    """The row of this key: ``status`` 0 for whoever came first and is to act now, else the first answer.

    Two requests at the same moment cannot both come first: on SQLite writers queue for the database, on
    PostgreSQL the second insert waits until the first transaction ends. Conflict, if the key was used for
    something else.
    """
    await _forget_old(session)
    values = {"caller": caller, "key": key, "request_hash": request_hash, "status": 0, "body": ""}
    await insert_unless_present(session, IdempotentAnswer, values | {"created_at": now()})
    query = select(IdempotentAnswer).where(IdempotentAnswer.caller == caller, IdempotentAnswer.key == key)
    row = (await session.exec(query)).one()
    if row.request_hash != request_hash:
        raise Conflict(_("This Idempotency-Key was used for another request. Take a new one."))
    return row


async def _forget_old(session: AsyncSession) -> None:
    """A few at a time, and none that another request is forgetting: nobody waits for this."""
    old = (
        select(IdempotentAnswer.id)
        .where(IdempotentAnswer.created_at < now() - KEPT_FOR)
        .limit(100)
        .with_for_update(skip_locked=True)
    )
    await session.exec(delete(IdempotentAnswer).where(col(IdempotentAnswer.id).in_(old)))


async def keep_answer(session: AsyncSession, claim: IdempotentAnswer, status: int, body: str) -> None:
    claim.status, claim.body = status, body
    session.add(claim)
    await session.flush()
