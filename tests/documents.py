"""Small files of every kind that is taken, and of some that are not."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 64
PAGE = b"<!doctype html><script>alert(1)</script>"
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_OPEN = "application/vnd.oasis.opendocument."


def package(members: dict[str, bytes], packed: bool = True) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


def office(kind: str, **more: bytes) -> bytes:
    """A DOCX, XLSX or PPTX that is nothing but its skeleton; ``more``: further members by name."""
    part = {"docx": "wordprocessingml.document", "xlsx": "spreadsheetml.sheet", "pptx": "presentationml.presentation"}
    index = f'<Types><Override PartName="/x.xml" ContentType="{_MAIN.format(part[kind])}"/></Types>'
    return package({"[Content_Types].xml": index.encode(), "x.xml": b"<x/>"} | more)


def open_document(kind: str, **more: bytes) -> bytes:
    name = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}[kind]
    return package({"mimetype": f"{_OPEN}{name}".encode(), "content.xml": b"<x/>"} | more)


TAKEN = (
    {"pdf": PDF, "png": PNG, "jpeg": JPEG}
    | {kind: office(kind) for kind in ("docx", "xlsx", "pptx")}
    | {kind: open_document(kind) for kind in ("odt", "ods", "odp")}
)
_MACRO_INDEX = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
REFUSED = {
    "empty": (b"", "empty"),
    "a program": (PROGRAM, "whatever its name says"),
    "a page": (PAGE, "whatever its name says"),
    "a text": (b"Just a text", "whatever its name says"),
    "a drawing with script": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "whatever its name says"),
    "a zip": (package({"a.txt": b"x"}), "whatever its name says"),
    "an empty zip": (b"PK\x05\x06" + b"\x00" * 18, "whatever its name says"),
    "a program before a zip": (PROGRAM + office("docx"), "whatever its name says"),
    "an archive of classes": (package({"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}), "whatever its name says"),
    "half a document": (office("docx")[:80], "damaged"),
    "macros": (office("docx", **{"word/vbaProject.bin": b"x"}), "macros"),
    "macros by type": (package({"[Content_Types].xml": _MACRO_INDEX}), "macros"),
    "macros of LibreOffice": (open_document("odt", **{"Basic/Standard/Module1.xml": b"x"}), "macros"),
    "a program within": (office("docx", **{"word/embeddings/setup.exe": b"x"}), "program"),
    "a bomb": (office("xlsx", **{"xl/sheet.xml": b"0" * 50_000_000}), "swells"),
    "many members": (office("docx", **{f"m{n}": b"" for n in range(10_001)}), "swells"),
    "old Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "old kind"),
}
