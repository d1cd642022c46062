"""Files on the disk: whole or not at all, and only those that somebody refers to."""

import asyncio
import errno
import hashlib
import io
import os
import time
from pathlib import Path

import pytest

from matchmaker.actions.storing import note_stored, sweep_files
from matchmaker.database import Database
from matchmaker.errors import NoRoom, NotFound, TooLarge
from matchmaker.storage import CHUNK, ORPHAN_AFTER, Kept, Storage

CONTENT = os.urandom(3 * CHUNK + 17)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "files")


def everything_in(storage: Storage) -> list[Path]:
    return [place for place in storage.folder.rglob("*") if place.is_file()]


async def content_of(storage: Storage, sha256: str) -> bytes:
    return b"".join([stretch async for stretch in await storage.read(sha256)])


def make_old(path: Path) -> None:
    then = time.time() - ORPHAN_AFTER - 60
    os.utime(path, (then, then))


async def test_what_was_written_in_pieces_is_read_back_in_pieces(storage: Storage) -> None:
    async with storage.receive(len(CONTENT)) as incoming:
        for start in range(0, len(CONTENT), 70_000):
            await incoming.write(CONTENT[start : start + 70_000])
        assert await incoming.settle() == Kept(SHA256, len(CONTENT))
    assert everything_in(storage) == [storage.folder / SHA256[:2] / SHA256[2:]]
    stretches = [stretch async for stretch in await storage.read(SHA256)]
    assert b"".join(stretches) == CONTENT
    assert max(map(len, stretches)) <= CHUNK


async def test_an_empty_file_and_the_same_content_twice(storage: Storage) -> None:
    empty = await storage.keep(b"")
    assert (empty.size, await content_of(storage, empty.sha256)) == (0, b"")
    first, second = await asyncio.gather(storage.keep(CONTENT), storage.keep(CONTENT))
    assert first == second
    assert len(everything_in(storage)) == 2


async def test_nothing_is_left_of_what_is_too_large_unsettled_or_broken_off(storage: Storage) -> None:
    with pytest.raises(TooLarge):
        async with storage.receive(CHUNK) as incoming:
            await incoming.write(CONTENT)
    async with storage.receive(len(CONTENT)) as incoming:
        await incoming.write(CONTENT)
        assert (await incoming.finish()).sha256 == SHA256

    begun = asyncio.Event()

    async def stall() -> None:
        async with storage.receive(len(CONTENT)) as incoming:
            await incoming.write(CONTENT)
            begun.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(stall())
    await begun.wait()
    assert len(everything_in(storage)) == 1
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert everything_in(storage) == []


async def test_a_full_disk_is_told_and_leaves_nothing(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        await storage.keep(b"x")
    monkeypatch.undo()
    assert everything_in(storage) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
async def test_a_disk_that_fills_up_on_the_way(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchmaker.storage._create", lambda _place: io.FileIO("/dev/full", "wb"))
    with pytest.raises(NoRoom):
        await storage.keep(CONTENT)
    assert everything_in(storage) == []


async def test_a_lost_file_is_not_found(storage: Storage) -> None:
    with pytest.raises(NotFound):
        await storage.read(SHA256)


async def test_the_sweep_takes_old_files_that_no_row_tells_of(database: Database, storage: Storage) -> None:
    noted, orphan, young = [await storage.keep(content) for content in (b"noted", b"orphan", b"young")]
    half = storage.folder / "incoming" / "half"
    half.write_bytes(b"of a process that was killed")
    async with database.transaction() as session:
        await note_stored(session, noted)
        await note_stored(session, noted)
    for place in (storage.path(noted.sha256), storage.path(orphan.sha256), half):
        make_old(place)
    assert await sweep_files(database, storage) == 2
    assert set(everything_in(storage)) == {storage.path(noted.sha256), storage.path(young.sha256)}
    assert await sweep_files(database, storage) == 0


async def test_the_sweep_leaves_a_content_that_has_just_come_again(storage: Storage) -> None:
    kept = await storage.keep(b"again")
    make_old(storage.path(kept.sha256))
    before = time.time() - ORPHAN_AFTER
    assert list(storage.old_ones(before)) == [kept.sha256]
    await storage.keep(b"again")
    assert storage.forget(kept.sha256, before) is False
    assert await content_of(storage, kept.sha256) == b"again"
    assert storage.forget("0" * 64, before) is False


async def test_a_rolled_back_transaction_keeps_no_file(database: Database, storage: Storage) -> None:
    kept = await storage.keep(b"rolled back")

    async def act() -> None:
        async with database.transaction() as session:
            await note_stored(session, kept)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await act()
    make_old(storage.path(kept.sha256))
    assert await sweep_files(database, storage) == 1


def test_the_operator_is_told_where_files_cannot_be_kept(storage: Storage, tmp_path: Path) -> None:
    assert storage.trouble() == ""
    (tmp_path / "taken").write_text("a file where the folder should be")
    assert "files cannot be kept in" in Storage(tmp_path / "taken").trouble()
