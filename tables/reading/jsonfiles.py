"""JSON: an array of objects or arrays, an object of arrays, one object a line, GeoJSON."""

import itertools
import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from tables.patterns import EN
from tables.problems import ProblemLog, Unreadable
from tables.reading.charsets import Charset, mended
from tables.reading.jsonstream import JsonStream, NoNumber, NumberText, Twice
from tables.reading.positions import misplaced
from tables.reading.scan import scan
from tables.reading.source import Loadable, Reading, check_width, write_tidy

GEOMETRY = "geometry"
_PIECE = 1 << 20
_LOOKED_AT = 1_000  # records whose keys make the columns; a later new key starts again

Record = dict[str, object]
Records = Callable[[], Iterator[Record]]


def starts_like_json(start: bytes) -> bool:
    """Does a file without a telling name begin like JSON records?"""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"{") or (text.startswith(b"[") and text[1:].lstrip()[:1] in b"{[]")


def read_json(path: Path, ending: str, scratch: Path, log: ProblemLog) -> Reading:
    """Read any of the tabular JSON forms; numbers keep every digit. Raises Unreadable."""
    charset = scan(path).charset
    kind, records = _records(path, charset, log)
    if ending in (".ndjson", ".jsonl") and kind == "json":
        kind = "ndjson"
    keys = _keys(records)
    if not keys:
        raise Unreadable("json_not_table")
    check_width(len(keys))
    cells = _Cells(keys, kind == "geojson")
    try:
        write_tidy(cells.rows(records), scratch / "tidy.csv")
    except _UnforeseenKey:
        cells = _Cells(cells.all_keys(records), kind == "geojson")
        write_tidy(cells.rows(records), scratch / "tidy.csv")
    cells.report(log)
    return Reading(
        format=kind,
        labels=[_label(key, at) for at, key in enumerate(cells.keys, start=1)],
        load=Loadable(scratch / "tidy.csv"),
        encoding=charset.name,
        number_styles=dict.fromkeys(cells.numbers, EN),
        texts=frozenset(cells.texts),
        geometries=frozenset([cells.keys.index(GEOMETRY)] if kind == "geojson" else []),
    )


def _label(key: str, position: int) -> str:
    return " ".join(unicodedata.normalize("NFC", key).split()) or f"Cột {position}"


def _records(path: Path, charset: Charset, log: ProblemLog) -> tuple[str, Records]:
    """The form of the file and a way to go through its records again and again."""
    stream = JsonStream(path, charset.codec)
    try:
        first = stream.peek()
        if first == "[":
            header, above = _header_of_arrays(path, charset, log)
            return "json", lambda: itertools.islice(_array(path, charset, header), above, None)
        if first != "{":
            raise stream.broken() if first else Unreadable("empty")
        return _object(stream, path, charset, log)
    finally:
        stream.close()


def _object(
    stream: JsonStream, path: Path, charset: Charset, log: ProblemLog
) -> tuple[str, Records]:
    """One object: NDJSON, GeoJSON, a wrapper round an array, an object of arrays."""
    if _first_line_is_whole(path, charset):
        return "ndjson", lambda: _lines(path, charset)
    member = _array_member(path, charset, "features", objects=True)
    if member and _declares_geojson(path, charset):
        return "geojson", lambda: map(_feature, _member(path, charset, "features"))
    wrapped = _array_member(path, charset, None, objects=True)
    if wrapped:
        _report_other_lists(path, charset, wrapped, log)
        return "json", lambda: map(_record, _member(path, charset, wrapped))
    whole = stream.value()
    if stream.peek():
        return "ndjson", lambda: _lines(path, charset)
    return _single(whole)


def _first_line_is_whole(path: Path, charset: Charset) -> bool:
    """NDJSON: an object ends with its line, and another one follows."""
    with path.open(encoding=charset.codec, errors="replace") as text:
        line = text.readline(_PIECE).lstrip("\ufeff")
        try:
            return isinstance(json.loads(line), dict) and bool(text.readline(_PIECE).strip())
        except (ValueError, RecursionError):
            return False


