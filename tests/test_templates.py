"""Templates as files: they compile, speak through the catalogue, and keep to what the page's policy allows."""

import re
from html.parser import HTMLParser

from matchmaker import web
from matchmaker.assets import FOLDER
from matchmaker.letters import TELLERS
from matchmaker.templating import TEMPLATES, Page, environment

SOURCES = {str(p.relative_to(TEMPLATES)): p.read_text(encoding="utf-8") for p in sorted(TEMPLATES.rglob("*.html"))}
# Mails are no pages: nothing but they themselves says what they look like, and the page's policy is not theirs.
MAILS = {name: source for name, source in SOURCES.items() if name.startswith("emails/")}
PAGES = {name: source for name, source in SOURCES.items() if name not in MAILS}
PROGRAM = {
    str(p.relative_to(TEMPLATES.parent)): p.read_text(encoding="utf-8")
    for p in sorted((TEMPLATES.parent / "matchmaker").rglob("*.py"))
}
FORBIDDEN = {
    "a style": r"\sstyle\s*=|<style",
    "a handler": r"\son[a-z]+\s*=\s*[\"']",
    "a script in an address": r"href\s*=\s*[\"']javascript:",
    "another host": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "a script without the nonce": r"<script(?![^>]*nonce)",
}
# Names that are the same in every language.
# Classes that more than one sheet speaks of: each adds a measure of its own place.
KIN = {"btn", "choice-box", "messages", "own", "page-head", "panel-count"}
NAMES = {"Temu Mitra", "Temu", "Mitra", "English", "Bahasa Indonesia", "TKT", "WIB"}


def found(patterns: dict[str, str], sources: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (name, what, match)
        for name, source in sources.items()
        for what, pattern in patterns.items()
        for match in re.findall(pattern, source)
    ]


def test_every_template_compiles() -> None:
    assert len(SOURCES) > 30
    for name in PAGES:
        environment().get_template(name)


def test_every_mail_has_all_its_parts_and_something_to_tell() -> None:
    folders = {p.name: {part.name for part in p.iterdir()} for p in (TEMPLATES / "emails").iterdir() if p.is_dir()}
    assert folders == {event: {"subject.txt", "body.txt", "body.html"} for event in TELLERS}


def pages(base: type[Page] = Page) -> list[type[Page]]:
    return [page for sub in base.__subclasses__() for page in [sub, *pages(sub)]]


def test_every_page_has_its_template_and_every_template_its_page() -> None:
    assert web.HANDLERS
    named = {page.template for page in pages() if hasattr(page, "template")}
    assert named <= set(PAGES)
    used = {name for source in PAGES.values() for name in re.findall(r'"([\w/]+\.html)"', source)}
    assert set(PAGES) - named - used == set()


def test_nothing_that_the_policy_of_the_page_forbids() -> None:
    assert found(FORBIDDEN, PAGES) == []
    # Plain tags around a translated part are the only text that is not escaped.
    unescaped = {name: re.sub(r'"</?(?:code|strong|em|b)>"\|safe', "", source) for name, source in PAGES.items()}
    assert found({"text that is not escaped": r"\|\s*safe\b"}, unescaped) == []


def test_a_form_that_changes_something_carries_the_token() -> None:
    forms = [
        form
        for source in PAGES.values()
        for form in re.findall(r"<form[^>]*method\s*=\s*[\"']post[\"'].*?</form>", source, re.S | re.I)
    ]
    assert forms
    assert [form for form in forms if "csrf_field()" not in form] == []


