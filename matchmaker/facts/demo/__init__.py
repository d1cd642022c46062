"""The invented content of the demonstration, as TOML beside this file."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def read_all(prefix: str, key: str) -> list[dict[str, Any]]:
    """The entries ``[[key]]`` of every file whose name begins with ``prefix``, in the order of the names."""
    return [
        entry
        for path in sorted(FOLDER.glob(f"{prefix}*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))[key]
    ]
