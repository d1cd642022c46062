"""The terms of a collection: their numbers, and how common they are."""

from collections.abc import Iterable, Sequence

import numpy as np

from .analysis import LONGEST_WORD, looked_up_by
from .documents import Language
from .growing import Bytes, Floats, Growing, Ints
from .languages import LANGUAGES
from .names import Names
from .weighting import idf

#: What words that do not count go by; abbreviations go by numbers below it.
STOP = -1
#: Forms are kept so that they need not be stemmed again; hostile texts must not fill the memory with them.
_MOST_FORMS = 500_000


class _Forms(dict[str, int]):
    """What words of a language go by, found out when a word is first seen. `short`: the terms of abbreviations."""

    def __init__(self, language: Language, terms: Names, short: dict[int, tuple[int, ...]]) -> None:
        super().__init__()
        self._look_up, self._numbered, self._short = looked_up_by(language), terms.numbered, short

    def __missing__(self, word: str) -> int:
        terms = self._look_up(word).terms
        found = self._numbered(terms[0]) if len(terms) == 1 else self._short_for(terms)
        if len(word) <= LONGEST_WORD:
            self[word] = found
        return found

    def _short_for(self, terms: tuple[str, ...]) -> int:
        if not terms:
            return STOP
        form = STOP - 1 - len(self._short)
        self._short[form] = tuple(map(self._numbered, terms))
        return form


class Vocabulary:
    """Numbers of terms, append-only; in how many documents each is, and how many documents each language has.

    Counts are of the documents that are found and of those that only ask: words common on either side tell
    little.
    """

    def __init__(self, terms: Names | None = None, frequencies: Ints | None = None, sizes: Ints | None = None) -> None:
        self.terms = terms or Names()
        self._frequencies = Growing(np.zeros(0, np.int32) if frequencies is None else frequencies)
        self._sizes = np.zeros(len(LANGUAGES), np.int32) if sizes is None else np.array(sizes)
        self._short: dict[int, tuple[int, ...]] = {}
        self._forms = [_Forms(language, self.terms, self._short) for language in LANGUAGES]

    def forms(self, words: Sequence[str], language: Language) -> Iterable[int]:
        """What each of `words`, in lower case, goes by: number of its term, `STOP`, or below it what `short` takes.

        A term that is new gets a number. One look-up a word: stem, stop mark and number are kept together.
        """
        forms = self._forms[LANGUAGES.index(language)]
        if len(forms) > _MOST_FORMS:
            forms.clear()
        return map(forms.__getitem__, words)

    def short(self, form: int) -> tuple[int, ...]:
        """The numbers of the terms of an abbreviation: its own first, then those of what it stands for."""
        return self._short[form]

    def add(self, terms: Ints, languages: Bytes, times: int = 1) -> None:
        """Count (or with `times` -1 uncount) documents: all terms of each, and the languages that each has."""
        self._frequencies.append(np.zeros(len(self.terms) - len(self._frequencies), np.int32))
        np.add.at(self._frequencies.writable(), terms, times)
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
        found = np.fromiter(map(self.terms.number, terms), np.int32)
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
