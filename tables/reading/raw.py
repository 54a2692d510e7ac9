"""The raw table: every cell as text, trimmed, in the order of the file; an empty one is null."""

from pathlib import Path

import duckdb

from tables.limits import INGEST_MEMORY, INGEST_THREADS
from tables.patterns import literal
from tables.problems import ProblemLog, Unreadable
from tables.reading.footers import LOOKED_AT, count_footers
from tables.reading.source import Loadable, Reading

_LINE = 4_000_000  # bytes of the longest line DuckDB takes; longer ones are tidied by us
_SPACES = " \t\r\n"
# Problems of a row that are nothing to mend if it is a total or a note.
_OF_ROWS = ("short_row", "outside_header", "formula_without_result", "sheet_error", "null_word",
            "text_number", "mixed_dates", "shown_plainly", "shown_otherwise")  # fmt: skip
_GUARDED = ("'=", "'@", "'+", "'-", "'\t")


def open_scratch(scratch: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB for the raw table: in memory, what is too large for it in `scratch`."""
    con = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": INGEST_MEMORY,
            "threads": INGEST_THREADS,
            "temp_directory": str(scratch / "spill"),
            # What is made here is thrown away after a crash; whole files are synced as they are kept.
            "fsync_mode": "NONE",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    # DuckDB draws one on standard output when it believes itself in a notebook.
    con.execute("SET enable_progress_bar = false")
    return con


def open_table(path: Path) -> duckdb.DuckDBPyConnection:
    """A finished table, read-only, for a job of its own (pages go through `TablePool`)."""
    return duckdb.connect(str(path), read_only=True)


def load_raw(con: duckdb.DuckDBPyConnection, load: Loadable, width: int) -> None:
    """Create `raw` with columns c0, c1, …; duckdb.Error if rows have other lengths."""
    columns = [f"c{at}" for at in range(width)]
    _create(con, load, columns, set())
    # Most files have no stray spaces: looking for them costs less than trimming all cells.
    asked = ", ".join(f"count(*) FILTER ({_untrimmed(column)})" for column in columns)
    found = con.execute(f"SELECT {asked} FROM raw").fetchone() or ()
    untidy = {column for column, count in zip(columns, found, strict=True) if count}
    if untidy:
        _create(con, load, columns, untidy)


def _create(
    con: duckdb.DuckDBPyConnection, load: Loadable, columns: list[str], untidy: set[str]
) -> None:
    cells = ", ".join(f"{_clean(c)} AS {c}" if c in untidy else c for c in columns)
    con.execute(f"CREATE OR REPLACE TABLE raw AS SELECT {cells} FROM {_source(load, len(columns))}")


def _untrimmed(column: str) -> str:
    """Spaces and the apostrophe sort before "(": one comparison asks for all of them."""
    ends = (f"ends_with({column}, {literal(sign)})" for sign in _SPACES)
    return " OR ".join((f"{column} < '('", *ends))


def _clean(column: str) -> str:
    """Trimmed; the apostrophe our own CSV puts before "=" goes."""
    cell = f"trim({column}, {literal(_SPACES)})"
    guarded = " OR ".join(f"starts_with({column}, {literal(s)})" for s in _GUARDED)
    return f"CASE WHEN {guarded} THEN {cell}[2:] ELSE nullif({cell}, '') END"


def _source(load: Loadable, width: int) -> str:
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(width))
    return (
        f"read_csv({literal(str(load.path))}, auto_detect = false, header = false,"
        f" skip = {load.skip}, delim = {literal(load.delimiter)}, quote = '\"', escape = '\"',"
        f" columns = {{{columns}}}, strict_mode = true, null_padding = false,"
        f" nullstr = '', max_line_size = {_LINE}, compression = 'none')"
    )


def swallows_rows(con: duckdb.DuckDBPyConnection, reading: Reading) -> bool:
    """Is there a cell in quotes that may hold whole rows? Asked only where a cell holds a line end."""
    (rows,) = con.execute("SELECT count(*) FROM raw").fetchone() or (0,)
    if rows >= reading.lines - reading.load.skip:
        return False
    sign, gaps = literal(reading.load.delimiter), len(reading.labels) - 1
    suspects = " OR ".join(
        f"(contains(c{at}, chr(10)) AND len(c{at}) - len(replace(c{at}, {sign}, '')) >= {gaps})"
        for at in range(len(reading.labels))
    )
    return con.execute(f"SELECT 1 FROM raw WHERE {suspects} LIMIT 1").fetchone() is not None


def cut_ends(con: duckdb.DuckDBPyConnection, reading: Reading, log: ProblemLog) -> None:
    """Delete totals and notes below the data and report blank rows between.

    Raises Unreadable("only_header") when nothing is left. Blank rows stay in `raw`, whose
    row numbers tell the row in the file; `not_blank` keeps them out of the table.
    """
    (rows,) = con.execute("SELECT count(*) FROM raw").fetchone() or (0,)
    rows = _cut_blank_end(con, rows)
    first = max(0, rows - LOOKED_AT)
    last = con.execute(f"SELECT * FROM raw WHERE rowid >= {first} ORDER BY rowid").fetchall()
    cut = count_footers(last, reading.first_row + first, log)
    if cut and cut < rows:
        con.execute(f"DELETE FROM raw WHERE rowid >= {rows - cut}")
        log.drop(_OF_ROWS, from_row=reading.first_row + rows - cut)
    blanks, blank = con.execute(
        f"SELECT count(*), min(rowid) FROM raw WHERE NOT ({not_blank(con)})"
    ).fetchone() or (0, 0)
    if blanks == rows - (cut if cut < rows else 0):
        raise Unreadable("only_header")
    if blanks:
        log.add("blank_rows", row=reading.first_row + blank, count=blanks)


def _cut_blank_end(con: duckdb.DuckDBPyConnection, rows: int) -> int:
    """Blank rows at the very end are nothing to report."""
    found = con.execute(f"SELECT max(rowid) FROM raw WHERE {not_blank(con)}").fetchone()
    last = found[0] if found else None
    kept = 0 if last is None else last + 1
    if kept < rows:
        con.execute(f"DELETE FROM raw WHERE rowid >= {kept}")
    return kept


def not_blank(con: duckdb.DuckDBPyConnection) -> str:
    """SQL: does the row of `raw` hold anything?"""
    names = [row[0] for row in con.execute("DESCRIBE raw").fetchall()]
    return f"coalesce({', '.join(names)}) IS NOT NULL"
