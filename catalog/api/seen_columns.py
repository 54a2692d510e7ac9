"""What the columns of a release hold in the rows the caller may see."""

from copy import copy
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from catalog.api.readable_tables import ReadableTable
from catalog.models import Release
from catalog.tablepool import pool
from tables import Table
from tables.storing.profile import profile_of


def with_facts(table: ReadableTable, release: Release) -> Release:
    """The release with the facts of its columns: counts, ends, most frequent values.

    Those stored with a release are of all of its rows, so who may see some of them gets others,
    taken from these. Raises what the table engine raises.
    """
    if not table.only:
        return release
    count, facts = _facts(_hashable(table.table(release)))
    seen = copy(release)
    seen.row_count = count
    columns = [{**facts[one["name"]], "label": one["label"]} for one in release.columns]
    seen.reading = {**release.reading, "columns": columns}
    return seen


@lru_cache(maxsize=256)
def _facts(table: Table) -> tuple[int, dict[str, dict[str, Any]]]:
    """Once for each file, which never changes, and each limit."""
    count, columns = profile_of(pool(), table)
    return count, {one.name: asdict(one) for one in columns}


def _hashable(table: Table) -> Table:
    return Table(table.path, tuple(table.columns), only=tuple(table.only))
