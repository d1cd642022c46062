"""What users said of suggestions, as a small change of their order, once it has proved itself.

    log odds of "useful"  =  intercept + a * log evidence + sum over features of  b * (x - mean of x)
    factor                =  exp(sum over features of  b / max(a, 1) * (x - mean of x)),  within [1 / most, most]
    evidence afterwards   =  evidence * factor

A logistic regression with an L2 penalty on every b: with C = `strength` a weight is expected to be within
sqrt(C) of 0 before anything is known. `a` is left almost free, so that features explain only what the evidence does
not, and changes no order by itself. b / a is the log evidence that a feature is worth; a score is evidence read as
odds, which is a = 1, and where judgements follow the evidence less than that, the features do not make up for it.

Features: of each part of the document, the share of its parts' evidence ("part:title", numbered parts together);
of each facet, whether query and document share a value ("facet:province").

It cannot feed on itself: it is learned anew each time, from the evidence as it is without it. Judgements that only
follow the order that was shown raise a and b alike, so that b / a does not climb; and the whole factor is bounded.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self, TypedDict

import numpy as np

from .documents import Document, Match
from .growing import Floats
from .judgements import Judged, Judgement, judged, seen_by
from .matcher import Matcher
from .weighting import DECIMALS

__all__ = ["Feedback", "Judgement", "Number", "Saved"]

#: Parts of the judgements, by query, each held back once.
FOLDS = 5
#: Queries with judgements of both kinds, below which the spread of what they gain is not known.
LEAST_QUERIES = 10
#: Standard errors that the gain must be above 0: by chance in one of some hundred trials, and there are many trials.
SURE = 3.0
#: The column of log evidence is so much larger than the others, and its penalty smaller by the square.
_FREE = 10.0
_LEAST_SCORE = 10.0**-DECIMALS


class Number(NamedTuple):
    """A feature, its weight (in log evidence), and what having it in full rather than not multiplies evidence by."""

    name: str
    weight: float
    factor: float


class Saved(TypedDict):
    """A `Feedback` as JSON."""

    least: int
    least_of_each: int
    strength: float
    most: float
    weights: dict[str, float]
    means: dict[str, float]
    judgements: int
    gain: float
    active: bool


class Feedback:
    """Changes the order of matches by what users said of earlier ones; off until that is shown to be better.

    Options: `least`, judged pairs of query and document that it takes; `least_of_each`, how many of them useful, and
    how many not; `strength`, C of the regression, above 0, small for small weights; `most`, the largest factor that
    evidence is multiplied by, its inverse being the smallest (1 or more).

    Learned: `active_`; `weights_` and `means_` by feature, empty while it is off; `judgements_`, judged pairs that
    count; `gain_`, by how much the chance that a useful document stands before one that is not useful (AUC within a
    query, mean over queries) rises on judgements that were held back. Fit a new one while the former is in use.
    """

    def __init__(self, *, least: int = 200, least_of_each: int = 40, strength: float = 0.1, most: float = 1.5) -> None:
        if not (0.0 < strength < math.inf and 1.0 <= most < math.inf):
            raise ValueError("strength must be above 0, most at least 1")
        self.least, self.least_of_each, self.strength, self.most = least, least_of_each, strength, most
        self.weights_: dict[str, float] = {}
        self.means_: dict[str, float] = {}
        self._turn_off()

    def fit(self, matcher: Matcher, judgements: Iterable[Judgement]) -> Self:
        """Learn from `judgements` anew; of documents that are gone, or share no word with the query, none counts."""
        self._turn_off()
        pairs = judged(matcher, judgements)
        self.judgements_ = pairs.useful.size
        useful = float(pairs.useful.sum())
        enough = pairs.useful.size >= self.least and min(useful, pairs.useful.size - useful) >= self.least_of_each
        if enough and np.unique(pairs.queries).size >= LEAST_QUERIES and pairs.names:
            gains = self._gains(pairs)
            self.gain_ = float(gains.mean()) if gains.size else 0.0
            if gains.size >= LEAST_QUERIES and self.gain_ > SURE * gains.std(ddof=1) / math.sqrt(gains.size):
                weights, means = self._learned(pairs)
                self.weights_ = dict(zip(pairs.names, weights.tolist(), strict=True))
                self.means_ = dict(zip(pairs.names, means.tolist(), strict=True))
                self.active_ = True
        return self

    def rerank(self, matcher: Matcher, document: Document, matches: Sequence[Match]) -> list[Match]:
        """`matches` for `document`, evidence times factor, best first, ties by id; as they are while it is off.

        The same documents, scores above 0 and at most 1. Whoever wants the best k asks the matcher for more.
        """
        if not self.active_:
            return list(matches)
        factors = self.factors(matcher, document, (match.id for match in matches))
        changed = (Match(match.id, _multiplied(match.score, factors[match.id])) for match in matches)
        return sorted(changed, key=lambda match: (-match.score, match.id))

    def factors(self, matcher: Matcher, document: Document, ids: Iterable[str]) -> dict[str, float]:
        """What the evidence of each of `ids` for `document` is multiplied by; 1 for what is gone, or while off."""
        factors = dict.fromkeys(ids, 1.0)
        if self.active_:
            weights, means = np.array(list(self.weights_.values())), np.array(list(self.means_.values()))
            for id, seen in seen_by(matcher, document, factors).items():
                values = np.array([seen.values.get(name, 0.0) for name in self.weights_])
                logs = self._logs(values[None], weights, means)
                factors[id] = min(max(math.exp(logs[0]), 1.0 / self.most), self.most)
        return factors

    def numbers(self) -> list[Number]:
        """What was learned, weightiest first; nothing while it is off."""
        rows = (Number(name, weight, self._factor(weight)) for name, weight in self.weights_.items())
        return sorted(rows, key=lambda row: (-abs(row.weight), row.name))

    def to_dict(self) -> Saved:
        """Options and what was learned, without any judgement, for JSON."""
        return Saved(
            least=self.least,
            least_of_each=self.least_of_each,
            strength=self.strength,
            most=self.most,
            weights=dict(self.weights_),
            means=dict(self.means_),
            judgements=self.judgements_,
            gain=self.gain_,
            active=self.active_,
        )

    @classmethod
    def from_dict(cls, saved: Saved) -> Self:
        """What `to_dict` gave. ValueError for anything else."""
        try:
            feedback = cls(
                least=int(saved["least"]),
                least_of_each=int(saved["least_of_each"]),
                strength=float(saved["strength"]),
                most=float(saved["most"]),
            )
            feedback.weights_ = {str(name): float(weight) for name, weight in saved["weights"].items()}
            feedback.means_ = {name: float(saved["means"][name]) for name in feedback.weights_}
            feedback.judgements_, feedback.gain_ = int(saved["judgements"]), float(saved["gain"])
            feedback.active_ = saved["active"] is True
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError(f"this is no saved feedback: {error!r}") from error
        if not all(map(math.isfinite, (*feedback.weights_.values(), *feedback.means_.values(), feedback.gain_))):
            raise ValueError("saved feedback has a number that is none")
        return feedback

    def _turn_off(self) -> None:
        self.active_, self.judgements_, self.gain_ = False, 0, 0.0
        self.weights_, self.means_ = {}, {}

    def _gains(self, pairs: Judged) -> Floats:
        """What each query gains that has judgements of both kinds, by a model that has not seen it: (queries,)."""
        from sklearn.model_selection import GroupKFold  # noqa: PLC0415 - importing it takes a second

        changed = pairs.evidence.copy()
        for others, held in GroupKFold(FOLDS).split(pairs.values, groups=pairs.queries):
            weights, means = self._learned(pairs.some(others))
            changed[held] += self._logs(pairs.values[held], weights, means)
        before, after = _order(pairs, pairs.evidence), _order(pairs, changed)
        return np.array([after[query] - before[query] for query in before])

    def _learned(self, pairs: Judged) -> tuple[Floats, Floats]:
        """Weights, in log evidence, and means: (features,) each. Judgements of one kind alone teach nothing."""
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - importing it takes a second

        means = pairs.values.mean(axis=0)
        table = np.column_stack([pairs.values - means, _FREE * (pairs.evidence - pairs.evidence.mean())])
        kinds = np.repeat([True, False], pairs.useful.size)
        worth = np.concatenate([pairs.useful, 1.0 - pairs.useful])
        said = worth > 0.0
        if np.unique(kinds[said]).size < 2:
            return np.zeros(len(pairs.names)), means
        model = LogisticRegression(C=self.strength, max_iter=1000)
        slopes = model.fit(np.vstack([table, table])[said], kinds[said], worth[said]).coef_[0]
        return np.nan_to_num(slopes[:-1] / max(1.0, _FREE * slopes[-1])), means

    def _logs(self, values: Floats, weights: Floats, means: Floats) -> Floats:
        """Logarithms of the factors of rows of `values` (rows, features): (rows,)."""
        bound = math.log(self.most)
        with np.errstate(over="ignore", invalid="ignore"):
            return np.clip(np.nan_to_num((values - means) @ weights), -bound, bound)

    def _factor(self, weight: float) -> float:
        bound = math.log(self.most)
        return math.exp(min(max(weight, -bound), bound))


def _order(pairs: Judged, values: Floats) -> dict[int, float]:
    """The chance that `values` (pairs,) put a useful document first, ties half: AUC, by query with both kinds."""
    found = {}
    for query in np.unique(pairs.queries).tolist():
        here = pairs.queries == query
        useful = pairs.useful[here]
        _, places = np.unique(values[here], return_inverse=True)
        good, bad = np.bincount(places, useful), np.bincount(places, 1.0 - useful)
        if good.sum() > 0.0 and bad.sum() > 0.0:
            behind = np.cumsum(bad) - bad / 2.0
            found[query] = float(good @ behind / (good.sum() * bad.sum()))
    return found


def _multiplied(score: float, factor: float) -> float:
    """The score e / (1 + e) of evidence e, with e times `factor`; above 0 also where that rounds to 0."""
    return max(_LEAST_SCORE, round(score * factor / (1.0 - score + score * factor), DECIMALS))
