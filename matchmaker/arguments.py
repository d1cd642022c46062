"""What is written behind an option of the command line, as what it means, or one line on what is wrong with it."""

import os
import re
from argparse import ArgumentTypeError
from pathlib import Path


def scheduler(text: str) -> str:
    """``HOST:PORT``, or with one of the protocols before it that Dask knows."""
    found = re.fullmatch(r"(?:(?:tcp|tls|wss?)://)?(?:[^\s/:\[\]]+|\[[0-9a-fA-F:.%]+\]):(\d{1,5})", text)
    if not found or not 1 <= int(found[1]) <= 65_535:
        raise ArgumentTypeError(f"{text!r} is not the address of a scheduler (tcp://HOST:PORT)")
    return text


def folder(text: str) -> Path:
    """One that is there and can be written to."""
    if not text or not Path(text).is_dir() or not os.access(text, os.W_OK):
        raise ArgumentTypeError(f"{text!r} is not a folder that can be written to")
    return Path(text)


def output(text: str) -> Path:
    """A file to make or to replace; ``-`` stands for standard output."""
    path = Path(text)
    if text == "-":
        return path
    if not path.name or (path.exists() and not path.is_file()):
        raise ArgumentTypeError(f"{text!r} is not a file")
    if not os.access(path.parent, os.W_OK):
        raise ArgumentTypeError(f"{text!r} cannot be written; is the folder there?")
    return path
