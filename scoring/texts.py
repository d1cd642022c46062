"""The documents themselves, by position: what was loaded stays in the file until somebody reads it."""

import json
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from .documents import Document
from .growing import Bytes

TextArrays = tuple[Bytes, NDArray[np.int64]]


class Texts:
    """An append-only list of documents. `loaded`: JSON, one after another, and where each ends."""

    def __init__(self, loaded: TextArrays | None = None) -> None:
        self._bytes, self._ends = loaded or (np.empty(0, np.uint8), np.empty(0, np.int64))
        self._later: list[Document] = []

    def __len__(self) -> int:
        return self._ends.size + len(self._later)

    def append(self, document: Document) -> None:
        # A copy: what the caller does to the mappings afterwards is not ours.
        copy = Document(document.id, dict(document.parts), document.language, dict(document.facets))
        self._later.append(copy)

    def __getitem__(self, position: int) -> Document:
        if position >= self._ends.size:
            return self._later[position - self._ends.size]
        start = int(self._ends[position - 1]) if position else 0
        return Document(**json.loads(self._bytes[start : int(self._ends[position])].tobytes()))

    def arrays(self) -> TextArrays:
        """Everything appended so far, to be loaded again."""
        encoded = [_encoded(document) for document in self._later]
        start = self._ends[-1] if self._ends.size else 0
        ends = start + np.cumsum([len(each) for each in encoded], dtype=np.int64)
        written = np.frombuffer(b"".join(encoded), np.uint8)
        return np.concatenate([self._bytes, written]), np.concatenate([self._ends, ends])


def _encoded(document: Document) -> bytes:
    facets = {facet: _listed(values) for facet, values in document.facets.items()}
    saved = {"id": document.id, "parts": dict(document.parts), "language": document.language, "facets": facets}
    return json.dumps(saved).encode()


def _listed(values: str | Collection[str]) -> str | list[str]:
    return values if isinstance(values, str) else sorted(values)
