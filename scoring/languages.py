"""Which of the two languages a text is written in."""

import re
import threading
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import stopwordsiso

from .documents import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES: tuple[Language, Language] = ("id", "en")

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
    told = _told(words[:WORDS_LOOKED_AT])
    if told:
        return told
    sample = text[:LOOKED_AT]
    if not _LETTERS.search(sample):
        return fallback or "id"
    language, probability = _classified(sample)
    if fallback and probability < SURE:
        return fallback
    return language


def _told(words: Sequence[str]) -> Language | None:
    """The language of a text by its function words, of which every sentence has some; None if they are few."""
    told = list(map(_function_words().get, words))
    id_words, en_words = told.count("id"), told.count("en")
    if id_words >= max(TELLING, OUTNUMBERING * en_words):
        return "id"
    if en_words >= max(TELLING, OUTNUMBERING * id_words):
        return "en"
    return None


@cache
def _function_words() -> dict[str, Language]:
    """The language of the function words that only one of the two has."""
    indonesian, english = stopwordsiso.stopwords("id"), stopwordsiso.stopwords("en")
    return {**dict.fromkeys(indonesian - english, LANGUAGES[0]), **dict.fromkeys(english - indonesian, LANGUAGES[1])}


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
