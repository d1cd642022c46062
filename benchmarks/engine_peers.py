"""The peers of the engine, each with its own usual weighting, as calls that answer the queries of a bench.

They are imported when they are asked for: who has not installed one sees that in a line and the rest goes on.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.engine_corpus import TERMS, Bench, Call, K

#: Numbers of scores that an answer to several queries may have at a time, so that memory is bounded.
_AT_ONCE = 10_000_000
#: Points that are handed over at a time.
_POINTS = 1_000

#: From the first query up to the last, all at once.
Sweep = Callable[[int, int], Any]


class Peer(NamedTuple):
    """How a peer answers the query of a number: from what it takes as prepared, and from a text, if it takes one."""

    prepared: Call
    text: Call | None = None


class Matrices(NamedTuple):
    """Queries (queries, terms) and documents (documents, terms), weighted and of length 1."""

    queries: Any
    documents: Any


def weighted(bench: Bench, dtype: Any) -> Matrices:
    """Documents and queries under scikit-learn's tf-idf."""
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415

    weights = TfidfTransformer()
    documents = weights.fit_transform(bench.corpus.counts(0, bench.size, dtype))
    return Matrices(weights.transform(bench.asking.counts(0, bench.queries, dtype)), documents)


def sklearn_cosine(bench: Bench) -> Peer:
    """scikit-learn: `cosine_similarity` and a sort, as most do it."""
    from sklearn.metrics.pairwise import cosine_similarity  # noqa: PLC0415

    queries, documents = weighted(bench, np.float64)
    rows = [queries[number] for number in range(bench.queries)]
    return Peer(lambda number: np.argsort(-cosine_similarity(rows[number % bench.queries], documents).ravel())[:K])


def scipy_inverted(bench: Bench) -> Peer:
    """scipy: the query times the documents by term, in single precision, and a partition of what is not 0."""
    queries, documents = weighted(bench, np.float32)
    inverted = documents.T.tocsr()
    del documents
    rows = [queries[number] for number in range(bench.queries)]
    return Peer(lambda number: best_of(rows[number % bench.queries] @ inverted))


def best_of(products: Any) -> list[Any]:
    """The columns of the highest values of each row of a sparse matrix, best first."""
    found = []
    for start, end in zip(products.indptr[:-1], products.indptr[1:], strict=True):
        values = products.data[start:end]
        kept = (
            np.argpartition(values, values.size - K)[values.size - K :] if values.size > K else np.arange(values.size)
        )
        found.append(products.indices[start:end][kept[np.argsort(-values[kept])]])
    return found


def sweeps(bench: Bench) -> dict[str, Sweep]:
    """Many queries at once: scipy in chunks, and sparse_dot_topn on 2 threads, if it is there."""
    queries, documents = weighted(bench, np.float32)
    inverted = documents.T.tocsr()
    del documents
    rows = max(1, _AT_ONCE // bench.size)

    def by_scipy(first: int, last: int) -> list[Any]:
        chunks = (queries[at : min(at + rows, last)] @ inverted for at in range(first, last, rows))
        return list(chain.from_iterable(best_of(chunk) for chunk in chunks))

    found: dict[str, Sweep] = {"scipy in chunks": by_scipy}
    try:
        from sparse_dot_topn import sp_matmul_topn  # noqa: PLC0415
    except ImportError:
        print("  sparse-dot-topn is not installed")
        return found
    found["sparse_dot_topn on 2 threads"] = lambda first, last: sp_matmul_topn(
        queries[first:last], inverted, top_n=K, sort=True, n_threads=2
    )
    return found


def by_bm25s(bench: Bench) -> Peer:
    """bm25s with its compiled backend."""
    import bm25s  # noqa: PLC0415

    index = bm25s.BM25(backend="numba")
    tokens = chain.from_iterable(terms.tolist() for terms in bench.corpus.terms(0, bench.size))
    words = {f"w{term}": term for term in range(TERMS)}
    index.index((list(tokens), words), show_progress=False)
    asked = different_terms(bench)

    def from_text(number: int) -> Any:
        text = bench.asked[number % bench.queries].parts["t"]
        words = bm25s.tokenize([text], stopwords="en", return_ids=False, show_progress=False)
        return index.retrieve([list(set(words[0]))], k=K, show_progress=False)

    return Peer(lambda number: index.retrieve([asked[number % bench.queries]], k=K, show_progress=False), from_text)


def by_tantivy(bench: Bench) -> Peer:
    """tantivy, without positions, in memory, in one segment."""
    import tantivy  # noqa: PLC0415

    schema = tantivy.SchemaBuilder().add_text_field("t", tokenizer_name="default", index_option="freq").build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=1_000_000_000, num_threads=1)
    for document in bench.corpus.documents(0, bench.size):
        writer.add_document(tantivy.Document(t=document.parts["t"]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    asked = [
        tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "t", f"w{term}", "freq")) for term in terms]
        )
        for terms in different_terms(bench)
    ]

    def from_text(number: int) -> Any:
        return searcher.search(
            index.parse_query(bench.asked[number % bench.queries].parts["t"], ["t"]), K, count=False
        )

    return Peer(lambda number: searcher.search(asked[number % bench.queries], K, count=False), from_text)


def by_qdrant(bench: Bench) -> Peer:
    """qdrant-edge with sparse vectors under tf-idf, in one optimised shard."""
    import qdrant_edge as qdrant  # noqa: PLC0415

    queries, documents = weighted(bench, np.float32)
    folder = Path(bench.folder) / f"qdrant-{bench.size}"
    folder.mkdir(parents=True, exist_ok=True)
    config = qdrant.EdgeConfig(sparse_vectors={"t": qdrant.EdgeSparseVectorParams()})
    shard = qdrant.EdgeShard.create(str(folder), config)

    def vector(matrix: Any, row: int) -> Any:
        entries = slice(matrix.indptr[row], matrix.indptr[row + 1])
        return qdrant.SparseVector(matrix.indices[entries].tolist(), matrix.data[entries].tolist())

    for first in range(0, bench.size, _POINTS):
        numbers = range(first, min(first + _POINTS, bench.size))
        points = [qdrant.Point(number, {"t": vector(documents, number)}) for number in numbers]
        shard.update(qdrant.UpdateOperation.upsert_points(points))
    shard.optimize()
    nearest = qdrant.Query.Nearest
    asked = [
        qdrant.QueryRequest(limit=K, query=nearest(vector(queries, row), using="t")) for row in range(bench.queries)
    ]
    return Peer(lambda number: shard.query(asked[number % bench.queries]))


def different_terms(bench: Bench) -> Sequence[list[int]]:
    """The different terms of each query."""
    rows = chain.from_iterable(bench.asking.terms(0, bench.queries))
    return [np.unique(terms).tolist() for terms in rows]