def _single(whole: object) -> tuple[str, Records]:
    if not isinstance(whole, dict):
        raise Unreadable("json_not_table")
    if whole.get("type") == "Feature":
        return "geojson", lambda: iter([_feature(whole)])
    columns = [value for value in whole.values() if isinstance(value, list)]
    if not columns or len(columns) < len(whole) or len({len(c) for c in columns}) != 1:
        raise Unreadable("json_not_table")
    rows = [dict(zip(whole, row, strict=True)) for row in zip(*columns, strict=True)]
    return "json", lambda: iter(rows)


def _report_other_lists(path: Path, charset: Charset, read: str, log: ProblemLog) -> None:
    """Lists of objects beside the one that is read."""
    stream = JsonStream(path, charset.codec)
    try:
        for key in members(stream):
            if stream.peek() != "[":
                stream.value()
                continue
            # All items are taken, so that the next key comes behind them.
            objects = sum(isinstance(item, dict) for item in stream.items())
            if objects and key != read:
                log.add("other_lists", value=key, read=read)
    finally:
        stream.close()


def _header_of_arrays(
    path: Path, charset: Charset, log: ProblemLog
) -> tuple[list[str] | None, int]:
    """Names for arrays and how many items stand above the data; None for objects.

    The names are the first array if it holds nothing but texts. Raises Unreadable for arrays of
    objects or arrays.
    """
    stream = JsonStream(path, charset.codec)
    try:
        first = next(stream.items(), None)
    finally:
        stream.close()
    if not isinstance(first, list):
        return None, 0
    if any(isinstance(cell, dict | list) for cell in first):
        raise Unreadable("json_not_table")
    if all(isinstance(cell, str) and not isinstance(cell, NumberText) for cell in first):
        return _header(first), 1
    log.add("no_header")
    return [f"Cột {position}" for position in range(1, len(first) + 1)], 0


def _array(path: Path, charset: Charset, header: list[str] | None) -> Iterator[Record]:
    """Objects, or arrays whose names are `header`."""
    stream = JsonStream(path, charset.codec)
    try:
        for item in stream.items():
            if isinstance(item, list) and header is not None and len(item) <= len(header):
                yield dict(zip(header, item, strict=False))
            else:
                yield _record(item)
        if stream.peek():
            raise stream.broken()
    finally:
        stream.close()


def _header(cells: list[object]) -> list[str]:
    keys: dict[str, None] = {}
    for at, cell in enumerate(cells, start=1):
        key = str(cell) if cell not in (None, "") else f"Cột {at}"
        keys[f"{key} ({at})" if key in keys else key] = None
    return list(keys)


def _lines(path: Path, charset: Charset) -> Iterator[Record]:
    stream = JsonStream(path, charset.codec)
    try:
        while stream.peek():
            yield _record(stream.value())
    finally:
        stream.close()


def _member(path: Path, charset: Charset, name: str) -> Iterator[object]:
    """The items of the array under a key of the outermost object."""
    stream = JsonStream(path, charset.codec)
    try:
        for key in members(stream):
            if key == name and stream.peek() == "[":
                yield from stream.items()
                return
            stream.value()
    finally:
        stream.close()


def members(stream: JsonStream) -> Iterator[str]:
    """Keys of the object that starts here; the caller takes each value."""
    stream.take("{")
    while stream.peek() == '"':
        key = str(stream.value())
        stream.take(":")
        yield key
        if stream.peek() == "}":
            return
        stream.take(",")


def _array_member(path: Path, charset: Charset, name: str | None, *, objects: bool) -> str | None:
    """The first key (or `name`) whose value is an array that begins with an object."""
    stream = JsonStream(path, charset.codec)
    try:
        for key in members(stream):
            if stream.peek() == "[" and name in (None, key):
                first = next(stream.items(), None)
                return key if isinstance(first, dict) is objects else None
            stream.value()
        return None
    finally:
        stream.close()


def _declares_geojson(path: Path, charset: Charset) -> bool:
    first = next(_member(path, charset, "features"), None)
    return isinstance(first, dict) and first.get("type") == "Feature"


