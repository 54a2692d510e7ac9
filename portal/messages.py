"""The strings to translate, found and compiled without gettext's programs.

Python is read by Babel, templates through Django's own `templatize`, which turns a template into
something Babel reads. The source language is Vietnamese; locale/en holds the English.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

APPS = ("accounts", "catalog", "deadlines", "demo", "portal", "sharing", "tables")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


@dataclass
class Found:
    """One string of the source, with the places it stands at."""

    msgid: str
    plural: str = ""
    context: str | None = None
    places: list[str] = field(default_factory=list)


def catalogue_path() -> Path:
    return Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po"


def extract() -> dict[tuple[str | None, str], Found]:
    """Every string marked for translation in our own code and templates."""
    found: dict[tuple[str | None, str], Found] = {}
    for path, source in _sources():
        for line, msgid, plural, context in _strings(source):
            entry = found.setdefault((context, msgid), Found(msgid, plural, context))
            entry.plural = entry.plural or plural
            entry.places.append(f"{path.relative_to(settings.BASE_DIR)}:{line}")
    return found


def update() -> tuple[int, int]:
    """Bring locale/en in step with the source: (strings, strings still without English)."""
    path = catalogue_path()
    old = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
    po = polib.POFile(wrapwidth=100)
    po.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for key, string in sorted(extract().items(), key=lambda item: (item[1].places[0], item[0][1])):
        po.append(_entry(string, old.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    po.save(str(path))
    return len(po), len(po) - len(po.translated_entries())


def compile_catalogue() -> None:
    """Write the .mo that gettext reads, beside its .po."""
    path = catalogue_path()
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def problems() -> Iterator[str]:
    """What is wrong with the English catalogue: strings missing, untranslated, fuzzy or out of use."""
    entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(catalogue_path()))}
    wanted = extract()
    for key, string in wanted.items():
        entry = entries.get(key)
        if entry is None:
            yield f"{string.places[0]}: not in the catalogue: {string.msgid!r}"
        elif not entry.translated():
            yield f"{string.places[0]}: no English yet: {string.msgid!r}"
        elif _placeholders(string.msgid) != _placeholders(
            entry.msgstr or entry.msgstr_plural.get(0, "")
        ):
            yield f"{string.places[0]}: other placeholders in English: {string.msgid!r}"
    for key in entries.keys() - wanted.keys():
        yield f"no longer used: {key[1]!r}"


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[a-z]|\{\w+\}", text))


def _entry(string: Found, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=string.msgid, msgctxt=string.context)
    files = dict.fromkeys(place.rsplit(":", 1)[0] for place in string.places)
    entry.occurrences = [
        (file, "") for file in files
    ]  # no line numbers: they change with every edit
    if string.plural:
        entry.msgid_plural = string.plural
        entry.msgstr_plural = (
            dict(old.msgstr_plural) if old and old.msgstr_plural else {0: "", 1: ""}
        )
    elif old:
        entry.msgstr = old.msgstr
    return entry


def _sources() -> Iterator[tuple[Path, str]]:
    base = Path(settings.BASE_DIR)
    for app in APPS:
        for path in sorted((base / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
    for path in sorted((base / "templates").rglob("*.*")):
        if path.suffix in (".html", ".txt", ".xml"):
            source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # It keeps the template's indentation, which Python's tokenizer takes for structure.
            yield path, "\n".join(line.strip() for line in source.splitlines())


def _strings(source: str) -> Iterator[tuple[int, str, str, str | None]]:
    """(line, msgid, plural or "", context or None) of each marked string."""
    from babel.messages.extract import extract as babel_extract  # a development tool

    stream = io.BytesIO(source.encode())
    options = {"encoding": "utf-8"}
    for line, message, _comments, context in babel_extract(
        "python", stream, keywords=KEYWORDS, options=options
    ):
        if isinstance(message, tuple):
            yield line, message[0], message[1], context
        else:
            yield line, message, "", context
