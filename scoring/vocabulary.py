"""The terms of a collection: their numbers, and how common they are."""

from collections.abc import Iterable

import numpy as np

from .documents import Language
from .forms import Forms
from .growing import Bytes, Floats, Growing, Ints
from .languages import LANGUAGES
from .names import Names
from .weighting import idf

#: So many terms of the vocabulary are passed over in the time that one of a document is counted singly.
_MANY = 16


class Vocabulary:
    """Numbers of terms, append-only; in how many documents each is, and how many documents each language has.

    Counts are of the documents that are found and of those that only ask: words common on either side tell
    little.
    """

    def __init__(self, terms: Names | None = None, frequencies: Ints | None = None, sizes: Ints | None = None) -> None:
        self.terms = terms or Names()
        self._frequencies = Growing(np.zeros(0, np.int32) if frequencies is None else frequencies)
        self._sizes = np.zeros(len(LANGUAGES), np.int32) if sizes is None else np.array(sizes)
        self.forms = Forms(self.terms)

    def add(self, terms: Ints, languages: Bytes, times: int = 1) -> None:
        """Count (or with `times` -1 uncount) documents: all terms of each, and the languages that each has."""
        self._frequencies.append(np.zeros(len(self.terms) - len(self._frequencies), np.int32))
        frequencies = self._frequencies.writable()
        if terms.size * _MANY > frequencies.size:
            frequencies += np.asarray(times * np.bincount(terms, minlength=frequencies.size), np.int32)
        else:
            np.add.at(frequencies, terms, times)
        for at in range(len(LANGUAGES)):
            self._sizes[at] += times * int(np.count_nonzero(languages & (1 << at)))

    def idf(self, terms: Ints, language: Language) -> Floats:
        """The idf of each of `terms`, all of `language`; -1 is a term that no document has: (terms,)."""
        known = terms >= 0
        frequencies = np.zeros(terms.size)
        frequencies[known] = self._frequencies.view()[terms[known]]
        return idf(int(self._sizes[LANGUAGES.index(language)]), frequencies)

    def speaks(self, language: Language) -> bool:
        """Whether any document has text in `language`."""
        return bool(self._sizes[LANGUAGES.index(language)] > 0)

    def numbers(self, terms: Iterable[str]) -> Ints:
        """The number of each of `terms` that a document has, -1 for the others: (terms,)."""
        found = np.array(self.terms.numbers(terms), np.int32)
        frequencies = self._frequencies.view()
        found[found >= frequencies.size] = -1
        found[(found >= 0) & (frequencies[found] == 0)] = -1
        return found

    def number(self, term: str) -> int:
        """The number of a term that a document has; else -1."""
        at = self.terms.number(term)
        return at if 0 <= at < len(self._frequencies) and self._frequencies.view()[at] > 0 else -1

    def arrays(self) -> dict[str, Ints]:
        """Counts of documents by term and by language."""
        return {"frequencies": self._frequencies.view(), "sizes": self._sizes}
