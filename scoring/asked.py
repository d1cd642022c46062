"""A query, read and weighed once, for the ranking and for the explanations of what was found."""

from dataclasses import dataclass
from functools import cached_property

from .collection import Snapshot
from .documents import Document
from .growing import Floats
from .query import Query, ask, vectors
from .reading import ReadPart, read
from .sentences import Questions, questions


@dataclass(frozen=True)
class Asked:
    """What `document` asks of the collection that `snapshot` is."""

    document: Document
    snapshot: Snapshot
    parts: list[ReadPart]
    query: Query

    @classmethod
    def of(cls, document: Document, snapshot: Snapshot, expand: bool) -> "Asked":
        parts = read(document)
        return cls(document, snapshot, parts, ask(parts, snapshot, expand))

    @cached_property
    def vectors(self) -> Floats:
        """The query as (terms, languages)."""
        return vectors(self.query, self.snapshot)

    @cached_property
    def questions(self) -> Questions:
        """The sentences of the query."""
        return questions(self.parts, self.query)
