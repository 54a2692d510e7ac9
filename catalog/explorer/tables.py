"""Releases as the table engine takes them."""

from catalog import files
from catalog.models import Release
from catalog.tables import Column, Table


def table_of(release: Release) -> Table:
    """The table of a release that has one: read, with its period and what is stored about it."""
    return Table(
        path=files.cached(f"{release.folder}/{files.TABLE}"),
        columns=[Column(column["name"], column["type"]) for column in release.columns],
        row_count=release.row_count,
        period=release.period,
    )
