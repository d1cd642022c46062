"""Templates as files: they compile, speak through the catalogue, and keep to what the page's policy allows."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from matchmaker import web
from matchmaker.assets import FOLDER
from matchmaker.templating import TEMPLATES, Page, environment

PATHS = sorted(TEMPLATES.rglob("*.html"))
NAMES = [str(path.relative_to(TEMPLATES)) for path in PATHS]


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name: str) -> None:
    environment().get_template(name)


def pages(base: type[Page] = Page) -> list[type[Page]]:
    return [page for sub in base.__subclasses__() for page in [sub, *pages(sub)]]


def test_every_page_has_its_template_and_every_template_its_page() -> None:
    assert web.HANDLERS
    named = {page.template for page in pages() if hasattr(page, "template")}
    assert named <= set(NAMES)
    used = {name for path in PATHS for name in re.findall(r'"([\w/]+\.html)"', path.read_text(encoding="utf-8"))}
    assert set(NAMES) - named - used == set()


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_nothing_that_the_policy_of_the_page_forbids(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"""\sstyle\s*=|<style""", source)
    assert not re.search(r"""\son[a-z]+\s*=\s*["']""", source)
    assert not re.search(r"""href\s*=\s*["']javascript:""", source)
    assert not re.search(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", source)
    for script in re.findall(r"<script[^>]*>", source):
        assert "nonce" in script
    assert "|safe" not in re.sub(r'"</?(?:code|strong|em|b)>"\|safe', "", source)


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_form_that_changes_something_carries_the_token(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for form in re.findall(r"""<form[^>]*method\s*=\s*["']post["'].*?</form>""", source, re.S | re.I):
        assert "csrf_field()" in form


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


# Names that are the same in every language.
NAMES_OF_THINGS = {"Temu Mitra", "Temu", "Mitra", "English", "Bahasa Indonesia", "TKT", "WIB"}


@pytest.mark.parametrize(
    "path", [p for p in PATHS if "patterns" not in p.parts], ids=[n for n in NAMES if "patterns" not in n]
)
def test_every_sentence_goes_through_the_catalogue(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    source = re.sub(r"\{%-?\s*trans.*?endtrans\s*-?%\}", "", source, flags=re.S)
    # Of a block for a class, the content too: it stands within an attribute.
    source = re.sub(r"\{% block wrap_class %\}.*?\{% endblock %\}", "", source)
    # Parts of a tag that a macro puts together are no text either.
    source = re.sub(r"\{% macro _described.*?endmacro -?%\}", "", source, flags=re.S)
    source = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", source, flags=re.S)
    words = Words()
    words.feed(source)
    assert [w.strip() for w in words.found if w.strip() not in NAMES_OF_THINGS] == []


PYTHON = sorted((TEMPLATES.parent / "matchmaker").rglob("*.py"))


@pytest.mark.parametrize("path", [*PYTHON, *PATHS], ids=[str(p.relative_to(TEMPLATES.parent)) for p in [*PYTHON, *PATHS]])
def test_no_sentence_for_the_catalogue_is_put_together_first(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    called = r"(?<![\w.])(?:_|gettext|ngettext|pgettext|npgettext|mark)\(\s*"
    assert re.findall(called + r"f[\"']", source) == []
    assert re.findall(called + r"[\"'][^\"'\n]*[\"']\s*(?:\.format|%|~|\+)", source) == []


def test_scripts_and_styles_call_no_other_host() -> None:
    for path in FOLDER.rglob("*"):
        if path.suffix in {".js", ".css"}:
            source = path.read_text(encoding="utf-8")
            assert not re.search(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}/", source), path.name
            assert not re.search(r"\beval\(|new Function|document\.write", source), path.name
