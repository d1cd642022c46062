"""What a first visit transfers: for those who pay by the megabyte, on a slow line."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import OpenReader

# quality.md: a page's first load, and the part of it without which nothing is painted.
ALL, FIRST_PAINT = 100 * 1024, 14 * 1024


@pytest.mark.parametrize("path", ["/", "/inisiatif", "/inisiatif/1"])
async def test_first_load(open_reader: OpenReader, path: str, record_property: Callable[[str, object], None]) -> None:
    # A new profile: nothing is in its cache.
    reader = await open_reader()
    session = await reader.page.context.new_cdp_session(reader.page)
    await session.send("Network.enable")
    kinds: dict[str, str] = {}
    weights: dict[str, int] = {}

    def note(event: dict[str, Any]) -> None:
        # A sheet for paper is fetched last and holds up no screen.
        paper = event["response"]["url"].endswith("/paper.css")
        kinds[event["requestId"]] = "Paper" if paper else event["type"]

    session.on("Network.responseReceived", note)
    session.on("Network.loadingFinished", lambda e: weights.update({e["requestId"]: int(e["encodedDataLength"])}))
    await reader.open(path)
    # The map at the foot is fetched by those who come there.
    await reader.page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    await reader.page.wait_for_function("() => [...document.images].every(image => image.complete)")
    await reader.page.wait_for_load_state("networkidle")
    by_kind: dict[str, int] = {}
    for request, weight in weights.items():
        by_kind[kinds[request]] = by_kind.get(kinds[request], 0) + weight
    first_paint = by_kind["Document"] + by_kind["Stylesheet"]
    said = f"\n{path}: {sum(weights.values()):,} bytes in all, {first_paint:,} before the first paint; {by_kind}"
    print(said)  # noqa: T201 - the figure is the point, with -s
    record_property("bytes", sum(weights.values()))
    record_property("bytes_before_first_paint", first_paint)
    assert sum(weights.values()) <= ALL
    if path != "/inisiatif":
        assert first_paint <= FIRST_PAINT
