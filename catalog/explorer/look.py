"""A table of data looked at: which one, for which period, with which question."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.http import QueryDict

from catalog import files
from catalog.explorer.cells import TableColumn
from catalog.explorer.table_query import TableQuery
from catalog.models import Release, Resource


@dataclass(frozen=True)
class Look:
    """What a tab of the explorer starts from.

    `releases` are the published ones of the table, the newest first; `parameters` the whole query
    string, of which `query` is the part that every tab shares.
    """

    resource: Resource
    release: Release
    releases: Sequence[Release]
    columns: list[TableColumn]
    query: TableQuery
    parameters: QueryDict


class Shown(Protocol):
    """What a tab gives its template; `status` is the HTTP status it deserves."""

    @property
    def status(self) -> int: ...


def table_path(release: Release) -> Path:
    """A local path of the release's table."""
    return files.cached(f"{release.folder}/{files.TABLE}")
