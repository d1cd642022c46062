"""Checks, or with --update brings up to date, the Indonesian catalogue against the texts in the source.

python -m tests.catalogue            exit 1 where a text is missing, stale, fuzzy or untranslated
python -m tests.catalogue --update   writes new texts into the catalogue, untranslated
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "matchmaker" / "locale" / "id" / "LC_MESSAGES" / "messages.po"
JINJA = {"encoding": "utf-8", "trimmed": "true", "silent": "false"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "mark": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Dates and names in it would change with every update and say nothing. Babel believes that Indonesian has two
# plural forms; it has one.
HEADER = """# Indonesian texts of Temu Mitra.
msgid ""
msgstr ""
"Project-Id-Version: temu-mitra\\n"
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def texts_in_source() -> Catalog:
    found = Catalog(charset="utf-8")
    for folder, pattern in (("matchmaker", "**.py"), ("templates", "**.html"), ("templates", "**.txt")):
        method = "python" if folder == "matchmaker" else "jinja2"
        for name, line, message, comments, context in extract_from_dir(
            ROOT / folder,
            method_map=[(pattern, method)],
            options_map={pattern: JINJA} if method == "jinja2" else {},
            keywords=KEYWORDS,
            comment_tags=("NOTE:",),
        ):
            found.add(message, None, [(f"{folder}/{name}", line)], auto_comments=comments, context=context)
    return found


def kept() -> Catalog:
    content = CATALOGUE.read_bytes() if CATALOGUE.exists() else HEADER.encode()
    return read_po(io.BytesIO(content), locale="id")


def problems(source: Catalog, catalogue: Catalog) -> list[str]:
    """One line for each text that is missing, stale, fuzzy, untranslated or whose placeholders differ."""
    wanted = {(m.id, m.context) for m in source if m.id}
    present = {(m.id, m.context): m for m in catalogue if m.id}
    lines = [f"missing: {key[0]!r}" for key in sorted(wanted - set(present), key=str)]
    lines += [f"stale: {key[0]!r}" for key in sorted(set(present) - wanted, key=str)]
    for (text, _context), message in present.items():
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        sources = text if isinstance(text, tuple | list) else [text]
        if message.fuzzy or not all(strings):
            lines.append(f"untranslated: {text!r}")
        elif any(_placeholders(s) != _placeholders(sources[-1]) for s in strings):
            lines.append(f"placeholders differ: {text!r}")
    if "nplurals=1" not in str(catalogue.plural_forms):
        lines.append("the plural header must be nplurals=1; plural=0;")
    return lines


def _placeholders(text: str) -> set[str]:
    return {a or b for a, b in _PLACEHOLDER.findall(text)}


def update() -> None:
    catalogue = kept()
    catalogue.update(texts_in_source(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        if message.pluralizable:
            message.string = tuple(message.string)[: catalogue.num_plurals]
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, omit_header=False, sort_output=True, no_location=True)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    body = buffer.getvalue().decode().split("\n\n", 1)[1]
    CATALOGUE.write_text(HEADER + body, encoding="utf-8")


def main() -> int:
    if "--update" in sys.argv:
        update()
    lines = problems(texts_in_source(), kept())
    print("\n".join(lines) or "the Indonesian catalogue is complete")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
