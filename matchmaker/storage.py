"""Files on disk, found by what is in them: ``ab/cdef...`` of the SHA-256 of their content.

A file is written under a name of its own and moved to its place whole, so that no half one is ever found. Whoever
keeps one notes it in their transaction (``actions.storing``); what nobody noted is swept after a day.
"""

import asyncio
import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from matchmaker.errors import NoRoom, NotFound, TooLarge

# What is written and read at once: a step aside to a thread for less would cost more than the disk.
CHUNK = 512 * 1024
#: Seconds after which a file that nobody noted is one that nobody will note.
ORPHAN_AFTER = 24 * 60 * 60
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class Kept:
    """A file in its place. ``size`` in bytes."""

    sha256: str
    size: int


class Storage:
    """The folder of one installation. It is made when something is first put there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def _incoming(self) -> Path:
        return self.folder / "incoming"

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:]

    @asynccontextmanager
    async def receive(self, most: int) -> AsyncIterator["Incoming"]:
        """A file to be written, of at most so many bytes; it is gone at the end unless it was settled."""
        place = self._incoming / secrets.token_hex(16)
        with _room():
            file = await asyncio.to_thread(_create, place)
        incoming = Incoming(self, place, file, most)
        try:
            yield incoming
        finally:
            incoming.discard()

    async def keep(self, data: bytes) -> Kept:
        """What was made here, as a whole."""
        async with self.receive(len(data)) as incoming:
            await incoming.write(data)
            return await incoming.settle()

    async def read(self, sha256: str) -> AsyncIterator[bytes]:
        """The content in stretches; NotFound at once, and not on the way, where it is lost."""
        try:
            file = await asyncio.to_thread(self.path(sha256).open, "rb")
        except FileNotFoundError:
            raise NotFound from None
        return _stretches(file)

    def old_ones(self, before: float) -> Iterator[str]:
        """The names of all that came before a moment (seconds since the epoch)."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for place in sorted(folder.iterdir()):
                if place.stat().st_mtime < before:
                    yield folder.name + place.name

    def forget(self, sha256: str, before: float) -> bool:
        """Removes a file that came before a moment, and no other: the same content may be arriving again just now."""
        aside = self._incoming / secrets.token_hex(16)
        aside.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.path(sha256).rename(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime >= before:
            aside.rename(self.path(sha256))
            return False
        aside.unlink()
        return True

    def forget_half_ones(self, before: float) -> int:
        """Removes what a killed process was still writing."""
        left = [place for place in self._incoming.glob("*") if place.stat().st_mtime < before]
        for place in left:
            place.unlink(missing_ok=True)
        return len(left)

    def trouble(self) -> str:
        """Why nothing can be kept here, in words for the operator; empty where all is well."""
        try:
            place = self._incoming / secrets.token_hex(16)
            _create(place).close()
            place.unlink()
            free = shutil.disk_usage(self.folder).free
        except OSError as error:
            return f"files cannot be kept in {self.folder}: {error.strerror}"
        return f"less than 100 MB are free for files in {self.folder}" if free < 100 * 1024 * 1024 else ""


class Incoming:
    """A file on its way, hashed as it comes."""

    def __init__(self, storage: Storage, place: Path, file: BinaryIO, most: int) -> None:
        self._storage, self.place, self._file, self._most = storage, place, file, most
        self._hash = hashlib.sha256()
        self._waiting = bytearray()
        self._size = 0

    async def write(self, data: bytes) -> None:
        """TooLarge beyond the limit, NoRoom where the disk is full."""
        self._size += len(data)
        if self._size > self._most:
            raise TooLarge
        self._waiting += data
        if len(self._waiting) >= CHUNK:
            await self._write_waiting()

    async def finish(self) -> Kept:
        """Everything is on the disk, though nobody finds it yet. May be asked again."""
        if not self._file.closed:
            await self._write_waiting()
            with _room():
                await asyncio.to_thread(_to_disk, self._file)
        return Kept(self._hash.hexdigest(), self._size)

    async def settle(self) -> Kept:
        """Puts it in its place. The same content again replaces the file, which then counts as new for the sweep."""
        kept = await self.finish()
        with _room():
            await asyncio.to_thread(_move, self.place, self._storage.path(kept.sha256))
        return kept

    def discard(self) -> None:
        """Nothing waits here: it must also happen where the request is being cancelled."""
        try:
            self._file.close()
        except OSError as error:
            # A full disk tells so once more when the last bytes are given up.
            if error.errno not in _FULL:
                raise
        self.place.unlink(missing_ok=True)

    async def _write_waiting(self) -> None:
        waiting, self._waiting = bytes(self._waiting), bytearray()
        with _room():
            await asyncio.to_thread(self._take, waiting)

    def _take(self, data: bytes) -> None:
        self._hash.update(data)
        self._file.write(data)


def _create(place: Path) -> BinaryIO:
    place.parent.mkdir(parents=True, exist_ok=True)
    return place.open("xb")


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    os.utime(source)  # how long an upload took is no age
    source.replace(target)
    # The name itself must outlast a power cut, as the row will that tells of it.
    for folder in (target.parent, target.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


async def _stretches(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        while data := await asyncio.to_thread(file.read, CHUNK):
            yield data


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom from error
        raise


def orphans_before() -> float:
    """The moment before which a file that nobody noted is swept."""
    return time.time() - ORPHAN_AFTER