def _record(item: object) -> Record:
    if not isinstance(item, dict):
        raise Unreadable("json_not_table")
    return item


def _feature(item: object) -> Record:
    """Properties of a GeoJSON feature, its id, and the geometry as GeoJSON."""
    feature = _record(item)
    properties = feature.get("properties") or {}
    record: Record = {"id": feature["id"]} if "id" in feature else {}
    record.update(_record(properties))
    return {**record, GEOMETRY: feature.get("geometry")}


def _keys(records: Records) -> list[str]:
    keys: dict[str, None] = {}
    for record, _number in zip(records(), range(_LOOKED_AT), strict=False):
        keys.update(dict.fromkeys(record))
    return list(keys)


class _UnforeseenKey(Exception):
    """A record has a key that the first records did not have."""


class _Cells:
    """Turns records into rows of text, remembering which columns held numbers and which texts."""

    def __init__(self, keys: list[str], geometry: bool) -> None:
        self.keys = [key for key in keys if key != GEOMETRY] + [GEOMETRY] if geometry else keys
        self.numbers: set[int] = set()
        self.texts: set[int] = set()
        self._nested: set[int] = set()
        self._geometry = GEOMETRY if geometry else None
        self._log = ProblemLog()

    def rows(self, records: Records) -> Iterator[list[str]]:
        """Rows of the records. Raises _UnforeseenKey for a key that is no column yet."""
        known = set(self.keys)
        for number, record in enumerate(records(), start=1):
            if not record.keys() <= known:
                raise _UnforeseenKey
            if isinstance(record, Twice):
                self._report_twice(record, number)
            yield [self._text(record.get(key), at, number) for at, key in enumerate(self.keys)]

    def all_keys(self, records: Records) -> list[str]:
        """Go through all records for their keys."""
        keys = dict.fromkeys(self.keys)
        for record in records():
            keys.update(dict.fromkeys(record))
            check_width(len(keys))
        return list(keys)

    def report(self, log: ProblemLog) -> None:
        """Name the columns with nested values, and what was found in the cells."""
        for at in sorted(self._nested):
            log.add("nested_value", column=self._label(at))
        log.take(self._log)

    def _label(self, at: int) -> str:
        return _label(self.keys[at], at + 1)

    def _report_twice(self, record: Record, number: int) -> None:
        for key in record:
            if key.endswith(" (2)"):
                self._log.add("repeated_key", row=number, column=key, value=key[: -len(" (2)")])

    def _text(self, value: object, at: int, number: int) -> str:
        if isinstance(value, NumberText):
            self.numbers.add(at)
            return value
        if isinstance(value, NoNumber):
            self._log.add("null_word", row=number, column=self._label(at), value=value)
            return ""
        if isinstance(value, str):
            self.texts.add(at)
            return self._said(value, at, number)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if self.keys[at] != self._geometry:
            self._nested.add(at)
        elif wrong := misplaced(value):
            self._log.add(wrong, row=number, value=dumped(value))
        return dumped(value)

    def _said(self, value: str, at: int, number: int) -> str:
        text = _cleaned(value)
        if text.isascii():
            return text
        if "\ufffd" in text:
            self._log.add("invalid_bytes", row=number, column=self._label(at), value=text)
        right = mended(value)
        if right == value:
            return text
        self._log.add("encoded_twice", row=number, column=self._label(at), value=value,
                      repaired=right)  # fmt: skip
        return _cleaned(right)


def _cleaned(text: str) -> str:
    """NFC without control characters; half of a surrogate pair cannot be stored."""
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(c for c in text if c.isprintable() or c in "\n\t\u00a0")
    return unicodedata.normalize("NFC", kept).replace("\u00a0", " ")


def dumped(value: object) -> str:
    """JSON text with the numbers as they were written."""
    if isinstance(value, NumberText):
        return value
    if isinstance(value, dict):
        pairs = (f"{json.dumps(k, ensure_ascii=False)}:{dumped(v)}" for k, v in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dumped, value)) + "]"
    return json.dumps(_cleaned(value) if isinstance(value, str) else value, ensure_ascii=False)
