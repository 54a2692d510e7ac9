"""The heads of a table's columns: each says how the rows are sorted by it, and leads to sorting by it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from catalog.explorer.cells import TableColumn
from catalog.explorer.look import Look
from catalog.explorer.table_query import SortKey, sort_pairs

MOST_KEYS = 2  # columns a click leaves in the order


@dataclass(frozen=True)
class Heading:
    """A column's head. `aria_sort` is set for the first key only (WAI-ARIA 1.2, aria-sort)."""

    column: TableColumn
    aria_sort: str
    address: str


def headings(look: Look, columns: Sequence[TableColumn]) -> list[Heading]:
    """A head for each column."""
    unsorted = f"{look.table_address(replace(look.query, sort=()))}&"
    return [_heading(column, look.query.sort, unsorted) for column in columns]


def _heading(column: TableColumn, keys: Sequence[SortKey], unsorted: str) -> Heading:
    turned = unsorted + urlencode(sort_pairs(_clicked(column.name, keys)))
    if not keys or column.name != keys[0][0]:
        return Heading(column, "", turned)
    return Heading(column, "descending" if keys[0][1] else "ascending", turned)


def _clicked(name: str, keys: Sequence[SortKey]) -> list[SortKey]:
    """Sorted by the column, equal rows as before; a click on the first key turns its order."""
    first = (name, bool(keys) and keys[0] == (name, False))
    return [first, *(key for key in keys if key[0] != name)][:MOST_KEYS]
