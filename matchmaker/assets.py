"""Static files, read once, compressed once, and addressed by their content so that they are cached for ever."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import brotli

FOLDER = Path(__file__).parent / "static"
STYLES, SCRIPTS, HTMX = "app.css", "app.js", "htmx.js"


@dataclass(frozen=True)
class Asset:
    name: str
    body: bytes
    media_type: str
    digest: str

    @property
    def address(self) -> str:
        return f"/static/{self.digest}/{self.name}"

    @cache  # noqa: B019 - there are as many as there are files, for as long as the process lives
    def squeezed(self, encoding: str) -> bytes:
        """The body as ``br`` or ``gzip``, made when it is first asked for."""
        return gzip.compress(self.body, 9, mtime=0) if encoding == "gzip" else bytes(brotli.compress(self.body))


@cache
def _assets() -> dict[str, Asset]:
    """By name as templates write it: ``img/favicon.svg``, and what is put together from many files.

    ``app.css`` and ``app.js`` are every style sheet and every script in the order of the names, each script within a
    block, so that none sees another's names. Sheets in a folder of their own, ``css/match``, make ``match.css``: only
    some pages ask for it. ``htmx.js`` comes from the package that carries it.
    """
    found = {f"img/{path.name}": path.read_bytes() for path in (FOLDER / "img").iterdir()}
    found[STYLES] = _joined(FOLDER / "css")
    found |= {f"{path.name}.css": _joined(path) for path in (FOLDER / "css").iterdir() if path.is_dir()}
    found[SCRIPTS] = b"\n".join(b"{\n%b}" % path.read_bytes() for path in sorted((FOLDER / "js").glob("*.js")))
    found[HTMX] = files("js_lib_htmx").joinpath("static/htmx/htmx.min.js").read_bytes()
    return {name: _asset(name, body) for name, body in found.items()}


def _joined(folder: Path) -> bytes:
    """The sheets of a folder without what only we read."""
    sheets = b"".join(path.read_bytes() for path in sorted(folder.glob("*.css")))
    return re.sub(rb"/\*.*?\*/|\n", b"", sheets, flags=re.DOTALL)


def _asset(name: str, body: bytes) -> Asset:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(name, body, media_type, hashlib.sha256(body).hexdigest()[:12])


@cache
def by_address() -> dict[str, Asset]:
    return {asset.address: asset for asset in _assets().values()}


def named(name: str) -> Asset:
    """KeyError for one that does not exist, so that a typo fails in the tests."""
    return _assets()[name]


def asset(name: str) -> str:
    """Where a browser finds the file."""
    return named(name).address
