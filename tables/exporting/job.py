"""What is being taken away, and how the caller wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tables.querying.pool import TablePool
from tables.querying.statement import Statement
from tables.question import ColumnLike


@dataclass
class Tally:
    """How many rows have been written so far."""

    rows: int = 0


@dataclass(frozen=True)
class Job:
    """One result being taken away; `folder` is its own and empty.

    `in_parts`: each table can be asked part by part, and gives the rows in the order of the result.
    """

    pool: TablePool
    statement: Statement
    folder: Path
    in_parts: bool
    tally: Tally = field(default_factory=Tally)

    @property
    def paths(self) -> list[Path]:
        """The files of its tables."""
        return [table.path for table in self.statement.source.tables]


@dataclass(frozen=True)
class About:
    """What a second sheet of a workbook says of the first: its name, lines of a heading and a text."""

    name: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Wishes:
    """What the caller of `export` may choose; see there."""

    labels: Mapping[str, str] | None = None
    bom: bool = True
    point: tuple[str, str] | None = None
    title: str = ""
    about: About | None = None
    compression: int = 1  # zlib's level of an XLSX: somebody is waiting

    def heads(self, columns: Sequence[ColumnLike]) -> list[str]:
        """The first row: labels where there are some, else technical names."""
        labels = self.labels or {}
        return [labels.get(column.name, column.name) for column in columns]
