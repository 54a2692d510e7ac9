"""The search index of a table: which words stand in which rows (SQLite FTS5).

The index holds no texts (contentless) and no places of words inside a row (detail=none), so that
it is smaller than the table. Its words are those of `texts.row_text`, split and folded here.
"""

import contextlib
import os
import sqlite3
import time
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tables.querying.pool import TooSlow
from tables.querying.texts import row_text, words
from tables.question import ColumnLike
from tables.reading.raw import open_table

# Shorter tables are looked through row by row: 10 µs a row, as quick as opening an index.
INDEXED_FROM = 5_000  # rows

_FORMAT = 1  # of the index; another one is not read
_BLOCK = 20_000  # rows
_REMEMBERED = 100_000  # words
_STEPS = 1_000  # of SQLite between two looks at the clock
_MOST_ENDINGS = 16  # words that begin with another one, looked up one by one
_SETTINGS = """
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -32000;
"""
_EMPTY = """
    CREATE VIRTUAL TABLE words USING fts5(
        text, content='', detail='none', columnsize=0, tokenize='ascii'
    );
    INSERT INTO words(words, rank) VALUES ('hashsize', 33554432);
"""


class NoIndex(Exception):
    """There is no index that could be read."""


@dataclass(frozen=True)
class Hits:
    """How many rows hold the words, and their rowids in ascending order, with commas between."""

    count: int
    rowids: str

    def page(self, offset: int, limit: int) -> list[int]:
        """Some of the rowids by their number among the hits."""
        pieces = self.rowids.split(",", offset + limit)[offset : offset + limit]
        return [int(rowid) for rowid in pieces if rowid]

    def behind(self, rowid: int, limit: int) -> list[int]:
        """The first rowids behind that one."""
        if not self.count:
            return []
        found = array("q", map(int, self.rowids.split(",")))
        start = bisect_right(found, rowid)
        return found[start : start + limit].tolist()


def write_search_index(table_path: Path, columns: Sequence[ColumnLike], target: Path) -> None:
    """Index the table at `table_path` as the file `target`; at most about 200 MB of memory.

    Written beside and renamed: it appears whole, and doing it again gives the same.
    """
    beside = target.with_name(f".{target.name}.making")
    beside.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(beside)) as index:
            index.executescript(_SETTINGS + _EMPTY)
            with index:
                _fill(index, _rows(table_path, columns))
                index.execute("INSERT INTO words(words) VALUES ('optimize')")
            index.execute(f"PRAGMA user_version = {_FORMAT}")
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def find(path: Path, wanted: Sequence[str], due: float, *, begun: bool = True) -> Hits:
    """The rows that hold all the words; with `begun` the last may be the beginning of one.

    The file never changes and opening it costs less than a millisecond: every search has its own
    connection, whatever threads and forks there are. Raises TooSlow at `due` (time.monotonic),
    NoIndex when the file cannot be read.
    """
    started = time.monotonic()
    try:
        with contextlib.closing(_opened(path)) as index:
            index.set_progress_handler(lambda: time.monotonic() > due, _STEPS)
            last = _beginning(index, wanted[-1]) if begun else _whole(wanted[-1])
            count, rowids = index.execute(
                "SELECT count(*), group_concat(rowid) FROM words WHERE words MATCH ?",
                [" AND ".join([*map(_whole, wanted[:-1]), last])],
            ).fetchone()
    except sqlite3.OperationalError as error:
        if time.monotonic() > due:
            raise TooSlow("too_slow", seconds=f"{due - started:.2g}") from None
        raise NoIndex(path) from error
    except sqlite3.DatabaseError as error:
        raise NoIndex(path) from error
    return Hits(count, rowids or "")


def _whole(word: str) -> str:
    """A word in FTS5's language. It is letters and figures only: nothing of that can stand in it."""
    return f'"{word}"'


def _beginning(index: sqlite3.Connection, word: str) -> str:
    """The word and those that begin with it, in FTS5's language.

    FTS5 gathers the rows of all of them before it looks at any. Named one by one they are gone through
    together with the rows of the other words, five times as fast; most words begin few others.
    """
    index.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'words', 'instance')")
    end, found = f"{word}{chr(0x10FFFF)}", [word]
    while len(found) <= _MOST_ENDINGS:
        # Not `>`: the rows of the last one would be gone through. "!" stands before all letters.
        longer = index.execute(
            "SELECT term FROM terms WHERE term >= ? AND term < ? LIMIT 1", [f"{found[-1]}!", end]
        ).fetchone()
        if longer is None:
            return f"({' OR '.join(map(_whole, found))})"
        found.append(longer[0])
    return f"{_whole(word)} *"


def _opened(path: Path) -> sqlite3.Connection:
    index = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    (made,) = index.execute("PRAGMA user_version").fetchone()
    if made != _FORMAT:
        index.close()
        raise NoIndex(path)
    return index


def _rows(table_path: Path, columns: Sequence[ColumnLike]) -> Iterator[tuple[int, str]]:
    """Block by block: DuckDB would hold the texts of all rows in memory."""
    select = f"SELECT rowid, {row_text(columns)} FROM data WHERE rowid BETWEEN ? AND ?"
    with open_table(table_path) as con:
        con.execute("SET threads = 1; SET memory_limit = '200MB'")
        (count,) = con.execute("SELECT count(*) FROM data").fetchone() or (0,)
        for start in range(0, count, _BLOCK):
            yield from con.execute(select, [start, start + _BLOCK - 1]).fetchall()


def _fill(index: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    split = _Splitter()
    lines = ((rowid, " ".join(map(split.__getitem__, text.split()))) for rowid, text in rows)
    index.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", lines)


class _Splitter(dict[str, str]):
    """What stands between two spaces, as words; remembered, for most of it comes again."""

    def __missing__(self, text: str) -> str:
        if text.isascii() and text.isalnum():
            return text.lower()  # numbers and codes, of which every row has its own
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = found = " ".join(words(text))
        return found
