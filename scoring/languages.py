"""Which of the two languages a text is written in."""

import re
import threading
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import stopwordsiso
from numpy.typing import NDArray

from .documents import Language
from .growing import Bytes

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES: tuple[Language, Language] = ("id", "en")
#: Of each language, in sets of them.
BIT: dict[Language, int] = {language: 1 << at for at, language in enumerate(LANGUAGES)}

#: Characters that are enough to tell; reading more changes nothing and a long text would cost.
LOOKED_AT = 800
#: The same for function words, which tell by far the most texts without the model.
WORDS_LOOKED_AT = 48
#: Below this probability the model guesses; `fallback` knows better. Lists of technical names score up to .9.
SURE = 0.9
#: So many words that only one language has, and so many times those of the other, need no model.
TELLING = 3
OUTNUMBERING = 4
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_loading = threading.Lock()


def detect(text: str, words: Sequence[str], fallback: Language | None = None) -> Language:
    """The language of `text`, whose words in lower case are `words`.

    `fallback`, if given, where the model is not sure; "id" without a word.
    """
    return told(words) or guess(text, fallback)


def told(words: Sequence[str]) -> Language | None:
    """The language of a text by its function words, of which every sentence has some; None if they are few."""
    kinds = list(map(_function_words().get, words[:WORDS_LOOKED_AT]))
    bit = _told(*(np.array([kinds.count(BIT[language])]) for language in LANGUAGES))[0]
    return next((language for language in LANGUAGES if BIT[language] == bit), None)


def all_told(kinds: Bytes, texts: NDArray[np.int64], places: NDArray[np.int64], count: int) -> Bytes:
    """The bits of the same for `count` texts at once, 0 where the words are few: (count,).

    `kinds` are those of their words (words,), which are of `texts`, each at its place there.
    """
    telling = np.flatnonzero((kinds > 0) & (places < WORDS_LOOKED_AT))
    kinds, texts = kinds[telling], texts[telling]
    return _told(*(np.bincount(texts[kinds == BIT[language]], minlength=count) for language in LANGUAGES))


def kind_of(word: str) -> int:
    """The bit of the language, for a word that only one of the two has; 0 for the others."""
    return _function_words().get(word, 0)


def guess(text: str, fallback: Language | None) -> Language:
    """The language of a text that its words do not tell: `fallback`, if given, where the model is not sure."""
    sample = text[:LOOKED_AT]
    if not _LETTERS.search(sample):
        return fallback or "id"
    language, probability = _classified(sample)
    if fallback and probability < SURE:
        return fallback
    return language


def _told(id_words: NDArray[np.int64], en_words: NDArray[np.int64]) -> Bytes:
    """By how many words of texts only one language has: (texts,) each."""
    is_id = id_words >= np.maximum(TELLING, OUTNUMBERING * en_words)
    is_en = en_words >= np.maximum(TELLING, OUTNUMBERING * id_words)
    return np.where(is_id, BIT["id"], np.where(is_en, BIT["en"], 0)).astype(np.uint8)


@cache
def _function_words() -> dict[str, int]:
    """The bit of the language of the function words that only one of the two has."""
    indonesian, english = stopwordsiso.stopwords("id"), stopwordsiso.stopwords("en")
    return {**dict.fromkeys(indonesian - english, BIT["id"]), **dict.fromkeys(english - indonesian, BIT["en"])}


@lru_cache(maxsize=4096)
def _classified(sample: str) -> tuple[Language, float]:
    """Explanations read the same parts again and again. Bounded: 4,096 samples of at most `LOOKED_AT` characters."""
    with _loading:
        identifier = _identifier()
    language, probability = identifier.classify(sample)
    return ("en" if language == "en" else "id"), float(probability)


@cache
def _identifier() -> "LanguageIdentifier":
    """The model, loaded at first use: it takes longer than everything else that `import scoring` does."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - see above

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
