"""Whatever comes, goes, is saved and loaded: the matches are those of the rule worked out from scratch."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from scoring import Matcher, collection, ranking
from tests.scoring import oracle

IDS = st.sampled_from([f"d{number}" for number in range(12)])
TEXTS = st.lists(st.lists(st.sampled_from(oracle.WORDS), max_size=14), min_size=1, max_size=5)
FACETS = st.sampled_from(["a", "b", "c"])


class Market(RuleBasedStateMachine):
    """A matcher beside a plain dictionary of what it should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.matcher = Matcher()
        self.pool: dict[str, list[list[str]]] = {}
        self.facets: dict[str, str] = {}
        self.asking: dict[str, list[list[str]]] = {}
        self.query: list[list[str]] = [["sampah", "pasar", "kopi"], ["banjir"]]
        self.k = 5

    @rule(documents=st.lists(st.tuples(IDS, TEXTS, FACETS), max_size=9))
    def add(self, documents: list[tuple[str, list[list[str]], str]]) -> None:
        self.matcher.add(oracle.document(id, parts, {"kind": facet}) for id, parts, facet in documents)
        for id, parts, facet in documents:
            self.pool[id], self.facets[id] = parts, facet

    @rule(ids=st.lists(IDS, max_size=6))
    def remove(self, ids: list[str]) -> None:
        self.matcher.remove(ids)
        for id in ids:
            self.pool.pop(id, None)

    @rule(id=IDS, parts=TEXTS)
    def learn(self, id: str, parts: list[list[str]]) -> None:
        self.matcher.learn([oracle.document(id, parts)])
        self.asking[id] = parts

    @rule(id=IDS)
    def forget(self, id: str) -> None:
        self.matcher.forget([id])
        self.asking.pop(id, None)

    @rule()
    def save_and_load(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.matcher.save(Path(folder))
            self.matcher = Matcher.load(folder, verify=True)

    @rule(query=TEXTS, k=st.integers(0, 14))
    def ask(self, query: list[list[str]], k: int) -> None:
        self.query, self.k = query, k

    @rule(kind=FACETS, other=FACETS)
    def filter(self, kind: str, other: str) -> None:
        everything = oracle.matches(self.pool, list(self.asking.values()), self.query, 100)
        asked = oracle.document("q", self.query)
        kept = [match for match in everything if self.facets[match.id] == kind]
        assert self.matcher.match(asked, 100, where={"kind": kind}) == close(kept)
        left = [match for match in everything if self.facets[match.id] not in {kind, other}]
        assert self.matcher.match(asked, 100, without={"kind": {kind, other}}) == close(left)

    @invariant()
    def the_best_are_those_of_the_rule(self) -> None:
        expected = oracle.matches(self.pool, list(self.asking.values()), self.query, self.k)
        assert self.matcher.match(oracle.document("q", self.query), self.k) == close(expected)
        assert len(self.matcher) == len(self.pool)


def close(matches: list) -> object:
    """Equal ids in order, scores up to rounding."""
    return [(match.id, pytest.approx(match.score, abs=3e-9)) for match in matches]


@pytest.fixture(params=["read whole", "postings", "threads"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Small collections are read whole; with small blocks the same documents go through all of the rest."""
    if request.param != "read whole":
        for module in (collection, ranking):
            monkeypatch.setattr(module, "BLOCK", 4)
        monkeypatch.setattr(collection, "SMALL", 2)
        monkeypatch.setattr(collection, "DELTA", 1)
        monkeypatch.setattr(collection, "SWEEP", 3)
    if request.param == "threads":
        monkeypatch.setattr(ranking, "_SHARED_FROM", 1)
    return request.param


@pytest.mark.usefixtures("way")
def test_matches_are_those_of_the_rule_after_any_changes() -> None:
    run_state_machine_as_test(
        Market,
        settings=settings(
            max_examples=25,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
