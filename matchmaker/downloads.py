"""Files as answers: always to be saved, never shown or run within our pages."""

import unicodedata
from urllib.parse import quote

from litestar.response import Stream

from matchmaker.storage import Storage

# A browser that would show one after all gives it no script, no form and no origin of ours.
_ALONE = "default-src 'none'; sandbox"


async def file_answer(storage: Storage, sha256: str, size: int, name: str, media_type: str) -> Stream:
    """NotFound where the disk has lost it. The content follows in stretches, when the transaction is over."""
    return Stream(
        await storage.read(sha256),
        media_type=media_type,
        headers={
            "Content-Disposition": disposition(name),
            "Content-Length": str(size),
            "Content-Security-Policy": _ALONE,
            "Cache-Control": "private, no-store",
        },
    )


def disposition(name: str) -> str:
    """RFC 6266: the name for those who know UTF-8, after one in plain letters for the others."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    kept = "".join(c for c in plain if c.isprintable() and c not in '"\\%;').strip()
    return f"attachment; filename=\"{kept or 'file'}\"; filename*=UTF-8''{quote(name, safe='')}"
