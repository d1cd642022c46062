"""Files that are handed in: what may be one, told by its content, and what it may be called."""

import re
import unicodedata
import zipfile
from pathlib import Path

from matchmaker.errors import Invalid
from matchmaker.i18n import gettext as _
from matchmaker.inputs.text import clean_line
from models.vocabulary import FileKind

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_NAME = 150
MEDIA_TYPES = {
    FileKind.pdf: "application/pdf",
    FileKind.docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileKind.odt: "application/vnd.oasis.opendocument.text",
    FileKind.ods: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.odp: "application/vnd.oasis.opendocument.presentation",
    FileKind.png: "image/png",
    FileKind.jpeg: "image/jpeg",
}
_ENDINGS = {kind: (f".{kind}",) for kind in FileKind} | {FileKind.jpeg: (".jpg", ".jpeg")}
_OPENDOCUMENT = {MEDIA_TYPES[kind].encode(): kind for kind in (FileKind.odt, FileKind.ods, FileKind.odp)}
# The content type that the main part of an Office Open XML package declares, without "+xml" (ECMA-376, part 1).
_MAIN_PARTS = {f"{MEDIA_TYPES[kind]}.main".encode(): kind for kind in (FileKind.docx, FileKind.xlsx, FileKind.pptx)}
#: What a browser offers to choose from; the content decides.
ACCEPTED = ",".join([*(f".{kind}" for kind in FileKind), ".jpg"])
# Nothing is unpacked here, but whoever opens it will: no honest document of 20 MB swells beyond this.
_MOST_MEMBERS, _MOST_UNPACKED, _MOST_SWELLING = 10_000, 400 * 1024 * 1024, 250
_LARGEST_INDEX = 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (".exe", ".dll", ".scr", ".bat", ".cmd", ".js", ".vbs", ".ps1", ".jar", ".com", ".msi")
# What Windows takes no file name with, and the devices that it takes for none.
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def judge(path: Path) -> FileKind:
    """What a file is, by its content; Invalid where it is none that we take. Reads a little of it, in the thread of
    the caller.
    """
    with path.open("rb") as file:
        head = file.read(32)
    if not head:
        raise _refused(_("This file is empty."))
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return FileKind.pdf
    if head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        return FileKind.png
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.jpeg
    if head.startswith(b"PK\x03\x04"):
        return _package(path)
    if head.startswith(_OLD_OFFICE):
        raise _refused(
            _("This is an Office file of the old kind or with a password. Save it as DOCX, XLSX or PPTX without one.")
        )
    raise _unknown()


def _package(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as package:
            _check_members(package)
            if kind := _open_document(package) or _office(package):
                return kind
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        # RuntimeError is what zipfile says of a password.
        raise _refused(_("This file is damaged, or locked by a password.")) from None
    raise _unknown()


def _check_members(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    swelling = unpacked > _MOST_SWELLING * packed and unpacked > _LARGEST_INDEX
    if len(members) > _MOST_MEMBERS or unpacked > _MOST_UNPACKED or swelling:
        raise _refused(_("This file swells to an unusual size when it is opened, so it is not taken."))
    names = [m.filename.lower() for m in members]
    # LibreOffice keeps macros in these two folders, Microsoft Office in the project of that name.
    if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names):
        raise _refused(_("This file contains macros. Save it without them, as DOCX, XLSX, PPTX or OpenDocument."))
    if any(name.endswith(_PROGRAMS) for name in names):
        raise _refused(_("This file contains a program, so it is not taken."))


def _open_document(package: zipfile.ZipFile) -> FileKind | None:
    first = package.infolist()[0] if package.infolist() else None
    if first is None or first.filename != "mimetype" or first.file_size > 100:
        return None
    return _OPENDOCUMENT.get(package.read(first).strip())


def _office(package: zipfile.ZipFile) -> FileKind | None:
    index = next((m for m in package.infolist() if m.filename == "[Content_Types].xml"), None)
    if index is None or index.file_size > _LARGEST_INDEX:
        return None
    text = package.read(index)
    if b"macroEnabled" in text:
        raise _refused(_("This file contains macros. Save it without them, as DOCX, XLSX, PPTX or OpenDocument."))
    return next((kind for part, kind in _MAIN_PARTS.items() if part in text), None)


def _unknown() -> Invalid:
    return _refused(_("This is no PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, PNG or JPEG file, whatever its name says."))


def _refused(message: str) -> Invalid:
    return Invalid({"file": message})


def file_name(given: str, kind: FileKind) -> str:
    """The name as it is kept and given back: no folders, nothing invisible, and an ending that tells the truth."""
    last = re.split(r"[/\\]", given)[-1]
    line = str(clean_line("".join(" " if c in "\t\n\r" else c for c in last if _visible(c))))
    name = _FORBIDDEN.sub("_", line).strip(" .") or _("file")
    if _DEVICE.match(name):
        name = f"_{name}"
    stem, ending = name, f".{kind}"
    for known in _ENDINGS[kind]:
        if name.lower().endswith(known):
            stem, ending = name[: -len(known)], name[-len(known) :]
    return f"{stem[: LONGEST_NAME - len(ending)].rstrip(' .') or _('file')}{ending}"


def _visible(character: str) -> bool:
    """Not a control, and not one of the marks without width that turn the reading order round."""
    return unicodedata.category(character) not in {"Cf", "Cs", "Co", "Cn"}


def name_key(name: str) -> str:
    """Two names with the same key are one file."""
    return unicodedata.normalize("NFKC", name).casefold()
