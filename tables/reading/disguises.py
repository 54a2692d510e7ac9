"""What a file really is when its first bytes say something else than its name.

Programs save web pages, XML and pointers under the names of tables. Read as text they would be published
as a table of code lines: each is named, with the way to a table.
"""

import re

# First bytes → the code of what is said.
_SIGNATURES = {
    b"%PDF": "document",
    b"{\\rtf": "document",
    b"#!/": "program",
    b"<?php": "program",
    **dict.fromkeys(
        (b"PAR1", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"\x89PNG",
         b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"SQLite format 3", b"\x7fELF", b"MZ\x90"),
        "unsupported",
    ),
}  # fmt: skip
_ENDINGS = {
    "document": (".pdf", ".doc", ".docx", ".ppt", ".pptx", ".odt", ".rtf"),
    "program": (".py", ".js", ".php", ".sh", ".bat", ".sql", ".css", ".java", ".ps1"),
    "map": (".kml", ".kmz", ".gpx", ".gml", ".shp"),
    "html": (".html", ".htm", ".mht", ".mhtml"),
    "xml": (".xml",),
    "broken_zip": (".zip", ".gz"),
    "unsupported": (".rar", ".7z", ".tar", ".tgz", ".bz2", ".xz", ".png", ".jpg", ".jpeg", ".gif",
                    ".tif", ".tiff", ".svg", ".exe"),
}  # fmt: skip
_TAG = re.compile(r"<(?:[?!]|[A-Za-z_])[^<>]*>\s*(?:<|$)")
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_HTML = frozenset({"html", "head", "body", "meta", "style", "table", "title", "div", "script"})
_MAPS = frozenset({"kml", "gpx", "FeatureCollection"})
_CODE = re.compile(
    r"^\s*[{}\])]+[;,]?$|[\w)]\s*\{$|\);$|^\s*(?://|/\*|\*/|<!--|#include\b|import \w|from \w+ import\b"
    r"|def \w+\(|class \w+|function\b.*\(|(?:var|let|const) \w+ ?=|return\b|if ?\(|for ?\(|--\s"
    r"|(?:CREATE|DROP|INSERT|ALTER|SET) [A-Z]+)"
)


def disguise(start: bytes) -> str | None:
    """The code of the sentence for a file that is no table of a kind we read, else None.

    `start`: its first few thousand bytes.
    """
    for signature, code in _SIGNATURES.items():
        if start.startswith(signature):
            return code
    if start[257:262] == b"ustar":
        return "unsupported"
    text = _text(start)
    return _markup(text) or _pointer(text)


def disguised_text(start: bytes, ending: str) -> str | None:
    """The same for what may be rows of text, by its name (".py") and by how its lines look."""
    named = next((code for code, endings in _ENDINGS.items() if ending in endings), None)
    return named or ("program" if _is_code(_text(start)) else None)


def _text(start: bytes) -> str:
    codec = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return start.decode(codec, "replace").lstrip("\ufeff \t\r\n")


def _markup(text: str) -> str | None:
    head = text[:2000].lower()
    if head.startswith("mime-version:") or "\ncontent-type: multipart/related" in head:
        return "mhtml"
    if not text.startswith("<"):
        return None
    if "urn:schemas-microsoft-com:office:spreadsheet" in text or "<pkg:package" in text:
        return "xml_workbook"
    roots = [
        name for _prefix, name in _ROOT.findall(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))
    ]
    if head.startswith("<!doctype html") or (roots and roots[0].lower() in _HTML):
        return "html"
    if not (head.startswith("<?xml") or _TAG.match(text)):
        return None  # a table may begin with a tag: "<b>Mã</b>,Tên"
    if roots and roots[0] in _MAPS:
        return "map"
    return "unsupported" if roots and roots[0] == "svg" else "xml"


def _pointer(text: str) -> str | None:
    pointers = ("version https://git-lfs.github.com/spec/", "/annex/objects/", "[InternetShortcut]")
    return "pointer" if text.startswith(pointers) else None


def _is_code(text: str) -> bool:
    """Most lines of a program look like nothing in a table."""
    lines = [line.rstrip() for line in text.splitlines()[:-1] if line.strip()][:100]
    found = sum(bool(_CODE.search(line)) for line in lines)
    # Rows that end in a separator have the same number of them, above one.
    rows = {line.count(";") for line in lines[1:]}
    return len(lines) >= 5 and found * 2 >= len(lines) and (len(rows) > 1 or max(rows) < 2)
