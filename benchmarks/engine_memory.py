"""A saved collection: how soon it is there again, and what several processes that use it need together.

Also the process that is measured: `python -m benchmarks.engine_memory FOLDER` loads the folder, asks some queries,
and says how much memory it has, in proportion to how many share it, each time that a line comes in.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks.engine_corpus import Bench, Call, Corpus, Times, interleaved, line, over
from scoring import Document, Matcher

#: Processes that share a collection, and the queries that each of them asks.
PROCESSES, QUERIES = 3, 20
_MEMORY = Path("/proc/self/smaps_rollup")


def memory(bench: Bench) -> None:
    """Saving and loading against writing and reading the bytes, and three processes against one."""
    saved = Times()
    saved.run(lambda: bench.matcher.save(bench.folder / str(bench.size)))
    files = list(bench.saved.glob("index-*/*.npy"))
    size = sum(file.stat().st_size for file in files)
    calls: dict[str, Call] = {
        "load": lambda _: Matcher.load(bench.saved),
        "read": lambda _: [np.load(file) for file in files],
    }
    times = interleaved(calls, 10, 30.0)
    written = Times()
    written.run(lambda: (shutil.copytree(bench.saved, bench.folder / "copy"), os.sync()))
    shutil.rmtree(bench.folder / "copy")
    line("save, against a copy of the files on the disk", over(saved, written), "", f"{saved}, {size / 1e6:,.0f} MB")
    line("load, against reading the files", over(times["load"], times["read"]), "", f"{times['load']}, to reach 20 ms")
    if not _MEMORY.exists():
        print("  memory of processes: this system does not tell")
        return
    goal = "<= 1.2" if bench.size >= 1_000_000 else ""  # below that interpreters need most of it
    one, several = needed(bench.saved, 1), needed(bench.saved, PROCESSES)
    note = f"{sum(several):,.0f} against {sum(one):,.0f} MB, of which {bare():,.0f} MB are each interpreter's own"
    line(f"memory of {PROCESSES} processes against one", sum(several) / sum(one), goal, note)
    line(f"memory of {PROCESSES} processes against the files", sum(several) * 1e6 / size, goal)


def needed(folder: Path | str, processes: int) -> list[float]:
    """Megabytes of each of so many processes, all of which are there when they are measured."""
    command = [sys.executable, "-m", "benchmarks.engine_memory", str(folder)]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    try:
        for each in running:
            answer(each)  # ready
        for each in running:
            tell(each)
        return [float(answer(each)) for each in running]
    finally:
        for each in running:
            each.communicate()


def bare() -> float:
    """Megabytes of a process that has the same modules and a collection of no size."""
    return needed("", 1)[0]


def answer(process: subprocess.Popen[str]) -> str:
    if process.stdout is None or not (said := process.stdout.readline()):
        raise SystemExit("a process that was to be measured has ended")
    return said


def tell(process: subprocess.Popen[str]) -> None:
    if process.stdin is not None:
        process.stdin.write("\n")
        process.stdin.flush()


def used() -> float:
    """Megabytes of this process: pages that several have are divided among them."""
    figures = dict(row.split(":", 1) for row in _MEMORY.read_text(encoding="ascii").splitlines()[1:])
    return float(figures["Pss"].split()[0]) * 1024 / 1e6


def measured(folder: str) -> None:
    """What a measured process does."""
    asked = Corpus(11, 200).documents(0, QUERIES)
    if folder:
        matcher = Matcher.load(folder)
    else:
        matcher = Matcher().fit(Document(str(number), {"t": f"w{number % 50} word"}, "en") for number in range(5_000))
    for document in asked:
        matcher.match(document)
    print(json.dumps("ready"), flush=True)
    sys.stdin.readline()
    print(used(), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    measured(sys.argv[1])
