"""Tables written straight into a file, without reading a CSV."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from catalog.tables import Column, Table
from catalog.tables.patterns import quoted

SQL_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE",
             "datetime": "TIMESTAMP", "boolean": "BOOLEAN", "geometry": "VARCHAR"}  # fmt: skip


def write_table(
    path: Path, columns: Sequence[Column], records: Sequence[Sequence[Any]], period: str = ""
) -> Table:
    """A table file as the reader of files writes it."""
    cells = ", ".join(f"{quoted(column.name)} {SQL_TYPES[column.type]}" for column in columns)
    marks = ", ".join("?" * len(columns))
    with duckdb.connect(str(path)) as con:
        con.execute(f"CREATE TABLE data ({cells})")
        if records:
            con.executemany(f"INSERT INTO data VALUES ({marks})", [list(row) for row in records])  # noqa: S608
    return Table(path, columns, len(records), period=period)
