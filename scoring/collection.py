"""The documents that can be found, as they come and go, and what they are at one moment.

Nothing is worked out anew for all of them when one changes: counts of terms, lengths and who is there are kept
up, idf and pivots are applied when asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .counting import Counted
from .documents import Document
from .facets import Facets
from .growing import Growing, Ints
from .names import Names
from .postings import BLOCK, Postings, postings
from .segments import Means, Rule, Segment, Tail
from .texts import Texts
from .vocabulary import Vocabulary

#: Collections of fewer documents are read whole for each query: that needs no compiled code.
SMALL = 4_096
#: Documents that are read whole before they are put into postings.
DELTA = 1_024
#: Removed documents are swept out when they are more than this and more than the living.
SWEEP = 500
#: Documents that are added at a time, so that nobody waits long.
AT_ONCE = 500
#: "Removed by no change so far".
_STAYS = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Snapshot:
    """A collection after `version` changes: what came or went later is not seen, so threads need no lock."""

    version: int
    size: int
    segments: tuple[Segment, ...]
    means: Means
    rule: Rule
    ended: Ints
    vocabulary: Vocabulary
    texts: Texts
    ids: Names

    def segment_of(self, position: int) -> Segment:
        """The segment that holds the document at `position`."""
        return next(segment for segment in reversed(self.segments) if segment.first <= position)

    def ended_in(self, segment: Segment) -> Ints:
        """By which change each document of `segment` was removed: (documents,)."""
        return self.ended[segment.first : segment.first + len(segment)]


class Collection:
    """The documents and their counts. Not safe between threads: `Matcher` holds a lock around every call."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or Vocabulary()
        self.segments: list[Segment] = []
        self.tail = Tail(0)
        self.ids, self.texts, self.facets = Names(), Texts(), Facets()
        self.asking: dict[str, tuple[Ints, int]] = {}
        self.ended = Growing(np.empty(0, np.int32))
        self.version = 0
        self.living = 0
        self.lengths = np.zeros(4, np.int64)  # words and number of whole documents, words and number of parts
        self._snapshot: Snapshot | None = None

    @property
    def room(self) -> int:
        """How many documents can be appended at a time; 0 where the tail is full and must be renewed first."""
        return min(AT_ONCE, BLOCK - len(self.tail))

    def append(self, documents: Sequence[Document], counted: Counted) -> None:
        """Append documents of different ids, up to `room`; one with an id that is known replaces it."""
        self.remove(document.id for document in documents)
        first = len(self.tail)
        self.tail.append(counted)
        self.version += 1
        self._register(documents)
        self.vocabulary.add(counted.wholes.terms, counted.languages)
        self._count(self.tail.view(), first, len(self.tail))

    def learn(self, documents: Sequence[Document], counted: Counted) -> None:
        """Count the words of documents that only ask, and are never found; equal ids are replaced."""
        self.forget(document.id for document in documents)
        for at, document in enumerate(documents):
            self.asking[document.id] = counted.wholes.row(at)[0], int(counted.languages[at])
        self.vocabulary.add(counted.wholes.terms, counted.languages)

    def forget(self, ids: Iterable[str]) -> None:
        """Do not count the words of documents of `ids` that only ask; unknown ids are no error."""
        for id in ids:
            if id in self.asking:
                terms, languages = self.asking.pop(id)
                self.vocabulary.add(terms, np.array([languages], np.uint8), -1)
        self.version += 1

    def remove(self, ids: Iterable[str]) -> None:
        """Forget the documents of `ids`; unknown ids are no error."""
        for id in ids:
            position = self.ids.number(id)
            if position >= 0:
                self.ids.forget(id)
                self.version += 1
                self.ended.writable()[position] = self.version
                self.living -= 1
                segment = self.segment_of(position)
                number = position - segment.first
                terms, _ = segment.wholes.row(number)
                self.vocabulary.add(terms, segment.languages[number : number + 1], -1)
                self._count(segment, number, number + 1, -1)

    def snapshot(self, rule: Rule) -> Snapshot:
        """The collection as it is now, to be ranked by `rule`."""
        known = self._snapshot
        if known is None or known.version != self.version or known.rule != rule:
            known = self._snapshot = Snapshot(
                self.version,
                len(self.texts),
                (*self.segments, self.tail.view()),
                self._means(),
                rule,
                self.ended.view(),
                self.vocabulary,
                self.texts,
                self.ids,
            )
        return known

    def segment_of(self, position: int) -> Segment:
        """The segment that holds the document at `position`."""
        at = position // BLOCK
        return self.segments[at] if at < len(self.segments) else self.tail.view()

    def behind(self) -> Segment | None:
        """The tail, if it is full or has so many documents without postings that these should be made anew."""
        covered = len(self.tail.postings) if self.tail.postings else 0
        large = len(self.segments) > 0 or len(self.tail) >= SMALL
        return self.tail.view() if large and (not self.room or len(self.tail) - covered > DELTA) else None

    def renew(self, tail: Segment, made: Postings) -> None:
        """Use `made`, the postings of the tail as it was when `tail` was its view; seal it if it is full."""
        self.tail.postings = made
        if len(tail) == BLOCK:
            self.segments.append(self.tail.view())
            self.tail = Tail(tail.first + BLOCK)
        self._snapshot = None

    @property
    def crowded(self) -> bool:
        """Whether so many documents were removed that `swept` is worth its while."""
        return len(self.texts) - self.living > max(SWEEP, self.living)

    def swept(self) -> "Collection":
        """A collection of the living alone, in the same order, with the same vocabulary."""
        fresh = Collection(self.vocabulary)
        fresh.asking, fresh.version, fresh.lengths = self.asking, self.version + 1, self.lengths
        for segment in (*self.segments, self.tail.view()):
            ended = self.ended.view()[segment.first : segment.first + len(segment)]
            living = np.flatnonzero(ended == _STAYS)
            while living.size:
                some, living = living[: BLOCK - len(fresh.tail)], living[BLOCK - len(fresh.tail) :]
                fresh.tail.extend(segment, some)
                fresh._register([self.texts[segment.first + number] for number in some.tolist()])
                if not fresh.room:
                    tail = fresh.tail.view()
                    fresh.renew(tail, postings(tail.wholes, len(self.vocabulary.terms)))
        return fresh

    def take_over(self, segments: Iterable[Segment], lengths: NDArray[np.int64]) -> None:
        """Begin with `segments`, whose documents are in place elsewhere: all of them full but the last."""
        for segment in segments:
            if len(segment) == BLOCK:
                self.segments.append(segment)
                self.tail = Tail(segment.first + BLOCK)
            else:
                self.tail = Tail.of(segment)
        self.ended.append(np.full(len(self.texts), _STAYS, np.int32))
        self.living = len(self.texts)
        self.lengths = lengths

    def _register(self, documents: Sequence[Document]) -> None:
        for document in documents:
            position = self.ids.append(document.id)
            self.texts.append(document)
            self.facets.append(position, document.facets)
        self.ended.append(np.full(len(documents), _STAYS, np.int32))
        self.living += len(documents)

    def _count(self, segment: Segment, first: int, last: int, times: int = 1) -> None:
        lengths = segment.wholes.lengths[first:last]
        parts = segment.parts.lengths[segment.part_starts[first] : segment.part_starts[last]]
        self.lengths += times * np.array([lengths.sum(), np.count_nonzero(lengths), parts.sum(), parts.size])

    def _means(self) -> Means:
        words, documents, part_words, parts = self.lengths.tolist()
        return Means(words / documents if documents else 1.0, part_words / parts if parts else 1.0)
