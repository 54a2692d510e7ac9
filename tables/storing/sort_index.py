"""The sort index of a table: where each of its texts stands in a Vietnamese dictionary.

Comparing a million texts by the rules of a language takes half a second. They are compared once,
here: the index has the table's rows in their order and, for each text column, the number of the
cell's value among all values of the column, so that a sort compares numbers.
"""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

import duckdb

from tables.patterns import literal, quoted
from tables.question import ColumnLike

_MEMORY = "400MB"


def has_texts(columns: Sequence[ColumnLike]) -> bool:
    """Is there anything to number?"""
    return any(column.type == "text" for column in columns)


def write_sort_index(table_path: Path, columns: Sequence[ColumnLike], target: Path) -> None:
    """Number the texts of the table at `table_path` in the file `target`; `columns` has some text.

    About 400 MB of memory, what is more goes to disk beside `target`. Written beside and renamed.
    """
    beside = target.with_name(f".{target.name}.making")
    beside.unlink(missing_ok=True)
    texts = [column.name for column in columns if column.type == "text"]
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": _MEMORY,
        "temp_directory": f"{beside}.tmp",
    }
    try:
        with contextlib.closing(duckdb.connect(str(beside), config=config)) as con:
            con.execute(f"ATTACH {literal(str(table_path))} AS asked (READ_ONLY)")
            for at, name in enumerate(texts):
                _number(con, at, quoted(name))
            numbers = ", ".join(f"c{at}.n AS {quoted(name)}" for at, name in enumerate(texts))
            joined = " POSITIONAL JOIN ".join(f"c{at}" for at in range(len(texts)))
            con.execute(f"CREATE TABLE data AS SELECT {numbers} FROM {joined}")
            con.execute("CHECKPOINT")
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _number(con: duckdb.DuckDBPyConnection, at: int, name: str) -> None:
    """Values are compared once each, however many cells hold them; equal ones get one number."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE ranked AS SELECT value, dense_rank() OVER"
        f" (ORDER BY value COLLATE vi)::INTEGER AS n"
        f" FROM (SELECT DISTINCT {name} AS value FROM asked.data WHERE {name} IS NOT NULL)"
    )
    con.execute(
        f"CREATE TEMP TABLE c{at} AS SELECT ranked.n FROM asked.data LEFT JOIN ranked"
        f" ON {name} = ranked.value ORDER BY asked.data.rowid"
    )
