"""Releases as the table engine takes them."""

from pathlib import Path

from catalog import files
from catalog.models import Release
from catalog.tables import Column, Table


def table_of(release: Release) -> Table:
    """The table of a release that has one: read, with its period and what is stored about it."""
    return Table(
        path=files.cached(f"{release.folder}/{files.TABLE}"),
        columns=[Column(column["name"], column["type"]) for column in release.columns],
        row_count=release.row_count,
        search_path=_index_of(release),
        period=release.period,
    )


def _index_of(release: Release) -> Path | None:
    """The search index, once it is made."""
    made = release.search_size is not None
    return files.cached(f"{release.folder}/{files.SEARCH}") if made else None
