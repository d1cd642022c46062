"""The terms of a collection: their numbers, and how common they are."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np

from .analysis import LONGEST_WORD, terms_of
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
    """What words go by, found out when a word is first seen."""

    def __init__(self, find_out: Callable[[str], int]) -> None:
        super().__init__()
        self._find_out = find_out

    def __missing__(self, word: str) -> int:
        found = self._find_out(word)
        if len(word) <= LONGEST_WORD:
            self[word] = found
        return found


class Vocabulary:
    """Numbers of terms, append-only; in how many documents each is, and how many documents each language has.

    Counts are of the documents that are found and of those that only ask: words common on either side tell
    little.
    """

    def __init__(self, terms: Names | None = None, frequencies: Ints | None = None, sizes: Ints | None = None) -> None:
        self.terms = terms or Names()
        self._frequencies = Growing(np.zeros(0, np.int32) if frequencies is None else frequencies)
        self._sizes = np.zeros(len(LANGUAGES), np.int32) if sizes is None else np.array(sizes)
        self._forms = [_Forms(partial(self._form, language=language)) for language in LANGUAGES]
        self._short: dict[int, tuple[int, ...]] = {}

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

    def number(self, term: str) -> int:
        """The number of a term that a document has; else -1."""
        at = self.terms.number(term)
        return at if 0 <= at < len(self._frequencies) and self._frequencies.view()[at] > 0 else -1

    def _form(self, word: str, language: Language) -> int:
        """What `word` goes by: the number of its term or, for an abbreviation, of its terms; or that it stops."""
        terms = terms_of(word, language)
        if not terms:
            return STOP
        if len(terms) == 1:
            return self.terms.numbered(terms[0])
        form = STOP - 1 - len(self._short)
        self._short[form] = tuple(map(self.terms.numbered, terms))
        return form

    def arrays(self) -> dict[str, Ints]:
        """Counts of documents by term and by language."""
        return {"frequencies": self._frequencies.view(), "sizes": self._sizes}
