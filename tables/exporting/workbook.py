"""A result as XLSX, in constant memory.

xlsxwriter makes the workbook with its header, styles and column widths; the rows are put into its
first sheet as XML that DuckDB writes. That takes a tenth of the time of writing cell by cell, and
the other requests of the process go on meanwhile.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from tables.exporting.apart import apart
from tables.exporting.job import About, Job, Wishes
from tables.exporting.lines import AS_IT_STANDS, Form, lines
from tables.exporting.sheetrows import CELL_OVERHEAD, sheet_row, text_bytes
from tables.limits import XLSX_ROWS
from tables.problems import CodedError
from tables.querying.pool import TablePool
from tables.querying.statement import compile_query
from tables.question import ColumnLike, Query, Table

_FORBIDDEN_IN_TITLE = dict.fromkeys(map(ord, "[]:*?/\\'"), " ")
_KEPT = 6  # zlib's level for a copy that is written once and taken often
_SHEET = "xl/worksheets/sheet1.xml"
_END_OF_ROWS = b"</sheetData>"
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_NUMBER_FORMATS = {"date": "dd/mm/yyyy", "datetime": "dd/mm/yyyy hh:mm:ss"}
_WIDTHS = {"date": 12, "datetime": 20}


class TooManyRows(CodedError):
    """More rows than a sheet holds."""


def xlsx(job: Job, wishes: Wishes) -> Iterator[bytes]:
    """Rows on the first sheet: the header bold and in view, dates real dates, codes and formula-like
    texts strings.

    Raises TooManyRows beyond 1,048,575 rows, besides what `export` raises.
    """
    columns = job.statement.columns
    sheet_bytes = _sheet_bytes(job)
    book = _empty_book(columns, wishes)
    start, end = _DIMENSION.sub(b"", book.pop(_SHEET)).split(_END_OF_ROWS)
    rows = lines(job, Form(sheet_row(columns, _styles(start, columns)), AS_IT_STANDS))
    sheet = _chained(start + next(rows, b""), rows, _END_OF_ROWS + end)
    large = sheet_bytes > zipfile.ZIP64_LIMIT
    yield from _zipped(book, sheet, level=wishes.compression, large=large)


def write_xlsx(
    path: Path,
    columns: Sequence[ColumnLike],
    destination: Path,
    *,
    title: str,
    labels: Sequence[str],
    about: About | None = None,
) -> None:
    """Write the whole table at `path` as a workbook; `labels` in the order of the columns.

    Written beside and renamed. Raises TooManyRows beyond 1,048,575 rows.
    """
    names = {column.name: label for column, label in zip(columns, labels, strict=True)}
    statement = compile_query(Table(path, columns), Query())
    beside = destination.with_name(f".{destination.name}.making")
    pool = TablePool()
    try:
        with TemporaryDirectory(dir=destination.parent) as folder, beside.open("wb") as out:
            job = Job(pool, statement, Path(folder), in_parts=True)
            out.writelines(xlsx(job, Wishes(names, title=title, about=about, compression=_KEPT)))
        beside.replace(destination)
    finally:
        beside.unlink(missing_ok=True)
        pool.close()


def _sheet_bytes(job: Job) -> int:
    """About how long the sheet's XML becomes."""
    columns = job.statement.columns
    asked = f"SELECT count(*), sum({text_bytes(columns)})"
    with apart(job.paths, job.folder) as lease:
        selection = job.statement.selection(lease)
        found = lease.cursor.execute(f"{asked} FROM {selection}", job.statement.params).fetchone()
    rows, texts = found or (0, 0)
    if rows > XLSX_ROWS:
        raise TooManyRows("too_many_rows", count=rows, limit=XLSX_ROWS)
    return int(texts or 0) + int(rows) * len(columns) * CELL_OVERHEAD


def _empty_book(columns: Sequence[ColumnLike], wishes: Wishes) -> dict[str, bytes]:
    """The parts of a workbook that has only its header, and what is said about it."""
    heads = wishes.heads(columns)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_sheet_name(wishes))
        bold = book.add_format({"bold": True})
        shapes = {
            kind: book.add_format({"num_format": shape}) for kind, shape in _NUMBER_FORMATS.items()
        }
        for at, (column, head) in enumerate(zip(columns, heads, strict=True)):
            sheet.write_string(0, at, head, bold)
            width = min(40, max(_WIDTHS.get(column.type, 10), len(head) + 2))
            sheet.set_column(at, at, width, shapes.get(column.type))
        sheet.freeze_panes(1, 0)
        if wishes.about is not None:
            _tell(book, wishes.about, bold)
    with zipfile.ZipFile(content) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _tell(book: xlsxwriter.Workbook, about: About, bold: Any) -> None:
    sheet = book.add_worksheet(about.name)
    whole = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90, whole)
    for at, (heading, text) in enumerate(about.lines):
        sheet.write_string(at, 0, heading, bold)
        sheet.write_string(at, 1, text, whole)


def _sheet_name(wishes: Wishes) -> str:
    """At most 31 characters, without those Excel forbids, and not the name of the other sheet."""
    name = " ".join(wishes.title.translate(_FORBIDDEN_IN_TITLE).split())[:31].strip()
    taken = ("", "history", wishes.about.name.lower() if wishes.about else "")
    return name if name.lower() not in taken else "Dữ liệu"


def _styles(start: bytes, columns: Sequence[ColumnLike]) -> dict[str, str]:
    """The numbers xlsxwriter gave the styles of dates, read from the sheet's list of columns."""
    listed = re.findall(rb'<col min="(\d+)" [^>]*style="(\d+)"', start)
    return {columns[int(at) - 1].type: style.decode() for at, style in listed}


def _chained(start: bytes, rows: Iterator[bytes], end: bytes) -> Iterator[bytes]:
    yield start
    yield from rows
    yield end


def _zipped(
    parts: dict[str, bytes], sheet: Iterator[bytes], *, level: int, large: bool
) -> Iterator[bytes]:
    """The archive in pieces; ZIP64 only for a `large` sheet, since Excel asks before it opens that."""
    out = _Outlet()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        with archive.open(_SHEET, "w", force_zip64=large) as entry:
            for piece in sheet:
                entry.write(piece)
                yield out.taken()
    yield out.taken()


class _Outlet:
    """What an archive writes, to be taken away piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        """What was written stays to be taken."""

    def taken(self) -> bytes:
        """Everything written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
