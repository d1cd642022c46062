"""The one class that users of the library meet."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Self

from .asked import Asked
from .collection import Documents, Snapshot, Where
from .documents import Document, Explanation, Match
from .explanation import explain
from .growing import Floats
from .ranking import Rule, best, scores
from .reading import read
from .storage import Options, load, save


class Matcher:
    """Finds the documents of a collection that fit a document, and says why.

    Options: `whole`, the weight of the whole document against its best parts (0 to 1); `best_parts`, how many
    parts make up the rest (1 or more); `expand`, whether a query's words are translated by the glossary.

    Threads: `match`, `match_all` and `explain` work on an unchanging snapshot, taken under a lock; `add` and
    `remove` hold the lock while they write. A call sees all changes that returned before it began.
    """

    def __init__(self, *, whole: float = 0.7, best_parts: int = 3, expand: bool = True) -> None:
        if not 0.0 <= whole <= 1.0 or best_parts < 1:
            raise ValueError("whole must be within 0 and 1, best_parts at least 1")
        self.whole, self.best_parts, self.expand = whole, best_parts, expand
        self.documents_ = Documents()
        self._lock = threading.RLock()
        self._last: Asked | None = None

    def fit(self, documents: Iterable[Document]) -> Self:
        """Take `documents` as the collection, in place of what was there; of equal ids the last stays."""
        fresh = Documents()
        fresh.add((document, read(document)) for document in documents)
        with self._lock:
            self.documents_ = fresh
        return self

    def add(self, documents: Iterable[Document]) -> Self:
        """Add `documents`, replacing those of equal ids; the next query sees them."""
        texts = [(document, read(document)) for document in documents]  # the long part, before the lock
        with self._lock:
            self.documents_.add(texts)
        return self

    def remove(self, ids: Iterable[str]) -> Self:
        """Forget the documents of `ids`; unknown ids are no error."""
        with self._lock:
            self.documents_.remove(ids)
        return self

    def __len__(self) -> int:
        return len(self.documents_.positions)

    def __contains__(self, id: str) -> bool:
        return id in self.documents_.positions

    def match(self, document: Document, k: int = 20, where: Where | None = None) -> list[Match]:
        """The `k` best documents for `document`, best first, ties by id; exact, none with a score of 0.

        `where` maps facets to allowed values: a document counts if it has one of them in every facet.
        """
        return self.match_all([document], k, where)[0]

    def match_all(self, documents: Iterable[Document], k: int = 20, where: Where | None = None) -> list[list[Match]]:
        """`match` for each of `documents`, all on the same state of the collection."""
        with self._lock:
            snapshot = self.documents_.snapshot()
            allowed = self.documents_.allowed(where) if where else snapshot.alive
        return [best(snapshot, self._scores(snapshot, document) * allowed, k) for document in documents]

    def explain(self, document: Document, id: str) -> Explanation:
        """Why the document `id` of the collection has its score for `document`. KeyError if there is none."""
        with self._lock:
            position = self.documents_.positions[id]
            snapshot = self.documents_.snapshot()
        asked = self._asked(snapshot, document)
        return explain(snapshot, position, self._rule, asked, read(snapshot.documents[position]))

    def save(self, folder: str | Path) -> None:
        """Write everything to `folder`, whole or not at all: a reader finds the former state or this one."""
        with self._lock:
            options = Options(whole=self.whole, best_parts=self.best_parts, expand=self.expand)
            save(Path(folder), self.documents_, options)

    @classmethod
    def load(cls, folder: str | Path) -> Self:
        """What `save` wrote, arrays memory-mapped. DamagedIndex if `folder` does not hold that, whole."""
        documents, options = load(Path(folder))
        matcher = cls(**options)
        matcher.documents_ = documents
        return matcher

    @property
    def _rule(self) -> Rule:
        return Rule(self.whole, self.best_parts)

    def _asked(self, snapshot: Snapshot, document: Document) -> Asked:
        """`document` as a question; the last one is kept, as explanations follow a match one by one."""
        last = self._last
        if last is None or last.snapshot is not snapshot or last.document != document:
            copy = replace(document, parts=dict(document.parts))
            self._last = last = Asked.of(copy, snapshot, self.expand)
        return last

    def _scores(self, snapshot: Snapshot, document: Document) -> Floats:
        return scores(snapshot, self._asked(snapshot, document).vectors, self._rule)
