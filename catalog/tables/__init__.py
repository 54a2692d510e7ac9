"""Read a file of any mess into one immutable table, and query that table. No Django here.

In a plain Python shell::

    >>> from pathlib import Path
    >>> from catalog.tables import ingest
    >>> found = ingest(Path("truong_hoc.csv"), Path("out"))
    >>> found.row_count, [(column.name, column.type) for column in found.columns]
    >>> for problem in found.problems:
    ...     print(problem.severity, problem.message)

`out` then holds `table.duckdb`, `data.csv` and `data.parquet`.
"""

from catalog.tables.ingesting import CSV, PARQUET, TABLE, Ingest, ingest
from catalog.tables.messages import message_template
from catalog.tables.problems import Problem, Unreadable, severity
from catalog.tables.profile import ColumnProfile
from catalog.tables.schema import ColumnSchema

__all__ = [
    "CSV",
    "PARQUET",
    "TABLE",
    "ColumnProfile",
    "ColumnSchema",
    "Ingest",
    "Problem",
    "Unreadable",
    "ingest",
    "message_template",
    "severity",
]
