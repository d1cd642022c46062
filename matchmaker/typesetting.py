"""Papers as PDF: a template of ours, and what people wrote as data, which is set as text and never read as markup."""

import asyncio
import json
from collections.abc import Mapping

import typst

from matchmaker.templating import TEMPLATES

# Setting a paper keeps a core busy for as long as it takes: two at a time, and the others wait.
_TURNS = asyncio.Semaphore(2)


async def pdf(name: str, told: Mapping[str, object]) -> bytes:
    """``documents/<name>.typ`` with ``told`` as its ``sys.inputs.data``; in a thread, so that nobody waits for it."""
    async with _TURNS:
        return await asyncio.to_thread(_compile, name, json.dumps(told))


def _compile(name: str, told: str) -> bytes:
    folder = TEMPLATES / "documents"
    # The same fonts on every machine: those that typst brings along.
    made = typst.compile(
        str(folder / f"{name}.typ"), root=str(folder), ignore_system_fonts=True, sys_inputs={"data": told}
    )
    if not isinstance(made, bytes):
        raise TypeError("one paper was asked for")
    return made
