"""Many documents at once as rows of counted terms: what `reading.read` counts, for the index, at array speed."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .analysis import surfaces_of
from .documents import Document
from .growing import Bytes
from .languages import LANGUAGES
from .reading import cut
from .rows import Numbers, Rows
from .vocabulary import STOP, Vocabulary
from .weighting import LEAD, MOST


@dataclass(frozen=True, slots=True)
class Counted:
    """Documents as rows: one each of `wholes`; of `parts` one for each part that holds a word, if several do.

    `part_counts` (documents) says how many; `languages` (documents) has bit i for LANGUAGES[i].
    """

    wholes: Rows
    parts: Rows
    part_counts: Numbers
    languages: Bytes


@dataclass(frozen=True, slots=True)
class _Words:
    """Words one after another, (words,): number of the term, of the text, of the document; once or twice."""

    terms: Numbers
    texts: Numbers
    documents: Numbers


def count_documents(documents: Sequence[Document], vocabulary: Vocabulary) -> Counted:
    """`documents` as rows, terms that are new getting a number in `vocabulary`."""
    forms = array("q")
    sizes, owners, languages, written = [], [], [], []
    for owner, document in enumerate(documents):
        for _, text, words, language in cut(document):
            forms.extend(vocabulary.forms(words, language))
            sizes.append(len(words))
            owners.append(owner)
            languages.append(1 << LANGUAGES.index(language))
            written.append(text)
    found, texts = np.frombuffer(forms, np.int64), np.repeat(np.arange(len(sizes)), sizes)
    for short in np.unique(texts[found < STOP]).tolist():
        if languages[short] == 1 << LANGUAGES.index("en"):
            _leave_small_letters(found, int(np.searchsorted(texts, short)), written[short], vocabulary)
    documents_of_texts = np.array(owners, np.int64)
    read = _Words(found, texts, documents_of_texts[texts])
    counting = _written_out(_led(read, len(documents)), vocabulary)
    return _counted(counting, documents_of_texts, np.array(languages, np.uint8), len(documents), len(vocabulary.terms))


def _leave_small_letters(forms: Numbers, start: int, text: str, vocabulary: Vocabulary) -> None:
    """In English only capitals make an abbreviation: the others are the words that they look like."""
    for at, surface in enumerate(surfaces_of(text), start):
        if forms[at] < STOP and not surface.isupper():
            forms[at] = vocabulary.short(int(forms[at]))[0]


def _led(words: _Words, documents: int) -> _Words:
    """The words that count, the first `LEAD` of each document twice."""
    counting = words.terms != STOP
    terms, texts, owners = words.terms[counting], words.texts[counting], words.documents[counting]
    sizes = np.bincount(owners, minlength=documents)
    place = np.arange(owners.size) - (np.cumsum(sizes) - sizes)[owners]
    times = np.where(place < LEAD, 2, 1)
    return _Words(np.repeat(terms, times), np.repeat(texts, times), np.repeat(owners, times))


def _written_out(words: _Words, vocabulary: Vocabulary) -> _Words:
    """With all the terms of abbreviations in place of what stands for them."""
    short = np.flatnonzero(words.terms < STOP)
    if not short.size:
        return words
    meant = [vocabulary.short(form) for form in words.terms[short].tolist()]
    times = np.ones(words.terms.size, np.int64)
    times[short] = [len(terms) for terms in meant]
    terms = np.repeat(words.terms, times)
    terms[terms < STOP] = [term for terms in meant for term in terms]
    return _Words(terms, np.repeat(words.texts, times), np.repeat(words.documents, times))


def _counted(words: _Words, documents_of_texts: Numbers, languages: Bytes, documents: int, width: int) -> Counted:
    filled = np.bincount(words.texts, minlength=documents_of_texts.size) > 0
    part_counts = np.bincount(documents_of_texts[filled], minlength=documents)
    spoken = np.zeros(documents, np.uint8)
    np.bitwise_or.at(spoken, documents_of_texts[filled], languages[filled])
    wholes = _rows(words.terms, words.documents, documents, width)
    several = part_counts > 1
    in_parts = several[words.documents]
    kept = filled & several[documents_of_texts]
    numbers = (np.cumsum(kept) - 1)[words.texts[in_parts]]
    parts = _rows(words.terms[in_parts], numbers, int(np.count_nonzero(kept)), width)
    return Counted(wholes, parts, np.where(several, part_counts, 0), spoken)


def _rows(terms: Numbers, rows: Numbers, count: int, width: int) -> Rows:
    """`count` rows, of which each of `terms` is one more word: sorted, and then counted."""
    ordered = np.sort(rows * width + terms)
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    times = np.diff(first, append=ordered.size)
    owners, terms = np.divmod(ordered[first], width)
    starts = np.searchsorted(owners, np.arange(count + 1))
    lengths = np.bincount(rows, minlength=count)
    return Rows(starts, terms.astype(np.int32), np.minimum(times, MOST).astype(np.uint8), lengths.astype(np.int32))
