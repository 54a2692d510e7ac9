"""Marks in a result: where a page ended, so that the next one can begin behind it.

A mark is what it belongs to and the place of the last row. What that row was sorted by is read
again from its table, which never changes: marks stay short whatever the cells hold.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from tables.querying.conditions import BadQuery
from tables.question import Query, Table

_MARK = re.compile(r"([0-9a-f]{16})\.([0-9a-f]{1,15})", re.ASCII)


def made_for(tables: Sequence[Table], query: Query) -> str:
    """What a mark belongs to: the rows asked for and their order, not the page's size or columns.

    And what may be seen of the tables: a mark of one who sees more means nothing to others.
    """
    same = replace(query, columns=None, limit=1, offset=0, after="", count=True)
    files = [
        ("/".join(table.path.parts[-3:]), [column.name for column in table.columns], *table.only)
        for table in tables
    ]
    return hashlib.sha256(repr((files, same)).encode("utf-8", "replace")).hexdigest()[:16]


def cursor(owner: str, place: int) -> str:
    """The mark of the row at `place`; it needs no quoting in an address."""
    return f"{owner}.{place:x}"


def read_cursor(text: str, owner: str) -> int:
    """The place of a mark. Raises BadQuery("bad_cursor") for any other text."""
    found = _MARK.fullmatch(text) if isinstance(text, str) else None
    if found is None or found[1] != owner:
        raise BadQuery("bad_cursor")
    return int(found[2], 16)
