"""Style sheets: within the page for who comes for the first time, as files for who has them.

A sheet that a page names holds up everything that is painted, by a whole turn to the server and back: two seconds on
a slow line. So a browser that has not been here gets the sheets written into its first page, and fetches the files
after that page is painted; a cookie remembers which it has. It holds nothing but the digests of public files.
"""

from litestar.datastructures import Cookie
from markupsafe import Markup

from matchmaker.assets import by_address, named
from matchmaker.context import current
from matchmaker.settings import Settings

COOKIE = "sheets"
_BETWEEN = "."


def _known() -> set[str]:
    return set(current().cookies.get(COOKIE, "").split(_BETWEEN))


def sheet(name: str) -> Markup:
    """For the head of a page: ``match.css`` as a link, or as it is. Script has no use for a head."""
    file = named(name)
    if file.digest in _known() or current().by_script:
        return Markup('<link rel="stylesheet" href="{}">').format(file.address)
    current().sheets_within.append(name)
    body = Markup(file.body.decode())  # noqa: S704 - our own file, whose quotation marks must stay what they are
    return Markup('<style nonce="{}">{}</style>').format(current().nonce, body)


def sheets_to_fetch() -> Markup:
    """For the end of a page: links to what was written into its head, which hold up nothing there."""
    links = [
        Markup('<link rel="stylesheet" href="{}">').format(named(name).address) for name in current().sheets_within
    ]
    return Markup("\n").join(links)


def cookie(settings: Settings) -> Cookie | None:
    """What the browser will have once it has read this page, if that is news."""
    within = {named(name).digest for name in current().sheets_within}
    if not within:
        return None
    # Those of earlier versions are forgotten.
    present = {file.digest for file in by_address().values()}
    return Cookie(
        key=COOKIE,
        value=_BETWEEN.join(sorted(within | _known() & present)),
        path="/",
        max_age=31_536_000,
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )
