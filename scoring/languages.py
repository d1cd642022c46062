"""Which of the two languages a text is written in."""

import re
import threading
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .documents import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES: tuple[Language, Language] = ("id", "en")

#: Characters that are enough to tell; reading more changes nothing and a long text would cost.
LOOKED_AT = 800
#: Below this probability the model guesses; `fallback` knows better. Lists of technical names score up to .9.
SURE = 0.9
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_loading = threading.Lock()


def detect(text: str, fallback: Language | None = None) -> Language:
    """The language of `text`: `fallback`, if given, where the model is not sure; "id" without a word."""
    sample = text[:LOOKED_AT]
    if not _LETTERS.search(sample):
        return fallback or "id"
    language, probability = _classified(sample)
    if fallback and probability < SURE:
        return fallback
    return language


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
