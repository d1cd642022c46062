"""Many documents at once as rows of counted terms: what `reading.read` counts, for the index, at array speed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .analysis import surfaces_of, words_of
from .documents import Document
from .forms import STOP, Forms
from .growing import Bytes
from .languages import BIT, all_told
from .reading import guesser
from .rows import Numbers, Rows
from .vocabulary import Vocabulary
from .weighting import LEAD, MOST

_GIVEN: dict[str | None, int] = dict(BIT.items())


@dataclass(frozen=True, slots=True)
class Counted:
    """Documents as rows: one each of `wholes`; of `parts` one for each part that holds a word, if several do.

    `part_counts` (documents) says how many; `languages` (documents) has the bits of their languages.
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
    forms = vocabulary.forms
    written = [text for document in documents for text in document.parts.values()]
    owners = np.repeat(np.arange(len(documents)), [len(document.parts) for document in documents])
    words, sizes = _numbered(written, forms)
    texts = np.repeat(np.arange(sizes.size), sizes)
    places = np.arange(words.size) - (np.cumsum(sizes) - sizes)[texts]
    languages = _languages(documents, all_told(forms.kinds(words), texts, places, sizes.size), owners)
    found = np.empty(words.size, np.int64)
    for language, bit in BIT.items():
        here = np.flatnonzero(languages[texts] == bit)
        found[here] = forms.of(words[here], language)
    for short in np.unique(texts[found < STOP]).tolist():
        if languages[short] == BIT["en"]:
            _leave_small_letters(found, int(np.searchsorted(texts, short)), written[short], forms)
    counting = _written_out(_led(_Words(found, texts, owners[texts]), len(documents)), forms)
    forms.bound()
    return _counted(counting, owners, languages, len(documents), len(vocabulary.terms))


def _numbered(written: Sequence[str], forms: Forms) -> tuple[Numbers, Numbers]:
    """The words of texts one after another, by number, and how many each text has."""
    number_of = forms.words.__getitem__
    numbers: list[int] = []
    ends = [0]
    for text in written:
        numbers += map(number_of, words_of(text))
        ends.append(len(numbers))
    return np.fromiter(numbers, np.int64, len(numbers)), np.diff(ends)


def _languages(documents: Sequence[Document], told: Bytes, owners: Numbers) -> Bytes:
    """The bit of the language of each text: that of its document, or what its words tell, or the model: (texts,)."""
    given = np.array([_GIVEN.get(document.language, 0) for document in documents], np.uint8)[owners]
    languages = np.where(given > 0, given, told)
    for owner in np.unique(owners[languages == 0]).tolist():
        guessed = guesser(documents[owner])
        for text, part in enumerate(documents[owner].parts.values(), int(np.searchsorted(owners, owner))):
            if not languages[text]:
                languages[text] = BIT[guessed(part)]
    return languages


def _leave_small_letters(found: Numbers, start: int, text: str, forms: Forms) -> None:
    """In English only capitals make an abbreviation: the others are the words that they look like."""
    for at, surface in enumerate(surfaces_of(text), start):
        if found[at] < STOP and not surface.isupper():
            found[at] = forms.short(int(found[at]))[0]


def _led(words: _Words, documents: int) -> _Words:
    """The words that count, and behind them the first `LEAD` of each document once more."""
    counting = np.flatnonzero(words.terms != STOP)
    owners = words.documents[counting]
    sizes = np.bincount(owners, minlength=documents)
    leading = np.minimum(sizes, LEAD)
    places = np.arange(leading.sum()) - np.repeat(np.cumsum(leading) - leading, leading)
    chosen = np.concatenate([counting, counting[np.repeat(np.cumsum(sizes) - sizes, leading) + places]])
    return _Words(words.terms[chosen], words.texts[chosen], words.documents[chosen])


def _written_out(words: _Words, forms: Forms) -> _Words:
    """With all the terms of abbreviations in place of what stands for them."""
    short = np.flatnonzero(words.terms < STOP)
    if not short.size:
        return words
    meant = [forms.short(form) for form in words.terms[short].tolist()]
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
