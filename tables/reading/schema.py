"""Comparing a file with the structure its resource has registered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Required, TypedDict

import duckdb

from core.vietnamese import fold
from tables import patterns
from tables.limits import PROBLEMS_PER_RULE
from tables.names import technical_names
from tables.patterns import Form, is_absent
from tables.problems import ProblemLog
from tables.reading import losses
from tables.reading.deciding import Column, report_cells
from tables.reading.raw import not_blank
from tables.reading.source import Reading


class ColumnSchema(TypedDict, total=False):
    """A registered column: `name`, `type` (one of the seven), `label`, `required`."""

    name: Required[str]
    type: str
    label: str
    required: bool


FORMS: dict[str, tuple[Form, ...]] = {
    "text": (patterns.TEXT,),
    "integer": tuple(patterns.INTEGERS.values()),
    "number": tuple(patterns.NUMBERS.values()),
    "date": tuple(patterns.DATES.values()),
    "datetime": tuple(patterns.DATETIMES.values()),
    "boolean": (patterns.BOOLEAN,),
    "geometry": (patterns.GEOMETRY,),
}


def names_by_schema(labels: Sequence[str], schema: Sequence[ColumnSchema] | None) -> list[str]:
    """Technical names; a column known to the schema keeps the name it has there."""
    names = technical_names(labels)
    if not schema:
        return names
    known = {column["name"]: column["name"] for column in schema}
    known |= {fold(column["label"]): column["name"] for column in schema if column.get("label")}
    taken: set[str] = set()
    chosen = []
    for name, label in zip(names, labels, strict=True):
        wanted = known.get(fold(label)) or known.get(name)
        chosen.append(wanted if wanted and wanted not in taken else name)
        taken.add(chosen[-1])
    return chosen if len(taken) == len(chosen) else names


def apply_schema(
    con: duckdb.DuckDBPyConnection,
    columns: Sequence[Column],
    schema: Sequence[ColumnSchema],
    reading: Reading,
    log: ProblemLog,
) -> list[Column]:
    """The columns with the registered types; every difference goes to the log."""
    registered = {column["name"]: column for column in schema}
    found = {column.name for column in columns}
    for name, lacking in registered.items():  # in the order of the table
        if name not in found:
            log.add("missing_column", column=lacking.get("label", name))
    applied = []
    for column in columns:
        expected = registered.get(column.name)
        if expected is None:
            log.add("extra_column", column=column.label)
            applied.append(column)
            continue
        applied.append(_expected_type(con, column, expected, reading, log))
        if expected.get("required"):
            _report_missing(con, applied[-1], reading, log)
    return applied


def _expected_type(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    expected: ColumnSchema,
    reading: Reading,
    log: ProblemLog,
) -> Column:
    wanted = expected.get("type", column.type)
    if wanted == column.type or not column.counts["filled"]:
        return replace(column, form=column.form if wanted == column.type else FORMS[wanted][0])
    form, fitting, filled = _best_form(con, column, wanted)
    if fitting * 2 < filled:
        log.add("type_changed", column=column.label, expected=wanted, found=column.type)
        return column
    log.forget("kept_text", column=column.label)
    if fitting < filled:
        log.forget("mixed_type", column=column.label)
        said = f"{column.raw} IS NOT NULL AND NOT ({is_absent(column.raw)})"
        misfit = f"{said} AND {form.cast(column.raw)} IS NULL"
        report_cells(con, column, misfit, reading, log, "wrong_type", type=form.type)
    if wanted == "number":
        place = losses.Place(column.raw, column.label, reading.first_row)
        losses.report_rounded(con, place, form, log)
    return replace(column, form=form)


def _best_form(
    con: duckdb.DuckDBPyConnection, column: Column, wanted: str
) -> tuple[Form, int, int]:
    """The form of the wanted type that the most values have, the column's own style first.

    With it how many values have it, and how many cells say something or have it.
    """
    forms = sorted(FORMS[wanted], key=lambda form: form.name != column.form.name)
    counts = ", ".join(f"count({form.cast(column.raw)})" for form in forms)
    fitting = con.execute(f"SELECT {counts} FROM raw").fetchone() or ()
    best = max(range(len(forms)), key=lambda at: fitting[at])
    empty = f"{is_absent(column.raw)} AND {forms[best].cast(column.raw)} IS NULL"
    (said,) = con.execute(
        f"SELECT count({column.raw}) FILTER (NOT ({empty})) FROM raw"
    ).fetchone() or (0,)
    return forms[best], fitting[best], said


def _report_missing(
    con: duckdb.DuckDBPyConnection, column: Column, reading: Reading, log: ProblemLog
) -> None:
    nothing = f"{column.raw} IS NULL"
    if column.type not in ("text", "geometry"):
        nothing += f" OR ({is_absent(column.raw)} AND {column.form.cast(column.raw)} IS NULL)"
    where = f"({nothing}) AND filled"
    source = "(SELECT *, rowid AS place, " + not_blank(con) + " AS filled FROM raw)"
    cells = con.execute(
        f"SELECT place FROM {source} WHERE {where} ORDER BY place LIMIT {PROBLEMS_PER_RULE}"
    ).fetchall()
    for (rowid,) in cells:
        log.add("missing_value", row=reading.first_row + rowid, column=column.label)
    if len(cells) == PROBLEMS_PER_RULE:
        (count,) = con.execute(f"SELECT count(*) FROM {source} WHERE {where}").fetchone() or (0,)
        log.counts["missing_value"] += count - len(cells)
