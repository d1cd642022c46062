"""Words that the two languages took from the same source: "fermentasi" and "fermentation".

For words that the glossary does not have. Rules of spelling give what a word may look like in the other
language; whoever asks keeps those that some text really has, so a rule may be generous.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from .documents import Language

#: Shorter words look like too many others.
SHORTEST = 5
#: Places of a word with more than one spelling that are tried both ways.
_TRIED = 4
#: Ends of Indonesian words, and of English ones; longest first.
_ENDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ifikasi", ("ification",)),
    ("isasi", ("ization", "isation")),
    ("ologi", ("ology",)),
    ("grafi", ("graphy",)),
    ("nomi", ("nomy",)),
    ("metri", ("metry",)),
    ("terapi", ("therapy",)),
    ("itas", ("ity",)),
    ("isme", ("ism",)),
    ("ensi", ("ency", "ence", "ension", "ention")),
    ("ansi", ("ancy", "ance", "ansion")),
    ("asi", ("ation", "acy", "asy")),
    ("isi", ("ition", "ision")),
    ("usi", ("ution", "usion")),
    ("ksi", ("ction", "xion")),
    ("psi", ("ption",)),
    ("iner", ("inary", "iner")),
    ("aris", ("arian", "aris", "ary")),
    ("ris", ("ry", "ris")),
    ("sis", ("sis",)),
    ("ika", ("ics", "ica")),
    ("ik", ("ic", "ics", "ique")),
    ("is", ("ic", "is", "ical")),
    ("if", ("ive",)),
    ("ur", ("ure", "ur")),
    ("or", ("or", "ore")),
    ("tas", ("ty",)),
    ("i", ("y", "i", "e")),
    ("a", ("", "a")),
)
_TO_ENGLISH = (
    (re.compile(r"ks"), ("x",)),
    (re.compile(r"kua"), ("qua",)),
    (re.compile(r"k(?=[ei])"), ("k", "ch", "c")),
    (re.compile(r"k"), ("c", "k")),
    (re.compile(r"f"), ("f", "ph")),
    (re.compile(r"s(?=[ei])"), ("s", "c")),
    (re.compile(r"(?<=[lsnt])i(?=[st])"), ("i", "y")),
    (re.compile(r"t(?=[eo])"), ("t", "th")),
)
_TO_INDONESIAN = (
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"qu"), "ku"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ch(?=[^aeiou]|[aou])|c"), "k"),
    (re.compile(r"y"), "i"),
    (re.compile(r"z"), "s"),
)


@lru_cache(maxsize=20_000)
def cognates(word: str, language: Language) -> tuple[str, ...]:
    """Spellings in the other language that `word`, in lower case, may have; bounded, also for hostile words."""
    if len(word) < SHORTEST or not word.isalpha() or not word.isascii():
        return ()
    found = _in_english(word) if language == "id" else _in_indonesian(word)
    return tuple(dict.fromkeys(each for each in found if each != word))


def _in_english(word: str) -> Iterator[str]:
    for end, english in _ENDS:
        if word.endswith(end) and len(word) > len(end) + 1:
            for body in _spellings(word[: -len(end)]):
                yield from (body + each for each in english)
            return
    yield from _spellings(word)
    yield from (each + "e" for each in _spellings(word))


def _spellings(body: str) -> Iterator[str]:
    """`body` with each letter that has more than one English counterpart written in each way."""
    pieces: list[tuple[str, ...]] = []
    at = tried = 0
    while at < len(body):
        for pattern, options in _TO_ENGLISH:
            found = pattern.match(body, at)
            if found:
                tried += len(options) > 1
                pieces.append(options if tried <= _TRIED else options[:1])
                at = found.end()
                break
        else:
            pieces.append((body[at],))
            at += 1
    return ("".join(spelling) for spelling in product(*pieces))


def _in_indonesian(word: str) -> Iterator[str]:
    ends = [(english, end) for end, all_english in _ENDS for english in all_english if english]
    for english, end in sorted(ends, key=lambda each: -len(each[0])):
        if word.endswith(english) and len(word) > len(english) + 1:
            yield _indonesian(word.removesuffix(english)) + end
    yield _indonesian(word.removesuffix("e"))


def _indonesian(body: str) -> str:
    for pattern, replacement in _TO_INDONESIAN:
        body = pattern.sub(replacement, body)
    return body
