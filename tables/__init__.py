"""Read a file of any mess into one immutable table, and query that table. No Django here.

In a plain Python shell::

    >>> from pathlib import Path
    >>> from tables import ingest
    >>> found = ingest(Path("truong_hoc.csv"), Path("out"))
    >>> found.row_count, [(column.name, column.type) for column in found.columns]
    >>> for problem in found.problems:
    ...     print(problem.severity, problem.message)

`out` then holds `table.duckdb`, `data.csv` and `data.parquet`. To ask the table::

    >>> from tables import Filter, Query, TablePool, rows
    >>> pool = TablePool()
    >>> table = Table(Path("out/table.duckdb"), found.columns, found.row_count)
    >>> query = Query(filters=[Filter("ten_xa", "contains", "quynh")], sort=[("so_lop", True)])
    >>> page = rows(pool, table, query)
    >>> page.total, page.rows

and to take it away: `export`, and `write_xlsx` for a whole table.
"""

from tables.confined import extract_rows_confined, ingest_confined
from tables.exporting import Export, TooManyRows, export, write_xlsx
from tables.ingesting import CSV, PARQUET, TABLE, Ingest, ingest
from tables.messages import message_template
from tables.problems import Problem, Unreadable, severity
from tables.querying.conditions import OPS, BadQuery, ops_of
from tables.querying.pool import TablePool, TableUnavailable, TooBusy, TooSlow
from tables.querying.query import rows
from tables.querying.search_index import INDEXED_FROM, write_search_index
from tables.question import (
    Aggregate,
    AllOf,
    AnyOf,
    Column,
    Condition,
    Filter,
    Group,
    Only,
    Page,
    Query,
    Table,
)
from tables.reading.schema import ColumnSchema
from tables.storing.profile import ColumnProfile
from tables.storing.sort_index import has_texts, write_sort_index

__all__ = [
    "CSV",
    "INDEXED_FROM",
    "OPS",
    "PARQUET",
    "TABLE",
    "Aggregate",
    "AllOf",
    "AnyOf",
    "BadQuery",
    "Column",
    "ColumnProfile",
    "ColumnSchema",
    "Condition",
    "Export",
    "Filter",
    "Group",
    "Ingest",
    "Only",
    "Page",
    "Problem",
    "Query",
    "Table",
    "TablePool",
    "TableUnavailable",
    "TooBusy",
    "TooManyRows",
    "TooSlow",
    "Unreadable",
    "export",
    "extract_rows_confined",
    "has_texts",
    "ingest",
    "ingest_confined",
    "message_template",
    "ops_of",
    "rows",
    "severity",
    "write_search_index",
    "write_sort_index",
    "write_xlsx",
]
