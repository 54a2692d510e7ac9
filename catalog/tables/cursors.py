"""Marks in a result: where a page ended, so that the next one can begin behind it.

A mark is the URL-safe base64 of a JSON list: what it belongs to, the place of the last row, and
the values it was sorted by.
"""

import base64
import binascii
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from catalog.tables.conditions import BadQuery
from catalog.tables.question import Query, Table

LONGEST = 100_000  # characters
_LAST_PLACE = 2**62
_KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,), "geometry": (str,), "integer": (int,), "number": (int, float),
    "boolean": (bool,),
}  # fmt: skip


def made_for(tables: Sequence[Table], query: Query) -> str:
    """What a mark belongs to: the rows asked for and their order, not the page's size or columns."""
    same = replace(query, columns=None, limit=1, offset=0, after="", count=True)
    files = ["/".join(table.path.parts[-3:]) for table in tables]
    return hashlib.sha256(repr((files, same)).encode("utf-8", "replace")).hexdigest()[:16]


def cursor(owner: str, place: int, values: Sequence[object]) -> str:
    """The mark of the row at `place`, sorted by `values`."""
    written = [value.isoformat() if isinstance(value, dt.date) else value for value in values]
    packed = json.dumps([owner, place, *written], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(text: str, owner: str, types: Sequence[str]) -> tuple[int, list[object]]:
    """Place and sort values of a mark. Raises BadQuery("bad_cursor") for any other text."""
    try:
        found_owner, place, *values = _unpacked(text)
        if found_owner != owner or type(place) is not int or not 0 <= place < _LAST_PLACE:
            raise ValueError(text)
        return place, [_value(one, of) for one, of in zip(values, types, strict=True)]
    except (ValueError, TypeError, RecursionError):
        raise BadQuery("bad_cursor") from None


def _unpacked(text: str) -> Any:
    if len(text) > LONGEST:
        raise ValueError(len(text))
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
    return json.loads(packed)


def _value(value: Any, type_: str) -> object:
    if value is None:
        return None
    if type_ == "date":
        return dt.date.fromisoformat(value)
    if type_ == "datetime":
        return dt.datetime.fromisoformat(value)
    if type(value) not in _KINDS[type_]:
        raise TypeError(value)
    return value
