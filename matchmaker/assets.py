"""Static files, read once, compressed once, and addressed by their content so that they are cached for ever."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
BUNDLE = "app.css"


@dataclass(frozen=True)
class Asset:
    body: bytes
    compressed: bytes
    media_type: str
    address: str


@cache
def _assets() -> dict[str, Asset]:
    """By name as templates write it (``js/app.js``; ``app.css`` is every style sheet in the order of the names)."""
    files = {
        str(path.relative_to(FOLDER)): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file() and path.suffix != ".css"
    }
    files[BUNDLE] = b"\n".join(path.read_bytes() for path in sorted((FOLDER / "css").glob("*.css")))
    return {name: _asset(name, body) for name, body in files.items()}


def _asset(name: str, body: bytes) -> Asset:
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Asset(
        body=body,
        compressed=gzip.compress(body, 9, mtime=0),
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        address=f"/static/{digest}/{name}",
    )


@cache
def by_address() -> dict[str, Asset]:
    return {asset.address: asset for asset in _assets().values()}


def asset(name: str) -> str:
    """Where a browser finds the file; KeyError for one that does not exist, so that a typo fails in the tests."""
    return _assets()[name].address
