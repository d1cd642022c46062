"""Slows down whoever tries too often."""

import hashlib
import time

from sqlalchemy import text

from matchmaker.database import Database
from matchmaker.errors import TooMany
from matchmaker.i18n import ngettext

# One statement that counts and answers: two attempts at the same moment get two numbers. Same on both databases.
_COUNT = text(
    'INSERT INTO attempt (key, "window", count) VALUES (:key, :window, 1) '
    'ON CONFLICT (key, "window") DO UPDATE SET count = attempt.count + 1 RETURNING count'
)
_FORGET = text('DELETE FROM attempt WHERE "window" < :window')


async def count_attempt(database: Database, what: str, who: str, *, most: int, seconds: int) -> None:
    """Counts one attempt of ``who`` at ``what``; raises TooMany past ``most`` within a window of ``seconds``.

    Counted in a transaction of its own, so that the failure it leads to does not roll the count back.
    """
    window = int(time.time()) // seconds
    key = f"{what[:20]}:{hashlib.sha256(who.encode()).hexdigest()[:40]}"
    async with database.transaction() as session:
        connection = await session.connection()
        count = (await connection.execute(_COUNT, {"key": key, "window": window})).scalar_one()
        if count == 1:
            # Windows count seconds/length, so old rows of the same length are behind this one. Longer ones are
            # smaller numbers and would go too early: all limits share one length.
            await connection.execute(_FORGET, {"window": window - 4})
    if count > most:
        wait = seconds - int(time.time()) % seconds
        minutes = max(1, round(wait / 60))
        said = ngettext(
            "Too many attempts. Try again in about %(num)s minute.",
            "Too many attempts. Try again in about %(num)s minutes.",
            minutes,
        )
        raise TooMany(said % {"num": minutes}, wait)
