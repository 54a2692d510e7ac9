"""What a query reads from: one table, or the tables of several periods under each other."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tables.patterns import literal, quoted
from tables.querying.conditions import SqlCondition, condition
from tables.querying.pool import Lease
from tables.querying.texts import folded_row, words
from tables.question import Column, ColumnLike, Table

PERIOD = "ky"
_ROOM = 1 << 40  # rows of one table in the places of several
_SQL_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "datetime": "TIMESTAMP",
              "boolean": "BOOLEAN"}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One table, or several (`together`) with their period as a first text column "ky"."""

    tables: tuple[Table, ...]
    columns: tuple[Column, ...]
    together: bool = False

    @property
    def place(self) -> str:
        """SQL of a row's place: rows stand in the order of their files, table after table."""
        return quoted(self._unused("@place")) if self.together else "rowid"

    @property
    def text(self) -> str:
        """SQL of the words of a row, for a search."""
        return quoted(self._unused("@text")) if self.together else folded_row(self.columns)

    @property
    def only(self) -> SqlCondition:
        """The condition of every row that may be seen; empty without any. Raises BadQuery."""
        limits = self.tables[0].only if self.tables else ()
        found = [
            condition(Column(self._limiting(one.column.name), one.column.type), one.op, one.value)
            for one in limits
        ]
        return " AND ".join(sql for sql, _values in found), [v for _sql, vs in found for v in vs]

    @property
    def row_count(self) -> int | None:
        """The stored count of all rows, if every table has one."""
        counts = [table.row_count for table in self.tables]
        return None if None in counts else sum(count or 0 for count in counts)

    def sql(self, lease: Lease) -> str:
        """What stands behind FROM, where `lease` holds the tables."""
        if not self.together:
            return lease.source
        parts = zip(self.tables, lease.sources, strict=True)
        selects = [self._part(at, table, name) for at, (table, name) in enumerate(parts)]
        return f"({' UNION ALL '.join(selects)})"

    def some(self, lease: Lease, conditions: Mapping[int, str]) -> str:
        """What stands behind FROM for the rows that meet the condition of their table's number."""
        if not self.together:
            return f"{lease.source} WHERE {conditions[0]}"
        selects = [
            f"{self._part(at, self.tables[at], lease.sources[at])} WHERE {condition}"
            for at, condition in conditions.items()
        ]
        return f"({' UNION ALL '.join(selects)})"

    def at_place(self, place: int) -> tuple[int, int]:
        """The number of the table and the rowid of a place."""
        return divmod(place, _ROOM) if self.together else (0, place)

    def place_of(self, at: int, rowid: int) -> int:
        """The place of a row of the table number `at`."""
        return at * _ROOM + rowid if self.together else rowid

    def _limiting(self, name: str) -> str:
        """What a column of `only` is called: hidden ones stand beside the others without their name."""
        return self._unused(f"@only {name}") if self.together else name

    def _unused(self, name: str) -> str:
        taken = {column.name for column in self.columns}
        return name if name not in taken else self._unused(f"@{name}")

    def _part(self, at: int, table: Table, name: str) -> str:
        own = _by_result_name(table.columns)
        cells = [_cell(column, own.get(column.name)) for column in self.columns[1:]]
        cells += [
            f"{quoted(limit)} AS {quoted(self._limiting(limit))}"
            for limit in dict.fromkeys(one.column.name for one in table.only)
        ]
        cells += [f"rowid + {at * _ROOM:d} AS {self.place}"]
        period = f"{literal(table.period)} AS {quoted(PERIOD)}"
        text = (
            f"concat_ws(' ', {literal(' '.join(words(table.period)))}, {folded_row(table.columns)})"
        )
        return f"SELECT {', '.join([period, *cells])}, {text} AS {self.text} FROM {name}"


def source_of(given: Table | Sequence[Table] | Sequence[ColumnLike]) -> Source:
    """The source of one table, of several (the newest first), or of a table known by its columns."""
    if isinstance(given, Table):
        return Source((given,), _plain(given.columns))
    tables = tuple(one for one in given if isinstance(one, Table))
    if not tables:
        return Source((), _plain([one for one in given if not isinstance(one, Table)]))
    return Source(tables, (Column(PERIOD, "text"), *_reconciled(tables)), together=True)


def _plain(columns: Sequence[ColumnLike]) -> tuple[Column, ...]:
    return tuple(Column(column.name, column.type) for column in columns)


def _reconciled(tables: Sequence[Table]) -> list[Column]:
    """Columns by name in the order of the newest table; those only older ones have come last."""
    types: dict[str, str] = {}
    for table in tables:
        for name, column in _by_result_name(table.columns).items():
            types[name] = _common(types.get(name, column.type), column.type)
    return [Column(name, type_) for name, type_ in types.items()]


def _by_result_name(columns: Sequence[ColumnLike]) -> dict[str, ColumnLike]:
    """A column of the data that is called "ky" gives way to the period's."""
    taken = {column.name for column in columns}
    free = next(name for n in itertools.count(2) if (name := f"{PERIOD}_{n}") not in taken)
    return {free if column.name == PERIOD else column.name: column for column in columns}


def _common(one: str, other: str) -> str:
    if one == other:
        return one
    return "number" if {one, other} == {"integer", "number"} else "text"


def _cell(column: Column, own: ColumnLike | None) -> str:
    sql_type = _SQL_TYPES.get(column.type, "VARCHAR")
    if own is None:
        return f"NULL::{sql_type} AS {quoted(column.name)}"
    cell = quoted(own.name)
    return f"{cell if own.type == column.type else f'{cell}::{sql_type}'} AS {quoted(column.name)}"
