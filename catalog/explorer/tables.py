"""Releases as the table engine takes them."""

from pathlib import Path

from catalog import files
from catalog.models import Release
from tables import Column, Table, has_texts


def table_of(release: Release) -> Table:
    """The table of a release that has one: read, with its period and what is stored about it."""
    columns = [Column(column["name"], column["type"]) for column in release.columns]
    return Table(
        path=files.cached(f"{release.folder}/{files.TABLE}"),
        columns=columns,
        row_count=release.row_count,
        search_path=_index_of(release, files.SEARCH),
        sort_path=_index_of(release, files.SORT) if has_texts(columns) else None,
        period=release.period,
    )


def _index_of(release: Release, name: str) -> Path | None:
    """The search or sort index, once both are made; without it an answer takes longer."""
    try:
        return None if release.search_size is None else files.cached(f"{release.folder}/{name}")
    except files.FileUnavailable:
        return None
