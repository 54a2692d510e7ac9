"""Each format of text, and Parquet: what stands before, between and after the rows."""

import json
from collections.abc import Iterator
from dataclasses import replace

from tables.exporting import cells
from tables.exporting.job import Job, Wishes
from tables.exporting.lines import (
    AS_IT_STANDS,
    CSV,
    JSON_LINES,
    Form,
    lines,
    pieces,
    written,
)
from tables.limits import ROW_GROUP
from tables.patterns import quoted
from tables.querying.conditions import BadQuery
from tables.storing.building import csv_header

_BOM = "\ufeff"
_PARQUET = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}"


def csv(job: Job, wishes: Wishes) -> Iterator[bytes]:
    columns = job.statement.columns
    header = csv_header(wishes.heads(columns))
    before = header if wishes.bom else header.removeprefix(_BOM)
    return _framed(before, lines(job, Form(cells.csv_cells(columns), CSV)))


def ndjson(job: Job, wishes: Wishes) -> Iterator[bytes]:
    """One object on each line (RFC 7464 without its separators, as jsonlines.org has it)."""
    return lines(job, _objects(job))


def json_objects(job: Job, wishes: Wishes) -> Iterator[bytes]:
    return _framed("[\n", _with_commas(lines(job, _objects(job))), "\n]\n")


def json_arrays(job: Job, wishes: Wishes) -> Iterator[bytes]:
    """{"columns": [{"name", "type", "label"}, …], "rows": [[…], …]}"""
    columns = job.statement.columns
    heads = [
        {"name": column.name, "type": column.type, "label": head}
        for column, head in zip(columns, wishes.heads(columns), strict=True)
    ]
    before = f'{{"columns":{json.dumps(heads, ensure_ascii=False)},"rows":[\n'
    rows = lines(job, Form(cells.json_array(columns), AS_IT_STANDS))
    return _framed(before, _with_commas(rows), "\n]}\n")


def geojson(job: Job, wishes: Wishes) -> Iterator[bytes]:
    """A FeatureCollection; raises BadQuery without a geometry column and without `point`."""
    job, form = _features(job, wishes)
    before = '{"type":"FeatureCollection","features":[\n'
    return _framed(before, _with_commas(lines(job, form)), "\n]}\n")


def parquet(job: Job, wishes: Wishes) -> Iterator[bytes]:
    """Its directory stands at its end: written whole, then sent."""
    names = ", ".join(quoted(column.name) for column in job.statement.columns)
    return pieces(written(job, Form(names, _PARQUET)))


def _objects(job: Job) -> Form:
    return Form(cells.json_cells(job.statement.columns), JSON_LINES)


def _features(job: Job, wishes: Wishes) -> tuple[Job, Form]:
    """The job with the columns of the place among its own, even where they were not asked for."""
    statement = job.statement
    offered = statement.groups.columns if statement.groups else list(statement.source.columns)
    by_name = {column.name: column for column in offered}
    for name in wishes.point or ():
        if name not in by_name:
            raise BadQuery("unknown_column", column=name)
    if wishes.point:
        used, geometry = list(wishes.point), cells.point_object(*wishes.point)
        shown = statement.columns
    else:
        used = [column.name for column in offered if column.type == "geometry"][:1]
        if not used:
            raise BadQuery("no_geometry")
        geometry = cells.geometry_object(used[0])
        shown = [column for column in statement.columns if column.name not in used]
    asked = {column.name: column for column in statement.columns}
    needed = [*asked.values(), *(by_name[name] for name in used if name not in asked)]
    wider = replace(job, statement=replace(statement, columns=needed))
    return wider, Form(cells.feature(shown, geometry), JSON_LINES)


def _framed(before: str, rows: Iterator[bytes], after: str = "") -> Iterator[bytes]:
    """Nothing is sent before the first rows are there: what is wrong shows itself until then."""
    first = next(rows, b"")
    yield before.encode() + first
    yield from rows
    if after:
        yield after.encode()


def _with_commas(rows: Iterator[bytes]) -> Iterator[bytes]:
    """Commas between lines instead of newlines behind them; JSON escapes those inside a text."""
    between = b""
    for piece in rows:
        body = piece.removesuffix(b"\n")
        yield between + body.replace(b"\n", b",\n")
        between = b",\n" if len(body) < len(piece) else b""
