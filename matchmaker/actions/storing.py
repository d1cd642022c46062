"""Notes which files on the disk are kept, and sweeps the others."""

import asyncio

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from matchmaker.database import Database, insert_unless_present
from matchmaker.storage import Kept, Storage, orphans_before
from models import StoredFile, now

_AT_ONCE = 500


async def note_stored(session: AsyncSession, kept: Kept) -> None:
    """Within the transaction of the row that refers to it: what is rolled back is not kept. A row that is there
    already is held until then, lest it be released before the new one refers to it: hence ``raising``, for a size
    that never differs.
    """
    values = {"sha256": kept.sha256, "size": kept.size, "created_at": now()}
    await insert_unless_present(session, StoredFile, values, raising="size")


async def release_stored(session: AsyncSession, sha256: str) -> None:
    """After a row that showed it is gone: the next sweep takes the file, unless another row shows the same content."""
    try:
        async with session.begin_nested():
            await session.exec(delete(StoredFile).where(col(StoredFile.sha256) == sha256))
    except IntegrityError:
        # The other row refers to it, and the database holds on to what is referred to.
        return


async def sweep_files(database: Database, storage: Storage) -> int:
    """Removes old files that no row tells of: their transaction was rolled back, or their process killed."""
    before = orphans_before()
    swept = await asyncio.to_thread(storage.forget_half_ones, before)
    names = await asyncio.to_thread(lambda: list(storage.old_ones(before)))
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        async with database.transaction(write=False) as session:
            query = select(StoredFile.sha256).where(col(StoredFile.sha256).in_(some))
            noted = set((await session.exec(query)).all())
        for name in sorted(set(some) - noted):
            swept += await asyncio.to_thread(storage.forget, name, before)
    return swept
