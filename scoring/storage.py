"""A collection on disk: arrays as .npy, the rest as JSON, in a folder of its own that a file CURRENT names.

A new state is written beside the old one and gets its name only when it is whole; then CURRENT is replaced in
one step. Whoever has the old arrays mapped keeps them: removing a file does not take it from its readers.
"""

import json
import os
import shutil
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import TypedDict
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from .collection import Documents
from .documents import Document
from .growing import Growing, GrowingRows, Scalar

FORMAT = "scoring-index-1"
_ROWS = ("starts", "terms", "weights", "languages")


class DamagedIndex(Exception):
    """A folder that should hold a saved Matcher holds something else, or only part of it."""


class Options(TypedDict):
    """What `Matcher` was made with."""

    whole: float
    best_parts: int
    expand: bool


class _Saved(TypedDict):
    id: str
    parts: dict[str, str]
    language: str | None
    facets: dict[str, str | list[str]]


def save(folder: Path, documents: Documents, options: Options) -> None:
    """Write `documents` and `options` to `folder`, made if need be, in place of its former state."""
    documents.sweep()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"index-{uuid4().hex}"
    unfinished = folder / f".{name}"
    unfinished.mkdir()
    try:
        for file, array in _arrays(documents).items():
            np.save(unfinished / file, array, allow_pickle=False)
        _write_json(unfinished / "terms.json", list(documents.term_ids))
        _write_json(unfinished / "documents.json", [_saved(document) for document in documents.documents])
        checksums = {file.name: _checksum(file) for file in sorted(unfinished.iterdir())}
        _write_json(unfinished / "index.json", {"format": FORMAT, "options": options, "checksums": checksums})
        unfinished.rename(folder / name)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    pointer = folder / f".current-{name}"
    _write(pointer, name)
    pointer.replace(folder / "CURRENT")
    for former in folder.glob("index-*"):
        if former.name != name:
            shutil.rmtree(former, ignore_errors=True)


def load(folder: Path) -> tuple[Documents, Options]:
    """What `save` wrote to `folder`, every file checked against its checksum. Errors: DamagedIndex."""
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
        if not name.startswith("index-") or "/" in name or "\\" in name:
            raise DamagedIndex(f"{folder / 'CURRENT'} does not name an index")
        return _load(folder / name)
    except DamagedIndex:
        raise
    except (OSError, ValueError, KeyError, TypeError, IndexError, EOFError) as error:
        raise DamagedIndex(f"{folder} does not hold a whole index: {error}") from error


def _load(folder: Path) -> tuple[Documents, Options]:
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    if index["format"] != FORMAT:
        raise DamagedIndex(f"{folder} has the format {index['format']}, not {FORMAT}")
    for file, checksum in index["checksums"].items():
        if _checksum(folder / file) != checksum:
            raise DamagedIndex(f"{folder / file} is not what was written")
    documents = Documents()
    documents.wholes = _rows(folder, "wholes")
    documents.parts = _rows(folder, "parts")
    documents.part_starts = Growing(_array(folder, "part_starts", np.int32))
    terms: list[str] = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
    documents.term_ids = {term: at for at, term in enumerate(terms)}
    saved: list[_Saved] = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    for document in saved:
        documents.register(Document(**document))
    options = index["options"]
    return documents, Options(
        whole=float(options["whole"]), best_parts=int(options["best_parts"]), expand=bool(options["expand"])
    )


def _arrays(documents: Documents) -> dict[str, NDArray[np.generic]]:
    found: dict[str, NDArray[np.generic]] = {"part_starts.npy": documents.part_starts.view()}
    for kind, rows in (("wholes", documents.wholes), ("parts", documents.parts)):
        arrays: tuple[NDArray[np.generic], ...] = rows.arrays()
        found |= {f"{kind}_{name}.npy": array for name, array in zip(_ROWS, arrays, strict=True)}
    return found


def _rows(folder: Path, kind: str) -> GrowingRows:
    return GrowingRows(
        _array(folder, f"{kind}_starts", np.int32),
        _array(folder, f"{kind}_terms", np.int32),
        _array(folder, f"{kind}_weights", np.float64),
        _array(folder, f"{kind}_languages", np.int32),
    )


def _array(folder: Path, name: str, kind: type[Scalar]) -> NDArray[Scalar]:
    array: NDArray[Scalar] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    if array.dtype != kind or array.ndim != 1:
        raise DamagedIndex(f"{folder / name}.npy holds {array.dtype}, not {kind.__name__}")
    return np.asarray(array)


def _saved(document: Document) -> _Saved:
    facets = {facet: _listed(values) for facet, values in document.facets.items()}
    return _Saved(id=document.id, parts=dict(document.parts), language=document.language, facets=facets)


def _listed(values: str | Collection[str]) -> str | list[str]:
    return values if isinstance(values, str) else sorted(values)


def _write_json(path: Path, content: object) -> None:
    _write(path, json.dumps(content))


def _write(path: Path, content: str) -> None:
    """Written and on the disk before it returns: CURRENT must not name what a power cut has taken."""
    with path.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            checksum = zlib.crc32(block, checksum)
    return checksum
