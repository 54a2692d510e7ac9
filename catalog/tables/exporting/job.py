"""What is being taken away, and how the caller wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.tables.pool import TablePool
from catalog.tables.question import ColumnLike
from catalog.tables.statement import Statement


@dataclass(frozen=True)
class Job:
    """One result being taken away; `folder` is its own and empty."""

    pool: TablePool
    statement: Statement
    folder: Path

    @property
    def paths(self) -> list[Path]:
        """The files of its tables."""
        return [table.path for table in self.statement.source.tables]

    @property
    def in_file_order(self) -> bool:
        """Neither sorted nor grouped."""
        return self.statement.groups is None and not self.statement.keys


@dataclass(frozen=True)
class Wishes:
    """What the caller of `export` may choose; see there."""

    labels: Mapping[str, str] | None = None
    bom: bool = True
    point: tuple[str, str] | None = None
    title: str = ""
    compression: int = 1  # zlib's level of an XLSX: somebody is waiting

    def heads(self, columns: Sequence[ColumnLike]) -> list[str]:
        """The first row: labels where there are some, else technical names."""
        labels = self.labels or {}
        return [labels.get(column.name, column.name) for column in columns]
