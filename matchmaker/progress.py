"""How far long work has come, for whoever waits at a terminal or reads a log."""

import sys
import time
from types import TracebackType
from typing import Self


class Progress:
    """A counter on standard error: a line that is rewritten on a terminal; elsewhere a new one now and then."""

    def __init__(self, total: int, what: str) -> None:
        self._total, self._what = total, what
        self._done = 0
        self._terminal = sys.stderr.isatty()
        self._pause = 0.2 if self._terminal else 10.0
        self._shown = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Shows where it ended; an error's message begins on a line of its own."""
        if self._total:
            self._show("\n")

    def advance(self, count: int) -> None:
        """``count`` more are done."""
        self._done += count
        if time.monotonic() - self._shown >= self._pause:
            self._shown = time.monotonic()
            self._show("" if self._terminal else "\n")

    def _show(self, end: str) -> None:
        begin = "\r" if self._terminal else ""
        sys.stderr.write(f"{begin}{self._done:,} of {self._total:,} {self._what}{end}")
        sys.stderr.flush()
