"""The one class that users of the library meet."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np

from .collection import AT_ONCE, Collection, Snapshot
from .counting import count_documents
from .documents import Document, Explanation, Facets, Match
from .explanation import explain
from .exposure import Exposure, fairest
from .facets import Where
from .postings import postings
from .query import Query, ask
from .ranking import Allowed, best, exact
from .reading import read
from .segments import Rule
from .sentences import Questions, questions
from .storage import Options, load, save
from .weighting import score

#: Queries of one sweep: so many at a time keep memory bounded.
_SWEEP = 256


class Matcher:
    """Finds the documents of a collection that fit a document, and says why.

    Options: `whole`, the weight of the whole document against its best parts (0 to 1); `best_parts`, how many
    parts make up the rest (1 or more); `expand`, whether a query's words are translated by the glossary.
    `note` is the user's own and is saved and loaded too.

    Threads: `match`, `match_all` and `explain` work on an unchanging snapshot, taken under a lock; `add` and
    `remove` hold it for the moment of the change only, and one of them writes at a time. A call sees all
    changes that returned before it began.
    """

    def __init__(self, *, whole: float = 0.7, best_parts: int = 3, expand: bool = True) -> None:
        if not 0.0 <= whole <= 1.0 or best_parts < 1:
            raise ValueError("whole must be within 0 and 1, best_parts at least 1")
        self.whole, self.best_parts, self.expand = whole, best_parts, expand
        self.note = ""
        self.collection_ = Collection()
        self._lock = threading.RLock()
        self._writing = threading.RLock()
        self._last: tuple[Query, Questions] | None = None

    def fit(self, documents: Iterable[Document], asking: Iterable[Document] = ()) -> Self:
        """Take `documents` as the collection, in place of what was there; of equal ids the last stays.

        `asking` are documents that are never found, as `learn` takes them.
        """
        fresh = Collection()
        self._learn(fresh, asking)
        self._append(fresh, documents)
        with self._lock:
            self.collection_ = fresh
        return self

    def add(self, documents: Iterable[Document]) -> Self:
        """Add `documents`, replacing those of equal ids; the next query sees them."""
        with self._writing:
            self._append(self.collection_, documents)
            self._sweep()
        return self

    def remove(self, ids: Iterable[str]) -> Self:
        """Forget the documents of `ids`; unknown ids are no error."""
        with self._writing:
            with self._lock:
                self.collection_.remove(ids)
            self._sweep()
        return self

    def learn(self, documents: Iterable[Document]) -> Self:
        """Count the words of documents that only ask: what is common on either side of a market tells little.

        They are never found. Those of equal ids are replaced.
        """
        with self._writing:
            self._learn(self.collection_, documents)
        return self

    def forget(self, ids: Iterable[str]) -> Self:
        """Take back what was learned from documents of `ids`; unknown ids are no error."""
        with self._writing, self._lock:
            self.collection_.forget(ids)
        return self

    def __len__(self) -> int:
        return self.collection_.living

    def __contains__(self, id: str) -> bool:
        return self.collection_.ids.number(id) >= 0

    def match(
        self,
        document: Document,
        k: int = 20,
        where: Where | None = None,
        without: Where | None = None,
        *,
        fair: Exposure | None = None,
    ) -> list[Match]:
        """The `k` best documents for `document`, best first, ties by id; exact, none with a score of 0.

        `where` maps facets to allowed values: a document counts if it has one of them in every facet. `without`
        maps facets to values, of which a document must have none. `fair` chooses the list from more than `k` and
        counts it: scores are the same, but the order need not be theirs.
        """
        return self.match_all([document], k, where, without, fair=fair)[0]

    def match_all(
        self,
        documents: Iterable[Document],
        k: int = 20,
        where: Where | None = None,
        without: Where | None = None,
        *,
        fair: Exposure | None = None,
    ) -> list[list[Match]]:
        """`match` for each of `documents`, all on the same state of the collection."""
        with self._lock:
            snapshot = self.collection_.snapshot(self.rule)
            allowed = self._allowed(snapshot, where or {}, without or {})
        waiting = iter(documents)
        found: list[list[Match]] = []
        while some := list(islice(waiting, _SWEEP)):
            queries = [self._asked(document, snapshot) for document in some]
            found += fairest(queries, k, allowed, fair, self.facets_of) if fair else best(queries, k, allowed)
        return found

    def scores(self, document: Document, ids: Iterable[str]) -> dict[str, float]:
        """The scores of the documents `ids` for `document`, as in `match`, or 0; unknown ids are left out."""
        with self._lock:
            known = {id: position for id in ids if (position := self.collection_.ids.number(id)) >= 0}
            snapshot = self.collection_.snapshot(self.rule)
        positions = np.array(list(known.values()), np.int32)
        evidence = exact(snapshot, positions, self._asked(document, snapshot).dense())
        return dict(zip(known, score(evidence).tolist(), strict=True))

    def document(self, id: str) -> Document:
        """The document `id` of the collection. KeyError if there is none."""
        with self._lock:
            position, texts = self.collection_.ids.number(id), self.collection_.texts
        if position < 0:
            raise KeyError(id)
        return texts[position]

    def facets_of(self, id: str) -> Facets:
        """The facets of the document `id` of the collection; none if there is no such document."""
        return self.document(id).facets if id in self else {}

    def query(self, document: Document) -> Query:
        """What `document` asks of the collection as it is now."""
        with self._lock:
            snapshot = self.collection_.snapshot(self.rule)
        return self._asked(document, snapshot)

    def explain(self, document: Document, id: str) -> Explanation:
        """Why the document `id` of the collection has its score for `document`. KeyError if there is none."""
        with self._lock:
            position = self.collection_.ids.number(id)
            if position < 0:
                raise KeyError(id)
            snapshot = self.collection_.snapshot(self.rule)
        query, sentences = self._questioned(document, snapshot)
        return explain(query, sentences, position)

    def save(self, folder: str | Path) -> None:
        """Write everything to `folder`, whole or not at all: a reader finds the former state or this one."""
        with self._writing:
            if self.collection_.living < len(self.collection_.texts):
                self._replace(self.collection_.swept())
            options = Options(whole=self.whole, best_parts=self.best_parts, expand=self.expand)
            save(Path(folder), self.collection_, options, self.note)

    @classmethod
    def load(cls, folder: str | Path, *, verify: bool = False) -> Self:
        """What `save` wrote, arrays memory-mapped. DamagedIndex if `folder` does not hold that, whole.

        `verify` reads every file against its checksum; without it, what was cut short or is missing is found.
        """
        collection, options, note = load(Path(folder), verify)
        matcher = cls(**options)
        matcher.collection_, matcher.note = collection, note
        return matcher

    @property
    def rule(self) -> Rule:
        """The options, as the ranking takes them."""
        return Rule(self.whole, self.best_parts)

    def _append(self, collection: Collection, documents: Iterable[Document]) -> None:
        waiting = iter(documents)
        while some := _different(islice(waiting, collection.room)):
            counted = count_documents(some, collection.vocabulary)
            with self._lock:
                collection.append(some, counted)
            if not collection.room:
                self._renew(collection)
        self._renew(collection)

    def _learn(self, collection: Collection, documents: Iterable[Document]) -> None:
        waiting = iter(documents)
        while some := _different(islice(waiting, AT_ONCE)):
            counted = count_documents(some, collection.vocabulary)
            with self._lock:
                collection.learn(some, counted)

    def _renew(self, collection: Collection) -> None:
        """Make postings of what has none, if it is much, while queries go on."""
        tail = collection.behind()
        if tail:
            made = postings(tail.wholes, len(collection.vocabulary.terms))
            with self._lock:
                collection.renew(tail, made)

    def _sweep(self) -> None:
        if self.collection_.crowded:
            self._replace(self.collection_.swept())

    def _replace(self, fresh: Collection) -> None:
        self._renew(fresh)
        with self._lock:
            self.collection_ = fresh

    def _allowed(self, snapshot: Snapshot, where: Where, without: Where) -> Allowed | None:
        return self.collection_.facets.allowed(where, without, snapshot.size) if where or without else None

    def _asked(self, document: Document, snapshot: Snapshot) -> Query:
        parts = read(document)
        with self._lock:
            return ask(document, parts, snapshot, self.expand)

    def _questioned(self, document: Document, snapshot: Snapshot) -> tuple[Query, Questions]:
        """The query and its sentences; the last ones are kept, as explanations follow a match one by one."""
        last = self._last
        if last is None or last[0].snapshot is not snapshot or last[0].document != document:
            copy = replace(document, parts=dict(document.parts))
            query = self._asked(copy, snapshot)
            self._last = last = query, questions(query)
        return last


def _different(documents: Iterable[Document]) -> list[Document]:
    """Of equal ids the last."""
    return list({document.id: document for document in documents}.values())
