"""Being asked to end, early enough: a server waits for open streams before it tells the application."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def told_to_end(call: Callable[[], None]) -> Iterator[None]:
    """Within it, ``call`` is made on the running loop when the process is asked to end. The server hears it too."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's; who runs us elsewhere ends us otherwise
        return
    loop = asyncio.get_running_loop()
    found = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    servers = {number: handler for number, handler in found.items() if callable(handler)}

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(call)
        servers[signal.Signals(number)](number, frame)

    for number in servers:
        signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in servers.items():
            signal.signal(number, handler)
