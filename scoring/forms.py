"""The words that texts are made of, by number, and what each goes by: one look-up a word, the rest at array speed.

Words come in lower case, as `analysis.words_of` cuts them.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from .analysis import LONGEST_WORD, looked_up_by
from .documents import Language
from .growing import Bytes, Growing
from .languages import LANGUAGES, kind_of
from .names import Names
from .rows import Numbers

#: What words that do not count go by; abbreviations go by numbers below it.
STOP = -1
_UNKNOWN = np.iinfo(np.int64).min
#: Words are kept so that they need not be stemmed again; hostile texts must not fill the memory with them.
_MOST = 500_000


class Forms:
    """Numbers of words, and for each language what a word goes by, found out when it is first met in it."""

    def __init__(self, terms: Names) -> None:
        self._terms = terms
        self._look_up = [looked_up_by(language) for language in LANGUAGES]
        self._forget()

    def bound(self) -> None:
        """Forget all words if there are too many: what was told of them before means nothing afterwards."""
        if len(self.words) > _MOST:
            self._forget()

    def _forget(self) -> None:
        self.words = Words()
        self._kinds = Growing(np.zeros(0, np.uint8))
        self._forms = [Growing(np.full(1, STOP, np.int64)) for _ in LANGUAGES]
        self._short: dict[int, tuple[int, ...]] = {}

    def kinds(self, words: Numbers) -> Bytes:
        """What each of `words` tells of the language of its text, as `kind_of` does: (words,)."""
        self._kinds.append(np.array([kind_of(word) for word in self.words.listed[len(self._kinds) :]], np.uint8))
        return self._kinds.view()[words]

    def of(self, words: Numbers, language: Language) -> Numbers:
        """What each of `words` goes by: number of its term, `STOP`, or below it what `short` takes: (words,).

        A term that is new gets a number.
        """
        at = LANGUAGES.index(language)
        forms = self._forms[at]
        forms.append(np.full(len(self.words.listed) - len(forms), _UNKNOWN))
        known = forms.writable()
        new = np.unique(words[known[words] == _UNKNOWN]).tolist()
        if new:
            known[new] = list(self._found_out(map(self.words.listed.__getitem__, new), at))
        return known[words]

    def short(self, form: int) -> tuple[int, ...]:
        """The numbers of the terms of an abbreviation: its own first, then those of what it stands for."""
        return self._short[form]

    def _found_out(self, words: Iterable[str], at: int) -> Iterator[int]:
        look_up, numbered = self._look_up[at], self._terms.numbered
        for word in words:
            terms = look_up(word).terms
            yield numbered(terms[0]) if len(terms) == 1 else self._short_for(terms)

    def _short_for(self, terms: tuple[str, ...]) -> int:
        if not terms:
            return STOP
        form = STOP - 1 - len(self._short)
        self._short[form] = tuple(map(self._terms.numbered, terms))
        return form


class Words(dict[str, int]):
    """Words by number, new ones getting the next; 0 is whatever is too long for a word of any language."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = [""]

    def __missing__(self, word: str) -> int:
        if len(word) > LONGEST_WORD:
            return 0
        number = self[word] = len(self.listed)
        self.listed.append(word)
        return number
