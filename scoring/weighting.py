"""The formulas of the score, each under its name in the literature.

    evidence(q, text) = sum over terms of  q_t * idf_t * saturation(count_t) / pivot(length of text),   |q| = 1
    score             = evidence / (1 + evidence)

Evidence is a sum, so that it can be taken apart by term; it does not depend on the other queries, and it has
no length of a vector in it, so that a new document changes nothing but the idf, which is applied when asked.
"""

import numpy as np
from numpy.typing import NDArray

from .growing import Floats

#: How soon a word that is repeated counts no more: k1 of BM25, at its usual value.
K1 = 1.2
#: How much of a text's length counts against it: the slope that Singhal et al. recommend.
SLOPE = 0.2
#: Titles and first words say what a text is about: its first words that count, so many, count twice.
LEAD = 10
#: Counts are kept up to this one; the saturation of the next differs by less than 0.01.
MOST = 255
#: Scores are told apart to this many decimals; what differs by less is rounding, and a tie.
DECIMALS = 9
#: What the shortest text is divided by.
LEAST_PIVOT = 1.0 - SLOPE


def saturation(count: Floats) -> Floats:
    """1 for a word that occurs once, at most 1 + K1: the term frequency of BM25.

    Robertson and Walker: Some simple effective approximations to the 2-Poisson model, SIGIR 1994.
    """
    return count * (1.0 + K1) / (count + K1)


#: `saturation` by count, (MOST + 1,).
SATURATION: Floats = saturation(np.arange(MOST + 1, dtype=np.float64))


def idf(n: int, frequencies: Floats) -> Floats:
    """Inverse document frequency, 1 for a term in none of `n` documents, above 0 for one in all of them.

    scikit-learn's smooth idf, divided by its highest value, so that scores of large and small collections
    compare. Spärck Jones: A statistical interpretation of term specificity, 1972.
    """
    smooth: Floats = 1.0 + np.log((1.0 + n) / (1.0 + frequencies))
    return np.asarray(smooth / (1.0 + np.log(1.0 + n)), np.float64)


def pivot(lengths: NDArray[np.int32], mean: float) -> Floats:
    """What evidence is divided by: 1 for a text of the mean length.

    Singhal, Buckley, Mitra: Pivoted document length normalization, SIGIR 1996.
    """
    return np.asarray(LEAST_PIVOT + SLOPE * lengths / mean, np.float64)


def score(evidence: Floats | float) -> Floats:
    """Evidence, 0 and up, as a number from 0 to 1, as odds become a chance; equal to `DECIMALS` is a tie."""
    return np.round(np.asarray(evidence) / (1.0 + np.asarray(evidence)), DECIMALS)
