"""What a first visit transfers: for those who pay by the megabyte, on a slow line."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import OpenReader

# quality.md: a page's first load, and the part of it without which nothing is painted.
ALL, FIRST_PAINT = 100 * 1024, 14 * 1024


FIRST_VISITS = ["/", "/inisiatif", "/inisiatif/1", "/kapabilitas", "/daerah", "/daerah/53.11", "/daftar"]


@pytest.mark.parametrize("path", FIRST_VISITS)
async def test_first_load(open_reader: OpenReader, path: str, record_property: Callable[[str, object], None]) -> None:
    # A new profile: nothing is in its cache.
    reader = await open_reader()
    session = await reader.page.context.new_cdp_session(reader.page)
    await session.send("Network.enable")
    kinds: dict[str, str] = {}
    weights: dict[str, int] = {}

    def note(event: dict[str, Any]) -> None:
        # A sheet for paper is fetched last and holds up no screen.
        paper = event["response"]["url"].endswith(("/paper.css", "/print.css"))
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
    # The style sheets are within the page; their files, for the pages to come, hold up nothing.
    first_paint = by_kind["Document"]
    said = f"\n{path}: {sum(weights.values()):,} bytes in all, {first_paint:,} before the first paint; {by_kind}"
    print(said)  # noqa: T201 - the figure is the point, with -s
    record_property("bytes", sum(weights.values()))
    record_property("bytes_before_first_paint", first_paint)
    assert sum(weights.values()) <= ALL
    assert first_paint <= FIRST_PAINT


# The slowest profile of Chromium's own tools: bytes a second each way, and seconds from asking to the first byte.
SLOW_3G, ROUND_TRIP = 400 * 1024 / 8, 2.0
_PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0"""


@pytest.mark.parametrize("path", ["/", "/inisiatif/1"])
async def test_first_paint_on_a_slow_line(
    open_reader: OpenReader, path: str, record_property: Callable[[str, object], None]
) -> None:
    reader = await open_reader(width=360)
    session = await reader.page.context.new_cdp_session(reader.page)
    await session.send("Network.enable")
    await session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 1000 * ROUND_TRIP,
            "downloadThroughput": SLOW_3G,
            "uploadThroughput": SLOW_3G,
        },
    )
    await reader.open(path)
    await reader.page.wait_for_function(_PAINTED)
    seconds = await reader.page.evaluate(_PAINTED) / 1000
    print(f"\n{path}: first contentful paint after {seconds:.1f} s on slow 3G")  # noqa: T201 - the figure is the point
    record_property("first_contentful_paint", seconds)
    # The page alone: nothing that is painted first waits for a second answer.
    assert ROUND_TRIP < seconds < 2 * ROUND_TRIP
