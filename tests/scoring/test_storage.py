import json
import mmap
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from scoring import DamagedIndex, Document, Matcher


@pytest.fixture
def folder(tmp_path: Path, cards: list[Document]) -> Path:
    Matcher(whole=0.6).fit(cards).remove(["flood"]).save(tmp_path / "index")
    return tmp_path / "index"


def state(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text(encoding="utf-8")


def test_what_was_saved_is_what_is_loaded(folder: Path, cards: list[Document], need: Document) -> None:
    loaded, fresh = Matcher.load(folder), Matcher(whole=0.6).fit(card for card in cards if card.id != "flood")
    assert loaded.match(need) == fresh.match(need)
    assert loaded.match(need, where={"pillar": "living"}) == fresh.match(need, where={"pillar": "living"})
    assert loaded.explain(need, "sorting") == fresh.explain(need, "sorting")
    owner: object = loaded.collection_.snapshot(loaded.rule).segments[0].wholes.terms
    while isinstance(owner, np.ndarray):
        owner = owner.base
    assert isinstance(owner, mmap.mmap)


def test_a_loaded_matcher_takes_additions_and_is_saved_again(folder: Path, need: Document) -> None:
    loaded = Matcher.load(folder)
    loaded.add([Document("new", {"t": "sampah pasar"})]).remove(["compost"])
    expected = loaded.match(need)
    loaded.save(folder)
    assert Matcher.load(folder).match(need) == expected == loaded.match(need)
    assert sorted(path.name for path in folder.iterdir()) == ["CURRENT", state(folder).name]


def test_an_empty_matcher_is_saved_too(tmp_path: Path, cards: list[Document], need: Document) -> None:
    Matcher().save(tmp_path)
    assert Matcher.load(tmp_path).add(cards).match(need) == Matcher().fit(cards).match(need)


@pytest.mark.parametrize(
    "name", ["terms_bytes.npy", "texts_bytes.npy", "index.json", "wholes_terms.npy", "parts_counts.npy"]
)
def test_a_damaged_or_missing_file_is_told(folder: Path, name: str) -> None:
    file = state(folder) / name
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises(DamagedIndex):
        Matcher.load(folder)
    file.unlink()
    with pytest.raises(DamagedIndex):
        Matcher.load(folder)


@pytest.mark.parametrize("content", ["", "../elsewhere", "index-unknown", "\x00"])
def test_a_pointer_to_nowhere_is_told(folder: Path, content: str) -> None:
    (folder / "CURRENT").write_text(content, encoding="utf-8")
    with pytest.raises(DamagedIndex):
        Matcher.load(folder)


def test_another_format_is_told(folder: Path) -> None:
    file = state(folder) / "index.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"format": "other"}), encoding="utf-8")
    with pytest.raises(DamagedIndex, match="other"):
        Matcher.load(folder)


def test_an_index_of_other_stems_is_told(folder: Path) -> None:
    file = state(folder) / "index.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"terms": "before"}), encoding="utf-8")
    with pytest.raises(DamagedIndex, match="stems"):
        Matcher.load(folder)


def test_a_flipped_bit_is_told_to_who_wants_to_verify(folder: Path) -> None:
    file = state(folder) / "wholes_counts.npy"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(bytes(content))
    assert len(Matcher.load(folder)) > 0
    with pytest.raises(DamagedIndex, match="wholes_counts"):
        Matcher.load(folder, verify=True)


def test_what_a_killed_process_left_is_cleared_away_later(folder: Path) -> None:
    left, fresh = folder / ".index-left", folder / ".index-fresh"
    left.mkdir()
    fresh.mkdir()
    os.utime(left, (0, 0))
    Matcher.load(folder).save(folder)
    assert not left.exists()
    assert fresh.exists()


def test_a_foreign_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndex):
        Matcher.load(tmp_path / "nothing")


def test_a_failing_save_leaves_the_former_state(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(np, "save", fail)
    before = state(folder)
    with pytest.raises(OSError, match="disk full"):
        Matcher.load(folder).save(folder)
    assert sorted(folder.iterdir()) == sorted([folder / "CURRENT", before])


def test_a_process_killed_while_it_saves_leaves_a_whole_state(folder: Path, cards: list[Document]) -> None:
    script = """
import sys
from scoring import Document, Matcher
matcher = Matcher.load(sys.argv[1])
matcher.add(Document(f"new {n}", {"t": f"sampah pasar kata{n}"}) for n in range(3000))
print("saving", flush=True)
while True:
    matcher.save(sys.argv[1])
"""
    command = [sys.executable, "-c", script, str(folder)]
    for wait in (0.0, 0.05, 0.11):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "saving\n"
            time.sleep(wait)
            child.kill()
        assert len(Matcher.load(folder, verify=True)) in {len(cards) - 1, len(cards) - 1 + 3000}
