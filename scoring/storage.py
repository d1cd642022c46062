"""A collection on disk: arrays as .npy, the rest as JSON, in a folder of its own that a file CURRENT names.

A new state is written beside the old one and gets its name only when it is whole; then CURRENT is replaced in
one step. Whoever has the old arrays mapped keeps them: removing a file does not take it from its readers.
"""

import json
import os
import shutil
import time
import zlib
from pathlib import Path
from typing import Any, TypedDict
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from .analysis import fingerprint
from .collection import Collection
from .facets import FacetCount, Facets
from .layout import Arrays, packed, unpacked
from .names import Names
from .texts import Texts
from .vocabulary import Vocabulary
from .weighting import LEAD, MOST

FORMAT = "scoring-index-2"
#: Seconds after which what another process began to write is nobody's any more.
_GIVEN_UP = 3600.0
_ERRORS = (OSError, ValueError, KeyError, TypeError, IndexError, EOFError)


class DamagedIndex(Exception):
    """A folder that should hold a saved Matcher holds something else, or only part of it."""


class Options(TypedDict):
    """What `Matcher` was made with."""

    whole: float
    best_parts: int
    expand: bool


def save(folder: Path, collection: Collection, options: Options, note: str) -> None:
    """Write `collection`, in which nothing is removed, to `folder`, made if need be, in place of its former state."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"index-{uuid4().hex}"
    unfinished = folder / f".{name}"
    unfinished.mkdir()
    try:
        arrays, shape = _arrays(collection)
        for file, array in arrays.items():
            _save_array(unfinished / f"{file}.npy", array)
        written = {file.name: [file.stat().st_size, _checksum(file)] for file in sorted(unfinished.iterdir())}
        content = {
            "format": FORMAT,
            "terms": _terms(),
            "options": options,
            "note": note,
            "shape": shape,
            "files": written,
        }
        _write(unfinished / "index.json", json.dumps(content))
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
    for unfinished in folder.glob(".index-*"):
        if time.time() - unfinished.stat().st_mtime > _GIVEN_UP:
            shutil.rmtree(unfinished, ignore_errors=True)


def load(folder: Path, verify: bool) -> tuple[Collection, Options, str]:
    """What `save` wrote to `folder`: every file of its size, and to `verify` of its checksum. Errors: DamagedIndex."""
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
        if not name.startswith("index-") or "/" in name or "\\" in name:
            raise DamagedIndex(f"{folder / 'CURRENT'} does not name an index")
        return _load(folder / name, verify)
    except _ERRORS as error:
        raise DamagedIndex(f"{folder} does not hold a whole index: {error}") from error


def _load(folder: Path, verify: bool) -> tuple[Collection, Options, str]:
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    if index["format"] != FORMAT:
        raise DamagedIndex(f"{folder} has the format {index['format']}, not {FORMAT}")
    if index["terms"] != _terms():
        raise DamagedIndex(f"{folder} was made with other stems, stop words or weights")
    for file, (size, checksum) in index["files"].items():
        if (folder / file).stat().st_size != size or (verify and _checksum(folder / file) != checksum):
            raise DamagedIndex(f"{folder / file} is not what was written")
    arrays: Arrays = {
        file.removesuffix(".npy"): np.asarray(np.load(folder / file, mmap_mode="r", allow_pickle=False))
        for file in index["files"]
    }
    options = index["options"]
    return (
        _collection(arrays, index["shape"]),
        Options(whole=float(options["whole"]), best_parts=int(options["best_parts"]), expand=bool(options["expand"])),
        str(index["note"]),
    )


def _terms() -> str:
    """What the counts in an index depend on besides the texts."""
    return f"{fingerprint()} {LEAD} {MOST}"


def _arrays(collection: Collection) -> tuple[Arrays, dict[str, Any]]:
    """Everything of a collection as arrays, and what says how to take them apart again."""
    tail = collection.tail.view()
    arrays, segments = packed([*collection.segments, *([tail] if len(tail) else [])])
    facets, positions = collection.facets.arrays()
    asking = collection.asking
    shape = {
        "segments": segments,
        "facets": facets,
        "asking": [[id, terms.size, languages] for id, (terms, languages) in asking.items()],
        "lengths": collection.lengths.tolist(),
    }
    arrays |= collection.vocabulary.arrays()
    arrays |= dict(
        zip(("terms_bytes", "terms_ends", "terms_order"), collection.vocabulary.terms.arrays(), strict=True)
    )
    arrays |= dict(zip(("ids_bytes", "ids_ends", "ids_order"), collection.ids.arrays(), strict=True))
    arrays |= dict(zip(("texts_bytes", "texts_ends"), collection.texts.arrays(), strict=True))
    arrays["facet_positions"] = positions
    arrays["asking_terms"] = np.concatenate([np.empty(0, np.int32), *(terms for terms, _ in asking.values())])
    return arrays, shape


def _collection(arrays: Arrays, shape: dict[str, Any]) -> Collection:
    terms = Names((arrays["terms_bytes"], arrays["terms_ends"], arrays["terms_order"]))
    collection = Collection(Vocabulary(terms, arrays["frequencies"], arrays["sizes"]))
    collection.ids = Names((arrays["ids_bytes"], arrays["ids_ends"], arrays["ids_order"]))
    collection.texts = Texts((arrays["texts_bytes"], arrays["texts_ends"]))
    collection.facets = Facets.loaded([FacetCount(*count) for count in shape["facets"]], arrays["facet_positions"])
    collection.take_over(unpacked(arrays, shape["segments"]), np.array(shape["lengths"], np.int64))
    start = 0
    for id, size, languages in shape["asking"]:
        collection.asking[id] = arrays["asking_terms"][start : start + size], languages
        start += size
    return collection


def _save_array(path: Path, array: NDArray[Any]) -> None:
    """On the disk before it returns: CURRENT must not name what a power cut has taken."""
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _write(path: Path, content: str) -> None:
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
