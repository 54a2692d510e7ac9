"""From a file to the immutable files of a release, and what was found on the way."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import duckdb

from tables.problems import Problem, ProblemLog, severity
from tables.reading.deciding import Column, decide, report_absent
from tables.reading.delimited import retidy
from tables.reading.packages import column_letters
from tables.reading.raw import cut_ends, load_raw, open_scratch, swallows_rows
from tables.reading.schema import ColumnSchema, apply_schema, names_by_schema
from tables.reading.source import Reading
from tables.reading.sources import read_source
from tables.storing.building import build_table, write_csv, write_parquet
from tables.storing.profile import ColumnProfile, profile

TABLE, CSV, PARQUET = "table.duckdb", "data.csv", "data.parquet"
_MAKING = ".making-"

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Ingest:
    """What was read. Sizes in bytes; rows counted from 1 as in the file; hashes in hexadecimal.

    `problems` holds the first of each rule, `problem_counts` counts all. `encoding` and
    `delimiter` are None for spreadsheets, `sheet` for everything else, `header_row` for JSON
    and for files without a header.
    """

    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int | None
    row_count: int
    columns: list[ColumnProfile]
    problems: list[Problem] = field(default_factory=list)
    problem_counts: dict[str, int] = field(default_factory=dict)
    csv_size: int = 0
    parquet_size: int = 0
    table_size: int = 0
    csv_sha256: str = ""
    parquet_sha256: str = ""

    @property
    def error_count(self) -> int:
        """Problems that block submission."""
        return sum(n for rule, n in self.problem_counts.items() if severity(rule) == "error")

    def as_dict(self) -> dict[str, object]:
        """JSON-able."""
        problems = [problem.as_dict() for problem in self.problems]
        return {**asdict(self), "problems": problems, "error_count": self.error_count}


@dataclass
class Table:
    """An opened table while it is made: `con` has it attached as `made`."""

    con: duckdb.DuckDBPyConnection
    reading: Reading
    columns: list[Column]
    rows: int
    log: ProblemLog


def ingest(
    source: Path,
    into: Path,
    *,
    filename: str | None = None,
    schema: Sequence[ColumnSchema] | None = None,
    progress: Progress | None = None,
) -> Ingest:
    """Read `source` and leave table.duckdb, data.csv and data.parquet in the folder `into`.

    `filename` is the name the file was uploaded under; `schema` the registered columns, with
    which the file is compared. `progress(stage, fraction)` is told the stages reading, types,
    table, downloads, profile. A file appears under its name only when it is whole, and doing
    it again gives the same files. Raises Unreadable.
    """
    tell = progress or (lambda _stage, _fraction: None)
    into.mkdir(parents=True, exist_ok=True)
    with _making(into) as scratch, opened(source, scratch, filename, schema, tell) as table:
        tell("downloads", 0.6)
        write_csv(table.con, table.columns, scratch / CSV)
        write_parquet(table.con, scratch / PARQUET)
        tell("profile", 0.85)
        profiles = profile(table.con, table.columns)
        table.con.execute("DETACH made")
        sizes = {name: (scratch / name).stat().st_size for name in (TABLE, CSV, PARQUET)}
        hashes = {name: _sha256(scratch / name) for name in (CSV, PARQUET)}
        for name in (CSV, PARQUET, TABLE):
            _put_in_place(scratch / name, into / name)
        tell("profile", 1.0)
        return _summary(table, profiles, sizes, hashes)


@contextlib.contextmanager
def opened(
    source: Path,
    scratch: Path,
    filename: str | None = None,
    schema: Sequence[ColumnSchema] | None = None,
    tell: Progress = lambda _stage, _fraction: None,
) -> Iterator[Table]:
    """Read `source` into `scratch`/table.duckdb and give it open; raises Unreadable."""
    log = ProblemLog()
    tell("reading", 0.0)
    reading = read_source(source, filename or source.name, scratch, log)
    with contextlib.closing(open_scratch(scratch)) as con:
        reading = _load(con, reading, scratch, log)
        cut_ends(con, reading, log)
        tell("types", 0.35)
        columns = decide(con, reading, names_by_schema(reading.labels, schema), log)
        if schema:
            columns = apply_schema(con, columns, schema, reading, log)
        report_absent(con, columns, reading, log)
        tell("table", 0.45)
        rows = build_table(con, columns, scratch / TABLE)
        yield Table(con, reading, columns, rows, log)


def _load(
    con: duckdb.DuckDBPyConnection, reading: Reading, scratch: Path, log: ProblemLog
) -> Reading:
    tidied = reading.load.path == scratch / "tidy.csv"
    try:
        load_raw(con, reading.load, len(reading.labels))
        if tidied or not swallows_rows(con, reading):
            return reading
    except duckdb.Error:
        if tidied:
            raise
    # Rows of other lengths or odd quotes: our own reader says which.
    reading = retidy(reading, scratch, log)
    load_raw(con, reading.load, len(reading.labels))
    return reading


def _summary(
    table: Table, profiles: list[ColumnProfile], sizes: dict[str, int], hashes: dict[str, str]
) -> Ingest:
    reading = table.reading
    return Ingest(
        format=reading.format,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        sheet=reading.sheet,
        header_row=reading.header_row,
        row_count=table.rows,
        columns=profiles,
        problems=_addressed(table.log.kept, reading),
        problem_counts=dict(table.log.counts),
        csv_size=sizes[CSV],
        parquet_size=sizes[PARQUET],
        table_size=sizes[TABLE],
        csv_sha256=hashes[CSV],
        parquet_sha256=hashes[PARQUET],
    )


def _addressed(problems: Sequence[Problem], reading: Reading) -> list[Problem]:
    """The problems of a spreadsheet's cells with their addresses: its columns are read from A on."""
    if reading.sheet is None:
        return list(problems)
    letters = {label: column_letters(at) for at, label in enumerate(reading.labels)}
    return [
        replace(one, cell=f"{letters[one.column]}{one.row}")
        if one.row and one.column in letters
        else one
        for one in problems
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextlib.contextmanager
def _making(into: Path) -> Iterator[Path]:
    """A working folder beside the files. Those of killed runs are removed first.

    A living run holds a lock on its folder, so that it is never taken for a dead one.
    """
    for left in into.glob(f"{_MAKING}*"):
        with contextlib.suppress(OSError):
            _remove_if_dead(left)
    folder = Path(tempfile.mkdtemp(prefix=_MAKING, dir=into))
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def _remove_if_dead(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(handle)


def _put_in_place(made: Path, place: Path) -> None:
    """Onto the disk first, then under its name."""
    with made.open("rb") as data:
        os.fsync(data.fileno())
    made.chmod(0o644)
    made.replace(place)
