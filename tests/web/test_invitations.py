"""Calendar files by the letter of RFC 5545 and 5546, whatever was written into a meeting."""

import re
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

from icalendar import Calendar

from tests.visitor import Visitor
from tests.web.test_meetings import FIRST, SECOND, at, choose, propose, typed
from tests.world import Scene, World

Visit = Callable[..., Visitor]
# What would end a line, begin a property, a parameter or a component of its own, and what is more than one octet.
ODD = (
    "Kompos; pasar, \\n biaya\r\nATTENDEE:mailto:x@y.example\nEND:VEVENT \u201ckutip\u201d \U0001f331 "
    + "p\u00e9" * 120
)
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "ORGANIZER", "LAST-MODIFIED", "TRANSP")


async def read(visitor: Visitor, path: str) -> tuple[bytes, dict[str, str], Any]:
    """The file, its properties by the lines of it unfolded, and what a library for calendars makes of it."""
    content = (await visitor.get(f"{path}.ics")).response.content
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b""), "every line ends in CRLF"
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    # Folded between characters, never within one.
    for line in content.split(b"\r\n"):
        line.decode()
    lines = content.replace(b"\r\n ", b"").decode().splitlines()
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    names = [re.split("[;:]", line, maxsplit=1)[0] for line in lines]
    assert {name: names.count(name) for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert names.count("BEGIN") == 2
    assert names.index("METHOD") < names.index("UID")
    properties = dict(line.split(":", 1) for line in lines)
    calendar = Calendar.from_ical(content)
    assert not calendar.errors
    return content, properties, calendar.walk("VEVENT")[0]


async def test_published_changed_and_cancelled_by_the_letter(visit: Visit, world: World, scene: Scene) -> None:
    founder, officer = await at(visit, world.founder), await at(visit, world.officer)
    await propose(founder, scene, FIRST, agenda=ODD)
    path = await choose(officer, scene)
    stamps = []
    for sequence, (method, status, change) in enumerate(
        [
            ("PUBLISH", "CONFIRMED", None),
            ("PUBLISH", "CONFIRMED", {"place": "https://rapat.example/lain", "agenda": ODD}),
            ("CANCEL", "CANCELLED", typed(SECOND, agenda=ODD)),
        ]
    ):
        if change:
            await founder.get(f"{path}/ubah")
            assert (await founder.submit(f"{path}/ubah", change)).status == 303
        content, properties, event = await read(officer, path)
        assert (properties["METHOD"], properties["STATUS"], properties["SEQUENCE"]) == (method, status, str(sequence))
        assert properties["VERSION"] == "2.0"
        assert properties["DTSTART"] == FIRST.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        assert re.fullmatch(r"\d{8}T\d{6}Z", properties["DTSTAMP"])
        # What is published has no attendees (RFC 5546, 3.2.1): who comes is nobody's calendar's business but theirs.
        assert b"\r\nATTENDEE" not in content
        assert "mailto:x@y.example" in event["description"], "it stays text"
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)
        organizer = next(value for name, value in properties.items() if name.startswith("ORGANIZER"))
        assert organizer.startswith("mailto:")
        stamps.append((properties["UID"], properties["DTSTAMP"]))
    assert len({uid for uid, _stamp in stamps}) == 1
    assert stamps == sorted(stamps)
