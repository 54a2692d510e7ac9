"""A table of a report: the same columns and rows on the page, on paper and in the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from deadlines.outcomes import percent


class Kind(StrEnum):
    """How a column's values are written."""

    TEXT = "text"
    NAME = "name"  # Vietnamese from the database, whatever the language of the page
    COUNT = "count"
    SHARE = "share"  # percent; None where there is nothing to divide
    DAY = "day"
    SIZE = "size"  # bytes
    MONTH = "month"  # "2026-11"


@dataclass(frozen=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT

    @property
    def is_figure(self) -> bool:
        return self.kind in (Kind.COUNT, Kind.SHARE, Kind.SIZE)


@dataclass(frozen=True)
class Table:
    """`key` names it in addresses; `note` says how it was counted; a row has a value per column."""

    key: str
    title: str
    note: str
    columns: list[Column]
    rows: list[list[Any]]

    @property
    def lines(self) -> Iterator[list[tuple[Column, Any]]]:
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))

    def file(self) -> Iterator[list[Any]]:
        """The head and the rows for a spreadsheet; what is not known stays empty."""
        yield [column.title for column in self.columns]
        for row in self.rows:
            yield ["" if value is None else value for value in row]


def share_of(part: int, whole: int) -> int | None:
    """In percent; None of nothing."""
    return percent(part, whole) if whole else None
