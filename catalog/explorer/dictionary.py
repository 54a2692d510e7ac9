"""The tab that explains the columns: what they mean and what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from catalog.downloads import dictionary_path
from catalog.explorer.cells import TableColumn, shortened
from catalog.explorer.look import Look
from catalog.explorer.table_query import TableQuery
from catalog.explorer.values import OfferedValue, top_values
from tables import Filter

LONGEST_VALUE = 60  # characters of a frequent value
TOP_SHOWN = 5


@dataclass(frozen=True)
class TopValue:
    """A frequent value, how often it stands there, and the address of the rows that have it."""

    words: str
    count: int
    address: str


@dataclass(frozen=True)
class DescribedColumn:
    """A column with what the release holds in it. `empty` is a share from 0 to 1."""

    column: TableColumn
    empty: float
    empty_address: str
    top: Sequence[TopValue]

    @property
    def is_all_different(self) -> bool:
        """No value stands in two rows: the most frequent ones say nothing."""
        return bool(self.top) and self.top[0].count == 1

    @property
    def bar(self) -> str:
        """The share of empty cells as the width of a rectangle in a picture 100 wide."""
        return f"{self.empty * 100:.1f}"

    @property
    def empty_percent(self) -> str:
        """ "0", "<1", "37", ">99": never 0 or 100 where it is not."""
        percent = self.empty * 100
        if 0 < percent < 1:
            return "<1"
        return ">99" if 99 < percent < 100 else f"{percent:.0f}"


@dataclass(frozen=True)
class Dictionary:
    """The columns of one release; `is_newest_of_all`: all periods were asked for, this is the newest."""

    look: Look
    status: int = 200

    @property
    def columns(self) -> list[DescribedColumn]:
        """Asked for by the template only when it is drawn: it stays the same for a release."""
        return [_described(self.look, column) for column in self.look.columns]

    @property
    def csv_path(self) -> str:
        return dictionary_path(self.look.release)

    @property
    def schema_path(self) -> str:
        return reverse("api-table-schema", args=[self.look.resource.pk])

    @property
    def profile_path(self) -> str:
        return reverse("api-profile", args=[self.look.resource.pk])


def dictionary(look: Look) -> Dictionary:
    """Every column of the release with the words of the agency; of all periods, those of the newest."""
    return Dictionary(replace(look, all_periods=False))


def _described(look: Look, column: TableColumn) -> DescribedColumn:
    rows = look.release.row_count or 0
    return DescribedColumn(
        column=column,
        empty=column.nulls / rows if rows else 0.0,
        empty_address=_only(look, Filter(column.name, "empty")),
        top=[_top(look, column, one) for one in top_values(column)[:TOP_SHOWN]],
    )


def _top(look: Look, column: TableColumn, value: OfferedValue) -> TopValue:
    return TopValue(
        shortened(value.words, LONGEST_VALUE),
        value.count,
        _only(look, Filter(column.name, value.op, value.typed)),
    )


def _only(look: Look, condition: Filter) -> str:
    """The table with this condition alone."""
    return look.table_address(TableQuery(conditions=(condition,)))
