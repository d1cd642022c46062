"""Texts in, ranked and explained matches out; Indonesian and English. No web, no database: usable alone.

from scoring import Document, Matcher
matcher = Matcher().fit([Document("card-1", {"title": "Waste sorting machines"}, language="en")])
matcher.match(Document("need-1", {"problem": "Pengelolaan sampah kota belum terpadu"}))
"""

from .bands import BANDS, band
from .documents import Document, Explanation, Match, Sentence, SentencePair, TermShare
from .matcher import Matcher
from .storage import DamagedIndex

__all__ = [
    "BANDS",
    "DamagedIndex",
    "Document",
    "Explanation",
    "Match",
    "Matcher",
    "Sentence",
    "SentencePair",
    "TermShare",
    "band",
]
