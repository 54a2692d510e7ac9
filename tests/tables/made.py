"""Tables written straight into a file, without reading a CSV."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from tables import Column, Table
from tables.patterns import quoted

SQL_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE",
             "datetime": "TIMESTAMP", "boolean": "BOOLEAN", "geometry": "VARCHAR"}  # fmt: skip

_AT_ONCE = 200  # rows


def write_table(
    path: Path, columns: Sequence[Column], records: Sequence[Sequence[Any]], period: str = ""
) -> Table:
    """A table file as the reader of files writes it."""
    cells = ", ".join(f"{quoted(column.name)} {SQL_TYPES[column.type]}" for column in columns)
    marks = f"({', '.join('?' * len(columns))})"
    with duckdb.connect(str(path)) as con:
        con.execute(f"CREATE TABLE data ({cells})")
        for start in range(0, len(records), _AT_ONCE):
            part = records[start : start + _AT_ONCE]
            values = [cell for row in part for cell in row]
            con.execute(f"INSERT INTO data VALUES {', '.join([marks] * len(part))}", values)  # noqa: S608
    return Table(path, columns, len(records), period=period)
