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
PHONE = 320
# All that another theme changes.
_OF_THE_THEME = ["color-contrast"]
# What sticks out to the right, unless it can be scrolled into view in a box of its own.
_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll("*")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => `sticks out: ${e.tagName.toLowerCase()}.${e.className}`).slice(0, 5).concat(
    `scrolls sideways: ${document.documentElement.scrollWidth} > ${innerWidth}`)"""


class Reader:
    """``complaints``: what went wrong in the browser since they were last taken. Without ``script`` there is no axe,
    which is script itself; the same pages are examined with it.
    """

    def __init__(self, page: Page, language: str, script: bool = True) -> None:
        self.page, self.language, self.script = page, language, script
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
        page = self.page
        found = [*self.complaints, *await page.evaluate(_WIDE)]
        self.complaints.clear()
        if self.script:
            if not await page.evaluate("() => 'axe' in window"):
                await page.evaluate(AXE_SCRIPT)
            found += await page.evaluate(_AXE, None)
        language = await page.evaluate("() => document.documentElement.lang")
        if language != self.language:
            found.append(f"is marked as {language}")
        return found

    async def problems_all_round(self) -> list[str]:
        """All that is wrong with the page that is open, in its width and in the other, light and dark."""
        found = [*await self.problems()]
        await self.page.emulate_media(color_scheme="dark")
        found += [f"dark: {problem}" for problem in await self.page.evaluate(_AXE, _OF_THE_THEME)]
        await self.page.emulate_media(color_scheme="light")
        size = self.page.viewport_size
        assert size is not None
        other = 1280 if size["width"] == PHONE else PHONE
        await self.page.set_viewport_size({"width": other, "height": 800})
        found += [f"{other}: {problem}" for problem in await self.page.evaluate(_WIDE)]
        await self.page.set_viewport_size(size)
        return found

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "the server responded with a status of 4" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        self._host = self._host or host
        if host not in {"", self._host}:
            self.complaints.append(f"asked {host}")
