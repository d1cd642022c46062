"""An answer as a browser reads it: forms with what stands in them, errors at fields, links, text."""

from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

import httpx

_SILENT = {"script", "style", "template", "option"}
_NO_END = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "rect", "path", "use"}


class FormOnPage:
    """``values``: what a browser would send, in order, without any button."""

    def __init__(self, action: str, method: str) -> None:
        self.action, self.method = action, method
        self.values: list[tuple[str, str]] = []
        self.buttons: list[tuple[str, str]] = []

    def __getitem__(self, name: str) -> str:
        return next((value for key, value in self.values if key == name), "")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.values if key == name]

    def filled(self, changes: dict[str, str | list[str] | None]) -> list[tuple[str, str]]:
        """The values with some replaced, or left out where None."""
        kept = [(name, value) for name, value in self.values if name not in changes]
        for name, value in changes.items():
            kept += [(name, v) for v in ([] if value is None else [value] if isinstance(value, str) else value)]
        return kept


class Page:
    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.html = response.text

    @cached_property
    def _reader(self) -> "_Reader":
        # Only when somebody asks: most answers are judged by their status alone.
        reader = _Reader()
        if "html" in self.headers.get("content-type", ""):
            reader.feed(self.html)
        return reader

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def path(self) -> str:
        return urlsplit(str(self.response.url)).path

    @property
    def text(self) -> str:
        """What is read, white space folded."""
        return " ".join("".join(self._reader.text).split())

    @property
    def main(self) -> str:
        """The text without the frame of the page."""
        return " ".join("".join(self._reader.main_text).split())

    @property
    def lang(self) -> str:
        return self._reader.lang

    @property
    def title(self) -> str:
        return "".join(self._reader.title)

    @property
    def links(self) -> list[str]:
        return self._reader.links

    @property
    def forms(self) -> list[FormOnPage]:
        return self._reader.forms

    @property
    def errors(self) -> dict[str, str]:
        """What is said at each field."""
        return {
            key.removeprefix("f-").removesuffix("-error"): " ".join("".join(text).split())
            for key, text in self._reader.by_id.items()
            if key.startswith("f-") and key.endswith("-error")
        }

    @property
    def alert(self) -> str:
        """The summary of errors above a form."""
        return " ".join("".join(self._reader.alert).split())

    @property
    def attributes(self) -> list[tuple[str, str, str]]:
        """(tag, attribute, value) of everything on the page."""
        return self._reader.attributes

    def form(self, action: str) -> FormOnPage:
        """The form that is sent to this path."""
        found = [form for form in self.forms if urlsplit(form.action).path == action and form.method == "post"]
        assert found, f"no form to {action} on {self.path}; there are {[f.action for f in self.forms]}\n{self.text}"
        return found[0]

    def has_form(self, action: str) -> bool:
        return any(form.action == action for form in self.forms)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self.text: list[str] = []
        self.main_text: list[str] = []
        self.title: list[str] = []
        self.alert: list[str] = []
        self.links: list[str] = []
        self.forms: list[FormOnPage] = []
        self.by_id: dict[str, list[str]] = {}
        self.attributes: list[tuple[str, str, str]] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._area: tuple[str, list[str]] | None = None
        self._select: tuple[str, list[str], list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in given.items()]
        if tag not in _NO_END:
            self._open.append((tag, given))
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append(FormOnPage(given.get("action", ""), given.get("method", "get")))
        if self.forms and not self._inside("template"):
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if tag == "input" and given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                form.values.append((name, given.get("value", "on")))
        elif tag == "input" and name:
            form.values.append((name, given.get("value", "")))
        elif tag == "button" and name:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "textarea":
            self._area = (name, [])
        elif tag == "select":
            self._select = (name, [], [])
        elif tag == "option" and self._select:
            self._select[1].append(given.get("value", ""))
            if "selected" in given:
                self._select[2].append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in {name for name, _given in self._open}:
            if self._open.pop()[0] == tag:
                break
        if tag == "textarea" and self._area:
            name, text = self._area
            written = "".join(text).removeprefix("\n")
            self.forms[-1].values.append((name, written))
            self._area = None
        if tag == "select" and self._select:
            name, offered, chosen = self._select
            self.forms[-1].values += [(name, value) for value in (chosen or offered[:1])[:1]]
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)
        if self._inside("title"):
            self.title.append(data)
        for _tag, given in self._open:
            if "id" in given and given["id"].endswith("-error"):
                self.by_id.setdefault(given["id"], []).append(data)
            if given.get("role") == "alert":
                self.alert.append(data)
        if not any(tag in _SILENT for tag, _given in self._open):
            self.text.append(data)
            if self._inside("main"):
                self.main_text.append(data)

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _given in self._open)


def encoded(values: list[tuple[str, str]]) -> bytes:
    return urlencode(values).encode()
