"""The best cards of many initiatives on a Dask cluster, by the very calls that one process makes.

Not the cards but the initiatives are dealt out. Every worker maps the same files, so a machine holds the cards in
memory once, however many workers it has; each knows how common every word is among all of them; and no result has to
be put together from several. Workers import this module and `scoring`, and nothing of the application.
"""

import asyncio
import gc
import logging
import secrets
import shutil
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from matchmaker.errors import AppError
from scoring import DamagedIndex, Document, Match, Matcher

if TYPE_CHECKING:
    from distributed import Client, Future

Batch = list[Document]
Answer = list[list[Match]]

#: Seconds after which a scheduler counts as unreachable, and between two looks whether a cluster still has workers.
PATIENCE = 10.0
#: Batches that each thread of the cluster has before it: one that it works on, and the next one.
_AHEAD = 2
_loading = Lock()


@contextmanager
def connected(address: str) -> Iterator["Client"]:
    """A client of the scheduler at ``address``, which has workers. AppError if that cannot be."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra that one machine does without
    except ImportError as error:
        message = f"--dask needs {error.name}, which is not installed; run: pip install 'temu-mitra[cluster]'"
        raise AppError(message) from error
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said here, in one line
    try:
        found = asyncio.run(_who_answers(address))
    except TimeoutError:
        raise AppError(f"no Dask scheduler answers at {address} within {PATIENCE:g} s") from None
    except Exception as error:  # of many kinds: certificates, protocols that are not installed, lost connections
        raise AppError(f"no Dask scheduler answers at {address}: {_in_short(error)}") from error
    if found != "Scheduler":
        raise AppError(f"at {address} there is no Dask scheduler, but a {found}")
    with Client(address, timeout=PATIENCE) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise AppError(f"the Dask scheduler at {address} has no workers") from None
        yield client


async def _who_answers(address: str) -> str:
    """``Scheduler``, if all is well. A client would wait for ever for somebody who takes its call and says nothing."""
    from distributed.comm.core import connect  # noqa: PLC0415 - as above
    from distributed.core import send_recv  # noqa: PLC0415
    from distributed.security import Security  # noqa: PLC0415

    async with asyncio.timeout(PATIENCE):
        comm = await connect(address, timeout=2 * PATIENCE, **Security().get_connection_args("client"))
        try:
            return str((await send_recv(comm, op="identity"))["type"])
        finally:
            comm.abort()


@contextmanager
def published(client: "Client", matcher: Matcher, shared: Path) -> Iterator[Path]:
    """``matcher`` as files in a new folder below ``shared``, which is gone afterwards; workers let go of it first."""
    folder = shared.resolve() / f"rematch-{secrets.token_hex(8)}"
    folder.mkdir(parents=True)
    try:
        matcher.save(folder)
        yield folder
    finally:
        # On a network file system a file that somebody has open keeps its folder from going.
        with suppress(Exception):
            client.run(_release, on_error="ignore")
        shutil.rmtree(folder)


def answers(client: "Client", folder: Path, batches: Iterable[Batch], limit: int) -> Generator[Answer]:
    """What ``Matcher.match_all`` answers to each of ``batches``, in their order, from the matcher saved in ``folder``.

    Few batches are under way at a time, so that neither this process nor the scheduler holds all of them.
    """
    room = _AHEAD * max(1, sum(client.nthreads().values()))
    under_way: deque[Future[Answer]] = deque()
    try:
        for batch in batches:
            under_way.append(client.submit(_answer, str(folder), batch, limit, pure=False))
            if len(under_way) >= room:
                yield _result(client, under_way.popleft())
        while under_way:
            yield _result(client, under_way.popleft())
    finally:
        client.cancel(list(under_way))


def _answer(folder: str, batch: Batch, limit: int) -> Answer:
    """In a worker."""
    with _loading:
        matcher = _matcher(folder)
    return matcher.match_all(batch, limit)


@lru_cache(maxsize=1)
def _matcher(folder: str) -> Matcher:
    """Mapped once a process."""
    return Matcher.load(folder)


def _release() -> None:
    """In every worker."""
    _matcher.cache_clear()
    gc.collect()


def _result(client: "Client", future: "Future[Answer]") -> Answer:
    while True:
        try:
            return future.result(timeout=PATIENCE)
        except TimeoutError as error:
            if future.status == "error":
                raise _failed(error) from error
            if not client.nthreads():
                raise AppError("the Dask cluster has no workers left") from None
        except Exception as error:
            raise _failed(error) from error


def _failed(error: Exception) -> AppError:
    if isinstance(error, DamagedIndex):
        return AppError(f"a worker cannot read the cards; do all see the folder --shared? {_in_short(error)}")
    return AppError(f"the Dask cluster failed: {_in_short(error)}")


def _in_short(error: Exception) -> str:
    """One line, whatever it says."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__
