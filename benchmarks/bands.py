"""How scores of relevant pairs differ from those of random pairs, to set `scoring.BANDS` by.

    python benchmarks/bands.py FOLDER

FOLDER holds collections (docs.jsonl, queries.jsonl, qrels.tsv), of which need-* and xl-* are read. For every
threshold it prints the share of relevant pairs, of random pairs and of the best twenty matches that reach it.
"""

import json
import random
import sys
from pathlib import Path

import numpy as np

from scoring import Document, Matcher

THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
QUERIES = 300
SEED = 7


def documents(path: Path) -> dict[str, Document]:
    """The texts of a .jsonl file, by id."""
    texts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {text["id"]: Document(text["id"], {"text": text["text"]}) for text in texts}


def relevant(path: Path) -> dict[str, set[str]]:
    """Relevant documents by query."""
    found: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            found.setdefault(query, set()).add(document)
    return found


def print_figures(folder: Path) -> None:
    """Print the three distributions of one collection."""
    pool, queries = documents(folder / "docs.jsonl"), documents(folder / "queries.jsonl")
    pairs = relevant(folder / "qrels.tsv")
    matcher = Matcher().fit(pool.values())
    chance = random.Random(SEED)
    chosen = chance.sample(sorted(pairs), min(QUERIES, len(pairs)))
    scores: dict[str, list[float]] = {"relevant": [], "random": [], "best 20": []}
    for query in chosen:
        matches = matcher.match(queries[query], k=len(pool))
        by_id = {match.id: match.score for match in matches}
        scores["relevant"] += [by_id.get(id, 0.0) for id in sorted(pairs[query])]
        scores["random"] += [by_id.get(id, 0.0) for id in chance.sample(sorted(pool), 20)]
        scores["best 20"] += [match.score for match in matches[:20]]
    print(folder.name, "threshold", *(f"{threshold:5.2f}" for threshold in THRESHOLDS), sep="\t")
    for kind, values in scores.items():
        shares = [float((np.array(values) >= threshold).mean()) for threshold in THRESHOLDS]
        print(folder.name, kind, *(f"{share:5.3f}" for share in shares), sep="\t")


if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).iterdir()):
        if path.name.startswith(("need-", "xl-")):
            print_figures(path)
