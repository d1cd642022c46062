"""Somebody at a browser window, and what they notice about a page."""

from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import ConsoleMessage, Page, Request, Response

from matchmaker.i18n import gettext, in_language

# What is folded away is examined too. Nobody has to hit less than 24 by 24 pixels: axe asks that only on request.
_AXE = """async (only) => {
    const folds = [...document.querySelectorAll("main details:not([open])")];
    folds.forEach(fold => fold.open = true);
    const options = {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}};
    if (only) options.runOnly = {type: "rule", values: only};
    const found = (await axe.run(document, options)).violations;
    folds.forEach(fold => fold.open = false);
    return found.flatMap(rule => rule.nodes.map(
        node => `axe ${rule.impact} ${rule.id}: ${node.target} ${node.any.map(a => a.message)}`));
}"""
# All that another theme changes.
_OF_THE_THEME = ["color-contrast"]
# What sticks out to the right, unless it can be scrolled into view in a box of its own.
_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll("*")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => `sticks out: ${e.tagName.toLowerCase()}.${e.className}`).slice(0, 5).concat(
    `scrolls sideways: ${document.documentElement.scrollWidth} > ${innerWidth}`)"""


class Reader:
    """``complaints``: what went wrong in the browser since they were last taken. ``mirror``: a page with script, in
    which one without is examined.
    """

    def __init__(self, page: Page, language: str, mirror: Page | None = None) -> None:
        self.page, self.language, self.mirror = page, language, mirror
        self.complaints: list[str] = []
        self._host = ""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"script failed: {error}"))
        page.on("request", self._watch)

    def said(self, text: str, **named: object) -> str:
        """The text as this reader's pages write it."""
        with in_language(self.language):
            return gettext(text) % named if named else gettext(text)

    async def open(self, path: str) -> Response:
        self._host = ""
        response = await self.page.goto(path)
        assert response is not None
        return response

    async def problems(self) -> list[str]:
        """All that is wrong with the page that is open: nothing is."""
        page = await self._mirrored() if self.mirror else self.page
        found = [*self.complaints, *await page.evaluate(_WIDE)]
        self.complaints.clear()
        if not await page.evaluate("() => 'axe' in window"):
            await page.evaluate(AXE_SCRIPT)
        found += await page.evaluate(_AXE, None)
        language = await page.evaluate("() => document.documentElement.lang")
        if language != self.language:
            found.append(f"is marked as {language}")
        return found

    async def problems_everywhere(self) -> list[str]:
        """All that is wrong with the page that is open, on a narrow phone and at a desk, light and dark."""
        found = []
        for width in (320, 1280):
            await self.page.set_viewport_size({"width": width, "height": 800})
            found += [f"{width}: {problem}" for problem in await self.problems()]
            await self.page.emulate_media(color_scheme="dark")
            found += [f"{width}, dark: {problem}" for problem in await self.page.evaluate(_AXE, _OF_THE_THEME)]
            await self.page.emulate_media(color_scheme="light")
        return found

    async def _mirrored(self) -> Page:
        """The page that is open, whatever form led to it, once more: what examines it is script."""
        assert self.mirror is not None
        html, address = await self.page.content(), self.page.url.partition("#")[0]
        await self.mirror.unroute_all()
        await self.mirror.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
        await self.mirror.goto(address)
        return self.mirror

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "the server responded with a status of 4" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        self._host = self._host or host
        if host not in {"", self._host}:
            self.complaints.append(f"asked {host}")
