"""Texts in, ranked and explained matches out; Indonesian and English. No web, no database: usable alone.

from scoring import Document, Matcher
matcher = Matcher().fit([Document("card-1", {"title": "Waste sorting machines"}, language="en")])
matcher.match(Document("need-1", {"problem": "Pengelolaan sampah kota belum terpadu"}))
"""

from .bands import BANDS, band
from .coverage import Consortium, Coverage, CoveredNeed, consortium, coverage
from .documents import Document, Explanation, Facets, Match, Sentence, SentencePair, TermShare
from .exposure import Exposure, Recorded
from .feedback import Feedback
from .judgements import Judgement
from .matcher import Matcher
from .storage import DamagedIndex

__all__ = [
    "BANDS",
    "Consortium",
    "Coverage",
    "CoveredNeed",
    "DamagedIndex",
    "Document",
    "Explanation",
    "Exposure",
    "Facets",
    "Feedback",
    "Judgement",
    "Match",
    "Matcher",
    "Recorded",
    "Sentence",
    "SentencePair",
    "TermShare",
    "band",
    "consortium",
    "coverage",
]
