"""The scoring rule from scratch, by scikit-learn and without any index: what `Matcher` has to agree with."""

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfTransformer

from scoring import Document, Match

#: Indonesian words of different stems, none of them common, in the glossary's phrases or short for anything.
WORDS = ["sampah", "sungai", "kopi", "pasar", "nelayan", "jembatan", "sekolah", "listrik", "banjir", "sawah"]
K1, SLOPE, LEAD = 1.2, 0.2, 10

Texts = Sequence[Sequence[str]]


def document(id: str, parts: Texts, facets: Mapping[str, str] | None = None) -> Document:
    """Lists of `WORDS` as a document."""
    return Document(id, {str(at): " ".join(part) for at, part in enumerate(parts)}, "id", facets or {})


def counts(parts: Texts) -> np.ndarray:
    """How often each word counts in each part that has one, the first ten of the document twice: (parts, words)."""
    found, left = [], LEAD
    for part in (part for part in parts if part):
        found.append([part.count(word) + part[:left].count(word) for word in WORDS])
        left = max(0, left - len(part))
    return np.array(found, float).reshape(-1, len(WORDS))


def matches(pool: Mapping[str, Texts], asking: Sequence[Texts], query: Texts, k: int) -> list[Match]:
    """The `k` best of `pool` for `query`."""
    table = {id: counts(parts) for id, parts in pool.items()}
    wholes = {id: rows.sum(axis=0) for id, rows in table.items()}
    known = [row for row in [*wholes.values(), *(counts(parts).sum(axis=0) for parts in asking)] if row.any()]
    asked = counts(query).sum(axis=0)
    if not known or not asked.any():
        return []
    idf = TfidfTransformer().fit(np.array(known)).idf_ / (1 + np.log(1 + len(known)))
    sought = saturation(asked) * idf
    sought = sought / np.linalg.norm(sought) * idf
    lengths = [row.sum() for row in wholes.values() if row.any()]
    parts = [row.sum() for rows in table.values() if len(rows) > 1 for row in rows]
    found = []
    for id, rows in table.items():
        whole = best = fit(wholes[id], sought, float(np.mean(lengths or [1])))
        if len(rows) > 1:
            best = np.mean(sorted((fit(row, sought, float(np.mean(parts))) for row in rows), reverse=True)[:3])
        evidence = 0.7 * whole + 0.3 * best
        if evidence > 0:
            found.append(Match(id, round(float(evidence / (1 + evidence)), 9)))
    return sorted(found, key=lambda match: (-match.score, match.id))[:k]


def fit(row: np.ndarray, sought: np.ndarray, mean: float) -> float:
    """The evidence of one text."""
    return float(saturation(row) @ sought / (1 - SLOPE + SLOPE * row.sum() / mean))


def saturation(count: np.ndarray) -> np.ndarray:
    """BM25's term frequency."""
    return count * (K1 + 1) / (count + K1)
