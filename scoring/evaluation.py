"""The library as the callable that a retrieval evaluation takes."""

from collections.abc import Callable, Mapping, Sequence
from typing import NotRequired, TypedDict

import numpy as np

from .documents import Document
from .growing import Floats
from .matcher import Matcher


class Text(TypedDict):
    """A document or a query of an evaluation: `parts` stand beside or in place of `text`."""

    id: str
    lang: NotRequired[str]
    text: str
    parts: NotRequired[Sequence[str] | Mapping[str, str]]


Engine = Callable[[Sequence[Text], Sequence[Text], Mapping[str, str]], Floats]


def make_engine() -> Engine:
    """engine(docs, queries, context) -> scores (queries, docs). Languages are detected, as in use.

    The words of the queries count for the idf, as those of both sides of the market do in use.
    """

    def engine(docs: Sequence[Text], queries: Sequence[Text], context: Mapping[str, str]) -> Floats:  # noqa: ARG001 - the interface
        asking = [_document(str(at), text) for at, text in enumerate(queries)]
        matcher = Matcher().fit((_document(str(at), text) for at, text in enumerate(docs)), asking)
        scores = np.zeros((len(queries), len(docs)))
        for row, matches in zip(scores, matcher.match_all(asking, k=len(docs)), strict=True):
            for match in matches:
                row[int(match.id)] = match.score
        return scores

    return engine


def _document(id: str, text: Text) -> Document:
    parts = text.get("parts") or {"text": text["text"]}
    named = parts if isinstance(parts, Mapping) else {str(at): part for at, part in enumerate(parts)}
    return Document(id, named)