class Words(HTMLParser):
    """Words that stand in the template itself, outside {{ }} and {% %}."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style", "svg", "code"}
        self.found += [v for n, v in attrs if n in {"alt", "title", "placeholder", "aria-label"} and v and v.strip()]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "svg", "code"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found += re.findall(r"[A-Za-z]{3,}[^<]*", data)


def own_words(source: str) -> list[str]:
    source = re.sub(r"\{%-?\s*trans.*?endtrans\s*-?%\}", "", source, flags=re.S)
    # Of a block for a class, the content too: it stands within an attribute. So does what this macro puts together.
    source = re.sub(r"\{% block wrap_class %\}.*?\{% endblock %\}", "", source)
    source = re.sub(r"\{% macro field_described.*?endmacro -?%\}", "", source, flags=re.S)
    source = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", source, flags=re.S)
    words = Words()
    words.feed(source)
    return [word.strip() for word in words.found if word.strip() not in NAMES]


def test_every_sentence_goes_through_the_catalogue() -> None:
    own = {name: own_words(source) for name, source in SOURCES.items() if not name.startswith("patterns/")}
    assert {name: words for name, words in own.items() if words} == {}


def test_no_sentence_for_the_catalogue_is_put_together_first() -> None:
    called = r"(?<![\w.])(?:_|gettext|ngettext|pgettext|npgettext|mark)\(\s*"
    patterns = {
        "an f-string": called + r"f[\"']",
        "put together": called + r"[\"'][^\"'\n]*[\"']\s*(?:\.format|%|~|\+)",
    }
    assert found(patterns, SOURCES | PROGRAM) == []


def test_scripts_and_styles_call_no_other_host() -> None:
    files = {p.name: p.read_text(encoding="utf-8") for p in FOLDER.rglob("*") if p.suffix in {".js", ".css"}}
    assert len(files) > 10
    patterns = {
        "another host": r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}/",
        "text that is run": r"\beval\(|new Function|document\.write",
    }
    assert found(patterns, files) == []


def ancestors(name: str) -> list[str]:
    """A page and the layouts that it extends."""
    above = re.search(r'{% extends "([^"]+)"', PAGES[name])
    return [name, *(ancestors(above[1]) if above else [])]


def owners() -> dict[str, set[str]]:
    """Each class that a style sheet knows, with the sheets that do."""
    known: dict[str, set[str]] = {}
    for path in (FOLDER / "css").rglob("*.css"):
        sheet = "app" if path.parent.name == "css" else path.parent.name
        for name in re.findall(r"\.([a-z][\w-]*)", path.read_text(encoding="utf-8")):
            known.setdefault(name, set()).add(sheet)
    return known


def test_every_page_asks_for_the_sheets_of_its_components() -> None:
    known, bare = owners(), set()
    assert known["door"] == {"front"}
    for page in (name for name in PAGES if "{% extends" in PAGES[name] and not name.startswith("layouts/")):
        sheets = {"app", *(s for n in ancestors(page) for s in re.findall(r'sheet\("(\w+)\.css"\)', PAGES[n]))}
        # The page of patterns asks for all in a loop.
        sheets |= set().union(*known.values()) if page == "patterns/page.html" else set()
        for name in ancestors(page):
            for component, macros in re.findall(r'from "(components/\w+\.html)" import ([^%]+?)\s*%}', PAGES[name]):
                for macro in macros.split(", "):
                    body = re.search(rf"macro {macro}\(.*?endmacro", PAGES[component], re.DOTALL)
                    outermost = re.search(r'class="([a-z][\w-]*)', body[0]) if body else None
                    if outermost and not known.get(outermost[1], {"app"}) & sheets:
                        bare.add((page, macro))
    assert bare == set()


def test_lines_that_begin_with_a_dash_become_a_list_and_stay_text() -> None:
    written = environment().get_template("components/written.html").module.written
    text = "What is done:\n- Measure <b>thirty</b> wells\n- Draw a map\n\nNot included:\ndrilling at -5 metres"
    assert str(written(text)) == (
        '<p class="pre">What is done:</p>'
        "<ul><li>Measure &lt;b&gt;thirty&lt;/b&gt; wells</li><li>Draw a map</li></ul>"
        '<p class="pre">Not included:\ndrilling at -5 metres</p>'
    )
    assert str(written(" \n")) == ""


def test_sheets_do_not_share_the_names_of_what_they_dress() -> None:
    """The page of patterns has all sheets at once; what two of them call by one name would look wrong there."""
    named: dict[str, set[str]] = {}
    for path in (FOLDER / "css").rglob("*.css"):
        rules = re.findall(
            r"(?:^|})\s*([^{}@]+)\{", re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        )
        for name in re.findall(r"(?:^|,)\s*\.([a-z][\w-]*)\s*(?=,|$)", "\n".join(rules), re.MULTILINE):
            named.setdefault(name, set()).add(path.parent.name)
    # Paper is no screen; what remains adds to its like, and does not contradict it.
    shared = {name for name, sheets in named.items() if len(sheets - {"paper", "print"}) > 1}
    assert shared <= KIN
