"""What makes a repeated POST act once: its key is claimed in the transaction of the act itself."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.database import insert_unless_present
from matchmaker.errors import Conflict
from matchmaker.i18n import gettext as _
from models import IdempotentAnswer, now


async def claim_key(session: AsyncSession, caller: str, key: str, request_hash: str) -> IdempotentAnswer:
    """The row of this key: ``status`` 0 for whoever came first and is to act now, else the first answer.

    Two requests at the same moment cannot both come first: on SQLite writers queue for the database, on
    PostgreSQL the second insert waits until the first transaction ends. Conflict, if the key was used for
    something else.
    """
    values = {"caller": caller, "key": key, "request_hash": request_hash, "status": 0, "body": ""}
    await insert_unless_present(session, IdempotentAnswer, values | {"created_at": now()})
    query = select(IdempotentAnswer).where(IdempotentAnswer.caller == caller, IdempotentAnswer.key == key)
    row = (await session.exec(query)).one()
    if row.request_hash != request_hash:
        raise Conflict(_("This Idempotency-Key was used for another request. Take a new one."))
    return row


async def keep_answer(session: AsyncSession, claim: IdempotentAnswer, status: int, body: str) -> None:
    claim.status, claim.body = status, body
    session.add(claim)
    await session.flush()
